import type { Flow } from "./flows.ts";
import { moreOf } from "./number-more.ts";
import type { Platform } from "./platform.ts";
import { isUpgrading, limitUsed } from "./rules/messaging-limit.ts";
import { peopleOf } from "./rules/tiers.ts";
import type { Account, App, Body, BusinessNumber, Template } from "./state.ts";

/**
 * `health_status` of a node: every object a message passes through, whether it lets messages go, and why not ("Messaging health
 * status"). BLOCKED comes with `errors`, LIMITED with `additional_info`; the worst is the node's own. Codes of the 141000 series are
 * as others have seen them; where none is known the code stands that a send is refused with.
 */
type Ability = "AVAILABLE" | "LIMITED" | "BLOCKED";

interface Problem {
  readonly ability: Exclude<Ability, "AVAILABLE">;
  /** Without a code it is said in `additional_info`. */
  readonly code?: number;
  readonly says: string;
  readonly solution?: string;
}

const order: readonly Ability[] = ["AVAILABLE", "LIMITED", "BLOCKED"];
const worst = (abilities: readonly Ability[]): Ability =>
  abilities.reduce((one, other) => (order.indexOf(other) > order.indexOf(one) ? other : one), "AVAILABLE");

const blocked = (code: number, says: string, solution: string): Problem => ({
  ability: "BLOCKED",
  code,
  says,
  solution,
});
const limited = (says: string): Problem => ({ ability: "LIMITED", says });

function entity(type: string, id: string, problems: readonly Problem[]): Body & { can_send_message: Ability } {
  const errors = problems.filter(({ code }) => code !== undefined);
  const info = problems.filter(({ code }) => code === undefined).map(({ says }) => says);
  return {
    entity_type: type,
    id,
    can_send_message: worst(problems.map(({ ability }) => ability)),
    ...(info.length > 0 ? { additional_info: info } : {}),
    ...(errors.length > 0
      ? {
          errors: errors.map(({ code, says, solution }) => ({
            error_code: code,
            error_description: says,
            possible_solution: solution ?? "",
          })),
        }
      : {}),
  };
}

function health(entities: readonly (Body & { can_send_message: Ability })[]): Body {
  return { can_send_message: worst(entities.map((one) => one.can_send_message)), entities };
}

function numberProblems(platform: Platform, number: BusinessNumber): Problem[] {
  const problems: Problem[] = [];
  const { status, quality } = number;
  if (status === "PENDING" || status === "DISCONNECTED" || status === "MIGRATED")
    problems.push(blocked(141000, `The phone number is ${status}.`, "Verify and register the phone number."));
  if (status === "BANNED")
    problems.push(blocked(131031, "The phone number is banned.", "Appeal in WhatsApp Manager, or use another number."));
  if (status === "RESTRICTED" || status === "FLAGGED") problems.push(limited(`The phone number is ${status}.`));
  if (moreOf(number).nameStatus !== "APPROVED")
    problems.push(limited(`The display name is not approved: ${moreOf(number).nameStatus}.`));
  if (quality === "RED") problems.push(limited("The quality of this phone number is low."));
  if (limitUsed(platform, number).people >= peopleOf(number.messagingLimit))
    problems.push(limited("The messaging limit of the last 24 hours is used up."));
  if (isUpgrading(platform, number))
    problems.push(blocked(131057, "Throughput is being raised.", "Try again in a minute."));
  return problems;
}

const templateWords: Partial<Record<Template["status"], string>> = {
  PENDING: "Message templates can only be sent once they are approved.",
  REJECTED: "The message template was rejected.",
  PAUSED: "The message template is paused because of low quality.",
  DISABLED: "The message template is disabled because of low quality.",
  ARCHIVED: "The message template is archived.",
};

function templateProblems({ status, quality }: Template): Problem[] {
  const says = templateWords[status];
  if (says !== undefined) return [blocked(141002, says, "Edit the message template, or appeal against its review.")];
  return quality === "RED" || quality === "YELLOW" ? [limited(`The quality of this template is ${quality}.`)] : [];
}

