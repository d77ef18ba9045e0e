import { GraphError } from "./graph-error.ts";
import { nextNodeId } from "./identifiers.ts";
import { moreOf } from "./number-more.ts";
import type { Platform } from "./platform.ts";
import type { Account, Body, BusinessNumber } from "./state.ts";
import { copyTemplates } from "./template-care.ts";

/** A number as it stands once it was added to an account: waiting to be verified and registered, its name under review. */
export function startNumber(platform: Platform, account: Account, digits: string, name: string): BusinessNumber {
  const number: BusinessNumber = {
    id: nextNodeId(platform.state, "number"),
    accountId: account.id,
    digits,
    displayNumber: `+${digits}`,
    verifiedName: name,
    callbackUrl: null,
    status: "PENDING",
    quality: "UNKNOWN",
    messagingLimit: "TIER_250",
    throughputPerSecond: 80,
    pairBurst: 45,
    pairIntervalMs: 6_000,
    paceAt: 0,
    pin: null,
    profile: { about: name, vertical: "OTHER" },
    blockedUsers: new Set(),
  };
  const fresh = { nameStatus: "PENDING_REVIEW", codeStatus: "NOT_VERIFIED", onboardedAt: platform.now() };
  Object.assign(moreOf(number), fresh);
  platform.state.numbers.set(number.id, number);
  platform.announce({ type: "number", id: number.id });
  return number;
}

/**
 * `POST /{account}/phone_numbers` with `migrate_phone_number`: the number goes on in its old account until it is verified and
 * registered in the new one ("Migrating a business phone number"). Errors 2388001 while its PIN is set, 2388012 where it is
 * there already, 2388103 where it can not be migrated.
 */
export function migrateNumber(platform: Platform, account: Account, digits: string): Body {
  const same = [...platform.state.numbers.values()].filter((number) => number.digits === digits);
  if (same.some(({ accountId }) => accountId === account.id)) throw new GraphError(2388012);
  const source = same.find(({ status }) => status !== "MIGRATED");
  const refuse = (details: string) => new GraphError(2388103, { details });
  if (!source) throw refuse("This phone number can be added directly, and does not need to be migrated.");
  if (source.status === "PENDING" || source.status === "DISCONNECTED") throw refuse("The number is not registered.");
  if (source.pin !== null)
    throw new GraphError(2388001, { details: "Two-step verification must be turned off for this number." });
  if (moreOf(source).nameStatus !== "APPROVED") throw refuse("The number must have an approved display name.");
  if (account.subscriptions.size === 0) throw refuse("No app is subscribed to the webhooks of the new account.");
  for (const { portfolioId } of [account, platform.accountOf(source)]) {
    if (platform.state.portfolios.get(portfolioId)?.verified === false)
      throw refuse("Both businesses must be verified.");
  }
  const number = startNumber(platform, account, digits, source.verifiedName);
  moreOf(number).migratesFrom = source.id;
  return { id: number.id };
}

/** The new one is registered: it keeps name, quality, limit, official status and templates of high quality; the old one is done. */
export function finishMigration(platform: Platform, number: BusinessNumber): void {
  const more = moreOf(number);
  const source = platform.state.numbers.get(more.migratesFrom ?? "");
  if (!source || source.status === "MIGRATED") return;
  source.status = "MIGRATED";
  number.quality = source.quality;
  number.messagingLimit = source.messagingLimit;
  number.throughputPerSecond = source.throughputPerSecond;
  number.profile = { ...source.profile };
  more.nameStatus = "APPROVED";
  more.official = moreOf(source).official;
  delete more.migratesFrom;
  copyTemplates(platform, source.accountId, platform.accountOf(number), ({ quality }) => quality === "GREEN");
  platform.announce({ type: "number", id: source.id });
}
