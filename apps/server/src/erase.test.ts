import { createHmac } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ContactDetail, Erasure, Problem, Wording } from "@loket/contract";
import { append, emptyTree, hashOfLeaf, type Leaf, rootOf } from "@loket/evidence";
import { readEntries, treeHead } from "@loket/evidence/ledger";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withoutPerson } from "./erase.ts";
import { until } from "./testing.ts";
import { type Shop, startShop } from "./testing-shop.ts";

/** After an erasure nothing of the person is left anywhere, and what proves and protects still does. */
let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop?.close());

const canary = "kanarie";
const admin = <Row extends object = Record<string, unknown>>(sql: string, values: unknown[] = []) =>
  shop.at.database.admin.query<Row & { [name: string]: unknown }>(sql, values).then(({ rows }) => rows);

/** Every column of every table, as a superuser sees them; whatever its type, as text. */
async function findEverywhere(words: readonly string[]): Promise<string[]> {
  const columns = await admin<{ place: string; name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as place, quote_ident(a.attname) as name from pg_class c
     join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { place, name } of columns) {
    const [hit] = await admin(
      `select 1 from ${place} where exists (select 1 from unnest($1::text[]) w(word)
         where position(lower(w.word) in lower(${name}::text)) > 0 or position(encode(convert_to(w.word, 'UTF8'), 'hex') in ${name}::text) > 0) limit 1`,
      [words],
    );
    if (hit) found.push(`${place}.${name}`);
  }
  const walk = (dir: string): string[] =>
    readdirSync(dir).flatMap((name) => {
      const path = join(dir, name);
      return statSync(path).isDirectory() ? walk(path) : [path];
    });
  for (const path of walk(shop.at.dataDir)) {
    const bytes = readFileSync(path).toString("latin1");
    if (words.some((word) => bytes.includes(word))) found.push(path);
  }
  for (const line of shop.at.logged) if (words.some((word) => line.includes(word))) found.push(`the log: ${line}`);
  return found;
}

const erased = (contactId: string) =>
  until(async () => {
    const { body } = await shop.api<Erasure>("GET", `contacts/${contactId}/erasure`);
    return body.state === "done" && body;
  }, "the erasure");

