import { hash } from "node:crypto";
import type { Tx } from "@loket/database";
import { makePack } from "@loket/evidence";
import {
  failPack,
  finishPack,
  type PackRow,
  readAnchors,
  readCheckpoints,
  readLog,
  readPack,
  record,
  takePack,
  tellPack,
  tileReader,
  withCosignatures,
} from "@loket/evidence/ledger";
import { instant, type OrganisationId, plus, secondMs } from "@loket/kit";
import { bookVersion } from "@loket/policy";
import type { Ports } from "../../ports.ts";
import type { LedgerKeeper } from "../keeper.ts";
import { composePack } from "./compose.ts";
import { gatherEntries, PackProblem } from "./entries.ts";
import { drawPage } from "./page.ts";
import { findSubject } from "./subject.ts";
import { printAside, verifyAside } from "./thread.ts";

const madeBy = "loket 0.1.0";
const mostAnchors = 40;

/**
 * Makes a pack: seals the log, gathers entries and tables, writes the document, packs, checks what it packed with the
 * verifier, and only then hands it out. Killed anywhere, it starts again from the beginning, as of the same time.
 */
export async function makeEvidencePack(
  ports: Ports,
  ledger: LedgerKeeper | null,
  organisationId: OrganisationId,
  packId: string,
  isLastTry: boolean,
): Promise<void> {
  const within = <T>(work: (tx: Tx) => Promise<T>) => ports.worker.inOrganisation(organisationId, work);
  const signer = ledger?.signer.current() ?? null;
  if (ledger === null || signer === null) {
    // Another process has the signer, or it is just starting: whoever has it takes the job a little later.
    await within(async (tx) => {
      await tellPack(tx, packId, { step: "waiting-for-signer" });
      addPackJob(tx, packId, plus(ports.clock.now(), 2 * secondMs));
      announcePack(ports, tx, packId);
    });
    return;
  }
  const row = await within(async (tx) => {
    const taken = await takePack(tx, ports, packId);
    if (taken) await tellPack(tx, packId, { step: "sealing" });
    announcePack(ports, tx, packId);
    return taken;
  });
  if (!row) return;
  const madeAt = row.madeAt ?? ports.clock.now();
  const step = (name: string, done = 0, total = 0) =>
    within(async (tx) => {
      await tellPack(tx, packId, { step: name, done, total });
      announcePack(ports, tx, packId);
    });
  try {
    let sealed = await ledger.checkpoint(organisationId);
    if (sealed?.kind === "empty") {
      // Where nothing is on record yet, that a pack was asked for is the first thing that is.
      await within((tx) =>
        record(tx, ports, { type: "configuration.changed", body: { what: "evidence.begun", pack: packId } }),
      );
      sealed = await ledger.checkpoint(organisationId);
    }
    if (sealed === null) throw new Error("The signer is not running.");
    if (sealed.kind === "refused") throw new PackProblem(sealed.refusal.words);
    if (sealed.kind === "empty") throw new Error("The log is empty.");
    const { checkpoint } = sealed;

    await step("gathering");
    const gathered = await within(async (tx) => {
      const subject = await findSubject(tx, row.subject, row.locale);
      if (!subject) throw new PackProblem("What this pack is about is not here any more.");
      const log = await readLog(tx);
      const logKey = log?.keys[0];
      if (!log || !logKey) throw new Error("The log has no key.");
      const range = { size: checkpoint.size, since: row.since, until: row.until };
      const entries = await gatherEntries(tx, ports.keys, subject, range);
      const anchors = await gatherAnchors(tx, checkpoint);
      const composed = await composePack(tx, ports.keys, {
        subject,
        locale: row.locale,
        since: row.since === null ? null : instant(row.since),
        until: row.until === null ? null : instant(row.until),
        madeAt,
        entries: entries.opened,
        checkpoint: anchors.checkpoint,
        logKey,
        allegations: await allegationsOf(tx, row),
      });
      return { subject, entries, anchors, composed, keys: log.keys };
    });
    const { subject, entries, anchors, composed } = gathered;

    await step("writing", 0, entries.entries.length);
    const document = await printAside(composed.document, madeAt);
    const files = new Map(composed.files);
    files.set("document.pdf", document);
    files.set("index.html", drawPage(composed.document));
    for (const [path, bytes] of anchors.stamps) files.set(path, bytes);

    await step("packing", 0, entries.entries.length);
    const pack = await within((tx) =>
      makePack(
        {
          purpose: composed.purpose,
          period:
            row.since === null && row.until === null
              ? null
              : { from: instant(row.since ?? 0), to: instant(row.until ?? madeAt) },
          madeAt,
          madeBy,
          termsBook: bookVersion,
          checkpoint: anchors.checkpoint,
          keys: { log: gathered.keys, witnesses: anchors.witnesses },
          anchors: anchors.earlier,
          scope: entries.scope,
          entries: entries.entries,
          documents: [...files].map(([path, bytes]) => ({ path, bytes })),
        },
        {
          readTile: tileReader(tx),
          async signManifest(origin, manifestHash) {
            const note = await signer.manifest(origin, manifestHash);
            if (!note.ok) throw new Error(note.failure.words);
            return note.value;
          },
        },
      ),
    );
    const bytes = await pack.bytes();

    await step("checking", entries.entries.length, entries.entries.length);
    const verified = await verifyAside(bytes, gathered.keys);
    // What does not verify was changed in the tables after it was signed. That is not handed out as evidence.
    if (verified.result !== "valid")
      throw new PackProblem(verified.problems.slice(0, 3).join(" ") || "The pack could not be checked.");

    const storageKey = `${organisationId}/${packId}`;
    await ports.store.put(storageKey, bytes, "application/zip");
    const isKept = await within(async (tx) => {
      const sha256 = hash("sha256", bytes, "buffer");
      const isFinished = await finishPack(tx, ports, packId, {
        storageKey,
        sizeBytes: bytes.length,
        sha256,
        manifestSha256: pack.manifestHash,
      });
      if (!isFinished) return false;
      await record(tx, ports, {
        type: "export.issued",
        contactId: subject.kind === "person" ? (row.subject.id ?? null) : null,
        body: {
          pack: packId,
          kind: subject.kind,
          about: row.subject.id ?? null,
          purpose: subject.isOwn ? null : composed.purpose,
          manifest: Buffer.from(pack.manifestHash).toString("base64url"),
          entries: entries.entries.length,
          size: checkpoint.size,
          demand: row.demandId,
          member: row.requestedBy,
        },
      });
      announcePack(ports, tx, packId);
      return true;
    });
    // Whoever it is about was erased meanwhile; or another attempt was quicker, and its file is the same.
    if (!isKept && (await within((tx) => readPack(tx, packId)))?.state !== "ready")
      await ports.store.remove(storageKey);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    if (error instanceof PackProblem || isLastTry)
      await within(async (tx) => {
        await failPack(tx, ports, packId, words);
        announcePack(ports, tx, packId);
      });
    if (!(error instanceof PackProblem)) throw error;
  }
}

