import { dayMs, type Instant } from "@loket/kit";
import type { Place } from "./area-codes.ts";
import { type Consent, type Facts, type Purpose, purposes, type Suppression } from "./facts.ts";
import { placeOf } from "./places.ts";
import { isInEea, regionOfBsuid, regionOfPhone, strictestConsentRegion } from "./regions.ts";
import { isForAll, type SendRequest, type Template, type TemplateCategory } from "./request.ts";
import type { Watch } from "./rule.ts";
import type { Verdict } from "./verdict.ts";
import type { Weekday } from "./zone.ts";

/** What an organisation may set; each has a default that the terms book names. */
export interface DecideOptions {
  /** `hold-for-review` turns refusals that rest on one weak source into holds. Never the other way round. */
  readonly lowConfidence?: "as-written" | "hold-for-review";
  /** `note` is for asking "what if" with half the facts. What sends for real leaves it at `hold`. */
  readonly missingFacts?: "hold" | "note";
  /** Marketing messages per person in 30 days over all channels. Default 4. */
  readonly marketingCap30d?: number;
  /** Posts on a public channel in 24 hours before a note says that it is much. Default 3. */
  readonly channelPostsPerDay?: number;
  /** Months without a sign of life after which a person is asked anew before any marketing, in the EEA. Default 36. */
  readonly keepContactsMonths?: number;
  readonly own?: OwnRules;
}

/** Stricter rules of an organisation's own. Whatever is set here can only add findings. */
export interface OwnRules {
  readonly quietHours?: {
    /** Minutes since local midnight between which we may write first: from inclusive, to exclusive. */
    readonly permittedFrom: number;
    readonly permittedTo: number;
    /** Days on which we may write first; absent: every day. */
    readonly days?: readonly Weekday[];
    /** IANA name: for people of whom no zone is known. */
    readonly timeZone: string;
  };
  readonly marketingCap?: { readonly messages: number; readonly days: number };
  readonly forbiddenWords?: readonly string[];
  /** A send to more people than this needs somebody's approval. */
  readonly secondPairAbove?: number;
}

/** How the window rule asks what would become of the same message as a template. */
export type Judge = (request: SendRequest, facts: Facts, at: Instant, options: DecideOptions) => Verdict;

/** The rules that may speak about a send, seen from afar. */
export interface Ruling {
  readonly newestReviewAt: number;
  readonly watches: readonly Watch[];
}

/**
 * One send with everything the conditions share worked out once. Cheap answers are fields; those that walk over consent
 * or suppression records are worked out on first use, since a plain reply never asks.
 *
 * Monotone by construction: every field takes an unknown fact as if it were the less favourable value, except where
 * `core.facts-missing` watches over it.
 */
export class Case {
  readonly request: SendRequest;
  readonly facts: Facts;
  readonly at: Instant;
  readonly options: DecideOptions;
  /** What else the book knows about the rules this send is judged by. */
  readonly ruling: Ruling;

  /** Less than 24 hours since the person last wrote or called; exactly 24 hours is closed. */
  readonly windowOpen: boolean;
  readonly initiated: "business" | "user";
  /** Marketing by kind or because something in it promotes. */
  readonly isMarketing: boolean;
  /** What a consent or an opt-out must cover to matter here. */
  readonly purpose: Purpose;
  /** Where the person lives as far as known. */
  readonly region: string | null;
  /** Whose law is applied: the strictest one where the region is unknown. */
  readonly lawRegion: string;
  /** The words or the sender's trade concern goods with rules of their own, which most sends do not. */
  readonly concernsGoods: boolean;
  readonly template: Template | undefined;
  /** Category of the template or of the direct send. */
  readonly category: TemplateCategory | undefined;

  readonly #judge: Judge;
  #latestConsent: Consent | null | undefined;
  #latestSoftConsent: Consent | null | undefined;
  #optIns: readonly Consent[] | undefined;
  #optedOut: boolean | undefined;
  #place: Place | undefined;

  constructor(
    request: SendRequest,
    facts: Facts,
    at: Instant,
    options: DecideOptions,
    ruling: Ruling,
    judge: Judge,
    region: string | null,
  ) {
    this.request = request;
    this.facts = facts;
    this.at = at;
    this.options = options;
    this.ruling = ruling;
    this.#judge = judge;

    const { lastInboundAt } = facts;
    const { payload, kind } = request;
    this.windowOpen = lastInboundAt != null && lastInboundAt <= at && at - lastInboundAt < dayMs;
    this.initiated =
      payload === "template" ||
      payload === "direct-send" ||
      payload === "call" ||
      !this.windowOpen ||
      latestInboundIsOptOut(facts, request)
        ? "business"
        : "user";
    this.isMarketing = kind === "marketing" || kind === "newsletter" || (promotes(request) && !isStripped(request));
    this.purpose = purposeOf(request, this.isMarketing);
    this.region = region;
    this.lawRegion = this.region ?? strictestConsentRegion;
    this.concernsGoods = isFilled(request.content?.goods) || isFilled(facts.trade?.goods);
    this.template = payload === "template" ? request.template : undefined;
    this.category = payload === "direct-send" ? request.directSendCategory : this.template?.category;
  }

