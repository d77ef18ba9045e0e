import { toIso } from "@loket/kit";
import { dismissCrowd, gatherCrowd, knownPhone } from "../platform/crowd/crowd.ts";
import { noCounts } from "../platform/crowd/crowd-state.ts";
import { numberOfPerson } from "../platform/crowd/people.ts";
import { callingCodes, type Profile, profiles } from "../platform/crowd/profiles.ts";
import { whatsappIdOf } from "../platform/identifiers.ts";
import { isBody } from "../platform/parameters.ts";
import { ControlError } from "../platform/people.ts";
import type { Platform } from "../platform/platform.ts";
import type { Body } from "../platform/state.ts";

const sizeAtMost = 1_000_000;

/** `GET crowd`: its profile, the first and last number, and what its people have done so far. */
export function showCrowd(platform: Platform): Body {
  const { crowd } = platform.state;
  if (crowd === null) return { size: 0, counts: noCounts(), profiles: Object.keys(profiles) };
  return {
    size: crowd.size,
    prefix: crowd.prefix,
    seed: crowd.seed,
    since: toIso(crowd.since),
    first: numberOfPerson(crowd, 0),
    last: numberOfPerson(crowd, crowd.size - 1),
    counts: crowd.counts,
    profile: crowd.profile,
    profiles: Object.keys(profiles),
  };
}

/** `POST crowd { size, prefix?, seed?, profile? }`, where `profile` is a name, or members that replace those of `news`. */
export function newCrowd(platform: Platform, body: Body): Body {
  const { size, seed = platform.state.seed } = body;
  if (typeof size !== "number" || !Number.isInteger(size) || size < 1 || size > sizeAtMost)
    throw new ControlError(`size must be a whole number from 1 to ${sizeAtMost}.`, 400, "crowd-size");
  if (typeof seed !== "number" || !Number.isInteger(seed)) throw new ControlError("seed must be a whole number.");
  gatherCrowd(platform, { size, seed, prefix: readPrefix(body.prefix), profile: readProfile(body.profile) });
  return showCrowd(platform);
}

/** `DELETE crowd`: the people are gone, and what was said to them. */
export function deleteCrowd(platform: Platform): Body {
  dismissCrowd(platform);
  return showCrowd(platform);
}

/**
 * `GET crowd/numbers?after=&limit=`: the numbers with `+`, up to 10,000 at a time, for a list of recipients. With `people` also
 * who they are.
 */
export function showCrowdNumbers(platform: Platform, query: URLSearchParams): Body {
  const { crowd } = platform.state;
  const after = Math.max(0, Math.floor(Number(query.get("after") ?? 0) || 0));
  const limit = Math.min(10_000, Math.max(1, Math.floor(Number(query.get("limit") ?? 1_000) || 1_000)));
  const end = Math.min(crowd?.size ?? 0, after + limit);
  const items: string[] = [];
  if (crowd) for (let person = after; person < end; person++) items.push(`+${numberOfPerson(crowd, person)}`);
  const people = query.has("people") ? { people: items.map((number) => nameOf(platform, number.slice(1))) } : {};
  return { items, ...people, next: end, more: end < (crowd?.size ?? 0) };
}

function nameOf(platform: Platform, number: string): Body {
  const phone = knownPhone(platform.state, number);
  return { number, name: phone?.name, language: phone?.language, onWhatsApp: phone?.onWhatsApp };
}

function readPrefix(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const digits = String(value).replace(/^\+/, "");
  // Seven digits of index follow, and one more when somebody changes numbers; a number has at most 15.
  if (!/^[1-9]\d{0,6}$/.test(digits)) throw new ControlError("prefix must be 1 to 7 digits, such as +3197.");
  if (whatsappIdOf(`${digits}0000000`) !== `${digits}0000000`)
    throw new ControlError(`WhatsApp has another form for numbers that begin with +${digits}; choose another prefix.`);
  return digits;
}

