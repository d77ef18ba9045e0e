import { parseDurationMs, plus, toIso } from "@loket/kit";
import { readNumber } from "../platform/identifiers.ts";
import { isBody } from "../platform/parameters.ts";
import { ControlError } from "../platform/people.ts";
import type { Platform } from "../platform/platform.ts";
import { correctCategory } from "../platform/rules/category.ts";
import { appeal, liftWhenDue, strike, unban } from "../platform/rules/enforcement.ts";
import { ladder } from "../platform/rules/ladder.ts";
import { raiseForVerification, setPortfolioLimit } from "../platform/rules/messaging-limit.ts";
import { changeQuality } from "../platform/rules/template-quality.ts";
import type { Account, Body, BusinessNumber } from "../platform/state.ts";
import { createTemplate, decideTemplate, type TemplateEvent } from "../platform/templates.ts";
import { tell } from "../platform/webhooks.ts";
import { addAccount, addApp, addNumber, addToken } from "../platform/world.ts";
import { changeNumberMore } from "./features.ts";
import {
  accountSettings,
  appSettings,
  newAccountSettings,
  newNumberSettings,
  newTokenSettings,
  numberSettings,
  numberStatuses,
  qualities,
} from "./settings.ts";
import { showNumber } from "./show.ts";
import { aboutNumber, accountValue } from "./told-by-hand.ts";
import { changeAccountMore } from "./webhook-features.ts";

export function newAccount(platform: Platform, body: Body): Body {
  if (typeof body.name !== "string") throw new ControlError("name is required.");
  newAccountSettings(body, "");
  refuseTaken(platform, body.displayNumber);
  const app = platform.state.apps.values().next().value;
  if (!app) throw new ControlError("There is no app.", 409);
  const wanted = {
    name: body.name,
    ...(typeof body.country === "string" ? { country: body.country } : {}),
    ...(typeof body.currency === "string" ? { currency: body.currency } : {}),
    ...(typeof body.portfolioId === "string" ? { portfolioId: body.portfolioId } : {}),
  };
  if (wanted.portfolioId !== undefined && !platform.state.portfolios.has(wanted.portfolioId))
    throw new ControlError(`No portfolio ${wanted.portfolioId}.`, 404);
  const { account, token } = addAccount(platform.state, app, wanted, platform.now());
  if (body.review === "instant") account.review = "instant";
  const portfolio = platform.state.portfolios.get(account.portfolioId);
  if (portfolio && body.verified === false) portfolio.verified = false;
  const number =
    typeof body.displayNumber === "string" ? addNumber(platform.state, account, body.displayNumber, body.name) : null;
  changeAccountMore(platform, account, body);
  platform.announce({ type: "number", id: account.id });
  return {
    id: account.id,
    portfolioId: account.portfolioId,
    token: token.token,
    numbers: number ? [showNumber(number)] : [],
  };
}

export function changeAccount(platform: Platform, account: Account, body: Body): Body {
  accountSettings(body, "");
  const portfolio = platform.state.portfolios.get(account.portfolioId);
  if (portfolio && typeof body.verified === "boolean") {
    portfolio.verified = body.verified;
    if (body.verified) raiseForVerification(platform, account);
  }
  if (body.review === "hand" || body.review === "instant") account.review = body.review;
  if (typeof body.paymentMethod === "boolean") account.paymentMethod = body.paymentMethod;
  if (
    body.marketingMessages === "ONBOARDED" ||
    body.marketingMessages === "ELIGIBLE" ||
    body.marketingMessages === "INELIGIBLE"
  ) {
    const signs = body.marketingMessages === "ONBOARDED" && account.marketingMessages !== "ONBOARDED";
    account.marketingMessages = body.marketingMessages;
    if (signs)
      tell(
        platform,
        account,
        "account_update",
        accountValue(platform, account, "account_update", { event: "MM_LITE_TERMS_SIGNED" }),
      );
  }
  changeAccountMore(platform, account, body);
  return {
    id: account.id,
    review: account.review,
    marketingMessages: account.marketingMessages,
    verified: portfolio?.verified !== false,
    paymentMethod: account.paymentMethod !== false,
  };
}

