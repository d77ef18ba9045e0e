import type { Tx } from "@loket/database";
import type { Leaf, PackEntry } from "@loket/evidence";
import { type EntryType, type JsonObject, type KeptEntry, readEntries } from "@loket/evidence/ledger";
import type { Keys } from "@loket/kit";
import type { Subject } from "./subject.ts";

const pageSize = 2_000;
/** What fits in memory while a pack is made: about a kilobyte each. */
const mostEntries = 250_000;

/** Entries about nobody that explain the ones about somebody. */
const explaining: readonly EntryType[] = [
  "wording.published",
  "ruleset.published",
  "key.rotated",
  "signer.refused",
  "clock.anomaly",
];

/** What entries hold that says nothing about who a person is: ids of our own, digests, words of the terms book. */
const nameless = new Set([
  "decision",
  "stage",
  "outcome",
  "until",
  "rules",
  "reliedOn",
  "book",
  "sender",
  "channel",
  "kind",
  "payload",
  "template",
  "category",
  "request",
  "facts",
  "content",
  "lastInbound",
  "businessInitiated",
  "consent",
  "consentClass",
  "attempt",
  "delivery",
  "purpose",
  "topic",
  "method",
  "happened",
  "effective",
  "evidence",
  "wording",
  "wordingId",
  "landingVersion",
  "namesBusiness",
  "namesChannel",
  "receipt",
  "import",
  "member",
  "suppression",
  "suppressions",
  "scope",
  "source",
  "sources",
  "message",
  "override",
  "rule",
  "code",
  "title",
  "campaign",
]);

export interface GatheredEntries {
  readonly scope: "whole" | "part";
  readonly entries: readonly PackEntry[];
  /** Everything that could be opened of what the pack is about, shown in it or not: for counting. */
  readonly opened: readonly OpenedEntry[];
}

export interface OpenedEntry {
  readonly id: string;
  readonly type: EntryType;
  readonly at: number;
  readonly subject: string | null;
  readonly position: number;
  readonly body: JsonObject;
}

/**
 * The entries of a pack, below `size`. About one person: all of theirs, open. About one message: all of its person's,
 * those that do not concern the message closed. About a campaign, a sender or the organisation: the whole log, so that nothing can
 * be missing, open where nobody can be known by it. What lies outside the period is there and closed.
 */
export async function gatherEntries(
  tx: Tx,
  keys: Keys,
  subject: Subject,
  range: { readonly size: number; readonly since: number | null; readonly until: number | null },
): Promise<GatheredEntries> {
  const isPart = subject.contactIds !== null;
  const kept = isPart
    ? [
        ...(await readAll(tx, keys, range.size, { subjects: subject.handles })),
        ...(await readAll(tx, keys, range.size, { types: explaining })).filter((entry) => entry.subject === null),
      ].sort((one, other) => Number(one.position) - Number(other.position))
    : await readAll(tx, keys, range.size, {});
  const campaign = subject.campaign && (await readCampaignRows(tx, subject.campaign.id));
  const entries: PackEntry[] = [];
  const opened: OpenedEntry[] = [];
  for (const { id, type, at, subject: handle, position, leaf, contents } of kept) {
    if (position === null || leaf === null) continue;
    const parsed = JSON.parse(leaf) as Leaf;
    if (contents === null) {
      entries.push({ index: position, leaf: parsed, body: "erased" });
      continue;
    }
    const entry: OpenedEntry = { id, type, at, subject: handle, position, body: contents.body };
    const isInside = (range.since === null || at >= range.since) && (range.until === null || at < range.until);
    if (isInside && concerns(entry, subject, campaign)) opened.push(entry);
    const shown = (isInside || explaining.includes(type)) && mayShow(entry, subject, campaign);
    entries.push({ index: position, leaf: parsed, body: shown ? contents : "withheld" });
  }
  return { scope: isPart ? "part" : "whole", entries, opened };
}

async function readAll(
  tx: Tx,
  keys: Keys,
  size: number,
  query: { subjects?: readonly string[]; types?: readonly EntryType[] },
): Promise<KeptEntry[]> {
  const all: KeptEntry[] = [];
  for (let after = -1; ; ) {
    const page = await readEntries(tx, keys, { ...query, afterPosition: after, limit: pageSize });
    for (const entry of page) if (entry.position !== null && entry.position < size) all.push(entry);
    after = page.at(-1)?.position ?? size;
    if (page.length < pageSize || after >= size) return all;
    if (all.length > mostEntries) throw tooLarge();
  }
}

/** The pack cannot be made, and trying again does not help. Its words are for whoever asked for it. */
export class PackProblem extends Error {
  override readonly name = "PackProblem";
}

function tooLarge(): PackProblem {
  return new PackProblem(
    `This log is too large for one pack, which holds at most ${mostEntries.toLocaleString("en")} entries. Make packs of persons or messages instead.`,
  );
}

/** What ties entries to a campaign that do not name it: the messages it made, and the people they were for. */
interface CampaignRows {
  readonly id: string;
  readonly deliveries: ReadonlySet<string>;
  readonly handles: ReadonlySet<string>;
}

async function readCampaignRows(tx: Tx, id: string): Promise<CampaignRows> {
  const rows = await tx.query<{ id: string; handle: string | null }>(
    `select d.id, s.handle from delivery d left join evidence_subject s on s.organisation_id = d.organisation_id and s.contact_id = d.contact_id
     where d.organisation_id = $1 and d.campaign_id = $2`,
    [tx.organisationId, id],
  );
  return {
    id,
    deliveries: new Set(rows.map((row) => row.id)),
    handles: new Set(rows.flatMap((row) => row.handle ?? [])),
  };
}

function concerns(
  { type, body, subject: handle }: OpenedEntry,
  subject: Subject,
  campaign: CampaignRows | null,
): boolean {
  if (campaign) {
    if (/^(campaign|attempt|decision|override)\./.test(type))
      return body.campaign === campaign.id || campaign.deliveries.has(String(body.delivery));
    if (handle !== null) return campaign.handles.has(handle);
  }
  if (subject.senderId !== null) return body.sender === undefined || body.sender === subject.senderId;
  return true;
}

function mayShow(entry: OpenedEntry, subject: Subject, campaign: CampaignRows | null): boolean {
  if (subject.isOwn) return true;
  if (subject.message) return entry.subject === null || isAbout(entry, subject.message);
  if (!concerns(entry, subject, campaign)) return false;
  if (entry.subject === null) return !/^(demand|export|erasure|override)\./.test(entry.type);
  return isNameless(entry.body);
}

/** Whether nobody can be known by what an entry says. Ids platforms give hold phone numbers, and pages' addresses anything. */
export function isNameless(body: JsonObject): boolean {
  return Object.entries(body).every(([name, value]) => nameless.has(name) || value === null);
}

function isAbout({ type, body }: OpenedEntry, message: NonNullable<Subject["message"]>): boolean {
  if (/^(consent|suppression|preference)\./.test(type)) return true;
  return (
    (message.deliveryId !== null && body.delivery === message.deliveryId) ||
    body.message === message.id ||
    (message.providerId !== null && body.provider === message.providerId)
  );
}
