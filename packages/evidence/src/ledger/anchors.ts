import type { Tx } from "@loket/database";
import { type Instant, instant } from "@loket/kit";
import { cosignedAt, parseCheckpoint } from "../checkpoint.ts";
import { formatNote, parseKey } from "../note.ts";
import type { LedgerPorts } from "./record.ts";

/**
 * Where a checkpoint was laid down outside this installation: from then on nobody here can rewrite what it covers
 * without that showing.
 */
export type AnchorKind = "mail" | "witness" | "timestamp";

export interface Anchor {
  readonly id: string;
  readonly size: number;
  readonly kind: AnchorKind;
  /** To whom: an address, a witness's URL, a time stamp service's. */
  readonly place: string;
  /** The cosigned note, or the time stamp's answer; `null` for mail. */
  readonly proof: Uint8Array | null;
  readonly at: Instant;
}

export async function addAnchor(
  tx: Tx,
  ports: LedgerPorts,
  anchor: { size: number; kind: AnchorKind; place: string; proof: Uint8Array | null },
): Promise<void> {
  await tx.query(
    "insert into evidence_anchor (organisation_id, id, size, kind, place, proof, at) values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000))",
    [
      tx.organisationId,
      ports.ids.next(),
      anchor.size,
      anchor.kind,
      anchor.place,
      anchor.proof === null ? null : Buffer.from(anchor.proof),
      ports.clock.now(),
    ],
  );
}

/** Newest first. */
export async function readAnchors(
  tx: Tx,
  query: { readonly limit: number; readonly kind?: AnchorKind },
): Promise<Anchor[]> {
  const rows = await tx.query<{
    id: string;
    size: number;
    kind: AnchorKind;
    place: string;
    proof: Buffer | null;
    at: number;
  }>(
    "select id, size, kind, place, proof, at from evidence_anchor where organisation_id = $1 and ($3::text is null or kind = $3) order by at desc, id desc limit $2",
    [tx.organisationId, query.limit, query.kind ?? null],
  );
  return rows.map((row) => ({
    ...row,
    proof: row.proof === null ? null : new Uint8Array(row.proof),
    at: instant(row.at),
  }));
}

/** A checkpoint's note with the signatures of these cosigned copies of it added, each once. */
export function withCosignatures(note: string, cosigned: readonly string[]): string {
  const own = parseCheckpoint(note);
  if (!own.ok) return note;
  const known = new Set(own.value.note.signatures.map(nameOfSignature));
  const signatures = [...own.value.note.signatures];
  for (const text of cosigned) {
    const other = parseCheckpoint(text);
    if (!other.ok || other.value.note.text !== own.value.note.text) continue;
    for (const signature of other.value.note.signatures) {
      if (known.has(nameOfSignature(signature))) continue;
      known.add(nameOfSignature(signature));
      signatures.push(signature);
    }
  }
  return formatNote({ text: own.value.note.text, signatures });
}

function nameOfSignature({ name, keyId }: { readonly name: string; readonly keyId: Uint8Array }): string {
  return `${name} ${Buffer.from(keyId).toString("hex")}`;
}

/** When the witness with this key (a line) signed this very checkpoint, in seconds since 1970; `null` where it did not. */
export function witnessedAt(note: string, cosigned: string, keyLine: string): number | null {
  const own = parseCheckpoint(note);
  const other = parseCheckpoint(cosigned);
  const key = parseKey(keyLine);
  if (!own.ok || !other.ok || key === null || key.use !== "cosignature") return null;
  return other.value.note.text === own.value.note.text ? cosignedAt(other.value.note, key) : null;
}
