import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Campaign, EvidencePack, EvidenceSummary } from "@loket/contract";
import { eraseSubject, readEntries, record, subjectHandle } from "@loket/evidence/ledger";
import { type Verification, verifyPack } from "@loket/evidence/verifier";
import { verifyCommand } from "@loket/evidence/verify-cli";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, type TestLoket, until } from "../testing.ts";
import { type Shop, startShop, weekendOffer } from "../testing-shop.ts";
import { composePack } from "./pack/compose.ts";
import { gatherEntries, isNameless } from "./pack/entries.ts";
import { dropOldPacks } from "./pack/old.ts";
import { drawPage } from "./pack/page.ts";
import { drawPrint } from "./pack/print.ts";
import { findSubject } from "./pack/subject.ts";

let shop: Shop;
let at: TestLoket;
let api: Api;
const phone = "31655512345";
const other = "31655598765";
const words = "Mogen er noten in? Groet van Sjoukje";

beforeAll(async () => {
  shop = await startShop();
  ({ at, api } = shop);
  for (const one of [phone, other]) {
    await shop.says(one, words);
    const conversation = await shop.conversationOf(one);
    await api("POST", `conversations/${conversation.id}/messages`, {
      clientId: one,
      type: "text",
      text: "Nee, geen noten.",
    });
    await shop.says(one, "STOP");
    await until(
      async () =>
        (await api<{ suppressions: unknown[] }>("GET", `contacts/${conversation.contact.id}`)).body.suppressions
          .length > 0,
      "the opt-out",
    );
  }
});
afterAll(async () => {
  await shop?.close();
});

const fingerprint = async () => (await api<EvidenceSummary>("GET", "evidence")).body.fingerprint ?? "";

async function makePack(subject: object, body: object = {}): Promise<{ row: EvidencePack; bytes: Uint8Array }> {
  const asked = await api<EvidencePack>("POST", "evidence/packs", { subject, locale: "nl", ...body });
  expect(asked.status).toBe(201);
  const row = await until(async () => {
    const { body: now } = await api<EvidencePack>("GET", `evidence/packs/${asked.body.id}`);
    if (now.state === "failed") throw new Error(now.failure ?? "failed");
    return now.state === "ready" && now;
  }, "the pack");
  const file = await fetch(`${at.url}/api/v1/evidence/packs/${row.id}/file`, {
    headers: { authorization: "Bearer loket_test" },
  });
  expect(file.headers.get("content-type")).toBe("application/zip");
  return { row, bytes: new Uint8Array(await file.arrayBuffer()) };
}
const verify = async (bytes: Uint8Array): Promise<Verification> =>
  verifyPack(bytes, { trustedKeys: [await fingerprint()] });
/** Files are stored and not compressed, so what stands in one stands in the archive. */
const holds = (bytes: Uint8Array, text: string) => Buffer.from(bytes).includes(text);

describe("a pack of a person", () => {
  it("is valid, opens everything about them, and says of every item what there is or why there is nothing", async () => {
    const { contact } = await shop.conversationOf(phone);
    const { row, bytes } = await makePack({ kind: "person", id: contact.id });
    expect(row).toMatchObject({ state: "ready", sizeBytes: bytes.length });
    const verified = await verify(bytes);
    expect(verified).toMatchObject({ result: "valid", problems: [], facts: { scope: "part", withheld: 0, erased: 0 } });
    expect(verified.facts?.entries).toBeGreaterThan(3);
    for (let item = 1; item <= 21; item++) expect(holds(bytes, `<section id="P${item}">`)).toBe(true);
    expect(holds(bytes, `+${phone}`)).toBe(true);
    expect(holds(bytes, words)).toBe(true);
    for (const path of [
      "document.pdf",
      "verify.html",
      "verify.py",
      "FORMAT.md",
      "rules.json",
      "data/messages.csv",
      "webhooks/",
    ])
      expect(holds(bytes, path), path).toBe(true);
    expect(holds(bytes, other)).toBe(false);
  });

  it("goes on record when it is handed out, with the hash of what was", async () => {
    const { contact } = await shop.conversationOf(phone);
    const { row } = await makePack({ kind: "person", id: contact.id });
    const entries = await until(async () => {
      const { body } = await api<{ items: { contents: { pack: string; kind: string } }[] }>(
        "GET",
        "evidence/entries?type=export.issued",
      );
      return body.items.find(({ contents }) => contents.pack === row.id);
    }, "the entry");
    expect(entries.contents).toMatchObject({ kind: "person", pack: row.id });
  });

  it("is found out when a byte of it is changed, by the command as well", async () => {
    const { contact } = await shop.conversationOf(phone);
    const { bytes } = await makePack({ kind: "person", id: contact.id });
    const folder = mkdtempSync(join(tmpdir(), "pack-"));
    const file = join(folder, "pack.zip");
    writeFileSync(file, bytes);
    const said: string[] = [];
    const check = () => verifyCommand([file, "--lang", "nl", "--json"], (line) => said.push(line));
    expect(await check()).toBe(0);
    expect(JSON.parse(said[0] ?? "")).toMatchObject({ result: "valid" });
    const changed = Uint8Array.from(bytes);
    const middle = Math.floor(bytes.length / 2);
    changed[middle] = (changed[middle] ?? 0) ^ 1;
    writeFileSync(file, changed);
    expect(await check()).toBe(1);
    rmSync(folder, { recursive: true });
  });
});

