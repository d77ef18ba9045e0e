import { decideReview, type ReviewDecision, startReview } from "../platform/account-review.ts";
import { changeContact } from "../platform/app-contacts.ts";
import { mayHaveAutomaticEvents } from "../platform/automatic-events.ts";
import { signatureOf } from "../platform/callbacks.ts";
import { type FlowMeasures, noteFlowHealth, warnOfExpiry } from "../platform/flow-health.ts";
import { isBody } from "../platform/parameters.ts";
import { ControlError } from "../platform/people.ts";
import { askForPinReset, resetPin } from "../platform/pin-reset.ts";
import type { Platform } from "../platform/platform.ts";
import { holderOf } from "../platform/routing.ts";
import type { Account, Body, BusinessNumber, Template } from "../platform/state.ts";
import { agentWrites, passThread, roleOf } from "../platform/thread-control.ts";
import { tell } from "../platform/webhooks.ts";
import { knownAccount, numberFor, phoneOf } from "./find.ts";

/**
 * The control face of what only webhooks tell: who holds a conversation, an account's review, PINs reset by mail, the address book of
 * the Business app, the health of flows. `undefined` where the call is none of these.
 */
export function answerWebhookFeature(
  platform: Platform,
  call: string,
  id: string | undefined,
  read: () => Body,
): unknown {
  switch (call) {
    case "POST accounts * review":
      return reviewAccount(platform, knownAccount(platform, id), read());
    case "POST numbers * agent": {
      const body = read();
      return { id: agentWrites(platform, numberFor(platform, id), phoneOf(platform, String(body.to)), body).id };
    }
    case "POST numbers * handover":
      return handOver(platform, numberFor(platform, id), read());
    case "POST numbers * contacts":
      return contact(platform, numberFor(platform, id), read());
    case "POST numbers * pin":
      return pin(platform, numberFor(platform, id), read());
    case "POST flows * health":
      return flowHealth(platform, id, read());
    case "POST templates * detections":
      return detect(platform, id, read());
    default:
      return undefined;
  }
}

const decisions: readonly ReviewDecision[] = ["APPROVED", "REJECTED", "DEFERRED", "PENDING"];

/** `{ decision? , outcome? }`: decides about the account now, or lets it wait for the clock to decide as `outcome` says. */
function reviewAccount(platform: Platform, account: Account, body: Body): Body {
  const decision = decisions.find((one) => one === body.decision);
  const outcome = decisions.find((one) => one === (body.outcome ?? "APPROVED"));
  if ((body.decision !== undefined && !decision) || !outcome)
    throw new ControlError(`decision and outcome must be of ${decisions.join(", ")}.`);
  if (decision) decideReview(platform, account, decision);
  else startReview(platform, account, outcome);
  return { id: account.id, decision: account.decision };
}

/** `{ to, role?, metadata?, summary? }`: Meta's own agent, or whoever holds the conversation, passes it on. */
function handOver(platform: Platform, number: BusinessNumber, body: Body): Body {
  if (!number.more?.routing) throw new ControlError("One app alone answers on this number; see `routing`.", 409);
  const phone = phoneOf(platform, String(body.to));
  const role = roleOf(body.role ?? "escalation");
  passThread(platform, number, phone, role, {
    metadata: typeof body.metadata === "string" ? body.metadata : null,
    summary: typeof body.summary === "string" ? body.summary : null,
  });
  return { holder: holderOf(number, platform.thread(number.id, phone.number), platform.now()) };
}

/** `{ type, phone, name? }`: the business adds, edits or removes a contact on its phone. */
function contact(platform: Platform, number: BusinessNumber, body: Body): Body {
  const phone = phoneOf(platform, String(body.phone));
  if (body.type !== "add" && body.type !== "edit" && body.type !== "remove")
    throw new ControlError("type must be one of add, edit, remove.");
  const name = typeof body.name === "string" && body.name !== "" ? body.name : phone.name;
  changeContact(platform, number, phone, body.type === "remove" ? null : name);
  return { success: true };
}

/** `{ type, requester? }`: two-step verification is asked to be turned off, or was. */
function pin(platform: Platform, number: BusinessNumber, body: Body): Body {
  if (body.type === "ask-reset")
    askForPinReset(platform, number, typeof body.requester === "string" ? body.requester : "61555822107539");
  else if (body.type === "reset") resetPin(platform, number);
  else throw new ControlError("type must be one of ask-reset, reset.");
  return { pin: number.pin };
}