function readProfile(value: unknown): Profile {
  if (value === undefined) return profiles.news;
  if (typeof value === "string") {
    const named = (profiles as Record<string, Profile>)[value];
    if (!named) throw new ControlError(`There is no profile ${value}. There are ${Object.keys(profiles).join(", ")}.`);
    return named;
  }
  if (!isBody(value)) throw new ControlError("profile must be a name or an object.");
  const known: Profile = profiles.news;
  for (const key of Object.keys(value))
    if (!(key in known))
      throw new ControlError(`Unknown member of a profile: ${key}. There are ${Object.keys(known).join(", ")}.`);
  const profile: Profile = {
    reads: readReads(value.reads, known.reads),
    replies: readReplies(value.replies, known.replies),
    blocks: readShare(value.blocks, known.blocks, "blocks"),
    reports: readShare(value.reports, known.reports, "reports"),
    stops: readShare(value.stops, known.stops, "stops"),
    notOnWhatsApp: readShare(value.notOnWhatsApp, known.notOnWhatsApp, "notOnWhatsApp"),
    numberChanged: readShare(value.numberChanged, known.numberChanged, "numberChanged"),
    languages: readShares(value.languages, known.languages, "languages"),
    countries: readShares(value.countries, known.countries, "countries"),
  };
  for (const country of Object.keys(profile.countries))
    if (!(country in callingCodes))
      throw new ControlError(`countries: ${country} is not among ${Object.keys(callingCodes).join(", ")}.`);
  for (const member of ["blocks", "reports", "stops", "numberChanged"] as const) {
    if (profile[member] > profile.reads.share && value[member] !== undefined)
      throw new ControlError(`${member} must be at most reads.share: only who has read does more.`);
  }
  return profile;
}

function readReads(value: unknown, known: Profile["reads"]): Profile["reads"] {
  if (value === undefined) return known;
  if (!isBody(value)) throw new ControlError("reads must be { share, afterMs: [median, p95] }.");
  const { afterMs } = value;
  if (afterMs !== undefined && !isPair(afterMs))
    throw new ControlError("reads.afterMs must be two numbers from 0: the median and the 95th percentile.");
  return {
    share: readShare(value.share, known.share, "reads.share"),
    afterMs: isPair(afterMs) ? afterMs : known.afterMs,
  };
}

function isPair(value: unknown): value is [number, number] {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((one) => typeof one === "number" && Number.isFinite(one) && one >= 0) &&
    value[0] <= value[1]
  );
}

function readReplies(value: unknown, known: Profile["replies"]): Profile["replies"] {
  if (value === undefined) return known;
  if (!isBody(value)) throw new ControlError("replies must be { share, texts? }.");
  const { texts } = value;
  const share = readShare(value.share, known.share, "replies.share");
  if (texts === undefined) return { share };
  if (!Array.isArray(texts) || texts.length === 0 || !texts.every((text) => typeof text === "string"))
    throw new ControlError("replies.texts must be a list of texts.");
  return { share, texts };
}

function readShare(value: unknown, known: number, name: string): number {
  if (value === undefined) return known;
  if (typeof value !== "number" || !(value >= 0 && value <= 1))
    throw new ControlError(`${name} must be a share from 0 to 1.`);
  return value;
}

/** `{ "NL": 0.8, "DE": 0.2 }`, or a list, each with the same share. */
function readShares(value: unknown, known: Readonly<Record<string, number>>, name: string) {
  if (value === undefined) return known;
  const shares = Array.isArray(value) ? Object.fromEntries(value.map((key) => [String(key), 1])) : value;
  if (!isBody(shares) || Object.keys(shares).length === 0)
    throw new ControlError(`${name} must be shares by code, or a list of codes.`);
  const read: Record<string, number> = {};
  for (const [key, share] of Object.entries(shares)) {
    if (typeof share !== "number" || !(share > 0)) throw new ControlError(`${name}.${key} must be more than 0.`);
    read[key] = share;
  }
  return read;
}