describe("a pack of one message", () => {
  it("opens what concerns that message and keeps the rest of the person's entries closed", async () => {
    const conversation = await shop.conversationOf(phone);
    const { body } = await api<{ items: { id: string; direction: string }[] }>(
      "GET",
      `conversations/${conversation.id}/messages`,
    );
    const sent = body.items.find(({ direction }) => direction === "out");
    const { bytes } = await makePack({ kind: "message", id: sent?.id });
    const verified = await verify(bytes);
    expect(verified.result).toBe("valid");
    expect(holds(bytes, "Nee, geen noten.")).toBe(true);
    expect(holds(bytes, "attempt.accepted")).toBe(true);
  });
});

describe("a pack for others", () => {
  it("is the whole log and names nobody: neither number nor words stand anywhere in it", async () => {
    for (const subject of [{ kind: "organisation" }, { kind: "sender", id: shop.senderId }]) {
      const { bytes } = await makePack(subject, { locale: "de" });
      const verified = await verify(bytes);
      expect(verified).toMatchObject({ result: "valid", facts: { scope: "whole" } });
      expect(verified.facts?.size).toBe(verified.facts?.entries);
      for (const secret of [phone, other, "Sjoukje", Buffer.from(phone).toString("base64").slice(0, 14)])
        expect(holds(bytes, secret), secret).toBe(false);
      for (const path of ["data/opt-outs.csv", "data/volumes.csv", "data/window.csv", "data/dependencies.csv"])
        expect(holds(bytes, path), path).toBe(true);
    }
  });

  it("is of one campaign: what was sent, on whose consent, what became of it, and nobody's number", async () => {
    const { contact } = await shop.conversationOf(phone);
    const agreed = await shop.newReader({ name: "Reinou" });
    const { body: campaign } = await api<Campaign>("POST", "campaigns", {
      name: "Kerst",
      senderId: shop.senderId,
      kind: "marketing",
      template: weekendOffer("kerststol"),
      audience: { kind: "contacts", contactIds: [agreed.id, contact.id] },
      expiresAt: new Date(at.loket.ports.clock.now() + 86_400_000).toISOString(),
    });
    await api("POST", `campaigns/${campaign.id}/start`);
    await until(
      async () => (await api<Campaign>("GET", `campaigns/${campaign.id}`)).body.state === "done",
      "the end of the campaign",
    );
    const { row, bytes } = await makePack({ kind: "campaign", id: campaign.id });
    expect(row.about).toContain("Kerst");
    expect(await verify(bytes)).toMatchObject({ result: "valid", facts: { scope: "whole" } });
    for (const secret of [agreed.phone, phone, "Reinou"]) expect(holds(bytes, secret), secret).toBe(false);
    for (const shown of ["P0-campaign", "kerststol", "data/campaign-deliveries.csv", '"type":"campaign.ended"'])
      expect(holds(bytes, shown), shown).toBe(true);
    const table =
      Buffer.from(bytes).toString("latin1").split("person,state,reached,reason,consent_class,at\r\n")[1] ?? "";
    const states = table
      .split("\r\n")
      .slice(0, 2)
      .map((line) => line.split(",")[1]);
    expect(states.sort()).toEqual(["accepted", "refused"]);

    const own = await makePack({ kind: "person", id: agreed.id });
    expect(holds(own.bytes, "weekend_offer: Reinou, kerststol")).toBe(true);
  });

  it("still verifies when somebody in it was erased: that the entries existed is proven, what they said is gone", async () => {
    const { ports } = at.loket;
    const erased = ports.ids.next();
    await ports.app.inOrganisation(shop.organisationId, (tx) =>
      record(tx, ports, { type: "consent.withdrawn", contactId: erased, body: { purpose: "marketing" } }),
    );
    await ports.worker.inOrganisation(shop.organisationId, (tx) => eraseSubject(tx, ports, erased));
    const { bytes } = await makePack({ kind: "organisation" });
    const verified = await verify(bytes);
    expect(verified).toMatchObject({ result: "valid", facts: { erased: 1 } });
  });

  it("is not handed out where an entry was changed in the tables after it was signed", async () => {
    const { ports, ledger } = at.loket;
    await ports.app.inOrganisation(shop.organisationId, (tx) =>
      record(tx, ports, { type: "claims.checked", body: { page: "one" } }),
    );
    await ledger?.checkpoint(shop.organisationId);
    const change = (from: string, to: string) =>
      at.database.admin.query(
        "update evidence_entry set leaf = replace(leaf, $2, $3) where organisation_id = $1 and type in ('claims.checked', 'claims.xhecked')",
        [shop.organisationId, from, to],
      );
    await change("claims.checked", "claims.xhecked");
    const asked = await api<EvidencePack>("POST", "evidence/packs", {
      subject: { kind: "organisation" },
      locale: "en",
    });
    const row = await until(async () => {
      const { body } = await api<EvidencePack>("GET", `evidence/packs/${asked.body.id}`);
      return body.state === "failed" && body;
    }, "the refusal to hand it out");
    expect(row.failure).toMatch(/not those the checkpoint was signed over/);
    expect((await api("GET", `evidence/packs/${row.id}/file`)).status).toBe(409);
    await change("claims.xhecked", "claims.checked");
  });
});

