import { plus, toIso } from "@loket/kit";
import { readNumber } from "../platform/identifiers.ts";
import { ControlError } from "../platform/people.ts";
import type { Platform } from "../platform/platform.ts";
import { answerDemand, type Demand, reviewClaims } from "../platform/rules/claims.ts";
import { type ConsumerAccount, noteActivity, registerConsumer } from "../platform/rules/consumer.ts";
import type { Activity } from "../platform/rules/consumer-signals.ts";
import type { Body } from "../platform/state.ts";

/** `POST consumers { number, operator?, ageMs? }`: an ordinary account of the app, registered so long ago. */
export function newConsumer(platform: Platform, body: Body): Body {
  const number = readNumber(String(body.number ?? ""));
  if (number === null) throw new ControlError("number must be a phone number.");
  const account = registerConsumer(platform, {
    number,
    operator: typeof body.operator === "string" ? body.operator : number,
    registeredAt: plus(platform.now(), -numberIn(body, "ageMs", 0)),
  });
  return showConsumer(account);
}

export function listConsumers(platform: Platform): Body {
  return { items: [...platform.state.rules.consumers.values()].map(showConsumer) };
}

const clients = ["app", "browser", "library", "modified"] as const;

/** `POST consumers/{n}/activity`: members left out are what an ordinary person does. */
export function consumerActs(platform: Platform, number: string | undefined, body: Body): Body {
  const account = platform.state.rules.consumers.get(readNumber(number ?? "") ?? "");
  if (!account) throw new ControlError(`No consumer account ${number}.`, 404);
  if (account.state === "banned") throw new ControlError(`+${account.number} is banned.`, 403);
  const client = clients.find((one) => one === (body.client ?? "app"));
  if (!client) throw new ControlError(`client must be one of ${clients.join(", ")}.`);
  const messages = numberIn(body, "messages", 0);
  const activity: Activity = {
    messages,
    // A person takes half a minute for a message.
    overMs: numberIn(body, "overMs", messages * 30_000),
    strangers: numberIn(body, "strangers", 0),
    typing: body.typing !== false,
    client,
    groupsCreated: numberIn(body, "groupsCreated", 0),
    peopleAdded: numberIn(body, "peopleAdded", 0),
    reports: numberIn(body, "reports", 0),
    blocks: numberIn(body, "blocks", 0),
    business: body.business === true,
  };
  noteActivity(platform, account, activity);
  return showConsumer(account);
}

function numberIn(body: Body, key: string, otherwise: number): number {
  const value = body[key] ?? otherwise;
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0)
    throw new ControlError(`${key} must be a number from 0.`);
  return value;
}

function showConsumer(account: ConsumerAccount): Body {
  return {
    ...account,
    registeredAt: toIso(account.registeredAt),
    bannedAt: account.bannedAt === null ? null : toIso(account.bannedAt),
    points: account.points.map((point) => ({ ...point, at: toIso(point.at) })),
  };
}

/** `POST claims { operator, text, url? }`: the platform reads what somebody says of themselves in public. */
export function newClaims(platform: Platform, body: Body): Body {
  if (typeof body.operator !== "string" || typeof body.text !== "string")
    throw new ControlError("operator and text are required.");
  const url = typeof body.url === "string" ? body.url : null;
  const { found, demand } = reviewClaims(platform, { operator: body.operator, url, text: body.text });
  return { found, demand: demand ? showDemand(demand) : null };
}

export function listDemands(platform: Platform): Body {
  return { items: [...platform.state.rules.demands.values()].map(showDemand) };
}

/** `POST claims/{id}/answer`: what was claimed is gone and has stopped. */
export function answerClaims(platform: Platform, id: string | undefined): Body {
  const demand = platform.state.rules.demands.get(id ?? "");
  if (!demand) throw new ControlError(`No demand ${id}.`, 404);
  answerDemand(platform, demand);
  return showDemand(demand);
}

function showDemand(demand: Demand): Body {
  return { ...demand, at: toIso(demand.at), until: toIso(demand.until) };
}