  /** Law of the EEA applies. */
  get inEea(): boolean {
    return isInEea(this.lawRegion);
  }

  /** Every zone the person may be in: those they declared, else those of the place. */
  get candidateZones(): readonly string[] {
    const declared = this.facts.recipient?.timeZones;
    return declared !== undefined && declared.length > 0 ? declared : this.#candidatePlace.zones;
  }

  /** The person may live there, as far as number and declared residence tell; both count where they differ. */
  mayLiveIn(subdivision: string): boolean {
    return this.#candidatePlace.subdivisions.includes(subdivision);
  }

  /** Neither number nor declared residence tells the state or province. */
  get isStateUntold(): boolean {
    return this.#candidatePlace.subdivisions.length === 0;
  }

  get #candidatePlace(): Place {
    this.#place ??= placeOf(this.region, this.facts.recipient);
    return this.#place;
  }

  /** Sent to somebody on the business's own initiative, other than the one confirmation of an opt-out. */
  get isProactive(): boolean {
    return this.initiated === "business" && this.request.kind !== "opt-out-confirmation" && !isForAll(this.request);
  }

  /** By the number itself; where that is not known, by the scoped id and the residence, whichever says yes. */
  get hasUnitedStatesNumber(): boolean {
    const { phone, bsuid } = this.facts.recipient ?? {};
    if (phone != null) return regionOfPhone(phone) === "US";
    return this.region === "US" || (bsuid != null && regionOfBsuid(bsuid) === "US");
  }

  /** The express consent in force for this purpose and channel; `null` where there is none. */
  get consent(): Consent | null {
    if (this.#latestConsent === undefined) this.#latestConsent = this.consentFor(this.purpose, "express");
    return this.#latestConsent;
  }

  /** The existing-customer record for this purpose and channel, if nobody objected since. Its conditions are the rules' business. */
  get softConsent(): Consent | null {
    if (this.#latestSoftConsent === undefined) {
      const record = this.consentFor("marketing", "soft");
      this.#latestSoftConsent = record !== null && !this.#hasOptedOutOf("marketing") ? record : null;
    }
    return this.#latestSoftConsent;
  }

  /** The record of `kind` that stands for `purpose` on this channel at this instant. */
  consentFor(purpose: Purpose, kind: Consent["kind"]): Consent | null {
    const record = standingRecord(this.facts.consents, purpose, this.request.channel, kind, this.at);
    return record === "withdrawn" ? null : record;
  }

  /** What shows that the person agreed to messages at all: the consent for this purpose, else those for any other. */
  get optIns(): readonly Consent[] {
    this.#optIns ??= this.#findOptIns();
    return this.#optIns;
  }

  #findOptIns(): readonly Consent[] {
    if (this.consent !== null) return [this.consent];
    const standing = purposes.map((purpose) => this.consentFor(purpose, "express"));
    return [...new Set(standing.filter((record) => record !== null))];
  }

  /** An opt-out or a withdrawal covers this message, and no later express consent lifted it. */
  get hasOptedOut(): boolean {
    this.#optedOut ??= this.#hasOptedOutOf(this.purpose);
    return this.#optedOut;
  }

  /** As `hasOptedOut`, by an entry that came in one of these ways. */
  hasOptedOutBy(...sources: readonly Suppression["source"][]): boolean {
    const record = standingRecord(this.facts.consents, this.purpose, this.request.channel, "express", this.at);
    return this.#isSuppressed(this.purpose, record === "withdrawn" ? null : record, (source) =>
      sources.includes(source),
    );
  }

  /** The verdict on the same content sent in another form. */
  verdictOn(request: SendRequest): Verdict {
    return this.#judge(request, this.facts, this.at, this.options);
  }

  #hasOptedOutOf(purpose: Purpose): boolean {
    const record = standingRecord(this.facts.consents, purpose, this.request.channel, "express", this.at);
    return record === "withdrawn" || this.#isSuppressed(purpose, record, isOptOut);
  }

  /** An entry from such a source covers the message, and `record`, the consent that stands, is not younger. */
  #isSuppressed(purpose: Purpose, record: Consent | null, counts: (source: Suppression["source"]) => boolean): boolean {
    for (const entry of this.facts.suppressions ?? []) {
      if (!counts(entry.source) || !coversChannel(entry.channel, this.request.channel)) continue;
      if (!suppressesPurpose(entry, purpose)) continue;
      if (record?.obtainedAt === undefined || record.obtainedAt <= entry.at) return true;
    }
    return false;
  }
}

