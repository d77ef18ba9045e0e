import { toIso } from "@loket/kit";
import { issueCode, numbersOfSignup } from "../platform/embedded-signup.ts";
import { askEndpoint, type FlowAnswer } from "../platform/flow-exchange.ts";
import { nextNodeId } from "../platform/identifiers.ts";
import { isBody } from "../platform/parameters.ts";
import { ControlError } from "../platform/people.ts";
import type { Platform } from "../platform/platform.ts";
import type { Account, Body } from "../platform/state.ts";
import { newAccount } from "./businesses.ts";
import { knownAccount, numberFor } from "./find.ts";
import { amount, anything, check, listOf, only, textOf, words } from "./members.ts";

/**
 * The control face of what surrounds accounts: customers signing up, numbers verified beforehand, a catalogue, users. `undefined` where the call is none
 * of these.
 */
export function answerAccountRecords(
  platform: Platform,
  call: string,
  id: string | undefined,
  read: () => Body,
): unknown {
  switch (call) {
    case "GET accounts * catalog":
      return showCatalogue(platform, knownAccount(platform, id));
    case "GET numbers * catalog":
      return showCatalogue(platform, platform.accountOf(numberFor(platform, id)));
    case "PUT accounts * catalog":
      return changeCatalogue(platform, knownAccount(platform, id), read());
    case "GET accounts * users":
      return { items: platform.state.records.users.get(knownAccount(platform, id).id) ?? [] };
    case "PUT accounts * users":
      return changeUsers(platform, knownAccount(platform, id), read());
    case "POST signups":
      return newSignup(platform, read());
    case "GET settings":
      return { mediaLinks: platform.state.records.mediaLinks.mode };
    case "PUT settings":
      return changeSettings(platform, read());
    case "POST flows * exchange":
      return exchange(platform, id, read());
    case "GET preverified":
      return { items: [...platform.state.records.preverified.values()] };
    default:
      return undefined;
  }
}

function showCatalogue(platform: Platform, account: Account): Body {
  return { catalog: platform.state.records.catalogues.get(account.id) ?? null };
}

const currencyCode = check("a currency such as EUR", (given) => typeof given === "string" && /^[A-Z]{3}$/.test(given));

const catalogue = only({
  id: anything,
  products: listOf(only({ retailer_id: anything, name: words, price: amount(0), currency: currencyCode })),
});

/** `{ id?, products: [{ retailer_id, name?, price?, currency? }] }`, or `{ products: null }` for none. */
function changeCatalogue(platform: Platform, account: Account, body: Body): Body {
  const { catalogues } = platform.state.records;
  if (body.products === null) catalogues.delete(account.id);
  else {
    catalogue(body, "");
    const listed = Array.isArray(body.products) ? body.products.filter(isBody) : [];
    const products = listed.map(({ retailer_id: retailerId, name, price, currency }) => ({
      retailer_id: textOf(retailerId, "retailer_id"),
      name: typeof name === "string" ? name : textOf(retailerId, "retailer_id"),
      price: typeof price === "number" ? price : 0,
      currency: typeof currency === "string" ? currency : account.currency,
    }));
    const id = body.id ?? catalogues.get(account.id)?.id ?? nextNodeId(platform.state, "catalogue");
    catalogues.set(account.id, { id: String(id), products });
  }
  return showCatalogue(platform, account);
}

/** `{ items: [{ id?, name, tasks? }] }`: everybody who may do something with the account. */
function changeUsers(platform: Platform, account: Account, body: Body): Body {
  if (!Array.isArray(body.items) || !body.items.every(isBody))
    throw new ControlError("items must be a list of { id?, name, tasks? }.");
  const users = body.items.map(({ id, name, tasks }) => ({
    id: typeof id === "string" ? id : nextNodeId(platform.state, "user"),
    name: textOf(name, "name"),
    tasks: Array.isArray(tasks) ? tasks.map(String) : ["MANAGE"],
  }));
  platform.state.records.users.set(account.id, users);
  return { items: users };
}

const actions = ["ping", "INIT", "BACK", "data_exchange"] as const;

/** `{ action, screen?, data?, flowToken?, to? }`: a phone asks the endpoint of a flow, over the number `to`. */
function exchange(platform: Platform, id: string | undefined, body: Body): Promise<FlowAnswer> {
  const flow = platform.state.flows.get(id ?? "");
  if (!flow) throw new ControlError(`No flow ${id}.`, 404);
  const action = actions.find((one) => one === body.action);
  if (!action) throw new ControlError(`action must be one of ${actions.join(", ")}.`);
  const number =
    body.to === undefined
      ? [...platform.state.numbers.values()].find(({ accountId }) => accountId === flow.accountId)
      : numberFor(platform, body.to);
  if (!number) throw new ControlError("The account of this flow has no number.", 409);
  return askEndpoint(platform, flow, number, {
    action,
    ...(typeof body.screen === "string" ? { screen: body.screen } : {}),
    ...(isBody(body.data) ? { data: body.data } : {}),
    ...(typeof body.flowToken === "string" ? { flowToken: body.flowToken } : {}),
  });
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
