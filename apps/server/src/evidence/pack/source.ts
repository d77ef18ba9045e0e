import { createHmac } from "node:crypto";
import type { Locale } from "@loket/contract";
import type { Tx } from "@loket/database";
import { type Instant, instant, type Keys, toIso } from "@loket/kit";
import { type Block, type Say, type Section, sayIn } from "./document.ts";
import type { OpenedEntry } from "./entries.ts";
import type { Subject } from "./subject.ts";

/** What the sections of a pack are written from. */
export interface Source {
  readonly tx: Tx;
  readonly keys: Keys;
  readonly locale: Locale;
  readonly say: Say;
  readonly subject: Subject;
  readonly since: Instant | null;
  readonly until: Instant;
  readonly entries: readonly OpenedEntry[];
  /**
   * Rows of a question whose text has the marks of `within`: `$1` is the organisation, `$2` to `$6` who, which sender,
   * from when, until when, and which campaign.
   */
  rows<Row>(text: string): Promise<Row[]>;
  /** A number as people of this language write it. */
  number(value: number): string;
  time(at: number | null): string;
  /** The name under which the installation keeps an address where it must not be read. */
  addressHash(value: string): string;
  /** Puts a file into the pack and gives its name. */
  file(path: string, bytes: Uint8Array): string;
}

export function createSource(
  from: Pick<Source, "tx" | "keys" | "locale" | "subject" | "since" | "until" | "entries">,
  files: Map<string, Uint8Array>,
): Source {
  const { tx, subject, locale } = from;
  const figures = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const hashKey = from.keys.derive("addresses in evidence packs", tx.organisationId);
  return {
    ...from,
    say: sayIn(locale),
    rows: (text) =>
      tx.query(text, [
        tx.organisationId,
        subject.contactIds,
        subject.senderId,
        from.since,
        from.until,
        subject.campaign?.id ?? null,
      ]),
    number: (value) => figures.format(value),
    time: (at) =>
      at === null
        ? "–"
        : toIso(instant(at))
            .replace("T", " ")
            .replace(/\.\d+Z$/, "Z"),
    addressHash: (value) => createHmac("sha256", hashKey).update(value).digest("hex").slice(0, 24),
    file(path, bytes) {
      files.set(path, bytes);
      return path;
    },
  };
}

/** The condition that rows belong to the pack. What a table has no column for is left open. */
export function within(columns: {
  readonly contact?: string;
  readonly sender?: string;
  readonly at?: string;
  readonly delivery?: string;
  readonly decision?: string;
}): string {
  const { contact, sender, at, delivery, decision } = columns;
  const ofCampaign = "from delivery y where y.organisation_id = $1 and y.campaign_id = $6";
  const inCampaign = delivery
    ? `${delivery} in (select y.id ${ofCampaign})`
    : decision
      ? `(${decision} in (select y.decision_id ${ofCampaign}) or ${decision} in (select t.decision_id from attempt t where t.organisation_id = $1 and t.delivery_id in (select y.id ${ofCampaign})))`
      : contact
        ? `${contact} in (select y.contact_id ${ofCampaign})`
        : "true";
  return [
    `($6::uuid is null or ${inCampaign})`,
    contact ? `($2::uuid[] is null or ${contact} = any($2))` : "($2::uuid[] is null or true)",
    sender ? `($3::uuid is null or ${sender} = $3)` : "($3::uuid is null or true)",
    at
      ? `($4::float8 is null or ${at} >= to_timestamp($4 / 1000)) and ${at} < to_timestamp($5::float8 / 1000)`
      : "($4::float8 is null or $5::float8 is null or true)",
  ].join(" and ");
}

/** In SQL: how a person is called in packs of others, by the name the log knows them by. */
export function personIn(column: string): string {
  return `coalesce((select known.handle from evidence_subject known where known.organisation_id = $1 and known.contact_id = ${column}),
    'x-' || left(encode(sha256(convert_to(${column}::text, 'UTF8')), 'hex'), 12))`;
}

export function present(id: string, title: string, blocks: readonly Block[], files: readonly string[] = []): Section {
  return { id, title, blocks, files, absent: null };
}

/** There should be something, or could be, and it is not in the pack. */
export function absent(id: string, title: string, why: string): Section {
  return { id, title, blocks: [], files: [], absent: why };
}

/** Somebody looked, and there is none. */
export function none(id: string, title: string, words: string): Section {
  return { id, title, blocks: [{ kind: "text", text: words }], files: [], absent: null };
}

/** The value in the middle; `null` of none. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length === 0
    ? null
    : sorted.length % 2 === 1
      ? (sorted[middle] ?? 0)
      : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