export function newNumber(platform: Platform, account: Account, body: Body): Body {
  if (typeof body.displayNumber !== "string") throw new ControlError("displayNumber must be a phone number.");
  newNumberSettings(body, "");
  refuseTaken(platform, body.displayNumber);
  const number = addNumber(
    platform.state,
    account,
    body.displayNumber,
    typeof body.verifiedName === "string" ? body.verifiedName : account.name,
  );
  platform.announce({ type: "number", id: number.id });
  return showNumber(number);
}

/** Two numbers alike would be one nobody can tell from the other. */
function refuseTaken(platform: Platform, displayNumber: unknown): void {
  const digits = typeof displayNumber === "string" ? readNumber(displayNumber) : null;
  if (digits === null) return;
  for (const number of platform.state.numbers.values())
    if (number.digits === digits) throw new ControlError(`${displayNumber} is ${number.verifiedName}'s already.`, 409);
}

export function newToken(platform: Platform, account: Account, body: Body): Body {
  newTokenSettings(body, "");
  const { apps } = platform.state;
  const app = typeof body.appId === "string" ? apps.get(body.appId) : apps.values().next().value;
  if (!app) throw new ControlError("There is no such app.", 409);
  const lifeMs = typeof body.expiresIn === "string" ? parseDurationMs(body.expiresIn) : null;
  const now = platform.now();
  platform.announce({ type: "number", id: account.id });
  const wanted = {
    name: String(body.name ?? "token"),
    accountIds: Array.isArray(body.accountIds) ? body.accountIds.map(String) : [account.id],
    expiresAt: lifeMs === null ? null : plus(now, lifeMs),
    ...(Array.isArray(body.scopes) ? { scopes: body.scopes.map(String) } : {}),
  };
  const token = addToken(platform.state, app, wanted, now);
  return { token: token.token, expiresAt: token.expiresAt === null ? null : toIso(token.expiresAt) };
}

export function newTemplate(platform: Platform, account: Account, body: Body): Body {
  const template = createTemplate(platform, account, body);
  if (body.status === "APPROVED") decideTemplate(platform, template, "approve");
  return { id: template.id, status: template.status, category: template.category };
}

const templateActions: readonly string[] = [
  "rate",
  "correct-category",
  "approve",
  "reject",
  "pause",
  "unpause",
  "disable",
  "flag",
] satisfies (TemplateEvent | "rate" | "correct-category")[];

/** By id, or by name (then every language of it, in every account). */
export function actOnTemplate(platform: Platform, id: string | undefined, body: Body): Body {
  const action = body.type ?? body.action;
  if (typeof action !== "string" || !templateActions.includes(action))
    throw new ControlError(`type must be one of ${templateActions.join(", ")}.`);
  const templates = [...platform.state.templates.values()].filter(
    (template) =>
      template.id === id ||
      (template.name === id && (body.language === undefined || body.language === template.language)),
  );
  if (templates.length === 0) throw new ControlError(`No template ${id}.`, 404);
  const quality = qualities.find((one) => one === body.quality);
  if (action === "rate" && !quality) throw new ControlError(`quality must be one of ${qualities.join(", ")}.`);
  for (const template of templates) {
    if (action === "rate" && quality) changeQuality(platform, template, quality);
    else if (action === "correct-category") correctCategory(platform, template);
    else decideTemplate(platform, template, action as TemplateEvent, body);
  }
  return {
    items: templates.map(({ id: templateId, name, language, status }) => ({ id: templateId, name, language, status })),
  };
}

/** `{ field?, … }`: something about an account, told in `account_update` or the field named; restrictions and bans take effect. */
export function accountEvent(platform: Platform, account: Account, body: Body): Body {
  const { field: asked, ...given } = body;
  const field = typeof asked === "string" ? asked : "account_update";
  const value = accountValue(platform, account, field, given);
  if (value.event === "ACCOUNT_RESTRICTION" && Array.isArray(value.restriction_info)) {
    account.restrictions = value.restriction_info.filter(isBody).map((info) => ({
      restriction_type: String(info.restriction_type),
      ...(typeof info.expiration === "number" ? { expiration: info.expiration } : {}),
    }));
    liftWhenDue(platform, account);
  }
  if (value.event === "DISABLED_UPDATE" && isBody(value.ban_info)) {
    const banState = value.ban_info.waba_ban_state;
    if (banState === "DISABLE") account.banState = "disabled";
    if (banState === "REINSTATE") unban(platform, account);
  }
  tell(platform, account, field, value);
  platform.announce({ type: "number", id: account.id });
  return { success: true, value };
}

