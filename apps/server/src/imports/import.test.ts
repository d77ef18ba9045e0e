import type { ConsentImport, ConsentImportDetail, ContactDetail, ImportRow, Problem } from "@loket/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, until } from "../testing.ts";
import { type Shop, startShop } from "../testing-shop.ts";
import { readTable, writeTable } from "./csv.ts";

/** Lists of people who agreed elsewhere: proof counts, the rest waits, and nobody who said stop is written to again. */
let shop: Shop;
let member: Api;
beforeAll(async () => {
  shop = await startShop();
  member = await shop.as("supervisor");
});
afterAll(() => shop?.close());

const upload = async (text: string | Uint8Array<ArrayBuffer>, name = "list.csv") => {
  const form = new FormData();
  form.set("file", new Blob([text]), name);
  const answer = await fetch(`${shop.at.url}/api/v1/consent-imports`, {
    method: "POST",
    headers: { authorization: "Bearer loket_test" },
    body: form,
  });
  return { status: answer.status, body: (await answer.json()) as ConsentImportDetail };
};
const attestation = "From our own till; each of them ticked the box.";
const start = (list: ConsentImportDetail, defaults: Record<string, string> = {}) =>
  member<ConsentImportDetail>("POST", `consent-imports/${list.id}/start`, {
    mapping: { ...list.draft?.guess, defaults: { purpose: "marketing", channel: "whatsapp", ...defaults } },
    attestation,
  });
const done = (id: string) =>
  until(async () => {
    const { body } = await shop.api<ConsentImportDetail>("GET", `consent-imports/${id}`);
    return body.state === "done" && body;
  }, "the list to be read");
const take = async (text: string, defaults: Record<string, string> = {}) => {
  const { body } = await upload(text);
  const begun = await start(body, defaults);
  expect(begun.status).toBe(201);
  return done(body.id);
};
const rowsOf = async (id: string) =>
  (await shop.api<{ items: ImportRow[] }>("GET", `consent-imports/${id}/rows`)).body.items;
const contactWith = async (phone: string) => {
  const { items } = (await shop.api<{ items: { id: string }[] }>("GET", `contacts?q=${phone}`)).body;
  return items[0] && (await shop.api<ContactDetail>("GET", `contacts/${items[0].id}`)).body;
};
const mend = (id: string, body: object) =>
  shop.api<{ changed: number; accepted: number }>("POST", `consent-imports/${id}/rows`, body);

describe("a list", () => {
  it("with proof becomes agreements of the lowest class; what lacks something waits and says what", async () => {
    const list = await take(
      [
        "Telefoon;Naam;Datum;Methode;Versie;Bewijs",
        '06 12340101;"Jansen; Eva";01-03-2026 10:30;formulier;v1;kassa 17',
        "0612340202;Bram;;formulier;v1;kassa 18",
        "0612340303;Chris;01-03-2026;;v1;kassa 19",
        "0612340404;Dirk;01-03-2026;formulier;;",
        "not a number;Els;01-03-2026;formulier;v1;kassa 20",
        "0612340505;Fred;31-02-2026;formulier;v1;kassa 21",
        "0612340606;Gea;01-03-2099;formulier;v1;kassa 22",
      ].join("\r\n"),
    );
    expect(list).toMatchObject({
      totalCount: 7,
      rowCount: 7,
      acceptedCount: 1,
      quarantinedCount: 6,
      suppressedCount: 0,
    });
    expect(list).toMatchObject({ attestation, attestedBy: "The supervisor", draft: null });
    const eva = await contactWith("+31612340101");
    expect(eva).toMatchObject({ name: "Jansen; Eva", import: { id: list.id, evidenceMissing: false } });
    expect(eva?.agreements).toMatchObject([{ state: "agreed", evidenceClass: "D", since: "2026-03-01T09:30:00.000Z" }]);
    expect(eva?.consents).toMatchObject([{ evidence: "kassa 17", wordingVersion: "v1", importId: list.id }]);
    expect((await rowsOf(list.id)).map(({ line, state, reasons }) => [line, state, reasons])).toEqual([
      [2, "accepted", []],
      [3, "quarantined", ["no-instant"]],
      [4, "quarantined", ["no-method"]],
      [5, "quarantined", ["no-wording", "no-proof"]],
      [6, "quarantined", ["unreadable-number"]],
      [7, "quarantined", ["unreadable-instant"]],
      [8, "quarantined", ["future-instant"]],
    ]);
    expect(await contactWith("+31612340202")).toBeUndefined();
    const folder = await shop.at.loket.ports.store.get(`${shop.organisationId}/imports/${list.id}`);
    expect(folder).toBeNull();
  });

  it("never brings back who said stop, under another spelling either", async () => {
    const phone = shop.newPhone();
    await shop.says(phone, "STOP");
    const { contact } = await shop.conversationOf(phone);
    await until(
      async () => (await shop.api<ContactDetail>("GET", `contacts/${contact.id}`)).body.suppressions.length > 0,
      "the opt-out",
    );
    const list = await take(
      `phone,date,method,version,proof\n+${phone.slice(0, 2)} ${phone.slice(2, 5)}-${phone.slice(5)},2026-11-01T10:00:00Z,form,v1,till`,
    );
    expect(await rowsOf(list.id)).toMatchObject([{ state: "suppressed", reasons: ["opted-out"] }]);
    expect((await shop.api<ContactDetail>("GET", `contacts/${contact.id}`)).body.consents).toEqual([]);
  });

  it("of numbers in a row is taken for made up", async () => {
    const numbers = Array.from({ length: 6 }, (_, index) => `+31617770${100 + index * 9},2026-01-05,form,v1,till`);
    const list = await take(
      `phone,date,method,version,proof\n${numbers.join("\n")}\n+31617773333,2026-01-05,form,v1,till`,
    );
    expect(list).toMatchObject({
      acceptedCount: 1,
      quarantinedCount: 6,
      reasons: [{ reason: "generated-numbers", count: 6 }],
    });
    const { body } = await mend(list.id, { act: "fix", values: { evidence: "paper 1" } });
    expect(body).toEqual({ changed: 6, accepted: 0 });
  });

  it("is not taken in on a token's word, nor twice, nor without an address", async () => {
    const { body } = await upload("phone,date\n+31612347001,2026-01-01");
    const mapping = { ...body.draft?.guess, defaults: {} };
    const byToken = await shop.api<Problem>("POST", `consent-imports/${body.id}/start`, { mapping, attestation });
    expect([byToken.status, byToken.body.code]).toEqual([403, "import.people-only"]);
    const nobody = { mapping: { columns: { name: 0 }, defaults: {} }, attestation };
    const nowhere = await member<Problem>("POST", `consent-imports/${body.id}/start`, nobody);
    expect(nowhere.body.code).toBe("import.no-address-column");
    await start(body);
    expect((await start(body)).body).toMatchObject({ code: "import.begun" });
    expect((await upload("")).body).toMatchObject({ code: "import.empty" });
  });
});

