import type { EvidenceSummary } from "@loket/contract";
import type { Tx } from "@loket/database";
import { fingerprintOfLine, logOf, newestCheckpoint, readAnchors, readLog } from "@loket/evidence/ledger";
import { instant, toIso } from "@loket/kit";
import type { Ports } from "../ports.ts";
import type { LedgerKeeper } from "./keeper.ts";
import { packDays } from "./pack/old.ts";

const shownAnchors = 20;

/** The ledger as it stands, for the page that shows it. */
export async function summarise(tx: Tx, ports: Ports, ledger: LedgerKeeper | null): Promise<EvidenceSummary> {
  const iso = (at: number | null | undefined) => (at == null ? null : toIso(instant(at)));
  const [log, checkpoint, anchors, sent, witnesses, witnessed, days] = await Promise.all([
    readLog(tx),
    newestCheckpoint(tx),
    readAnchors(tx, { limit: shownAnchors }),
    tx.one<{
      mailed_at: number | null;
      mail_failure: string | null;
      stamped_at: number | null;
      stamp_failure: string | null;
      outside: number | null;
    }>(
      `select mailed_at, mail_failure, stamped_at, stamp_failure,
         (select max(a.size) from evidence_anchor a where a.organisation_id = $1) as outside from evidence_log where organisation_id = $1`,
      [tx.organisationId],
    ),
    tx.query<{
      id: string;
      url: string;
      key: string;
      witnessed_size: number;
      witnessed_at: number | null;
      failure: string | null;
    }>(
      "select id, url, key, witnessed_size, witnessed_at, failure from evidence_witness where organisation_id = $1 order by created_at, id",
      [tx.organisationId],
    ),
    tx.query<{ origin: string; key: string; created_at: number }>(
      "select origin, key, created_at from witnessed_log where organisation_id = $1 order by created_at, origin",
      [tx.organisationId],
    ),
    packDays(tx),
  ]);
  const outside = sent?.outside ?? 0;
  const oldest =
    log && outside < log.size
      ? await tx.one<{ at: number }>("select at from evidence_entry where organisation_id = $1 and position = $2", [
          tx.organisationId,
          outside,
        ])
      : undefined;
  const signer = ledger?.signer.current() ?? null;
  return {
    origin: log?.origin ?? logOf(tx.organisationId),
    entries: log?.size ?? 0,
    waiting: log?.waiting ?? 0,
    fingerprint: log?.keys[0] ? fingerprintOfLine(log.keys[0]) : null,
    logKey: log?.keys[0] ?? null,
    earlierFingerprints: (log?.keys ?? []).slice(1).map(fingerprintOfLine),
    checkpoint: checkpoint && {
      size: checkpoint.size,
      root: Buffer.from(checkpoint.root).toString("base64"),
      at: toIso(checkpoint.at),
      note: checkpoint.note,
    },
    refusal: log?.refusal ?? null,
    signerRuns: ledger === null ? null : signer !== null,
    rewritable: { since: iso(oldest?.at), entries: Math.max(0, (log?.size ?? 0) - outside) },
    anchors: anchors.map(({ id, kind, place, size, at }) => ({ id, kind, place, size, at: toIso(at) })),
    mail: { configured: ports.mail !== null, lastAt: iso(sent?.mailed_at), failure: sent?.mail_failure ?? null },
    timestamp: {
      configured: ports.timestampUrl !== null,
      lastAt: iso(sent?.stamped_at),
      failure: sent?.stamp_failure ?? null,
    },
    witnesses: witnesses.map((one) => ({
      id: one.id,
      url: one.url,
      name: one.key.split("+")[0] ?? "",
      fingerprint: fingerprintOfLine(one.key),
      witnessedSize: one.witnessed_size,
      witnessedAt: iso(one.witnessed_at),
      failure: one.failure,
    })),
    witnessed: witnessed.map(({ origin, key, created_at }) => ({
      origin,
      fingerprint: fingerprintOfLine(key),
      createdAt: toIso(instant(created_at)),
    })),
    packDays: days,
    witnessKey: signer === null ? null : await signer.witnessKey(),
  };
}
