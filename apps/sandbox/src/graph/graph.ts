import { randomBytes } from "node:crypto";
import { strikes } from "../platform/faults.ts";
import { GraphError, missing, unknownObject } from "../platform/graph-error.ts";
import { findByUserId, readNumber, whatsappIdOf } from "../platform/identifiers.ts";
import { findMedia, mediaNode, openMediaUrl, uploadMedia } from "../platform/media.ts";
import { listAt, objectsAt, optionalObjectAt, optionalTextAt, textAt } from "../platform/parameters.ts";
import type { Platform } from "../platform/platform.ts";
import { isWindowOpen } from "../platform/progress.ts";
import { markRead, sendMessage } from "../platform/send.ts";
import type { Account, App, Body, BusinessNumber, GraphFault, Token } from "../platform/state.ts";
import {
  createTemplate,
  deleteTemplates,
  editTemplate,
  listTemplates,
  pick,
  templateNode,
} from "../platform/templates.ts";
import {
  accountFields,
  accountNode,
  appNode,
  BadCursor,
  debugToken,
  numberFields,
  numberListFields,
  numberNode,
  page,
} from "./nodes.ts";
import {
  bearerOf,
  type GraphRequest,
  type HttpAnswer,
  type HttpRequest,
  readGraphRequest,
  splitPath,
} from "./request.ts";

/**
 * The imitated Graph API: route and version, token, object, then the edge. Every answer is written to the log; injected
 * faults come before or after the work, as real ones do.
 */
export async function answerGraph(platform: Platform, request: HttpRequest): Promise<HttpAnswer> {
  const startedAt = performance.now();
  const fault = strikingFault(platform, request);
  if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  if (fault?.close === "before")
    return logged(platform, request, startedAt, null, { status: 0, body: "", close: true });
  const injected = fault && !fault.close ? injectedAnswer(fault) : null;
  if (injected) return logged(platform, request, startedAt, null, injected);

  let token: string | null = null;
  let answer: HttpAnswer;
  try {
    const read = await readGraphRequest(request);
    token = read.token;
    answer = json(read.version, 200, await carryOut(platform, read, request));
  } catch (error) {
    answer = errorAnswer(request, error instanceof BadCursor ? new GraphError(131059) : error);
  }
  answer = withUsage(platform, request, answer);
  const closed: HttpAnswer = fault?.close === "after" ? { ...answer, close: true } : answer;
  return logged(platform, request, startedAt, token, closed);
}

/** `GET /whatsapp_business/attachments/?mid=…`: the bytes of a media file, for five minutes and with a token only. */
export function answerMediaDownload(platform: Platform, request: HttpRequest): HttpAnswer {
  const startedAt = performance.now();
  const token = bearerOf(request) ?? request.query.get("access_token");
  try {
    const media = openMediaUrl(platform, request.query);
    const holder = checkToken(platform, token);
    if (!media || (media.accountId !== null && !holder.accountIds.includes(media.accountId))) {
      return logged(platform, request, startedAt, token, {
        status: 404,
        headers: { "content-type": "text/plain" },
        body: "Not Found",
      });
    }
    const answer = {
      status: 200,
      headers: { "content-type": media.mimeType, "cache-control": "private, no-store" },
      body: media.bytes,
    };
    return logged(platform, request, startedAt, token, answer);
  } catch (error) {
    return logged(platform, request, startedAt, token, errorAnswer(request, error));
  }
}

function strikingFault(platform: Platform, request: HttpRequest): GraphFault | null {
  for (const fault of platform.state.faults.graph) {
    if (fault.method && fault.method.toUpperCase() !== request.method) continue;
    if (fault.path && !request.path.includes(fault.path)) continue;
    if (strikes(platform.state, fault)) return fault;
  }
  return null;
}

function injectedAnswer(fault: GraphFault): HttpAnswer | null {
  if (fault.html) {
    const status = fault.status ?? 502;
    return {
      status,
      headers: { "content-type": "text/html", ...fault.headers },
      body: `<html><body><h1>${status} Bad Gateway</h1></body></html>`,
    };
  }
  if (fault.code === undefined && fault.status === undefined) return null;
  const error = new GraphError(fault.code ?? 131000, {
    ...(fault.status === undefined ? {} : { status: fault.status }),
    ...(fault.message === undefined ? {} : { message: fault.message }),
    ...(fault.details === undefined ? {} : { details: fault.details }),
    ...(fault.subcode === undefined ? {} : { subcode: fault.subcode }),
  });
  const answer = json("v25.0", error.status, error.body(traceId()));
  return { ...answer, headers: { ...answer.headers, ...fault.headers } };
}

