import { parseDurationMs } from "@loket/kit";
import { readNumber } from "../platform/identifiers.ts";
import { tierNames } from "../platform/rules/tiers.ts";
import { amount, anything, check, count, flag, listOf, oneOf, only, orNull, webUrl, words } from "./members.ts";

/**
 * What can be set of accounts, numbers, apps and tokens. What is neither there nor fits is refused, so that a misspelt setting is no
 * setting that does nothing.
 */
const phoneNumber = check("a phone number", (given) => typeof given === "string" && readNumber(given) !== null);

const duration = check(
  'a duration, such as "25h"',
  (given) => typeof given === "string" && parseDurationMs(given) !== null,
);

const ofEveryAccount = {
  review: oneOf(["hand", "instant"]),
  verified: flag,
  paymentMethod: flag,
  marketingMessages: oneOf(["ONBOARDED", "ELIGIBLE", "INELIGIBLE"]),
  automaticEvents: flag,
  parentPortfolio: orNull(words),
  clientOf: orNull(words),
  accountReview: anything,
};

export const accountSettings = only(ofEveryAccount);

export const newAccountSettings = only({
  ...ofEveryAccount,
  name: words,
  country: words,
  currency: words,
  portfolioId: words,
  displayNumber: phoneNumber,
});

export const newNumberSettings = only({ displayNumber: phoneNumber, verifiedName: words });

export const numberStatuses = ["CONNECTED", "PENDING", "DISCONNECTED", "FLAGGED", "RESTRICTED", "BANNED"] as const;

export const qualities = ["GREEN", "YELLOW", "RED", "UNKNOWN"] as const;

export const numberSettings = only({
  status: oneOf(numberStatuses),
  quality: oneOf(qualities),
  messagingLimit: oneOf(tierNames),
  throughputPerSecond: amount(0.001),
  pairBurst: count(1),
  pairIntervalMs: amount(0),
  callbackUrl: orNull(webUrl),
  officialBusinessAccount: flag,
  routing: anything,
  allowedRecipients: orNull(listOf(anything)),
  businessApp: anything,
  disconnectionReason: words,
  nameStatus: oneOf(["APPROVED", "PENDING_REVIEW", "DECLINED"]),
});

export const appSettings = only({
  callbackUrl: orNull(webUrl),
  verifyToken: words,
  webhookVersion: count(1),
  fields: listOf(words),
  secret: words,
});

export const tokenSettings = only({ revoked: orNull(count(0)), expiresIn: duration });

export const newTokenSettings = only({
  appId: words,
  name: words,
  accountIds: listOf(words),
  scopes: listOf(words),
  expiresIn: duration,
});