/** `{ why?, violationType?, rung? }`: a strike by hand; `rung` 0 is the warning, left out the next one is climbed. */
export function giveStrike(platform: Platform, account: Account, body: Body): Body {
  const { rung, why, violationType } = body;
  if (rung !== undefined && (typeof rung !== "number" || ladder[rung] === undefined))
    throw new ControlError(`rung must be 0 to ${ladder.length - 1}.`);
  const given = strike(platform, account, {
    cause: { code: "by-hand", words: typeof why === "string" ? why : "By hand" },
    share: null,
    ...(typeof violationType === "string" ? { violationType } : {}),
    ...(typeof rung === "number" ? { rung } : {}),
  });
  return { at: toIso(given.at), rung: given.rung, step: ladder[given.rung], restrictions: account.restrictions };
}

/** `{ outcome? }`: an appeal against the last strike; `granted` or `denied` decides it beforehand. */
export function makeAppeal(platform: Platform, account: Account, body: Body): Body {
  const wanted = body.outcome === "granted" || body.outcome === "denied" ? body.outcome : null;
  const made = appeal(platform, account, wanted);
  if (!made)
    throw new ControlError("There is no strike, or it was appealed against already.", 409, "nothing-to-appeal");
  return { decidedAt: toIso(made.decidedAt) };
}

export function changeNumber(platform: Platform, number: BusinessNumber, body: Body): Body {
  numberSettings(body, "");
  const status = numberStatuses.find((one) => one === body.status);
  const quality = qualities.find((one) => one === body.quality);
  if (status) number.status = status;
  if (quality) number.quality = quality;
  if (typeof body.messagingLimit === "string") setPortfolioLimit(platform, number, body.messagingLimit);
  if (typeof body.throughputPerSecond === "number" && body.throughputPerSecond > 0)
    number.throughputPerSecond = body.throughputPerSecond;
  if (typeof body.pairBurst === "number" && body.pairBurst > 0) number.pairBurst = body.pairBurst;
  if (typeof body.pairIntervalMs === "number" && body.pairIntervalMs >= 0) number.pairIntervalMs = body.pairIntervalMs;
  if (typeof body.callbackUrl === "string" || body.callbackUrl === null) {
    number.callbackUrl = body.callbackUrl;
    delete number.callbackAppId;
  }
  changeNumberMore(platform, number, body);
  platform.announce({ type: "number", id: number.id });
  return showNumber(number);
}

/** `{ field?, … }`: something about a number, told in `phone_number_quality_update` or the field named. */
export function numberEvent(platform: Platform, number: BusinessNumber, body: Body): Body {
  const { field: asked, ...given } = body;
  const field = typeof asked === "string" ? asked : "phone_number_quality_update";
  const value = aboutNumber(platform, number, field, given);
  tell(platform, platform.accountOf(number), field, value, number);
  return { success: true, value };
}

/** `{ name? }`: one more app, for numbers that several responders share; `POST /{account}/subscribed_apps` attaches it. */
export function newApp(platform: Platform, body: Body): Body {
  const app = addApp(platform.state, typeof body.name === "string" ? body.name : "Another app");
  platform.announce({ type: "number", id: app.id });
  return { id: app.id, secret: app.secret };
}

/** Sets an app's callback without the handshake, for those who have no app token at hand. */
export function changeApp(platform: Platform, id: string | undefined, body: Body): Body {
  const app =
    platform.state.apps.get(id ?? "") ?? (id === "first" ? platform.state.apps.values().next().value : undefined);
  if (!app) throw new ControlError(`No app ${id}.`, 404);
  appSettings(body, "");
  if (typeof body.callbackUrl === "string" || body.callbackUrl === null) app.callbackUrl = body.callbackUrl;
  if (typeof body.verifyToken === "string") app.verifyToken = body.verifyToken;
  if (typeof body.webhookVersion === "number") app.webhookVersion = body.webhookVersion;
  if (Array.isArray(body.fields)) app.fields = body.fields.map(String);
  if (typeof body.secret === "string") app.secret = body.secret;
  platform.announce({ type: "number", id: app.id });
  return { id: app.id, callbackUrl: app.callbackUrl, verifyToken: app.verifyToken, fields: app.fields };
}
