import { createHash } from "node:crypto";
import { dayMs, hourMs, type Instant, plus } from "@loket/kit";
import { type FlowProblem, validateFlow } from "./flow-validation.ts";
import { GraphError, missing, unknownObject } from "./graph-error.ts";
import { flowHealth } from "./health.ts";
import { nextNodeId } from "./identifiers.ts";
import type { File } from "./media.ts";
import { flagOf, isBody, optionalListAt, optionalTextAt, textAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import type { Account, Body } from "./state.ts";
import { tell } from "./webhooks.ts";

/**
 * A flow as it is managed ("Flows API"): DRAFT ──publish──▶ PUBLISHED ──deprecate──▶ DEPRECATED. THROTTLED and BLOCKED are the
 * platform's doing, here the control face's. The phones show its screens, and ask its endpoint.
 */
export interface Flow {
  readonly id: string;
  readonly accountId: string;
  name: string;
  categories: string[];
  status: FlowStatus;
  json: string | null;
  endpointUri: string | null;
  updatedAt: Instant;
  /** When messages with it were sent, as far as the limit of a throttled flow needs to know. */
  sentAt: Instant[];
  /** Thresholds it is beyond, by warning; see flow-health.ts. */
  alerts?: Record<string, number[]>;
  /** What its endpoint was asked in the last half hour; see flow-exchange.ts. */
  asked?: { readonly at: Instant; readonly error: string | null; readonly tookMs: number }[];
  /** The link to its preview: the how manieth, and until when. */
  preview?: { readonly count: number; readonly expiresAt: Instant };
}

export const flowStatuses = ["DRAFT", "PUBLISHED", "DEPRECATED", "THROTTLED", "BLOCKED"] as const;
export type FlowStatus = (typeof flowStatuses)[number];

const categories = [
  "SIGN_UP",
  "SIGN_IN",
  "APPOINTMENT_BOOKING",
  "LEAD_GENERATION",
  "CONTACT_US",
  "CUSTOMER_SUPPORT",
  "SURVEY",
  "OTHER",
];
const throttledPerHour = 10;

/** `POST /{account}/flows`. Errors 100, 139002 where it is to be published and can not be. */
export function createFlow(platform: Platform, account: Account, body: Body): Body {
  const name = textAt(body, "name", "", { min: 1, max: 200 });
  const clonedId = optionalTextAt(body, "clone_flow_id", "");
  const cloned = clonedId === null ? null : findFlow(platform, account.id, clonedId);
  const flow: Flow = {
    id: "",
    accountId: account.id,
    name: freeName(platform, account.id, name),
    categories: readCategories(body) ?? [],
    status: "DRAFT",
    json: optionalTextAt(body, "flow_json", "") ?? cloned?.json ?? null,
    endpointUri: optionalTextAt(body, "endpoint_uri", "") ?? cloned?.endpointUri ?? null,
    updatedAt: platform.now(),
    sentAt: [],
  };
  if (flow.categories.length === 0) throw missing("categories");
  const created = { ...flow, id: nextNodeId(platform.state, "flow") };
  const errors = validateFlow(created.json);
  if (flagOf(body.publish)) checkPublishable(created, errors);
  platform.state.flows.set(created.id, created);
  tell(platform, account, "flows", {
    event: "FLOW_STATUS_CHANGE",
    message: `Flow ${created.name} has been created with DRAFT status`,
    flow_id: created.id,
    new_status: "DRAFT",
  });
  if (flagOf(body.publish)) become(platform, created, "PUBLISHED");
  return { id: created.id, success: true, ...(created.json === null ? {} : { validation_errors: errors }) };
}

/** `POST /{flow}`: name, categories and endpoint. */
export function changeFlow(platform: Platform, flow: Flow, body: Body): Body {
  const name = optionalTextAt(body, "name", "", { min: 1, max: 200 });
  const read = readCategories(body);
  if (name !== null && name !== flow.name) flow.name = freeName(platform, flow.accountId, name);
  if (read) flow.categories = read;
  const endpoint = optionalTextAt(body, "endpoint_uri", "");
  if (endpoint !== null) flow.endpointUri = endpoint;
  flow.updatedAt = platform.now();
  return { success: true };
}

/** `POST /{flow}/assets`: its JSON. What is wrong with it is told in the answer; it is kept all the same. Errors 100, 139001. */
export function saveFlowJson(platform: Platform, flow: Flow, file: File | undefined, body: Body): Body {
  if (textAt(body, "asset_type", "") !== "FLOW_JSON")
    throw new GraphError(100, { message: "(#100) Param asset_type must be one of {FLOW_JSON}." });
  textAt(body, "name", "");
  if (!file) throw missing("file");
  if (flow.status !== "DRAFT") throw new GraphError(139001, { details: "Only a draft can be updated." });
  flow.json = Buffer.from(file.bytes).toString("utf8");
  flow.updatedAt = platform.now();
  return { success: true, validation_errors: validateFlow(flow.json) };
}

/** `POST /{flow}/publish`. Error 139002 where it has no JSON, or one with errors, or was published before. */
export function publishFlow(platform: Platform, flow: Flow): Body {
  const errors = validateFlow(flow.json);
  if (flow.status !== "DRAFT") throw new GraphError(139002, { details: `The flow is ${flow.status}.` });
  checkPublishable(flow, errors);
  become(platform, flow, "PUBLISHED");
  return { success: true };
}

function checkPublishable(flow: Flow, errors: readonly FlowProblem[]): void {
  if (errors.length > 0) throw new GraphError(139002, { details: errors[0]?.message ?? "" });
  if (asksEndpoint(flow) && flow.endpointUri === null)
    throw new GraphError(139002, { details: "endpoint_uri: set it before the flow is published." });
}

const asksEndpoint = (flow: Flow): boolean => memberOf(flow.json, "data_api_version") !== null;

/** `POST /{flow}/deprecate`. Error 139003 for a draft and for one deprecated before. */
export function deprecateFlow(platform: Platform, flow: Flow): Body {
  if (flow.status === "DRAFT" || flow.status === "DEPRECATED")
    throw new GraphError(139003, { details: `The flow is ${flow.status}.` });
  become(platform, flow, "DEPRECATED");
  return { success: true };
}

/** `DELETE /{flow}`. Error 139004 for anything but a draft. */
export function deleteFlow(platform: Platform, flow: Flow): Body {
  if (flow.status !== "DRAFT") throw new GraphError(139004, { details: `The flow is ${flow.status}.` });
  platform.state.flows.delete(flow.id);
  return { success: true };
}

/** What the platform does to a flow by itself, told in `flows`. */
export function become(platform: Platform, flow: Flow, status: FlowStatus): void {
  const oldStatus = flow.status;
  flow.status = status;
  flow.updatedAt = platform.now();
  const account = platform.state.accounts.get(flow.accountId);
  if (!account || oldStatus === status) return;
  tell(platform, account, "flows", {
    event: "FLOW_STATUS_CHANGE",
    message: `Flow ${flow.name} changed status from ${oldStatus} to ${status}`,
    flow_id: flow.id,
    old_status: oldStatus,
    new_status: status,
  });
}

/**
 * Whether a message may carry the flow: 132068 when it is blocked, 132069 beyond ten an hour when it is throttled, 100 for a
 * draft not sent as one. A flow the sandbox was never told of is taken on trust.
 */
export function useFlow(platform: Platform, accountId: string, parameters: Body): void {
  const wanted = parameters.flow_id ?? parameters.flow_name;
  const flow = [...platform.state.flows.values()].find(
    (one) => one.accountId === accountId && (one.id === wanted || one.name === wanted),
  );
  if (!flow) return;
  if (flow.status === "BLOCKED") throw new GraphError(132068);
  if (flow.status === "DEPRECATED" || (flow.status === "DRAFT") !== (parameters.mode === "draft"))
    throw new GraphError(100, {
      details: `The flow is ${flow.status}; mode is ${String(parameters.mode ?? "published")}.`,
    });
  if (flow.status !== "THROTTLED") return;
  const now = platform.now();
  flow.sentAt = flow.sentAt.filter((at) => now - at < hourMs);
  if (flow.sentAt.length >= throttledPerHour) throw new GraphError(132069);
  flow.sentAt.push(now);
}

export function flowNode(platform: Platform, flow: Flow): Body {
  const account = platform.state.accounts.get(flow.accountId);
  return {
    id: flow.id,
    name: flow.name,
    status: flow.status,
    categories: flow.categories,
    validation_errors: flow.json === null ? [] : validateFlow(flow.json),
    json_version: memberOf(flow.json, "version"),
    endpoint_uri: flow.endpointUri,
    data_channel_uri: flow.endpointUri,
    updated_at: new Date(flow.updatedAt).toISOString(),
    health_status: flowHealth(platform, flow, asksEndpoint(flow)),
    whatsapp_business_account: account ? { id: account.id, name: account.name, currency: account.currency } : null,
    // Only who asks for it begins the life of a link.
    get preview() {
      return previewOf(platform, flow);
    },
    data_api_version: memberOf(flow.json, "data_api_version"),
    application: null,
  };
}

export const flowFields = ["name", "status", "categories", "validation_errors"];

export function findFlow(platform: Platform, accountId: string, id: string): Flow {
  const flow = platform.state.flows.get(id);
  if (flow?.accountId !== accountId) throw unknownObject("get", id);
  return flow;
}

function freeName(platform: Platform, accountId: string, name: string): string {
  if ([...platform.state.flows.values()].some((flow) => flow.accountId === accountId && flow.name === name))
    throw new GraphError(100, { subcode: 4016019, details: "A flow with this name exists already." });
  return name;
}

function readCategories(body: Body): string[] | null {
  const list = optionalListAt(body, "categories", "");
  if (!list) return null;
  for (const one of list) {
    if (typeof one !== "string" || !categories.includes(one))
      throw new GraphError(100, { message: `(#100) Param categories must be of {${categories.join(", ")}}.` });
  }
  return list.map(String);
}

/** How long a preview's link leads somewhere; ours, as a page says only that it expires. */
const previewLivesMs = 30 * dayMs;

/**
 * The link to a flow's preview; the same one until it expires or a new one is asked for (`fields=preview.invalidate(true)`).
 * There is no page behind it.
 */
export function previewOf(platform: Platform, flow: Flow, invalidate = false): Body {
  const now = platform.now();
  const { preview } = flow;
  if (!preview || preview.expiresAt <= now || invalidate)
    flow.preview = { count: (preview?.count ?? 0) + 1, expiresAt: plus(now, previewLivesMs) };
  const { count = 0, expiresAt = now } = flow.preview ?? {};
  const token = createHash("sha256").update(`${platform.state.seed}:${flow.id}:${count}`).digest("hex").slice(0, 36);
  return {
    preview_url: `https://business.facebook.com/wa/manage/flows/${flow.id}/preview/?token=${token}`,
    expires_at: new Date(expiresAt).toISOString().replace(/\.\d+Z$/, "+0000"),
  };
}

function memberOf(json: string | null, key: string): string | null {
  try {
    const flow: unknown = JSON.parse(json ?? "null");
    const value = isBody(flow) ? flow[key] : null;
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}