const measures = [
  "clientErrorRate",
  "endpointErrorRate",
  "p90LatencyMs",
  "p50LatencyMs",
  "availability",
  "requests",
] as const satisfies readonly (keyof FlowMeasures)[];

/** What is measured of a flow, and `expiresInDays` of its version. */
function flowHealth(platform: Platform, id: string | undefined, body: Body): Body {
  const flow = platform.state.flows.get(id ?? "");
  if (!flow) throw new ControlError(`No flow ${id}.`, 404);
  for (const name of measures) {
    if (body[name] !== undefined && typeof body[name] !== "number") throw new ControlError(`${name} must be a number.`);
  }
  if (body.errors !== undefined && !isBody(body.errors)) throw new ControlError("errors must be counts by type.");
  noteFlowHealth(platform, flow, body as FlowMeasures);
  if (typeof body.expiresInDays === "number") warnOfExpiry(platform, flow, body.expiresInDays);
  return { id: flow.id, status: flow.status, alerts: flow.alerts };
}

const categories = ["MARKETING", "AUTHENTICATION"] as const;

/** What was sent as utility is found to be of another category; the platform says so of Direct Send alone. */
function detect(platform: Platform, id: string | undefined, body: Body): Body {
  const found: Template | undefined =
    platform.state.templates.get(id ?? "") ?? [...platform.state.templates.values()].find(({ name }) => name === id);
  const account = platform.state.accounts.get(found?.accountId ?? "");
  const correct = categories.find((one) => one === (body.correctCategory ?? "MARKETING"));
  if (!found || !account) throw new ControlError(`No template ${id}.`, 404);
  if (!correct) throw new ControlError(`correctCategory must be one of ${categories.join(", ")}.`);
  tell(platform, account, "template_correct_category_detection", {
    message_template_id: Number(found.id),
    message_template_name: found.name,
    message_template_language: found.language,
    category: found.category,
    correct_category: correct,
  });
  return { success: true };
}

/** Settings of an account beside those of businesses.ts: what its review will say, automatic events, the parent of its portfolio. */
export function changeAccountMore(platform: Platform, account: Account, body: Body): void {
  const portfolio = platform.state.portfolios.get(account.portfolioId);
  if (portfolio && (typeof body.parentPortfolio === "string" || body.parentPortfolio === null)) {
    if (body.parentPortfolio === null) delete portfolio.parentId;
    else portfolio.parentId = body.parentPortfolio;
  }
  if (typeof body.clientOf === "string" || body.clientOf === null) shareWith(platform, account, body.clientOf);
  if (body.accountReview !== undefined) {
    const outcome = decisions.find((one) => one === body.accountReview);
    if (!outcome) throw new ControlError(`accountReview must be one of ${decisions.join(", ")}.`);
    startReview(platform, account, outcome);
  }
  if (typeof body.automaticEvents !== "boolean") return;
  if (body.automaticEvents && !mayHaveAutomaticEvents(account))
    throw new ControlError("Automatic events do not exist in the European Union, the United Kingdom and Japan.", 409);
  account.automaticEvents = body.automaticEvents;
}

/** An account is shared with a partner's portfolio, or no longer; told in `account_update`. */
function shareWith(platform: Platform, account: Account, clientOf: string | null): void {
  const before = account.clientOf ?? null;
  account.clientOf = clientOf;
  if (before === clientOf) return;
  const partners = [clientOf ?? before ?? ""];
  tell(platform, account, "account_update", {
    event: clientOf === null ? "PARTNER_REMOVED" : "PARTNER_ADDED",
    waba_info: {
      waba_id: account.id,
      owner_business_id: account.portfolioId,
      ...(clientOf === null ? {} : { solution_partner_business_ids: partners }),
    },
  });
}

/** `{ id, url? }`: a delivery of the log once more, the same bytes with the same signature, to where it went or somewhere else. */
export async function redeliver(platform: Platform, body: Body): Promise<Body> {
  const [entry] = typeof body.id === "number" ? platform.log.after(body.id - 1, 1) : [];
  if (entry?.kind !== "webhook" || entry.id !== body.id)
    throw new ControlError(`No webhook ${body.id} in the log.`, 404);
  const url = typeof body.url === "string" ? body.url : entry.url;
  const apps = [...platform.state.apps.values()];
  const app = apps.find(({ secret }) => signatureOf(entry.raw, secret) === entry.signature) ?? apps[0];
  if (url === null || !app) throw new ControlError("Nobody had subscribed; say `url`.", 409);
  await platform.callbacks.sendRaw(url, app.id, entry.raw, entry.field);
  return { success: true };
}