describe("somebody who is erased", () => {
  it("is found nowhere any more; the ledger still verifies, and the number stays stopped", {
    timeout: 60_000,
  }, async () => {
    const phone = shop.newPhone();
    await shop.sandbox.call("PUT", `phones/${phone}`, { name: `Kim ${canary}1`, language: "nl" });
    await shop.says(phone, `Mijn geheim is ${canary}2`);
    const { id, contact } = await shop.conversationOf(phone);
    const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(`JFIF ${canary}3 `.repeat(40))]);
    const form = new FormData();
    form.set("file", new Blob([picture], { type: "image/jpeg" }), `${canary}4.jpg`);
    const uploaded = (await (
      await fetch(`${shop.at.url}/api/v1/media`, {
        method: "POST",
        headers: { authorization: "Bearer loket_test" },
        body: form,
      })
    ).json()) as { id: string };
    const send = (body: object) =>
      shop.api("POST", `conversations/${id}/messages`, body, { "idempotency-key": `${canary}-key` });
    await send({ clientId: `out-1 ${canary}`, type: "text", text: `Wij weten van ${canary}5` });
    await shop.api("POST", `conversations/${id}/messages`, {
      clientId: "out-2",
      type: "image",
      image: { id: uploaded.id, caption: `${canary}6` },
    });
    const agent = await shop.as("agent");
    await agent("POST", `conversations/${id}/notes`, { clientId: "note", text: `Notitie over ${canary}7` });
    const wording = await shop.api<Wording>("POST", "wordings", {
      version: "v",
      language: "nl",
      text: "Mogen we je schrijven?",
      purpose: "marketing",
      channels: ["whatsapp"],
      namesBusiness: true,
      namesChannel: true,
    });
    await shop.api("POST", `contacts/${contact.id}/consents`, {
      purpose: "marketing",
      channel: "whatsapp",
      action: "granted",
      method: "web-form",
      wordingId: wording.body.id,
      evidence: `formulier ${canary}8`,
    });
    await admin(
      `insert into consent_import (organisation_id, id, file_name, file_sha256, mapping, attested_by, attestation, state, created_at) values ($1, $2, 'list.csv', '\\x00', '{}', $2, 'x', 'done', now())`,
      [shop.organisationId, contact.id],
    );
    await admin(
      `insert into consent_import_row (organisation_id, import_id, line, state, reasons, fields) values ($1, $2, 2, 'quarantined', '{no-proof}', $3)`,
      [shop.organisationId, contact.id, JSON.stringify({ phone: `+${phone}`, row: { name: `${canary}9` } })],
    );
    await rawWebhook(phone);
    await until(
      async () =>
        (await admin("select 1 from inbound_quarantine where position($1 in element::text) > 0", [canary])).length > 0,
      "the webhook that could not be worked",
    );
    await until(
      async () => (await shop.sees(phone)).filter(({ from }) => from === "business").length >= 2,
      "both messages",
    );
    await shop.says(phone, "STOP");
    await until(async () => {
      const { body } = await shop.api<ContactDetail>("GET", `contacts/${contact.id}`);
      return (
        body.suppressions.length > 0 && (await shop.sees(phone)).filter(({ from }) => from === "business").length >= 3
      );
    }, "the opt-out and its confirmation");
    await until(
      async () => (await admin("select 1 from inbound_receipt where state = 'waiting'")).length === 0,
      "every webhook",
    );
    expect((await findEverywhere([canary])).length).toBeGreaterThan(5);

    const asked = await shop.api<Erasure>("POST", `contacts/${contact.id}/erasure`);
    expect([asked.status, asked.body.state]).toEqual([201, "waiting"]);
    const { removed } = await erased(contact.id);
    expect(removed).toMatchObject({ notes: 1, importRows: 1 });
    await until(
      async () => (await admin("select 1 from evidence_entry where position is null")).length === 0,
      "the ledger",
    );
    expect(await findEverywhere([canary, phone, Buffer.from(phone).toString("base64").slice(0, 10)])).toEqual([]);

    // What is left of the conversation says that it was, and nothing else.
    const left = await shop.api<{ items: { text: string | null; deletedAt: string | null }[] }>(
      "GET",
      `conversations/${id}/messages`,
    );
    expect(left.body.items.length).toBeGreaterThan(3);
    expect(left.body.items.every(({ text, deletedAt }) => text === null && deletedAt !== null)).toBe(true);
    const person = (await shop.api<ContactDetail>("GET", `contacts/${contact.id}`)).body;
    expect(person).toMatchObject({ name: "Gewiste persoon", erasure: { state: "done" } });
    expect(person.consents).toMatchObject([
      { action: "granted", method: "web-form", wordingVersion: "v", evidence: null },
    ]);

    const { ports } = shop.at.loket;
    const [entries, head] = await ports.worker.inOrganisation(shop.organisationId, (tx) =>
      Promise.all([readEntries(tx, ports.keys, { limit: 10_000 }), treeHead(tx)]),
    );
    const leaves = entries.map((entry) => hashOfLeaf(JSON.parse(entry.leaf ?? "") as Leaf));
    expect(Buffer.from(head?.root ?? [])).toEqual(Buffer.from(rootOf(append(emptyTree, leaves).state)));
    expect(entries.filter((entry) => entry.type === "erasure.executed")).toHaveLength(1);

    // They come back as somebody new, and are still left alone until a person here has spoken with them.
    await shop.says(phone, "START");
    const back = await shop.conversationOf(phone);
    expect(back.contact.id).not.toBe(contact.id);
    const known = (await shop.api<ContactDetail>("GET", `contacts/${back.contact.id}`)).body;
    expect(known.agreements).toMatchObject([
      { purpose: "all", state: "stopped" },
      { purpose: "all", state: "stopped" },
    ]);
    expect(known.consents).toEqual([]);
  });

  it("waits while a letter demands that evidence be kept, and is told so", async () => {
    const made = await shop.api<ContactDetail>("POST", "contacts", { name: "Held", phone: "+31612340777" });
    await admin(
      "insert into demand (organisation_id, id, from_name, received_at, created_at) values ($1, $2, 'WhatsApp', now(), now())",
      [shop.organisationId, made.body.id],
    );
    await shop.api("POST", `contacts/${made.body.id}/erasure`);
    await until(
      async () => (await shop.api<Erasure>("GET", `contacts/${made.body.id}/erasure`)).body.state === "held",
      "the erasure to be held",
    );
    expect((await shop.api<ContactDetail>("GET", `contacts/${made.body.id}`)).body.name).toBe("Held");
    await admin("update demand set closed_at = now()");
    await admin("update graphile_worker._private_jobs set run_at = now() where key like 'erasure.run%'");
    await erased(made.body.id);
  });

  it("can only be erased by those who may", async () => {
    const agent = await shop.as("agent");
    const made = await shop.api<ContactDetail>("POST", "contacts", { name: "Kept", phone: "+31612340778" });
    const { status, body } = await agent<Problem>("POST", `contacts/${made.body.id}/erasure`);
    expect([status, body.code]).toEqual([403, "forbidden"]);
  });
});

