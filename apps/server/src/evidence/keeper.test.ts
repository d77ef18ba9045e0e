import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EvidenceSummary } from "@loket/contract";
import { readEntries, record } from "@loket/evidence/ledger";
import type { OrganisationId } from "@loket/kit";
import { createOrganisation, createToken } from "@loket/organisations";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoket } from "../app.ts";
import { readConfig } from "../config.ts";
import { type Api, apiOf, startTestLoket, type TestLoket, until } from "../testing.ts";
import { keepLedger } from "./keeper.ts";

/** The ledger at work beside everything else: who dies when, nothing is lost and nothing has two places. */
let at: TestLoket;
let api: Api;
let organisationId: OrganisationId;

beforeAll(async () => {
  at = await startTestLoket();
  const { ports } = at.loket;
  organisationId = ports.ids.next<"organisation">();
  await createOrganisation(ports.app, ports.clock, {
    id: organisationId,
    name: "Bakery",
    kind: "business",
    locale: "en",
    timeZone: "Europe/Amsterdam",
    homeCountry: "NL",
  });
  await ports.app.inOrganisation(organisationId, (tx) =>
    createToken(tx, ports, { name: "test", scopes: ["*"], secret: "loket_test", createdBy: null }),
  );
  api = apiOf(at.url, { authorization: "Bearer loket_test" });
});
afterAll(() => at.close());

const put = (note: string) =>
  at.loket.ports.app.inOrganisation(organisationId, (tx) =>
    record(tx, at.loket.ports, { type: "claims.checked", body: { note } }),
  );
const summary = async () => (await api<EvidenceSummary>("GET", "evidence")).body;
const ready = async () =>
  (await (await fetch(`${at.url}/readyz`)).json()) as { evidence: { signer: boolean; refused: number } };

describe("the keeper", () => {
  it("gives every entry a place and has the log signed, by itself", async () => {
    await put("one");
    const { entries, waiting, checkpoint, fingerprint } = await until(async () => {
      const found = await summary();
      return found.checkpoint !== null && found;
    }, "a checkpoint");
    expect({ entries, waiting, size: checkpoint?.size }).toEqual({ entries: 1, waiting: 0, size: 1 });
    expect(fingerprint).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
    expect((await ready()).evidence).toEqual({ signer: true, refused: 0 });
  });

  it("starts the signer again when it dies, and signs on", async () => {
    const before = at.loket.ledger?.signer.current();
    if (!before) throw new Error("no signer");
    process.kill(before.pid, "SIGKILL");
    const after = await until(async () => {
      const current = at.loket.ledger?.signer.current();
      return current && current.pid !== before.pid && current;
    }, "another signer");
    expect(await after.last(`loket/${organisationId}`)).toContain(`loket/${organisationId}\n`);
    await put("after its death");
    expect(await at.loket.ledger?.checkpoint(organisationId)).toMatchObject({ kind: "signed" });
  });

  it("shares the work with others: no entry is lost and none has two places, and one of them signs", async () => {
    const folder = mkdtempSync(join(tmpdir(), "second-"));
    const second = keepLedger(at.loket.ports, join(at.dataDir, "signer"));
    const size = (await summary()).entries;
    await Promise.all(Array.from({ length: 120 }, (_, index) => put(`at once ${index}`)));
    await Promise.all([at.loket.ledger?.settle(organisationId), second.settle(organisationId)]);
    await until(async () => (await summary()).waiting === 0, "all to have places");
    const entries = await at.loket.ports.worker.inOrganisation(organisationId, (tx) =>
      readEntries(tx, at.loket.ports.keys, { limit: 1_000 }),
    );
    expect(entries.length).toBe(size + 120);
    expect(entries.map(({ position }) => position)).toEqual(entries.map((_, index) => index));
    expect(second.signer.current()).toBeNull();
    expect(second.signer.complaint()).toMatch(/in use by process|starting/);
    expect(await second.checkpoint(organisationId)).toBeNull();
    expect(await at.loket.ledger?.checkpoint(organisationId)).toMatchObject({ kind: "signed" });
    await second.stop();
    rmSync(folder, { recursive: true });
  });

  it("takes up what was recorded while nobody kept the ledger", async () => {
    const folder = mkdtempSync(join(tmpdir(), "web-"));
    // A process that only answers requests: it records, and gives no places.
    const web = await startLoket({
      config: readConfig({ LOKET_PORT: "0", LOKET_DATA_DIR: folder, LOKET_ROLE: "web" }, folder),
      address: at.database.address,
      logLevel: "silent",
    });
    expect(web.ledger).toBeNull();
    const before = (await summary()).entries;
    await web.ports.app.inOrganisation(organisationId, (tx) =>
      record(tx, { ...at.loket.ports, ids: web.ports.ids }, { type: "claims.checked", body: { note: "by the other" } }),
    );
    await web.close();
    await until(async () => (await summary()).entries === before + 1, "its place");
    rmSync(folder, { recursive: true });
  });

  it("stops signing where an older copy of the database was put back, and says so wherever one looks", async () => {
    const { admin } = at.database;
    const size = (await summary()).entries;
    await at.loket.ledger?.checkpoint(organisationId);
    // What a restored backup of an hour ago looks like to the signer: fewer entries than it signed.
    const change = (sql: string) => admin.query(`${sql} where organisation_id = $1`, [organisationId]);
    await change("update evidence_log set size = size - 1, signed_size = 0, signed_at = null");
    await admin.query("delete from evidence_checkpoint where organisation_id = $1 and size = $2", [
      organisationId,
      size,
    ]);
    await admin.query("delete from evidence_entry where organisation_id = $1 and position = $2", [
      organisationId,
      size - 1,
    ]);
    const { refusal } = await until(async () => {
      const found = await summary();
      return found.refusal !== null && found;
    }, "the refusal");
    expect(refusal).toMatchObject({ reason: expect.stringMatching(/smaller|inconsistent/) });
    expect((await ready()).evidence.refused).toBe(1);
    expect((await fetch(`${at.url}/readyz`)).status).toBe(200);
    const asked = await api<{ id: string }>("POST", "evidence/packs", {
      subject: { kind: "organisation" },
      locale: "en",
    });
    const failed = await until(async () => {
      const { body } = await api<{ state: string; failure: string }>("GET", `evidence/packs/${asked.body.id}`);
      return body.state === "failed" && body;
    }, "no pack");
    expect(failed.failure).toBe(refusal?.words);

    // Looking alone does not help; putting the database right does.
    expect((await api("POST", "evidence/look-again")).status).toBe(204);
    await until(async () => (await summary()).refusal, "the refusal again");
  });
});
