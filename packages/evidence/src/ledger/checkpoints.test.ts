import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tx } from "@loket/database";
import { createTestDatabase, type TestDatabase } from "@loket/database/testing";
import { createIds, createKeys, dayMs, instant, type OrganisationId, systemClock, systemRandom } from "@loket/kit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parseCheckpoint } from "../checkpoint.ts";
import { putAside, type Signer, startSigner } from "../signer/client.ts";
import { consistencyProof } from "../tiles.ts";
import { verifyConsistency } from "../tree.ts";
import {
  type LedgerPorts,
  logsToSign,
  lookAgain,
  newestCheckpoint,
  readCheckpoints,
  readEntries,
  readLog,
  record,
  sequence,
  signCheckpoint,
  tileReader,
} from "./index.ts";

const ports: LedgerPorts = {
  ids: createIds(systemClock, systemRandom),
  clock: systemClock,
  random: systemRandom,
  keys: createKeys(new Uint8Array(32).fill(7)),
};
let database: TestDatabase;
let organisationId: OrganisationId;
let folder: string;
let signer: Signer;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "loket-signer-"));
  signer = await startSigner({ state: folder, name: "loket" });
  organisationId = ports.ids.next<"organisation">();
  await within((tx) =>
    tx.query(
      "insert into organisation (organisation_id, kind, name, locale, time_zone, home_country, created_at) values ($1, 'business', 'x', 'en', 'Europe/Amsterdam', 'NL', now())",
      [organisationId],
    ),
  );
});
afterEach(async () => {
  await signer.stop();
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => database.drop());

const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.worker.inOrganisation(organisationId, work);
const put = (note: string, at = ports.clock.now()) =>
  within((tx) => record(tx, ports, { type: "claims.checked", body: { note }, at }));
const placeAll = () => sequence(database.worker, ports, organisationId);
const sign = () => signCheckpoint(database.worker, ports, signer, organisationId);

const ledgerTables = ["evidence_checkpoint", "evidence_entry", "evidence_tile", "evidence_log"];
/** What somebody does who puts an older copy of the database back. */
async function copyTables(): Promise<() => Promise<void>> {
  const rows = await Promise.all(
    ledgerTables.map(async (table) => {
      const { rows: found } = await database.admin.query(
        `select to_jsonb(t) as row from ${table} t where organisation_id = $1`,
        [organisationId],
      );
      return found.map((one) => one.row as object);
    }),
  );
  return async () => {
    for (const table of ledgerTables)
      await database.admin.query(`delete from ${table} where organisation_id = $1`, [organisationId]);
    for (const [index, table] of ledgerTables.entries())
      for (const row of rows[index] ?? [])
        await database.admin.query(`insert into ${table} select * from jsonb_populate_record(null::${table}, $1)`, [
          row,
        ]);
  };
}

describe("checkpoints", () => {
  it("are signed over ever larger trees, each consistent with the one before", async () => {
    for (const note of ["one", "two", "three"]) {
      await put(note);
      await placeAll();
      expect(await sign()).toMatchObject({ kind: "signed", isNew: true });
    }
    expect(await sign()).toMatchObject({ kind: "signed", isNew: false });
    const [third, second] = await within((tx) => readCheckpoints(tx, { limit: 10 }));
    if (!third || !second) throw new Error("not kept");
    expect([third.size, second.size]).toEqual([3, 2]);
    expect(parseCheckpoint(third.note)).toMatchObject({ ok: true, value: { size: 3 } });
    const proof = await within((tx) => consistencyProof(2, 3, tileReader(tx)));
    expect(verifyConsistency(2, 3, second.root, third.root, proof)).toBe(true);
  });

  it("are due a minute after the last, and only where the log has grown", async () => {
    await put("one");
    await placeAll();
    const isDue = async (afterMs: number) =>
      (await logsToSign(database.worker, instant(ports.clock.now() + afterMs))).includes(organisationId);
    expect(await isDue(0)).toBe(true);
    await sign();
    expect(await isDue(61_000)).toBe(false);
    await put("two");
    await placeAll();
    expect(await isDue(5_000)).toBe(false);
    expect(await isDue(61_000)).toBe(true);
    expect(await isDue(-dayMs)).toBe(true); // the clock was set back
  });

  it("survive a death between signing and keeping: what was signed is kept the next time", async () => {
    await put("one");
    await placeAll();
    const forgetful = {
      ...signer,
      checkpoint: async (...args: Parameters<Signer["checkpoint"]>) => {
        await signer.checkpoint(...args);
        throw new Error("killed");
      },
    };
    await expect(signCheckpoint(database.worker, ports, forgetful, organisationId)).rejects.toThrow("killed");
    expect(await within(newestCheckpoint)).toBeNull();
    expect(await sign()).toMatchObject({ kind: "signed", isNew: true, checkpoint: { size: 1 } });
    await put("two");
    await placeAll();
    await expect(signCheckpoint(database.worker, ports, forgetful, organisationId)).rejects.toThrow("killed");
    await put("three");
    await placeAll();
    expect(await sign()).toMatchObject({ kind: "signed", checkpoint: { size: 3 } });
  });

  it("stop where an older copy of the tables was put back, and say so until somebody has looked", async () => {
    await put("one");
    await placeAll();
    await sign();
    const putOlderBack = await copyTables();
    for (const note of ["two", "three"]) {
      await put(note);
      await placeAll();
    }
    await sign();
    const putNewerBack = await copyTables();
    await putOlderBack();

    expect(await sign()).toMatchObject({ kind: "refused", isNew: true, refusal: { reason: "smaller", size: 1 } });
    // Grown past the size once signed, with other entries: still not the log it was.
    for (const note of ["another two", "another three", "another four"]) await put(note);
    await placeAll();
    expect(await sign()).toMatchObject({ kind: "refused", isNew: false });
    expect(await logsToSign(database.worker, instant(ports.clock.now() + dayMs))).not.toContain(organisationId);
    const types = (await within((tx) => readEntries(tx, ports.keys, { limit: 100 }))).map((entry) => entry.type);
    expect(types).toContain("signer.refused");

    expect(await within((tx) => lookAgain(tx, ports, null))).toBe(true);
    await placeAll();
    expect(await sign()).toMatchObject({ kind: "refused", isNew: true, refusal: { reason: "inconsistent" } });

    await putNewerBack();
    expect(await sign()).toMatchObject({ kind: "signed", checkpoint: { size: 3 } });
    expect((await within(readLog))?.refusal).toBeNull();
  });

  it("stop where a stored tree was changed, though the signer's memory was lost as well", async () => {
    for (const note of ["one", "two"]) await put(note);
    await placeAll();
    await sign();
    await database.admin.query(
      "update evidence_tile set hashes = set_byte(hashes, 3, (get_byte(hashes, 3) + 1) % 256) where organisation_id = $1",
      [organisationId],
    );
    await signer.stop();
    rmSync(folder, { recursive: true, force: true });
    signer = await startSigner({ state: folder, name: "loket" });
    expect(await sign()).toMatchObject({ kind: "refused", refusal: { reason: "inconsistent" } });
  });

  it("go on from an older copy when somebody put the signer's memory aside, and the log says so", async () => {
    await put("one");
    await placeAll();
    await sign();
    const putOlderBack = await copyTables();
    await put("two");
    await placeAll();
    await sign();
    await putOlderBack();
    expect(await sign()).toMatchObject({ kind: "refused" });
    expect(putAside(folder, `loket/${organisationId}`, new Date())).toContain("\n2\n");
    expect(putAside(folder, `loket/${organisationId}`, new Date())).toBeNull();
    await within((tx) => lookAgain(tx, ports, null));
    await placeAll();
    expect(await sign()).toMatchObject({ kind: "signed" });
    await placeAll();
    const noted = await within((tx) => readEntries(tx, ports.keys, { limit: 10, types: ["correction.noted"] }));
    expect(noted.map(({ contents }) => contents?.body.what)).toEqual(["signer.forgot"]);
  });

  it("tell of a new key", async () => {
    await put("one");
    await placeAll();
    await sign();
    await signer.stop();
    rmSync(folder, { recursive: true, force: true });
    signer = await startSigner({ state: folder, name: "loket" });
    await sign();
    await placeAll();
    const log = await within(readLog);
    expect(log?.keys).toHaveLength(2);
    const entries = await within((tx) => readEntries(tx, ports.keys, { limit: 100, types: ["key.rotated"] }));
    expect(entries).toHaveLength(1);
  });
});

describe("a clock that goes back", () => {
  it("is announced by an entry of its own, so that packs of such a log are valid", async () => {
    const now = ports.clock.now();
    await put("today");
    await put("yesterday, after the clock was set back", instant(now - dayMs));
    await put("a minute earlier, which is nothing", instant(now - dayMs - 60_000));
    expect(await placeAll()).toBe(3);
    const read = () => within((tx) => readEntries(tx, ports.keys, { limit: 100 }));
    expect((await read()).map((entry) => entry.type)).toEqual([
      "claims.checked",
      "clock.anomaly",
      "claims.checked",
      "claims.checked",
    ]);
    await put("and once more", instant(now - 3 * dayMs));
    await placeAll();
    expect((await read()).map((entry) => entry.position)).toEqual([0, 1, 2, 3, 4, 5]);
    expect((await read()).filter((entry) => entry.type === "clock.anomaly")).toHaveLength(2);
  });
});
