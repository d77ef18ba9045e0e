import { noteCallRequest } from "./calls.ts";
import { useFlow } from "./flows.ts";
import { GraphError } from "./graph-error.ts";
import { moreOf } from "./number-more.ts";
import { isBody, optionalTextAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import { checksIdentity, identityHash } from "./settings.ts";
import type { Account, Body, BusinessNumber, Phone, Template } from "./state.ts";

/** What is only asked of some messages, numbers and accounts before a message is accepted. */

/** `category` asks for Direct Send, which no account here takes part in. Errors 100, and 139200 where it was taken away. */
export function refuseDirectSend(platform: Platform, account: Account, body: Body): void {
  if (body.category === undefined || body.category === null) return;
  const now = platform.now() / 1000;
  const blocked = account.restrictions.some(
    ({ restriction_type, expiration }) =>
      restriction_type === "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES" && (expiration === undefined || expiration > now),
  );
  throw blocked
    ? new GraphError(139200)
    : new GraphError(100, { message: "(#100) Direct Send isn't enabled for this account" });
}

/** 131037: the platform's own +1 555 numbers do not send before their name was approved. */
export function checkName(number: BusinessNumber): void {
  if (number.more && number.more.nameStatus !== "APPROVED" && number.digits.startsWith("1555"))
    throw new GraphError(131037);
}

/** 131030: a test number writes to the people on its list. 137000: a person whose identity has changed, while identities are checked. */
export function checkRecipient(platform: Platform, number: BusinessNumber, phone: Phone, body: Body): void {
  const allowed = number.more?.allowedRecipients;
  if (allowed && !allowed.includes(phone.number)) throw new GraphError(131030);
  const hash = optionalTextAt(body, "recipient_identity_key_hash", "");
  if (hash !== null && checksIdentity(number) && hash !== identityHash(platform, phone)) throw new GraphError(137000);
}

/** 131063: an account can keep marketing templates off `/messages`, so that they go over `/marketing_messages` alone. */
export function checkMarketingRoad(account: Account, template: Template | null, via: string): void {
  if (via === "messages" && template?.category === "MARKETING" && account.marketingOffCloudApi)
    throw new GraphError(131063);
}

/** Flows, requests to be called and calls of interactive messages. Errors 132068, 132069, 138000, 138009. */
export function checkInteractive(platform: Platform, number: BusinessNumber, phone: Phone, content: unknown): void {
  if (!isBody(content) || !isBody(content.action)) return;
  const { parameters } = content.action;
  if (content.type === "flow" && isBody(parameters)) useFlow(platform, number.accountId, parameters);
  if (content.type !== "call_permission_request") return;
  const { calling } = moreOf(number).settings;
  if (isBody(calling) && String(calling.status).toUpperCase() === "ENABLED") noteCallRequest(platform, number, phone);
}

/** 134011: payments are not imitated, so nobody has accepted their terms. */
export function refusePayments(interactive: unknown): void {
  const payment = isBody(interactive) && (interactive.type === "order_details" || interactive.type === "order_status");
  if (payment) throw new GraphError(134011);
}