function accountProblems(platform: Platform, account: Account): Problem[] {
  const problems: Problem[] = [];
  const seconds = platform.now() / 1000;
  const appeal = "Read the policy, and appeal in Business Support Home.";
  if (account.banState === "disabled") problems.push(blocked(131031, "The account is disabled.", appeal));
  if (account.decision !== undefined && account.decision !== "APPROVED")
    problems.push(blocked(131031, `The review of the account: ${account.decision}.`, appeal));
  for (const { restriction_type: type, expiration } of account.restrictions) {
    if (expiration !== undefined && expiration <= seconds) continue;
    if (type === "RESTRICTED_CUSTOMER_INITIATED_MESSAGING")
      problems.push(blocked(131031, `The account is restricted: ${type}.`, appeal));
    else problems.push(limited(`The account is restricted: ${type}.`));
  }
  if (account.paymentMethod === false)
    problems.push(
      blocked(
        141006,
        "There is an error with the payment method, so that billed messages are not sent.",
        "Add a payment method to the account.",
      ),
    );
  return problems;
}

function businessProblems(platform: Platform, account: Account): Problem[] {
  if (platform.state.portfolios.get(account.portfolioId)?.verified !== false) return [];
  return [
    {
      ability: "LIMITED",
      code: 141010,
      says: "The business has not passed business verification.",
      solution: "Complete business verification.",
    },
  ];
}

/** An app is limited while none of its callbacks would hear of messages. */
function appEntities(platform: Platform, account: Account): (Body & { can_send_message: Ability })[] {
  const ownUrl = [...platform.state.numbers.values()].some(
    ({ accountId, callbackUrl }) => accountId === account.id && callbackUrl !== null,
  );
  return [...account.subscriptions].map(([appId, { overrideUrl }]) => {
    const app = platform.state.apps.get(appId);
    const hears = ownUrl || overrideUrl !== null || (app?.callbackUrl && app.fields.includes("messages"));
    return entity("APP", appId, hears ? [] : [limited("The app is not subscribed to the messages webhook.")]);
  });
}

/** Account, business and app, which every message passes through. */
function around(platform: Platform, account: Account): (Body & { can_send_message: Ability })[] {
  return [
    entity("WABA", account.id, accountProblems(platform, account)),
    entity("BUSINESS", account.portfolioId, businessProblems(platform, account)),
    ...appEntities(platform, account),
  ];
}

export function numberHealth(platform: Platform, number: BusinessNumber): Body {
  const own = entity("PHONE_NUMBER", number.id, numberProblems(platform, number));
  return health([own, ...around(platform, platform.accountOf(number))]);
}

export const accountHealth = (platform: Platform, account: Account): Body => health(around(platform, account));

export function templateHealth(platform: Platform, template: Template): Body {
  const account = platform.state.accounts.get(template.accountId);
  const own = entity("MESSAGE_TEMPLATE", template.id, templateProblems(template));
  return health([own, ...(account ? around(platform, account) : [])]);
}

/** Of a portfolio: all of its accounts the caller sees. */
export function portfolioHealth(platform: Platform, id: string, accounts: readonly Account[]): Body {
  const [first] = accounts;
  const own = first ? businessProblems(platform, first) : [];
  const entities = accounts.map((one) => entity("WABA", one.id, accountProblems(platform, one)));
  return health([...entities, entity("BUSINESS", id, own)]);
}

/** Of an app: with the accounts it is attached to, and their businesses. */
export function appHealth(platform: Platform, app: App): Body {
  const accounts = [...platform.state.accounts.values()].filter(({ subscriptions }) => subscriptions.has(app.id));
  const entities = accounts.flatMap((account) => around(platform, account));
  const own = entities.filter((one) => one.entity_type === "APP" && one.id === app.id);
  const others = entities.filter((one) => one.entity_type !== "APP");
  // One account that would hear of nothing is enough to be limited.
  const ability = worst(own.map((one) => one.can_send_message));
  const first = own.find((one) => one.can_send_message === ability) ?? entity("APP", app.id, []);
  return health([...others, first]);
}

/** A flow that asks an endpoint can not be sent before the endpoint is set ("Flows API"). */
export function flowHealth(platform: Platform, flow: Flow, asksEndpoint: boolean): Body {
  const problems: Problem[] = [];
  if (flow.status === "BLOCKED") problems.push(blocked(132068, "The flow is blocked.", "Mend its endpoint."));
  if (flow.status === "THROTTLED") problems.push(limited("The flow may be sent ten times an hour."));
  if (asksEndpoint && flow.endpointUri === null)
    problems.push(blocked(131000, "endpoint_uri: set it before the flow is sent or published.", "POST /{flow}"));
  const account = platform.state.accounts.get(flow.accountId);
  return health([entity("FLOW", flow.id, problems), ...(account ? around(platform, account) : [])]);
}
