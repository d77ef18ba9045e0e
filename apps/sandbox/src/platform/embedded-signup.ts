import { type Instant, minuteMs, plus } from "@loket/kit";
import { GraphError } from "./graph-error.ts";
import { uniqueText } from "./identifiers.ts";
import type { Platform } from "./platform.ts";
import type { Account, App, BusinessNumber, Token } from "./state.ts";
import { addToken } from "./world.ts";

/** What a customer's browser hands over at the end of the embedded sign-up, to be exchanged for a token of theirs. */
export interface SignupCode {
  readonly code: string;
  readonly appId: string;
  readonly accountId: string;
  readonly expiresAt: Instant;
  used: boolean;
}

/** Ours: a page says 30 seconds, which nobody meets who steps through their program. */
const codeLivesMs = 10 * minuteMs;

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** A customer has gone through the sign-up of the app for this account. */
export function issueCode(platform: Platform, app: App, account: Account): SignupCode {
  const code: SignupCode = {
    code: `AQ${uniqueText(platform.state, letters, 60)}`,
    appId: app.id,
    accountId: account.id,
    expiresAt: plus(platform.now(), codeLivesMs),
    used: false,
  };
  platform.state.records.signupCodes.set(code.code, code);
  return code;
}

/** The numbers of the account, as the browser is told them. */
export function numbersOfSignup(platform: Platform, account: Account): BusinessNumber[] {
  return [...platform.state.numbers.values()].filter(({ accountId }) => accountId === account.id);
}

/**
 * `GET /oauth/access_token` with a code: a token that sees the customer's account alone. Error 100 for a code nobody gave, with
 * subcode 36007 when it has run out and 36009 when it was used (as seen in answers people quote; the pages name no subcodes).
 */
export function exchangeCode(platform: Platform, app: App, text: string): Token {
  const code = platform.state.records.signupCodes.get(text);
  if (code?.appId !== app.id) throw new GraphError(100, { message: "Invalid verification code format." });
  if (code.used) throw new GraphError(100, { message: "This authorization code has been used.", subcode: 36009 });
  if (code.expiresAt <= platform.now())
    throw new GraphError(100, { message: "This authorization code has expired.", subcode: 36007 });
  code.used = true;
  const account = platform.state.accounts.get(code.accountId);
  const wanted = { name: `${account?.name ?? "Customer"} sign-up`, accountIds: [code.accountId] };
  return addToken(platform.state, app, wanted, platform.now());
}