describe("a webhook with several people", () => {
  const body = {
    object: "whatsapp_business_account",
    entry: [
      {
        id: "1",
        changes: [
          {
            field: "messages",
            value: {
              metadata: { phone_number_id: "9" },
              contacts: [{ wa_id: "31611" }, { wa_id: "31622" }],
              messages: [
                { from: "31611", text: { body: "a" } },
                { from: "31622", text: { body: "b" } },
              ],
            },
          },
        ],
      },
    ],
  };
  it("keeps what the others said", () => {
    const { rest, removed } = withoutPerson(Buffer.from(JSON.stringify(body)), ['"31611"']);
    expect(JSON.parse(rest.toString()).entry[0].changes[0].value).toEqual({
      metadata: { phone_number_id: "9" },
      contacts: [{ wa_id: "31622" }],
      messages: [{ from: "31622", text: { body: "b" } }],
    });
    expect(removed).toHaveLength(2);
  });
  it("goes as a whole where it cannot be taken apart", () => {
    expect(withoutPerson(Buffer.from('no json "31611"'), ['"31611"']).rest).toHaveLength(0);
    expect(withoutPerson(Buffer.from('{"from":"31611"}'), ['"31611"']).rest).toHaveLength(0);
  });
});

/** A post of the platform that is signed rightly and cannot be understood. */
async function rawWebhook(phone: string): Promise<void> {
  const world = await shop.sandbox.call<{
    apps: { secret: string }[];
    accounts: { id: string; numbers: { id: string }[] }[];
  }>("GET", "");
  const [account] = world.accounts;
  const body = JSON.stringify({
    object: "whatsapp_business_account",
    entry: [
      {
        id: account?.id,
        changes: [
          {
            field: "messages",
            value: {
              messaging_product: "whatsapp",
              metadata: { display_phone_number: "1", phone_number_id: account?.numbers[0]?.id },
              messages: [{ from: phone, type: "text", text: { body: `${canary}0` } }],
            },
          },
        ],
      },
    ],
  });
  const signature = createHmac("sha256", world.apps[0]?.secret ?? "")
    .update(body)
    .digest("hex");
  const answer = await fetch(`${shop.at.url}/webhooks/whatsapp/${shop.senderId}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-hub-signature-256": `sha256=${signature}` },
    body,
  });
  expect(answer.status).toBe(200);
}
