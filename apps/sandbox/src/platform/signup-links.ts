import type { Instant } from "@loket/kit";
import { GraphError, missing, wrongType } from "./graph-error.ts";
import { countryOf, nextNodeId } from "./identifiers.ts";
import { keepMessage, newMessage } from "./messages.ts";
import { choiceAt, flagOf, optionalObjectAt, optionalTextAt, textAt } from "./parameters.ts";
import { ControlError } from "./people.ts";
import type { Platform } from "./platform.ts";
import type { Account, Body, BusinessNumber, Message, Phone } from "./state.ts";

/** A link by which people subscribe without writing first ("In-App Signup"): `wa.me/{number}/signup/{id}`. */
export interface SignupLink {
  readonly id: string;
  readonly accountId: string;
  displayName: string;
  signupMessage: string;
  confirmationMessage: string;
  /** Stays as it was made. */
  readonly privacyPolicyUrl: string;
  websiteUrl: string | null;
  promoCode: string | null;
  status: "ACTIVE" | "DISABLED";
  readonly createdAt: Instant;
}

/** Where it is not offered, to businesses with a number there and to people from there. */
const notOffered = new Set(
  "AT BE BG HR CY CZ DK EE FI FR DE GR HU IS IE IT LV LI LT LU MT NL NO PL PT RO SK SI ES SE GB BR JP KR NG ZA TR".split(
    " ",
  ),
);

const isOffered = (platform: Platform, account: Account): boolean =>
  ![...platform.state.numbers.values()].some(
    ({ accountId, digits }) => accountId === account.id && notOffered.has(countryOf(digits)),
  );

const terms = "https://www.facebook.com/legal/ads-manager-marketing-messages-terms";

/** `POST /{account}/signups`. Errors 100, 2494165 to 2494168, 2494176, 2494177, 2494179. */
export function createSignupLink(platform: Platform, account: Account, body: Body): Body {
  const { signupLinks } = platform.state.records;
  const displayName = textAt(body, "display_name", "", { min: 1 });
  const texts = readTexts(body, null);
  const link: SignupLink = {
    id: "",
    accountId: account.id,
    displayName,
    ...texts,
    privacyPolicyUrl: urlAt(body, "privacy_policy_url") ?? missingUrl(),
    status: "ACTIVE",
    createdAt: platform.now(),
  };
  if (!isOffered(platform, account)) throw new GraphError(2494165);
  const isFirst = ![...signupLinks.values()].some(({ accountId }) => accountId === account.id);
  const policy = optionalObjectAt(body, "policy", "");
  if (isFirst && policy?.tos !== undefined && policy.tos !== terms) throw new GraphError(2494177);
  if (isFirst && !(policy && flagOf(policy.accepted) && policy.tos === terms)) throw new GraphError(2494168);
  if (!isFirst && policy) throw new GraphError(2494176);
  const id = nextNodeId(platform.state, "signup");
  signupLinks.set(id, { ...link, id });
  return { id };
}

/** `POST /signups/{id}`: its texts, or `status: DISABLED`. Errors 100, 2494166, 2494167, 2494179. */
export function changeSignupLink(link: SignupLink, body: Body): Body {
  if (body.privacy_policy_url !== undefined)
    throw new GraphError(100, { details: "privacy_policy_url can not be changed." });
  const displayName = optionalTextAt(body, "display_name", "", { min: 1 });
  const status =
    body.status === undefined ? link.status : choiceAt(body, "status", "", ["ACTIVE", "DISABLED"] as const);
  Object.assign(link, readTexts(body, link), { displayName: displayName ?? link.displayName, status });
  return { success: true };
}

type Texts = Pick<SignupLink, "signupMessage" | "confirmationMessage" | "websiteUrl" | "promoCode">;

function readTexts(body: Body, old: Texts | null): Texts {
  const text = (key: string, kept: string | undefined) =>
    optionalTextAt(body, key, "", { min: 1, max: 1024 }) ?? kept ?? textAt(body, key, "");
  const texts = {
    signupMessage: text("signup_message", old?.signupMessage),
    confirmationMessage: text("confirmation_message", old?.confirmationMessage),
    websiteUrl: urlAt(body, "website_url") ?? old?.websiteUrl ?? null,
    promoCode: optionalTextAt(body, "promo_code", "") ?? old?.promoCode ?? null,
  };
  const placeholders = [...texts.confirmationMessage.matchAll(/\{\{([^}]*)\}\}/g)].map(([, name]) => name?.trim());
  if (placeholders.some((name) => name !== "promo_code")) throw new GraphError(2494167);
  if (placeholders.length > 0 && texts.promoCode === null) throw new GraphError(2494166);
  if (texts.promoCode !== null && !/^[A-Za-z0-9]+$/.test(texts.promoCode))
    throw wrongType("promo_code", "letters and digits");
  return texts;
}

function urlAt(body: Body, key: string): string | null {
  const url = optionalTextAt(body, key, "", { min: 1 });
  if (url !== null && !url.startsWith("https://")) throw new GraphError(2494179);
  return url;
}

function missingUrl(): never {
  throw missing("privacy_policy_url");
}

export function signupNode(link: SignupLink): Body {
  return {
    id: link.id,
    display_name: link.displayName,
    signup_message: link.signupMessage,
    confirmation_message: link.confirmationMessage,
    privacy_policy_url: link.privacyPolicyUrl,
    ...(link.websiteUrl === null ? {} : { website_url: link.websiteUrl }),
    ...(link.promoCode === null ? {} : { promo_code: link.promoCode }),
    status: link.status,
  };
}

export function signupLinksOf(platform: Platform, account: Account): SignupLink[] {
  return [...platform.state.records.signupLinks.values()].filter(({ accountId }) => accountId === account.id);
}

/** Error 2494164 where there is none, or it is another's. */
export function findSignupLink(platform: Platform, accountIds: readonly string[], id: string): SignupLink {
  const link = platform.state.records.signupLinks.get(id);
  if (!link || !accountIds.includes(link.accountId)) throw new GraphError(2494164);
  return link;
}

/**
 * A person opens the link and subscribes: the confirmation is on their phone. The webhook the platform sends then is not imitated,
 * because no source tells its shape. Throws a ControlError where the link leads nowhere.
 */
export function subscribeByLink(platform: Platform, phone: Phone, number: BusinessNumber, id: string): Message {
  const link = platform.state.records.signupLinks.get(id);
  if (link?.accountId !== number.accountId || link.status === "DISABLED")
    throw new ControlError("This sign-up does not exist, or is disabled.", 404);
  if (notOffered.has(countryOf(phone.number)))
    throw new ControlError(`Sign-ups are not offered to people in ${countryOf(phone.number)}.`, 409);
  const body = link.confirmationMessage.replace(/\{\{\s*promo_code\s*\}\}/g, link.promoCode ?? "");
  const message = newMessage(platform, number, phone, {
    from: "business",
    type: "text",
    content: { body },
    status: "delivered",
    via: "history",
  });
  keepMessage(platform, message);
  platform.thread(number.id, phone.number).marketingStopped = false;
  platform.announce({ type: "thread", numberId: number.id, phone: phone.number });
  return message;
}
