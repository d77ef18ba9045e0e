import { hourMs, type Instant } from "@loket/kit";
import type { DecideOptions } from "../case.ts";
import type { Consent, Facts, Purpose, Recipient, Suppression } from "../facts.ts";
import { regionOfBsuid, regionOfPhone } from "../regions.ts";
import { isForAll, isMessageKind, type Kind, type SendRequest } from "../request.ts";
import { type Condition, named } from "./condition.ts";

/** A send with what the rule texts speak of: the window, who began, what it is for, which consent stands. */
export interface Send {
  readonly request: SendRequest;
  readonly facts: Facts;
  readonly at: Instant;
  readonly options: DecideOptions;
  /** ISO code; `null`: nobody knows. */
  readonly region: string | null;
  readonly isMessage: boolean;
  /** A post for whoever follows, to nobody in particular. */
  readonly forAll: boolean;
  readonly windowOpen: boolean;
  /** The business begins: outside the window, by template, by call, or after the person's last word was to stop. */
  readonly byBusiness: boolean;
  /** The same of whatever is asked about, also of a post to nobody in particular and of a set-up. */
  readonly begins: boolean;
  readonly marketing: boolean;
  /** Unasked-for advertising by something stored until it is read: no call, no answer, and nothing shown on one's own page. */
  readonly advertising: boolean;
  readonly purpose: Purpose;
  readonly legalPerson: boolean;
  readonly ageYears: number | null;
  /** The opt-outs that cover this message and that no later sign-up lifted. */
  readonly optOuts: readonly { readonly at: number; readonly source: Suppression["source"] | "withdrawal" }[];
  /** The latest record that covers this message, where it still stands. */
  readonly consent: Consent | null;
  /** The same where it is express. */
  readonly express: Consent | null;
  /** Ids of rows that spoke, for the few that speak of others. */
  readonly spoken: Set<string>;
}

const purposeByKind: Readonly<Record<Kind, Purpose>> = {
  reply: "service",
  "bot-reply": "service",
  transactional: "transactional",
  auth: "transactional",
  marketing: "marketing",
  newsletter: "marketing",
  survey: "survey",
  "opt-in-request": "marketing",
  "doi-confirmation": "marketing",
  "opt-out-confirmation": "service",
  "channel-post": "marketing",
  "sales-call": "sales-call",
  setup: "marketing",
  import: "marketing",
};

function regionOf(recipient: Recipient | undefined): string | null {
  if (recipient?.region !== undefined) return recipient.region;
  const byPhone = recipient?.phone == null ? null : regionOfPhone(recipient.phone);
  return byPhone ?? (recipient?.bsuid == null ? null : regionOfBsuid(recipient.bsuid));
}

/** When a record began to hold: a grant nobody dated is the oldest, a withdrawal nobody dated the newest. */
function datedAt(record: Consent, at: Instant): number {
  return isWithdrawn(record, at)
    ? (record.withdrawnAt ?? Number.POSITIVE_INFINITY)
    : (record.obtainedAt ?? Number.NEGATIVE_INFINITY);
}

/** What was taken back on a later day still stood on this one. */
export const isWithdrawn = ({ status, withdrawnAt }: Consent, at: Instant): boolean =>
  withdrawnAt === undefined ? status === "withdrawn" : withdrawnAt <= at;
const isGiven = ({ obtainedAt }: Consent, at: Instant): boolean => obtainedAt === undefined || obtainedAt <= at;

function covers(record: Consent, purpose: Purpose, channel: SendRequest["channel"]): boolean {
  return record.purposes.includes(purpose) && (record.channel === channel || record.channel === "all");
}

/**
 * The latest record among those that pass; of two of the same instant the withdrawal counts, and of two grants, on which
 * the text says nothing, the one that is listed first.
 */
export function latest(records: readonly Consent[], at: Instant): Consent | null {
  let found: Consent | null = null;
  for (const record of records) {
    if (found === null || datedAt(record, at) > datedAt(found, at)) found = record;
    else if (datedAt(record, at) === datedAt(found, at) && isWithdrawn(record, at)) found = record;
  }
  return found;
}

export function standing(
  facts: Facts,
  purpose: Purpose,
  channel: SendRequest["channel"],
  at: Instant,
  kinds: readonly Consent["kind"][] = ["express", "soft", "implied"],
): Consent | null {
  const records = (facts.consents ?? []).filter(
    (record) =>
      covers(record, purpose, channel) &&
      (isWithdrawn(record, at) || (kinds.includes(record.kind) && isGiven(record, at))),
  );
  const last = latest(records, at);
  return last === null || isWithdrawn(last, at) ? null : last;
}