function logged(
  platform: Platform,
  request: HttpRequest,
  startedAt: number,
  token: string | null,
  answer: HttpAnswer,
): HttpAnswer {
  const query = request.query.size > 0 ? `?${hideToken(request.query)}` : "";
  platform.log.write({
    kind: "request",
    at: platform.now(),
    method: request.method,
    path: request.path + query,
    body: shownBody(request),
    status: answer.close ? null : answer.status,
    answer: answer.close ? "(connection closed)" : shownAnswer(answer),
    token: token === null ? null : `${token.slice(0, 8)}…`,
    durationMs: Math.round((performance.now() - startedAt) * 100) / 100,
  });
  return answer;
}

function hideToken(query: URLSearchParams): string {
  if (!query.has("access_token")) return query.toString();
  const shown = new URLSearchParams(query);
  shown.set("access_token", "…");
  return shown.toString();
}

function shownBody(request: HttpRequest): unknown {
  if (request.body.length === 0) return null;
  const type = String(request.headers["content-type"] ?? "");
  if (type.startsWith("multipart/")) return `(multipart, ${request.body.length} bytes)`;
  const text = request.body.toString("utf8");
  if (text.length > 100_000) return `(${text.length} characters)`;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function shownAnswer(answer: HttpAnswer): unknown {
  if (typeof answer.body !== "string") return `(${answer.body.length} bytes)`;
  try {
    return JSON.parse(answer.body) as unknown;
  } catch {
    return answer.body;
  }
}

function traceId(): string {
  return `A${randomBytes(8).toString("base64url")}`;
}

function json(version: string, status: number, body: unknown, error?: GraphError): HttpAnswer {
  return {
    status,
    headers: {
      "content-type": "application/json; charset=UTF-8",
      "facebook-api-version": version,
      "x-fb-request-id": traceId(),
      "x-fb-trace-id": traceId(),
      "x-fb-rev": "1016949697",
      "x-app-usage": '{"call_count":1,"total_cputime":1,"total_time":1}',
      "cache-control": "private, no-cache, no-store, must-revalidate",
      ...(error && status < 500
        ? {
            "www-authenticate": `OAuth "Facebook Platform" "invalid_request" "${error.message.replace(/[^\x20-\x7e]|"/g, "'")}"`,
          }
        : {}),
    },
    body: JSON.stringify(body),
  };
}

/** Quotas are told per business account; nothing of them is ever used up here. */
function withUsage(platform: Platform, request: HttpRequest, answer: HttpAnswer): HttpAnswer {
  const id = splitPath(request.path).segments[0] ?? "";
  const { numbers, templates, accounts } = platform.state;
  const accountId = numbers.get(id)?.accountId ?? templates.get(id)?.accountId ?? accounts.get(id)?.id;
  if (accountId === undefined) return answer;
  const type = /\/(messages|media|marketing_messages)\/?$/.test(request.path)
    ? "whatsapp"
    : "whatsapp_business_management";
  const usage = `{"${accountId}":[{"type":"${type}","call_count":1,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":0}]}`;
  return { ...answer, headers: { ...answer.headers, "x-business-use-case-usage": usage } };
}

function errorAnswer(request: HttpRequest, error: unknown): HttpAnswer {
  const { version } = splitPath(request.path);
  const graphError = error instanceof GraphError ? error : new GraphError(131000, { details: String(error) });
  if (!(error instanceof GraphError)) console.error(error);
  return json(version, graphError.status, graphError.body(traceId()), graphError);
}

// ---- routing ----

async function carryOut(platform: Platform, request: GraphRequest, http: HttpRequest): Promise<unknown> {
  const [first, edge, leaf] = request.segments;
  if (first === undefined) throw new GraphError(2500);
  if (first === "debug_token" || first === "oauth") return answerRoot(platform, request);
  if (!/^\d{5,20}$/.test(first) && first !== "me") {
    throw new GraphError(2500, { message: `Unknown path components: /${request.segments.join("/")}` });
  }
  const token = checkToken(platform, request.token);
  const node = first === "me" ? null : findNode(platform, token, first);
  if (first === "me") return { name: token.name, id: `1000${token.appId.slice(-11)}` };
  if (!node) return answerMediaNode(platform, token, request, first);
  const call = `${request.method} ${edge ?? ""}`.trim();
  checkScope(token, edge);
  switch (node.kind) {
    case "number":
      return answerNumber(platform, node.number, request, call, leaf);
    case "account":
      return answerAccount(platform, node.account, token, request, call, http);
    case "template":
      return answerTemplate(platform, node.id, request, call);
    case "app":
      return answerApp(platform, node.app, request, call);
    case "portfolio":
      return answerPortfolio(platform, node.id, token, request, call, http);
  }
}

type Node =
  | { readonly kind: "number"; readonly number: BusinessNumber }
  | { readonly kind: "account"; readonly account: Account }
  | { readonly kind: "template"; readonly id: string }
  | { readonly kind: "app"; readonly app: App }
  | { readonly kind: "portfolio"; readonly id: string };

/** The object with this id, if the token may see it; a foreign one looks the same as one that does not exist. */
function findNode(platform: Platform, token: Token, id: string): Node | null {
  const { state } = platform;
  const number = state.numbers.get(id);
  if (number) return token.accountIds.includes(number.accountId) ? { kind: "number", number } : null;
  const account = state.accounts.get(id);
  if (account) return token.accountIds.includes(id) ? { kind: "account", account } : null;
  const template = state.templates.get(id);
  if (template) return token.accountIds.includes(template.accountId) ? { kind: "template", id } : null;
  const app = state.apps.get(id);
  if (app) return token.appId === id ? { kind: "app", app } : null;
  const ownAccounts = token.accountIds.map((accountId) => state.accounts.get(accountId));
  if (state.portfolios.has(id) && ownAccounts.some((one) => one?.portfolioId === id)) return { kind: "portfolio", id };
  return null;
}

/** Errors 104, 190 and 190/463, in that order ("Handling errors"). */
function checkToken(platform: Platform, text: string | null): Token {
  if (text === null) throw new GraphError(104);
  const appToken = appTokenOf(platform, text);
  if (appToken) return appToken;
  const token = platform.state.tokens.get(text);
  if (!token) throw new GraphError(190);
  if (token.expiresAt !== null && token.expiresAt <= platform.now()) {
    const day = (at: number) => `${new Date(at).toUTCString().replace(" GMT", "")} UTC`;
    throw new GraphError(190, {
      subcode: 463,
      message: `Error validating access token: Session has expired on ${day(token.expiresAt)}. The current time is ${day(platform.now())}.`,
    });
  }
  return token;
}

const messagingEdges = new Set(["messages", "marketing_messages", "media"]);

/** Error 10 for messaging, 200 for everything else a token was not given ("Permissions"). */
function checkScope(token: Token, edge: string | undefined): void {
  const messaging = edge !== undefined && messagingEdges.has(edge);
  if (messaging && !token.scopes.includes("whatsapp_business_messaging")) throw new GraphError(10);
  if (!messaging && !token.scopes.includes("whatsapp_business_management")) {
    throw new GraphError(200, {
      message: "(#200) You do not have the necessary permissions required to call this endpoint",
    });
  }
}

/** An app's own token is `id|secret`. It sees the app and the accounts attached to it. */
function appTokenOf(platform: Platform, text: string): Token | null {
  const [id, secret] = text.split("|");
  const app = platform.state.apps.get(id ?? "");
  if (!app || secret === undefined || app.secret !== secret) return null;
  const accountIds = [...platform.state.accounts.values()]
    .filter(({ subscriptions }) => subscriptions.has(app.id))
    .map((account) => account.id);
  return {
    token: text,
    appId: app.id,
    name: app.name,
    accountIds,
    scopes: ["whatsapp_business_management"],
    issuedAt: platform.now(),
    expiresAt: null,
  };
}

function answerRoot(platform: Platform, request: GraphRequest): unknown {
  if (request.segments[0] === "debug_token") {
    checkToken(platform, request.token);
    const input = textAt(request.parameters, "input_token", "");
    return debugToken(platform, platform.state.tokens.get(input));
  }
  if (request.segments[1] !== "access_token")
    throw new GraphError(2500, { message: `Unknown path components: /${request.segments.join("/")}` });
  const app = platform.state.apps.get(textAt(request.parameters, "client_id", ""));
  if (!app || textAt(request.parameters, "client_secret", "") !== app.secret) {
    throw new GraphError(1, { message: "Error validating client secret." });
  }
  if (request.parameters.grant_type === "client_credentials")
    return { access_token: `${app.id}|${app.secret}`, token_type: "bearer" };
  textAt(request.parameters, "code", "");
  const token = [...platform.state.tokens.values()].find((one) => one.appId === app.id);
  return { access_token: token?.token, token_type: "bearer" };
}

function fieldsOf(request: GraphRequest, defaults: readonly string[]): string[] {
  const asked = request.query.get("fields");
  if (asked === null || asked.trim() === "") return [...defaults];
  return asked
    .split(",")
    .map((field) => field.trim().replace(/[.{(].*$/s, ""))
    .filter((field) => field !== "" && field !== "id");
}

const nonexistent = (field: string, nodeType: string): GraphError =>
  new GraphError(100, { message: `(#100) Tried accessing nonexisting field (${field}) on node type (${nodeType})` });

function noSuchEdge(request: GraphRequest, nodeType: string): GraphError {
  const [id = "", edge] = request.segments;
  return request.method === "GET" && edge ? nonexistent(edge, nodeType) : unknownObject(request.method, id);
}

function answerNumber(
  platform: Platform,
  number: BusinessNumber,
  request: GraphRequest,
  call: string,
  leaf: string | undefined,
): unknown {
  const { parameters } = request;
  switch (call) {
    case "GET":
      return pick(numberNode(platform, number), fieldsOf(request, numberFields), "WhatsAppBusinessPhoneNumber");
    case "POST":
      return changeNumber(platform, number, parameters);
    case "POST messages":
      // Marking as read shares the path with sending; it is told apart by its members.
      return parameters.status !== undefined && parameters.message_id !== undefined
        ? markRead(platform, number, parameters)
        : sendMessage(platform, number, parameters, "messages");
    case "PUT messages":
      return markRead(platform, number, parameters);
    case "POST marketing_messages":
      return sendMessage(platform, number, parameters, "marketing_messages");
    case "POST media":
      return answerUpload(platform, number, request);
    case "GET whatsapp_business_profile":
      return {
        data: [
          profileOf(
            number,
            fieldsOf(request, [
              "about",
              "address",
              "description",
              "email",
              "profile_picture_url",
              "websites",
              "vertical",
            ]),
          ),
        ],
      };
    case "POST whatsapp_business_profile":
      return changeProfile(platform, number, parameters);
    case "GET block_users":
      return { data: [...number.blockedUsers].map((digits) => ({ messaging_product: "whatsapp", wa_id: digits })) };
    case "POST block_users":
    case "DELETE block_users":
      return blockUsers(platform, number, parameters, request.method === "POST");
    case "POST register": {
      const pin = textAt(parameters, "pin", "");
      if (!/^\d{6}$/.test(pin)) throw new GraphError(100, { message: "(#100) Param pin must be 6 digits." });
      if (number.pin !== null && number.pin !== pin)
        throw new GraphError(133005, { details: "The two-step verification PIN does not match." });
      number.pin = pin;
      number.status = "CONNECTED";
      return { success: true };
    }
    case "POST deregister":
      number.status = "DISCONNECTED";
      return { success: true };
    case "POST request_code":
    case "POST verify_code":
    case "POST settings":
      return { success: true };
    case "GET settings":
      return { storage_configuration: { status: "DEFAULT" }, calling: { status: "DISABLED" } };
    default:
      if (leaf !== undefined)
        throw new GraphError(2500, { message: `Unknown path components: /${request.segments.slice(1).join("/")}` });
      throw noSuchEdge(request, "WhatsAppBusinessPhoneNumber");
  }
}

async function changeNumber(platform: Platform, number: BusinessNumber, parameters: Body): Promise<unknown> {
  const configuration = optionalObjectAt(parameters, "webhook_configuration", "");
  if (configuration) {
    const url = textAt(configuration, "override_callback_uri", "webhook_configuration", { max: 200 });
    if (url !== "") {
      await platform.callbacks.handshake(
        url,
        optionalTextAt(configuration, "verify_token", "webhook_configuration") ?? "",
      );
    }
    number.callbackUrl = url === "" ? null : url;
  } else if (parameters.pin !== undefined) {
    const pin = textAt(parameters, "pin", "");
    if (!/^\d{6}$/.test(pin)) throw new GraphError(100, { message: "(#100) Param pin must be 6 digits." });
    number.pin = pin;
  } else if (parameters.new_display_name === undefined && parameters.search_visibility === undefined) {
    throw new GraphError(100, {
      message: "(#100) At least one of pin, webhook_configuration, new_display_name, search_visibility is required.",
    });
  }
  platform.announce({ type: "number", id: number.id });
  return { success: true };
}

function answerUpload(platform: Platform, number: BusinessNumber, request: GraphRequest): unknown {
  if (request.parameters.messaging_product !== "whatsapp") throw missing("messaging_product");
  const file = request.files.get("file");
  if (!file) throw missing("file");
  const declared = optionalTextAt(request.parameters, "type", "");
  const media = uploadMedia(
    platform,
    number,
    file.mimeType === "application/octet-stream" && declared ? { ...file, mimeType: declared } : file,
  );
  return { id: media.id };
}

function profileOf(number: BusinessNumber, fields: readonly string[]): Body {
  const known = [
    "about",
    "address",
    "description",
    "email",
    "profile_picture_url",
    "websites",
    "vertical",
    "messaging_product",
  ];
  const profile: Body = { messaging_product: "whatsapp" };
  for (const field of fields) {
    if (!known.includes(field)) throw nonexistent(field, "WhatsAppBusinessProfile");
    if (number.profile[field] !== undefined) profile[field] = number.profile[field];
  }
  return profile;
}

const verticals =
  "UNDEFINED OTHER AUTO BEAUTY APPAREL EDU ENTERTAIN EVENT_PLAN FINANCE GROCERY GOVT HOTEL HEALTH NONPROFIT PROF_SERVICES RETAIL TRAVEL RESTAURANT NOT_A_BIZ ALCOHOL ONLINE_GAMBLING PHYSICAL_GAMBLING OTC_DRUGS".split(
    " ",
  );

function changeProfile(platform: Platform, number: BusinessNumber, parameters: Body): unknown {
  if (parameters.messaging_product !== "whatsapp") throw missing("messaging_product");
  const changes: Body = {};
  const limits: Record<string, { min?: number; max: number }> = {
    about: { min: 1, max: 139 },
    address: { max: 256 },
    description: { max: 512 },
    email: { max: 128 },
  };
  for (const [field, limit] of Object.entries(limits)) {
    const value = optionalTextAt(parameters, field, "", limit);
    if (value !== null) changes[field] = value;
  }
  const email = changes.email;
  if (typeof email === "string" && email !== "" && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
    throw new GraphError(100, { message: "(#100) Param email must be a valid email address" });
  }
  const vertical = optionalTextAt(parameters, "vertical", "");
  if (vertical !== null && vertical !== "" && !verticals.includes(vertical)) {
    throw new GraphError(100, {
      message: `(#100) Param vertical must be one of {${verticals.join(", ")}} - got "${vertical}".`,
    });
  }
  if (vertical !== null) changes.vertical = vertical;
  if (parameters.websites !== undefined && parameters.websites !== null) {
    const websites = listAt(parameters, "websites", "");
    if (
      websites.length > 2 ||
      websites.some((site) => typeof site !== "string" || site.length > 256 || !/^https?:\/\//.test(site))
    ) {
      throw new GraphError(100, {
        message: "(#100) Param websites must be at most 2 valid URIs of at most 256 characters.",
      });
    }
    changes.websites = websites;
  }
  Object.assign(number.profile, changes);
  platform.announce({ type: "number", id: number.id });
  return { success: true };
}

/** Only people who wrote in the last 24 hours can be blocked; a partial failure is 400 with both lists ("Block users"). */
function blockUsers(platform: Platform, number: BusinessNumber, parameters: Body, block: boolean): unknown {
  const account = platform.accountOf(number);
  const done: Body[] = [];
  const failed: Body[] = [];
  for (const { item, path } of objectsAt(listAt(parameters, "block_users", ""), "block_users")) {
    const userId = optionalTextAt(item, "user_id", path);
    const input = userId ?? textAt(item, "user", path);
    const phone = userId
      ? findByUserId(platform.state, account.portfolioId, userId)
      : platform.state.phones.get(whatsappIdOf(readNumber(input, number.digits) ?? ""));
    const shown = {
      input,
      ...(userId ? { user_id: userId } : { wa_id: whatsappIdOf(readNumber(input, number.digits) ?? input) }),
    };
    if (!block) {
      if (phone) number.blockedUsers.delete(phone.number);
      done.push(shown);
    } else if (phone && isWindowOpen(platform.thread(number.id, phone.number), platform.now())) {
      number.blockedUsers.add(phone.number);
      done.push(shown);
    } else {
      const details =
        "Message failed to send because more than 24 hours have passed since the customer last replied to this number.";
      failed.push({
        ...shown,
        errors: [{ message: "(#131047) Re-engagement required", code: 131047, error_data: { details } }],
      });
    }
  }
  const list = {
    [block ? "added_users" : "removed_users"]: done,
    ...(failed.length > 0 ? { failed_users: failed } : {}),
  };
  const beside = { messaging_product: "whatsapp", block_users: list };
  if (failed.length > 0) {
    throw new GraphError(139100, {
      beside,
      details: "Failed to block some users, see the block_users response list for details",
    });
  }
  return beside;
}

async function answerAccount(
  platform: Platform,
  account: Account,
  token: Token,
  request: GraphRequest,
  call: string,
  http: HttpRequest,
): Promise<unknown> {
  const url = `${platform.baseUrl}${http.path}?${http.query.toString()}`;
  switch (call) {
    case "GET":
      return pick(accountNode(platform, account), fieldsOf(request, accountFields), "WhatsAppBusinessAccount");
    case "GET phone_numbers": {
      const numbers = [...platform.state.numbers.values()].filter((number) => number.accountId === account.id);
      const fields = fieldsOf(request, numberListFields);
      return page(
        numbers.map((number) => pick(numberNode(platform, number), fields, "WhatsAppBusinessPhoneNumber")),
        request.query,
        url,
      );
    }
    case "GET message_templates": {
      const templates = listTemplates(platform, account, request.query);
      const fields = request.query.has("fields") ? fieldsOf(request, []) : null;
      const listed = page(
        templates.map((template) => templateNode(template, fields)),
        request.query,
        url,
      );
      if (!request.query.has("summary")) return listed;
      const count = new Set(templates.map((template) => template.name)).size;
      return {
        ...listed,
        summary: {
          total_count: templates.length,
          message_template_count: count,
          message_template_limit: 6000,
          are_translations_complete: false,
        },
      };
    }
    case "POST message_templates": {
      const template = createTemplate(platform, account, request.parameters);
      return { id: template.id, status: template.status, category: template.category };
    }
    case "DELETE message_templates":
      deleteTemplates(platform, account, request.parameters);
      return { success: true };
    case "GET subscribed_apps":
      return {
        data: [...account.subscriptions].map(([appId, { overrideUrl }]) => subscribedApp(platform, appId, overrideUrl)),
      };
    case "POST subscribed_apps": {
      const override = optionalTextAt(request.parameters, "override_callback_uri", "", { max: 200 });
      if (override)
        await platform.callbacks.handshake(override, optionalTextAt(request.parameters, "verify_token", "") ?? "");
      account.subscriptions.set(token.appId, { overrideUrl: override || null });
      platform.announce({ type: "number", id: account.id });
      return { success: true };
    }
    case "DELETE subscribed_apps":
      account.subscriptions.delete(token.appId);
      return { success: true };
    default:
      throw noSuchEdge(request, "WhatsAppBusinessAccount");
  }
}

function subscribedApp(platform: Platform, appId: string, overrideUrl: string | null): Body {
  const app = platform.state.apps.get(appId);
  return {
    whatsapp_business_api_data: {
      id: appId,
      link: `https://www.facebook.com/games/?app_id=${appId}`,
      name: app?.name ?? "",
    },
    ...(overrideUrl ? { override_callback_uri: overrideUrl } : {}),
  };
}

function answerTemplate(platform: Platform, id: string, request: GraphRequest, call: string): unknown {
  const template = platform.state.templates.get(id);
  if (!template) throw unknownObject(request.method, id);
  switch (call) {
    case "GET":
      return templateNode(template, request.query.has("fields") ? fieldsOf(request, []) : null);
    case "POST":
      editTemplate(platform, template, request.parameters);
      return { success: true, id: template.id, name: template.name, category: template.category };
    case "POST unpause": {
      if (template.status !== "PAUSED") return { success: false, reason: "Template is not paused." };
      template.status = "APPROVED";
      platform.announce({ type: "template", id });
      return { success: true };
    }
    default:
      throw noSuchEdge(request, "WhatsAppMessageTemplate");
  }
}

async function answerApp(platform: Platform, app: App, request: GraphRequest, call: string): Promise<unknown> {
  const { parameters } = request;
  switch (call) {
    case "GET":
      return appNode(app);
    case "GET subscriptions":
      return {
        data: app.callbackUrl
          ? [
              {
                object: "whatsapp_business_account",
                callback_url: app.callbackUrl,
                active: true,
                fields: app.fields.map((name) => ({ name, version: "v25.0" })),
              },
            ]
          : [],
      };
    case "POST subscriptions": {
      if (request.token === null || !request.token.includes("|")) {
        throw new GraphError(15, {
          message: "(#15) This method must be called with an app access_token.",
          status: 400,
        });
      }
      const url = textAt(parameters, "callback_url", "", { min: 1, max: 500 });
      const verifyToken = optionalTextAt(parameters, "verify_token", "") ?? "";
      await platform.callbacks.handshake(url, verifyToken);
      const fields = Array.isArray(parameters.fields)
        ? parameters.fields.map(String)
        : optionalTextAt(parameters, "fields", "")
            ?.split(",")
            .map((field) => field.trim());
      app.callbackUrl = url;
      app.verifyToken = verifyToken;
      if (fields && fields.length > 0) app.fields = fields;
      platform.announce({ type: "number", id: app.id });
      return { success: true };
    }
    case "DELETE subscriptions":
      app.callbackUrl = null;
      return { success: true };
    default:
      throw noSuchEdge(request, "Application");
  }
}

function answerPortfolio(
  platform: Platform,
  id: string,
  token: Token,
  request: GraphRequest,
  call: string,
  http: HttpRequest,
): unknown {
  const accounts = [...platform.state.accounts.values()].filter(
    (account) => account.portfolioId === id && token.accountIds.includes(account.id),
  );
  const url = `${platform.baseUrl}${http.path}?${http.query.toString()}`;
  switch (call) {
    case "GET":
      return { id, name: platform.state.portfolios.get(id)?.name };
    case "GET owned_whatsapp_business_accounts":
    case "GET client_whatsapp_business_accounts": {
      const owned = call.includes("owned") ? accounts : [];
      return page(
        owned.map((account) =>
          pick(accountNode(platform, account), fieldsOf(request, accountFields), "WhatsAppBusinessAccount"),
        ),
        request.query,
        url,
      );
    }
    default:
      throw noSuchEdge(request, "Business");
  }
}

function answerMediaNode(platform: Platform, token: Token, request: GraphRequest, id: string): unknown {
  const owner = optionalTextAt(request.parameters, "phone_number_id", "");
  if (request.segments.length > 1 || (request.method !== "GET" && request.method !== "DELETE"))
    throw unknownObject(request.method, id);
  checkScope(token, "media");
  const media = findMedia(platform, id, request.method, owner);
  if (media.accountId === null || !token.accountIds.includes(media.accountId)) throw unknownObject(request.method, id);
  if (request.method === "GET") return mediaNode(platform, media);
  platform.state.media.delete(id);
  return { success: true };
}