/** Where the person lives as far as known: declared, else by the number, else by the scoped id. */
export function regionOf(facts: Facts): string | null {
  const { recipient } = facts;
  if (recipient === undefined) return null;
  if (recipient.region !== undefined) return recipient.region;
  const byPhone = recipient.phone == null ? null : regionOfPhone(recipient.phone);
  if (byPhone !== null) return byPhone;
  return recipient.bsuid == null ? null : regionOfBsuid(recipient.bsuid);
}

/** An offer, or an invitation to follow a channel full of them. */
export function promotes({ promotional, content }: SendRequest): boolean {
  return promotional === true || content?.channelInvite === true;
}

/** A platform's own switch is narrower than an opt-out; the platform's rules speak about it. */
function isOptOut(source: Suppression["source"]): boolean {
  return source !== "platform-preference";
}

/** What `email.doi-neutral` takes out of the message makes no marketing of it, and a post for all is sent to nobody. */
function isStripped(request: SendRequest): boolean {
  return (request.channel === "email" && request.kind === "doi-confirmation") || isForAll(request);
}

function isFilled(list: readonly unknown[] | undefined): boolean {
  return list !== undefined && list.length > 0;
}

/** A STOP opens no room to talk on: what follows it is on the business's initiative. */
function latestInboundIsOptOut(facts: Facts, request: SendRequest): boolean {
  const { suppressions, lastInboundAt } = facts;
  if (suppressions === undefined || lastInboundAt == null) return false;
  for (const entry of suppressions) {
    if (entry.source !== "keyword" && entry.source !== "button") continue;
    if (entry.at >= lastInboundAt && coversChannel(entry.channel, request.channel)) return true;
  }
  return false;
}

function purposeOf(request: SendRequest, isMarketing: boolean): Purpose {
  if (isMarketing) return "marketing";
  switch (request.kind) {
    case "sales-call":
      return "sales-call";
    case "survey":
      return "survey";
    case "opt-in-request": // to ask for consent is to advertise
    case "doi-confirmation": // and stands or falls with the sign-up it confirms
    case "channel-post":
    case "marketing":
    case "newsletter":
      return "marketing";
    case "transactional":
    case "auth":
      return "transactional";
    case "reply":
    case "bot-reply":
    case "opt-out-confirmation":
    case "setup":
    case "import":
      return "service";
  }
}

export function coversChannel(scope: Consent["channel"], channel: SendRequest["channel"]): boolean {
  return scope === "all" || scope === channel;
}

/** Who wants no marketing wants no sales calls either. */
function suppressesPurpose(entry: Suppression, purpose: Purpose): boolean {
  return (
    entry.purpose === "all" || entry.purpose === purpose || (entry.purpose === "marketing" && purpose === "sales-call")
  );
}

/**
 * The latest granted record, unless a withdrawal of the same purpose and channel follows it. A grant without an instant
 * is the oldest of all, a withdrawal without one the newest: what is not known works against the send.
 */
function standingRecord(
  records: readonly Consent[] | undefined,
  purpose: Purpose,
  channel: SendRequest["channel"],
  kind: Consent["kind"],
  at: Instant,
): Consent | "withdrawn" | null {
  if (records === undefined) return null;
  let standing: Consent | null = null;
  let grantedAt = Number.NEGATIVE_INFINITY;
  let withdrawnAt: number | null = null;
  for (const record of records) {
    if (!coversChannel(record.channel, channel) || !record.purposes.includes(purpose)) continue;
    if (isWithdrawn(record, at)) {
      withdrawnAt = Math.max(withdrawnAt ?? Number.NEGATIVE_INFINITY, record.withdrawnAt ?? Number.POSITIVE_INFINITY);
      continue;
    }
    if (record.kind !== kind) continue;
    const beganAt = record.obtainedAt ?? Number.NEGATIVE_INFINITY;
    if (beganAt > at) continue;
    if (standing === null || beganAt > grantedAt) {
      standing = record;
      grantedAt = beganAt;
    }
  }
  return withdrawnAt !== null && grantedAt <= withdrawnAt ? "withdrawn" : standing;
}

export function isWithdrawn({ status, withdrawnAt }: Consent, at: Instant): boolean {
  return withdrawnAt === undefined ? status === "withdrawn" : withdrawnAt <= at;
}