/** The job that makes it. The same pack is never made twice at once. */
export function addPackJob(tx: Tx, packId: string, runAt?: number): void {
  tx.addJob(
    "evidence.pack",
    { packId },
    { key: `evidence.pack ${packId}`, maxAttempts: 5, ...(runAt === undefined ? {} : { runAt }) },
  );
}

export function announcePack(ports: Ports, tx: Tx, packId: string): void {
  tx.emit({
    type: "standing.changed",
    inboxId: null,
    subject: { what: "pack", subjectId: packId },
    at: ports.clock.now(),
  });
}

async function allegationsOf(tx: Tx, row: PackRow): Promise<string[]> {
  if (row.demandId === null) return [];
  const demand = await tx.one<{ allegations: string[] }>(
    "select allegations from demand where organisation_id = $1 and id = $2",
    [tx.organisationId, row.demandId],
  );
  return demand?.allegations ?? [];
}

interface PackAnchors {
  /** With the signatures of those who witnessed it. */
  readonly checkpoint: string;
  readonly earlier: readonly { readonly name: string; readonly checkpoint: string }[];
  readonly witnesses: readonly string[];
  readonly stamps: ReadonlyMap<string, Uint8Array>;
}

/** Checkpoints that left the house, with what came back for them. */
async function gatherAnchors(tx: Tx, newest: { readonly size: number; readonly note: string }): Promise<PackAnchors> {
  const anchors = (await readAnchors(tx, { limit: mostAnchors })).filter(({ size }) => size <= newest.size);
  const notes = new Map(
    (await readCheckpoints(tx, { limit: mostAnchors, sizes: [...new Set(anchors.map(({ size }) => size))] })).map(
      (one) => [one.size, one.note],
    ),
  );
  const cosignedOf = (size: number) =>
    anchors.flatMap((one) =>
      one.kind === "witness" && one.size === size && one.proof ? [Buffer.from(one.proof).toString("utf8")] : [],
    );
  const earlier = new Map<string, string>();
  const stamps = new Map<string, Uint8Array>();
  for (const { kind, size, proof, id } of anchors) {
    const note = notes.get(size);
    if (note === undefined) continue;
    // A time stamp is over the bytes of the note as it was signed, without what witnesses added.
    if (kind === "timestamp" && proof) {
      earlier.set(`timestamp-${size}`, note);
      stamps.set(`anchors/timestamp-${size}-${id.slice(-4)}.tsr`, proof);
    } else if (size < newest.size) earlier.set(`${kind}-${size}`, withCosignatures(note, cosignedOf(size)));
  }
  const witnesses = await tx.query<{ key: string }>(
    "select key from evidence_witness where organisation_id = $1 order by key",
    [tx.organisationId],
  );
  return {
    checkpoint: withCosignatures(newest.note, cosignedOf(newest.size)),
    earlier: [...earlier].map(([name, checkpoint]) => ({ name, checkpoint })),
    witnesses: [...new Set(witnesses.map(({ key }) => key))],
    stamps,
  };
}