describe("rows in quarantine", () => {
  const text = (numbers: readonly string[]) =>
    ["phone\tname\tdate\tmethod\tversion", ...numbers.map((one) => `${one}\tP\t2026-02-01\tform\tv1`)].join("\n");

  it("are accepted once the proof is attached, or dropped for good", async () => {
    const list = await take(text(["+31612348001", "+31612348777"]));
    expect(list.reasons).toEqual([{ reason: "no-proof", count: 2 }]);
    expect((await mend(list.id, { act: "fix", lines: [2], values: { evidence: "binder 4, page 12" } })).body).toEqual({
      changed: 1,
      accepted: 1,
    });
    expect((await contactWith("+31612348001"))?.consents).toMatchObject([
      { evidence: "binder 4, page 12", evidenceClass: "D" },
    ]);
    await mend(list.id, { act: "discard", lines: [3] });
    expect(await rowsOf(list.id)).toMatchObject([{ state: "accepted" }, { state: "discarded", values: {} }]);
    const { items } = (await shop.api<{ items: ConsentImport[] }>("GET", "consent-imports")).body;
    expect(items.find(({ id }) => id === list.id)).toMatchObject({
      acceptedCount: 1,
      quarantinedCount: 0,
      discardedCount: 1,
    });
  });

  it("can become contacts that nobody may write to first, until there is proof", async () => {
    const list = await take(text(["+31612349001"]));
    expect((await mend(list.id, { act: "admit" })).body.changed).toBe(1);
    const admitted = await contactWith("+31612349001");
    expect(admitted).toMatchObject({ consents: [], import: { evidenceMissing: true } });
    const judged = await shop.api<{ outcome: string; rules: { id: string }[] }>("POST", "verdicts", {
      request: {
        contactId: admitted?.id,
        senderId: shop.senderId,
        channel: "whatsapp",
        kind: "marketing",
        payload: "free-form",
      },
    });
    expect(judged.body.rules.map(({ id }) => id)).toContain("core.imported-list-quarantine");
    await mend(list.id, { act: "fix", values: { evidence: "binder 5" } });
    expect((await contactWith("+31612349001"))?.import).toMatchObject({ evidenceMissing: false });
  });

  it("are in the report, in which nothing is a formula", async () => {
    const list = await take(text(["+31612349555"]).replace("\tP\t", "\t=1+1\t"));
    const answer = await fetch(`${shop.at.url}/api/v1/consent-imports/${list.id}/report`, {
      headers: { authorization: "Bearer loket_test" },
    });
    const table = readTable(new Uint8Array(await answer.arrayBuffer()));
    const [row] = table.ok ? table.table.rows : [];
    expect(row?.slice(0, 6)).toEqual(["2", "quarantined", "no-proof", "+31612349555", "", "'=1+1"]);
  });
});

describe("a table", () => {
  const rows = (bytes: Uint8Array) => {
    const read = readTable(bytes);
    return read.ok ? [read.table.headers, ...read.table.rows] : read.failure;
  };
  it("is read as spreadsheets save it", () => {
    const expected = [
      ["Naam", "Größe"],
      ["Zoë", 'a;"b"'],
    ];
    for (const sign of [";", ",", "\t"]) {
      const text = `Naam${sign}Größe\r\n"Zoë"${sign}"a;""b"""\r\n`;
      expect(rows(Buffer.from(text))).toEqual(expected);
      expect(rows(Buffer.from(`\uFEFF${text}`))).toEqual(expected);
      expect(rows(Buffer.from(text, "latin1"))).toEqual(expected);
    }
    expect(rows(Buffer.from(writeTable(expected)))).toEqual(expected);
    expect(rows(Buffer.from("only a heading"))).toBe("empty");
  });
});