/** Who wants no advertising wants no sales call either. */
const purposesStopping = (purpose: Purpose): readonly Purpose[] =>
  purpose === "sales-call" ? ["sales-call", "marketing"] : [purpose];

/** Whoever takes a consent back asked to stop, as far as the record went. */
function withdrawals(
  facts: Facts,
  purpose: Purpose,
  channel: SendRequest["channel"],
  at: Instant,
): { at: number; source: Suppression["source"] | "withdrawal" }[] {
  return (facts.consents ?? [])
    .filter((record) => covers(record, purpose, channel))
    .filter((record) => isWithdrawn(record, at))
    .map((record) => ({ at: record.withdrawnAt ?? Number.POSITIVE_INFINITY, source: "withdrawal" }));
}

/**
 * The express records that show an opt-in: the one for this purpose, or failing that those for others, since what an
 * opt-in is for is asked by a row of its own. "No record that" is read as: not one among them.
 */
export function optInsOf({ facts, purpose, at, request }: Send): readonly Consent[] {
  const stands = (one: Purpose) => standing(facts, one, request.channel, at, ["express"]);
  const own = stands(purpose);
  if (own !== null) return [own];
  return (facts.consents ?? []).filter((record) => record.purposes.some((one) => stands(one) === record));
}
export const anyOptIn = named("an express record of whatever purpose", (send) => optInsOf(send).length > 0);
/** One of them is so. */
export const optIn = (name: string, fits: (record: Consent, send: Send) => boolean): Condition =>
  named(name, (send) => optInsOf(send).some((record) => fits(record, send)));

function ageOn(at: Instant, birthDate: string | null | undefined): number | null {
  if (birthDate == null) return null;
  const [year = 0, month = 1, day = 1] = birthDate.split("-").map(Number);
  const now = new Date(at);
  const before = now.getUTCMonth() + 1 < month || (now.getUTCMonth() + 1 === month && now.getUTCDate() < day) ? 1 : 0;
  return now.getUTCFullYear() - year - before;
}

const windowMs = 24 * hourMs;

export function sendOf(request: SendRequest, facts: Facts, at: Instant, options: DecideOptions): Send {
  const { kind, payload, channel } = request;
  const isMessage = isMessageKind(kind);
  const forAll = isForAll(request);
  const wrote = facts.lastInboundAt;
  const windowOpen = wrote != null && at - wrote >= 0 && at - wrote < windowMs;
  const suppressions = facts.suppressions ?? [];
  const lastWordWasStop = suppressions.some(
    (entry) =>
      wrote != null &&
      entry.at >= wrote &&
      (entry.source === "keyword" || entry.source === "button") &&
      (entry.channel === "all" || entry.channel === channel),
  );
  const begins =
    payload === "template" || payload === "direct-send" || payload === "call" || !windowOpen || lastWordWasStop;
  const byBusiness = isMessage && !forAll && begins;
  // Mail that asks to confirm a sign-up goes out with its promotion taken out of it.
  const marketing =
    isMessage &&
    !(kind === "doi-confirmation" && channel === "email") &&
    !forAll &&
    (kind === "marketing" ||
      kind === "newsletter" ||
      request.promotional === true ||
      request.content?.channelInvite === true);
  const purpose = marketing ? "marketing" : purposeByKind[kind];
  const onPage = channel === "webchat" && request.webchat?.invite !== undefined;
  const stops = [
    ...suppressions.filter(
      (entry) =>
        entry.source !== "platform-preference" &&
        (entry.channel === "all" || entry.channel === channel) &&
        (entry.purpose === "all" || purposesStopping(purpose).includes(entry.purpose)),
    ),
    ...withdrawals(facts, purpose, channel, at),
  ];
  // A sign-up that was taken back lifts nothing.
  const signedUpAt = standing(facts, purpose, channel, at, ["express"])?.obtainedAt;
  const optOuts = stops.filter((stop) => signedUpAt === undefined || signedUpAt <= stop.at);
  return {
    request,
    facts,
    at,
    options,
    region: regionOf(facts.recipient),
    isMessage,
    forAll,
    windowOpen,
    begins,
    byBusiness,
    marketing,
    advertising:
      !forAll &&
      kind !== "channel-post" &&
      payload !== "call" &&
      !onPage &&
      ((marketing && request.solicited !== true) || (kind === "opt-in-request" && byBusiness)),
    purpose,
    legalPerson: facts.recipient?.kind === "legal",
    ageYears: ageOn(at, facts.recipient?.birthDate),
    optOuts,
    consent: standing(facts, purpose, channel, at),
    express: standing(facts, purpose, channel, at, ["express"]),
    spoken: new Set(),
  };
}
