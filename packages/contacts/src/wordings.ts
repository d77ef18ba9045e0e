import { createHash } from "node:crypto";
import type { Tx } from "@loket/database";
import { record } from "@loket/evidence/ledger";
import { instant, toIso } from "@loket/kit";
import type { ContactPorts, Purpose } from "./consent.ts";

/** The words people agree to, as they were shown. Never edited: other words are another version. */
export interface Wording {
  readonly id: string;
  readonly version: string;
  readonly language: string;
  readonly text: string;
  readonly purpose: Purpose;
  readonly channels: readonly string[];
  readonly namesBusiness: boolean;
  readonly namesChannel: boolean;
  readonly landingUrl: string | null;
  /** Digest of the page as it stood when the wording was published. */
  readonly landingVersion: string | null;
  readonly publishedAt: string;
}

export type NewWording = Omit<Wording, "id" | "publishedAt"> & { readonly memberId: string | null };

/** `null` where this version exists in this language already. */
export async function publishWording(tx: Tx, ports: ContactPorts, wording: NewWording): Promise<Wording | null> {
  const id = ports.ids.next();
  const now = ports.clock.now();
  const added = await tx.count(
    `insert into wording (organisation_id, id, version, language, text, purpose, channels, names_business, names_channel, landing_url, landing_version, published_at, published_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, to_timestamp($12::float8 / 1000), $13) on conflict (organisation_id, version, language) do nothing`,
    [
      tx.organisationId,
      id,
      wording.version,
      wording.language,
      wording.text,
      wording.purpose,
      wording.channels,
      wording.namesBusiness,
      wording.namesChannel,
      wording.landingUrl,
      wording.landingVersion,
      now,
      wording.memberId,
    ],
  );
  if (added === 0) return null;
  await record(tx, ports, {
    type: "wording.published",
    body: {
      wording: id,
      version: wording.version,
      language: wording.language,
      text: wording.text,
      sha256: createHash("sha256").update(wording.text).digest("base64url"),
      purpose: wording.purpose,
      channels: [...wording.channels],
      namesBusiness: wording.namesBusiness,
      namesChannel: wording.namesChannel,
      landing: wording.landingUrl,
      landingVersion: wording.landingVersion,
      by: wording.memberId,
    },
  });
  tx.emit({ type: "standing.changed", inboxId: null, subject: { what: "wording", subjectId: id }, at: now });
  const { memberId: _, ...rest } = wording;
  return { ...rest, id, publishedAt: toIso(now) };
}

const columns = `id, version, language, text, purpose, channels, names_business as "namesBusiness", names_channel as "namesChannel",
  landing_url as "landingUrl", landing_version as "landingVersion", published_at`;
type Row = Omit<Wording, "publishedAt"> & { published_at: number };
const toWording = ({ published_at, ...row }: Row): Wording => ({ ...row, publishedAt: toIso(instant(published_at)) });

/** Newest first. */
export async function listWordings(tx: Tx): Promise<Wording[]> {
  const rows = await tx.query<Row>(
    `select ${columns} from wording where organisation_id = $1 order by published_at desc, id desc limit 500`,
    [tx.organisationId],
  );
  return rows.map(toWording);
}

export async function readWording(tx: Tx, id: string): Promise<Wording | null> {
  const row = await tx.one<Row>(`select ${columns} from wording where organisation_id = $1 and id = $2`, [
    tx.organisationId,
    id,
  ]);
  return row ? toWording(row) : null;
}

/**
 * The newest wording of each purpose that may be put to a person on this channel: in their language, else in the
 * organisation's, else in any.
 */
export function currentWordings(
  wordings: readonly Wording[],
  channel: string,
  languages: readonly (string | null)[],
): Wording[] {
  const rank = ({ language }: Wording) => {
    const place = languages.indexOf(language);
    return place === -1 ? languages.length : place;
  };
  const chosen = new Map<Purpose, Wording>();
  for (const wording of wordings) {
    if (!wording.channels.includes(channel) && !wording.channels.includes("all")) continue;
    const held = chosen.get(wording.purpose);
    if (!held || rank(wording) < rank(held) || (rank(wording) === rank(held) && wording.publishedAt > held.publishedAt))
      chosen.set(wording.purpose, wording);
  }
  return [...chosen.values()];
}
