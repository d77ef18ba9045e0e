import { createTestDatabase, type TestDatabase } from "@loket/database/testing";
import { createIds, createKeys, type OrganisationId, systemClock, systemRandom } from "@loket/kit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hashOfLeaf, type Leaf } from "../entry.ts";
import { append, emptyTree, rootOf } from "../tiles.ts";
import {
  eraseSubject,
  type LedgerPorts,
  organisationsWithWaitingEntries,
  readEntries,
  record,
  sequence,
  subjectHandle,
  treeHead,
} from "./index.ts";

const ports: LedgerPorts = {
  ids: createIds(systemClock, systemRandom),
  clock: systemClock,
  random: systemRandom,
  keys: createKeys(new Uint8Array(32).fill(7)),
};
let database: TestDatabase;
let organisationId: OrganisationId;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  organisationId = ports.ids.next<"organisation">();
  await database.app.inOrganisation(organisationId, (tx) =>
    tx.query(
      "insert into organisation (organisation_id, kind, name, locale, time_zone, home_country, created_at) values ($1, 'business', 'x', 'en', 'Europe/Amsterdam', 'NL', now())",
      [organisationId],
    ),
  );
});
afterAll(() => database.drop());

const put = (contactId: string | null, note: string) =>
  database.app.inOrganisation(organisationId, (tx) =>
    record(tx, ports, { type: "consent.withdrawn", contactId, body: { note } }),
  );
const placeAll = async () => {
  let placed = 0;
  for (let count = 1; count > 0; placed += count) count = await sequence(database.worker, ports, organisationId);
  return placed;
};
const readAll = () =>
  database.worker.inOrganisation(organisationId, (tx) => readEntries(tx, ports.keys, { limit: 10_000 }));

describe("the ledger", () => {
  it("keeps an entry with its cause, or neither", async () => {
    await expect(
      database.app.inOrganisation(organisationId, async (tx) => {
        await record(tx, ports, { type: "claims.checked", body: { page: "x" } });
        throw new Error("the cause failed");
      }),
    ).rejects.toThrow("the cause failed");
    await put(null, "kept");
    await placeAll();
    expect((await readAll()).map((entry) => entry.contents?.body)).toEqual([{ note: "kept" }]);
  });

  it("gives places without gaps, in one tree, with one chain per person, however many write at once", async () => {
    const people = Array.from({ length: 5 }, () => ports.ids.next());
    await Promise.all(Array.from({ length: 60 }, (_, index) => put(people[index % 5] ?? null, `entry ${index}`)));
    expect(await organisationsWithWaitingEntries(database.worker)).toContain(organisationId);
    const counts = await Promise.all([sequence(database.worker, ports, organisationId), placeAll()]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(60);

    const entries = await readAll();
    expect(entries.map((entry) => entry.position)).toEqual(Array.from({ length: 60 }, (_, index) => index));
    const heads = new Map<string, string>();
    for (const { leaf, leafHash, subject } of entries) {
      const parsed = JSON.parse(leaf ?? "") as Leaf;
      expect(parsed.previous).toBe(heads.get(subject ?? "") ?? null);
      expect(Buffer.from(hashOfLeaf(parsed))).toEqual(Buffer.from(leafHash ?? []));
      heads.set(subject ?? "", Buffer.from(leafHash ?? []).toString("base64url"));
    }
    expect(heads.size).toBe(5);
    const { state } = append(
      emptyTree,
      entries.map((entry) => new Uint8Array(entry.leafHash ?? [])),
    );
    const head = await database.worker.inOrganisation(organisationId, (tx) => treeHead(tx));
    expect(head?.size).toBe(60);
    expect(Buffer.from(head?.root ?? [])).toEqual(Buffer.from(rootOf(state)));
  });

  it("grows in batches into the same tree, over the border of a tile", async () => {
    for (let round = 0; round < 3; round++) {
      await database.app.inOrganisation(organisationId, async (tx) => {
        for (let index = 0; index < 130; index++)
          await record(tx, ports, { type: "claims.checked", body: { round, index } });
      });
      await placeAll();
    }
    const entries = await readAll();
    const whole = append(
      emptyTree,
      entries.map((entry) => new Uint8Array(entry.leafHash ?? [])),
    );
    const root = async (size?: number) =>
      Buffer.from((await database.worker.inOrganisation(organisationId, (tx) => treeHead(tx, size)))?.root ?? []);
    expect(await root()).toEqual(Buffer.from(rootOf(whole.state)));
    const first = append(
      emptyTree,
      entries.slice(0, 130).map((entry) => new Uint8Array(entry.leafHash ?? [])),
    );
    expect(await root(130)).toEqual(Buffer.from(rootOf(first.state)));
  });

  it("names the entries an entry rests on by their hashes", async () => {
    const first = await put(null, "wording");
    await database.app.inOrganisation(organisationId, (tx) =>
      record(tx, ports, { type: "consent.withdrawn", body: {}, refs: [first] }),
    );
    await placeAll();
    const [one, other] = await readAll();
    expect((JSON.parse(other?.leaf ?? "") as Leaf).refs).toEqual([
      Buffer.from(one?.leafHash ?? []).toString("base64url"),
    ]);
  });

  it("forgets what was written about a person, and keeps that it was", async () => {
    const person = ports.ids.next();
    await put(person, "secret of Sam");
    await put(null, "of nobody");
    await placeAll();
    const before = await readAll();
    const gone = await database.worker.inOrganisation(organisationId, (tx) => eraseSubject(tx, ports, person));
    expect(gone).toBe(1);
    const after = await readAll();
    expect(after.map((entry) => entry.leaf)).toEqual(before.map((entry) => entry.leaf));
    expect(after.map((entry) => entry.contents?.body ?? null)).toEqual([null, { note: "of nobody" }]);
    expect(await database.worker.inOrganisation(organisationId, (tx) => subjectHandle(tx, person))).toBeNull();
    await put(person, "came back");
    await placeAll();
    expect(new Set((await readAll()).map((entry) => entry.subject)).size).toBe(3);
  });

  it("cannot be rewritten by the roles that write it", async () => {
    const id = await put(null, "as it was");
    await placeAll();
    const change = (sql: string, role: "app" | "worker") =>
      database[role].inOrganisation(organisationId, (tx) => tx.query(sql, [organisationId, id]));
    const where = "where organisation_id = $1 and id = $2";
    for (const role of ["app", "worker"] as const) {
      await expect(change(`delete from evidence_entry ${where}`, role)).rejects.toThrow(/permission denied/);
      await expect(change(`update evidence_entry set type = 'x' ${where}`, role)).rejects.toThrow(/permission denied/);
      await expect(change(`update evidence_entry set commitment = null ${where}`, role)).rejects.toThrow(/denied/);
    }
    await expect(change(`update evidence_entry set sealed_body = null ${where}`, "app")).rejects.toThrow(/denied/);
  });
});
