import { toIso } from "@loket/kit";
import { issueCode, numbersOfSignup } from "../platform/embedded-signup.ts";
import { ControlError } from "../platform/people.ts";
import type { Platform } from "../platform/platform.ts";
import type { Body } from "../platform/state.ts";
import { newAccount } from "./businesses.ts";
import { knownAccount } from "./find.ts";

/**
 * The control face of what surrounds accounts: customers signing up, numbers verified beforehand. `undefined` where the call is none
 * of these.
 */
export function answerAccountRecords(
  platform: Platform,
  call: string,
  _id: string | undefined,
  read: () => Body,
): unknown {
  switch (call) {
    case "POST signups":
      return newSignup(platform, read());
    case "GET settings":
      return { mediaLinks: platform.state.records.mediaLinks.mode };
    case "PUT settings":
      return changeSettings(platform, read());
    case "GET preverified":
      return { items: [...platform.state.records.preverified.values()] };
    default:
      return undefined;
  }
}

function changeSettings(platform: Platform, { mediaLinks }: Body): Body {
  if (mediaLinks !== "trust" && mediaLinks !== "fetch") throw new ControlError("mediaLinks must be trust or fetch.");
  platform.state.records.mediaLinks.mode = mediaLinks;
  return { mediaLinks };
}

/**
 * A customer goes through the embedded sign-up: `{ accountId? }` for an account that is there, else `{ name, displayNumber, country? }`
 * for a new one. Answers the code for `GET /oauth/access_token`, good for ten minutes and once, and what the browser is told.
 */
function newSignup(platform: Platform, body: Body): Body {
  const app = platform.state.apps.values().next().value;
  if (!app) throw new ControlError("There is no app.", 409);
  const id = typeof body.accountId === "string" ? body.accountId : String(newAccount(platform, body).id);
  const account = knownAccount(platform, id);
  const { code, expiresAt } = issueCode(platform, app, account);
  return {
    code,
    expiresAt: toIso(expiresAt),
    businessId: account.portfolioId,
    wabaId: account.id,
    phoneNumberId: numbersOfSignup(platform, account).at(-1)?.id ?? null,
  };
}