describe("making a pack", () => {
  it("gives the same bytes for the same inputs and time", async () => {
    const { ports, ledger } = at.loket;
    const sealed = await ledger?.checkpoint(shop.organisationId);
    if (sealed?.kind !== "signed") throw new Error("not signed");
    const { contact } = await shop.conversationOf(phone);
    const compose = () =>
      ports.worker.inOrganisation(shop.organisationId, async (tx) => {
        const subject = await findSubject(tx, { kind: "person", id: contact.id }, "de");
        if (!subject) throw new Error("nobody");
        const range = { size: sealed.checkpoint.size, since: null, until: null };
        const { opened } = await gatherEntries(tx, ports.keys, subject, range);
        const { madeAt, ...rest } = { madeAt: sealed.checkpoint.at, logKey: `x+00000000+${"A".repeat(44)}` };
        const composed = await composePack(tx, ports.keys, {
          subject,
          locale: "de",
          since: null,
          until: null,
          madeAt,
          entries: opened,
          checkpoint: sealed.checkpoint.note,
          allegations: ["Massenversand"],
          ...rest,
        });
        const print = await drawPrint(composed.document, new Date(madeAt));
        return [...composed.files, ["page", drawPage(composed.document)], ["print", print]].map(([name, bytes]) => [
          name,
          createHash("sha256")
            .update(bytes as Uint8Array)
            .digest("hex"),
        ]);
      });
    expect(await compose()).toEqual(await compose());
  });

  it("refuses what is not there, and a period that ends before it begins", async () => {
    const ask = (body: object) => api("POST", "evidence/packs", { locale: "en", ...body });
    expect((await ask({ subject: { kind: "person", id: at.loket.ports.ids.next() } })).status).toBe(404);
    expect((await ask({ subject: { kind: "campaign", id: at.loket.ports.ids.next() } })).status).toBe(404);
    const backwards = { since: "2026-02-01T00:00:00Z", until: "2026-01-01T00:00:00Z" };
    expect((await ask({ subject: { kind: "organisation" }, ...backwards })).status).toBe(400);
  });

  it("leaves the row when its file is deleted", async () => {
    const { contact } = await shop.conversationOf(phone);
    const { row } = await makePack({ kind: "person", id: contact.id });
    expect((await api("DELETE", `evidence/packs/${row.id}`)).status).toBe(204);
    expect((await api<EvidencePack>("GET", `evidence/packs/${row.id}`)).body.state).toBe("deleted");
    expect((await api("GET", `evidence/packs/${row.id}/file`)).status).toBe(409);
    expect(await at.loket.ports.store.get(`${shop.organisationId}/${row.id}`)).toBeNull();
  });
});

