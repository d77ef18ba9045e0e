import { dayMs, type Instant, plus } from "@loket/kit";
import { GraphError, unknownObject } from "./graph-error.ts";
import { countryOf, nextNodeId, readNumber, uniqueText } from "./identifiers.ts";
import { choiceAt, textAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import type { Body } from "./state.ts";

/** A number a partner verifies beforehand and gives to a customer later ("Pre-verified phone numbers"). */
export interface PreverifiedNumber {
  readonly id: string;
  readonly portfolioId: string;
  readonly digits: string;
  readonly addedAt: Instant;
  verifiedAt: Instant | null;
  /** The six digits last sent; the control face tells them. */
  code: string | null;
}

/** How long it stays verified without being claimed, and how long it may wait to be verified. */
const livesMs = 90 * dayMs;
/** It can be verified again from this long before that ends. */
const againFromMs = 45 * dayMs;

/** Those of a portfolio that are still there: one that was never verified is gone after 90 days. */
export function preverifiedOf(platform: Platform, portfolioId: string): PreverifiedNumber[] {
  const { preverified } = platform.state.records;
  const now = platform.now();
  for (const { id, addedAt, verifiedAt } of preverified.values())
    if (verifiedAt === null && now - addedAt >= livesMs) preverified.delete(id);
  return [...preverified.values()].filter((one) => one.portfolioId === portfolioId);
}

/** `POST /{portfolio}/add_phone_numbers`. Errors 100, 2388012 where the number is in use. */
export function addPreverified(platform: Platform, portfolioId: string, body: Body): Body {
  const text = typeof body.phone_number === "number" ? String(body.phone_number) : textAt(body, "phone_number", "");
  const digits = readNumber(`+${text.replace(/\D/g, "")}`);
  if (digits === null) throw new GraphError(100, { message: "(#100) Invalid phone number" });
  const { state } = platform;
  const known = preverifiedOf(platform, portfolioId).some((one) => one.digits === digits);
  if (known || [...state.numbers.values()].some((number) => number.digits === digits)) throw new GraphError(2388012);
  const id = nextNodeId(state, "preverified");
  const number = { id, portfolioId, digits, addedAt: platform.now(), verifiedAt: null, code: null };
  state.records.preverified.set(id, number);
  return { id };
}

/** `POST /{preverified}/request_code`. Error 100 while it is verified and that lasts longer than 45 days. */
export function requestPreverifiedCode(platform: Platform, number: PreverifiedNumber, body: Body): Body {
  choiceAt(body, "code_method", "", ["SMS", "VOICE"]);
  textAt(body, "language", "", { min: 2 });
  const until = verifiedUntil(number);
  if (until !== null && until - platform.now() > againFromMs)
    throw new GraphError(100, { details: "This phone number is already verified.", subcode: 136024 });
  number.code = uniqueText(platform.state, "0123456789", 6);
  return { success: true };
}

/** `POST /{preverified}/verify_code`. Error 100 with subcode 136025 for a wrong code. */
export function verifyPreverified(platform: Platform, number: PreverifiedNumber, body: Body): Body {
  const code = textAt(body, "code", "").replaceAll("-", "");
  if (number.code === null || code !== number.code)
    throw new GraphError(100, { subcode: 136025, details: "The verification code is not correct." });
  number.code = null;
  number.verifiedAt = platform.now();
  return { success: true, id: number.id };
}

const verifiedUntil = ({ verifiedAt }: PreverifiedNumber): Instant | null =>
  verifiedAt === null ? null : plus(verifiedAt, livesMs);

export function isPreverified(platform: Platform, number: PreverifiedNumber): boolean {
  const until = verifiedUntil(number);
  return until !== null && platform.now() < until;
}

export const preverifiedFields = ["display_phone_number", "verification_status"];

export function preverifiedNode(platform: Platform, number: PreverifiedNumber): Body {
  const until = verifiedUntil(number);
  const verified = isPreverified(platform, number);
  const iso = (at: Instant) => new Date(at).toISOString();
  return {
    id: number.id,
    display_phone_number: `+${number.digits}`,
    phone_number: `+${number.digits}`,
    country_prefix: Number(
      /^(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/.exec(number.digits)?.[0],
    ),
    country_code: countryOf(number.digits),
    verification_status: verified ? "VERIFIED" : until === null ? "PENDING" : "EXPIRED",
    code_verification_status: verified ? "VERIFIED" : until === null ? "NOT_VERIFIED" : "EXPIRED",
    verification_expiry_time: until === null ? null : Math.floor(until / 1000),
    availability_status: "AVAILABLE",
    created_time: iso(number.addedAt),
    last_updated: iso(number.verifiedAt ?? number.addedAt),
    supported_features: ["MESSAGING", "BUSINESS_PROFILE", "WEBHOOKS", "TEMPLATES"],
    region: null,
    is_input_id_valid: true,
    error_msg: null,
  };
}

/** `GET /{portfolio}/preverified_numbers`, by `verification_status`, `availability_status`, `country_code`. */
export function listPreverified(platform: Platform, portfolioId: string, query: URLSearchParams): Body[] {
  const nodes = preverifiedOf(platform, portfolioId).map((number) => preverifiedNode(platform, number));
  return nodes.filter((node) =>
    ["verification_status", "code_verification_status", "availability_status", "country_code"].every(
      (key) => query.get(key) === null || query.get(key) === node[key],
    ),
  );
}

/**
 * The number named by `preverified_id` when one is added to an account: it is taken out of the pool, and needs no code. Error 100
 * where it is not verified, unknown where it is not of the caller's portfolio.
 */
export function claimPreverified(platform: Platform, portfolioId: string, id: string): PreverifiedNumber {
  const number = preverifiedOf(platform, portfolioId).find((one) => one.id === id);
  if (!number) throw unknownObject("get", id);
  if (!isPreverified(platform, number)) throw new GraphError(100, { details: "This phone number is not verified." });
  platform.state.records.preverified.delete(id);
  return number;
}