describe("a pack whose days are over", () => {
  it("is deleted, unless a letter demands that evidence be kept", async () => {
    const { ports } = at.loket;
    const { contact } = await shop.conversationOf(other);
    const { row } = await makePack({ kind: "person", id: contact.id });
    const stateOf = async () => (await api<EvidencePack>("GET", `evidence/packs/${row.id}`)).body.state;
    const age = (days: number) =>
      at.database.admin.query(
        "update evidence_pack set finished_at = now() - make_interval(days => $2) where id = $1",
        [row.id, days],
      );
    await age(29);
    await dropOldPacks(ports);
    expect(await stateOf()).toBe("ready");
    await age(31);
    const letter = await api<{ id: string }>("POST", "demands", {
      fromName: "A platform",
      receivedAt: new Date().toISOString(),
      allegations: ["Bulk messages"],
    });
    await dropOldPacks(ports);
    expect(await stateOf()).toBe("ready");
    await at.database.admin.query("update demand set closed_at = now() where id = $1", [letter.body.id]);
    await dropOldPacks(ports);
    expect(await stateOf()).toBe("deleted");
    expect(await ports.store.get(`${shop.organisationId}/${row.id}`)).toBeNull();
  });
});

describe("the words people agreed to", () => {
  it("lie in the pack as a file whose hash the log named when they were published", async () => {
    const wording = await api<{ id: string }>("POST", "wordings", {
      version: "nl-1",
      language: "nl",
      text: "Ja, stuur mij de nieuwsbrief over WhatsApp.",
      purpose: "marketing",
      channels: ["whatsapp"],
      namesBusiness: true,
      namesChannel: true,
    });
    expect(wording.status).toBe(201);
    const { contact } = await shop.conversationOf(other);
    const agreed = await api("POST", `contacts/${contact.id}/consents`, {
      purpose: "marketing",
      channel: "whatsapp",
      action: "granted",
      method: "paper",
      wordingId: wording.body.id,
    });
    expect(agreed.status).toBeLessThan(300);
    const { bytes } = await makePack({ kind: "person", id: contact.id });
    const verified = await verify(bytes);
    expect(verified.result).toBe("valid");
    expect(verified.proven.join("\n")).toMatch(/named by their hash in entries of the log: 1/);
    expect(holds(bytes, "wordings/nl-1-nl")).toBe(true);
  });
});

describe("what may stand in a pack for others", () => {
  it("is only what nobody can be known by, every kind of entry that is written asked", async () => {
    expect(isNameless({ attempt: "x", outcome: "accepted", provider: null })).toBe(true);
    expect(isNameless({ attempt: "x", provider: "wamid.HBgLMzE2NTU1MTIzNDUVAgA" })).toBe(false);
    expect(isNameless({ landing: "https://shop.example/?mail=sam@example.org" })).toBe(false);
    const { ports } = at.loket;
    const { contact } = await shop.conversationOf(phone);
    const entries = await ports.worker.inOrganisation(shop.organisationId, async (tx) =>
      readEntries(tx, ports.keys, { subjects: [(await subjectHandle(tx, contact.id)) ?? ""], limit: 100 }),
    );
    const closed = entries.filter(({ contents }) => contents && !isNameless(contents.body)).map(({ type }) => type);
    expect(closed).toContain("attempt.accepted");
  });
});
