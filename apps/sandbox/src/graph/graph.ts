import { noteCall } from "../platform/activities.ts";
import { strikes } from "../platform/faults.ts";
import type { Flow } from "../platform/flows.ts";
import { GraphError, unknownObject } from "../platform/graph-error.ts";
import { findGroup, type Group } from "../platform/groups.ts";
import { findMedia, mediaNode, openMediaUrl } from "../platform/media.ts";
import { messageOfHistory } from "../platform/message-history.ts";
import { optionalTextAt } from "../platform/parameters.ts";
import type { Platform } from "../platform/platform.ts";
import type { PreverifiedNumber } from "../platform/preverified.ts";
import type { Account, App, BusinessNumber, GraphFault, Message, Token } from "../platform/state.ts";
import { searchLibrary } from "../platform/template-library.ts";
import { answerAccount, answerApp, answerPortfolio, answerTemplate } from "./accounts.ts";
import { errorAnswer, injectedAnswer, json, logged, withUsage } from "./answers.ts";
import { answerFlow, answerGroup } from "./flows-and-groups.ts";
import { BadCursor, page } from "./nodes.ts";
import { answerNumber } from "./numbers.ts";
import { asOfVersion } from "./older-versions.ts";
import { answerHistory, answerPreverified, answerSignupLink } from "./onboarding.ts";
import { countCall } from "./quota.ts";
import {
  bearerOf,
  type GraphRequest,
  type HttpAnswer,
  type HttpRequest,
  readGraphRequest,
  splitPath,
} from "./request.ts";
import { answerRoot, checkProof, checkScope, checkToken } from "./tokens.ts";
import { answerUpload, isUpload } from "./uploads.ts";
import { servedVersion } from "./versions.ts";

/**
 * The imitated Graph API: route and version, token, object, then the edge. Every answer is written to the log; injected
 * faults come before or after the work, as real ones do.
 */
export async function answerGraph(platform: Platform, request: HttpRequest): Promise<HttpAnswer> {
  const startedAt = platform.now();
  const fault = strikingFault(platform, request);
  if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  if (fault?.close === "before")
    return logged(platform, request, startedAt, null, { status: 0, body: "", close: true });
  const injected = fault && !fault.close ? injectedAnswer(fault) : null;
  if (injected) return logged(platform, request, startedAt, null, withUsage(platform, request, injected));

  const version = servedVersion(request.path, platform.now());
  let token: string | null = null;
  let answer: HttpAnswer;
  try {
    if (isUpload(request)) {
      answer = json(splitPath(request.path).version, 200, answerUpload(platform, request));
    } else {
      const read = await readGraphRequest(request);
      token = read.token;
      answer = json(read.version, 200, await carryOut(platform, read, request));
    }
  } catch (error) {
    answer = errorAnswer(request, asOfVersion(error instanceof BadCursor ? new GraphError(131059) : error, version));
  }
  answer = withUsage(platform, request, answer);
  answer = { ...answer, headers: { ...answer.headers, "facebook-api-version": version } };
  const closed: HttpAnswer = fault?.close === "after" ? { ...answer, close: true } : answer;
  return logged(platform, request, startedAt, token, closed);
}

/** `GET /whatsapp_business/attachments/?mid=…`: the bytes of a media file, for five minutes and with a token only. */
export function answerMediaDownload(platform: Platform, request: HttpRequest): HttpAnswer {
  const startedAt = platform.now();
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

async function carryOut(platform: Platform, request: GraphRequest, http: HttpRequest): Promise<unknown> {
  const [first, edge, leaf] = request.segments;
  if (first === undefined) throw new GraphError(2500);
  if (first === "debug_token" || first === "oauth") return answerRoot(platform, request);
  if (first === "message_template_library") {
    checkToken(platform, request.token);
    return page(
      searchLibrary(request.query),
      request.query,
      `${platform.baseUrl}${http.path}?${http.query.toString()}`,
    );
  }
  if (first === "signups") return answerSignupLink(platform, request);
  if (!/^\d{5,20}$/.test(first) && first !== "me" && !platform.state.groups.has(first)) {
    throw new GraphError(2500, { message: `Unknown path components: /${request.segments.join("/")}` });
  }
  const token = checkToken(platform, request.token);
  const node = first === "me" ? null : findNode(platform, token, first);
  if (first === "me") return { name: token.name, id: `1000${token.appId.slice(-11)}` };
  if (!node) return answerMediaNode(platform, token, request, first);
  const call = `${request.method} ${edge ?? ""}`.trim();
  const deeper = edge === "message_qrdls" || (edge === "message_templates" && /^(un)?archive$/.test(leaf ?? ""));
  const beyond = request.segments.slice(deeper ? 3 : 2);
  if (beyond.length > 0) throw new GraphError(2500, { message: `Unknown path components: /${beyond.join("/")}` });
  checkProof(platform, request);
  checkScope(token, edge);
  countManagement(platform, node, edge);
  const answered = await answerNode(platform, node, token, request, call, leaf, http);
  const accountId = accountOf(node);
  if (accountId !== null) noteCall(platform, accountId, token, `${node.kind} ${call}`, request.parameters);
  return answered;
}

function answerNode(
  platform: Platform,
  node: Node,
  token: Token,
  request: GraphRequest,
  call: string,
  leaf: string | undefined,
  http: HttpRequest,
): unknown {
  switch (node.kind) {
    case "number":
      return answerNumber(platform, node.number, request, call, leaf, http);
    case "account":
      return answerAccount(platform, node.account, token, request, call, http);
    case "template":
      return answerTemplate(platform, node.id, request, call);
    case "app":
      return answerApp(platform, node.app, request, call);
    case "flow":
      return answerFlow(platform, node.flow, request, call);
    case "group":
      return answerGroup(platform, node.group, request, call);
    case "portfolio":
      return answerPortfolio(platform, node.id, token, request, call, http);
    case "preverified":
      return answerPreverified(platform, node.number, request, call);
    case "history":
      return answerHistory(platform, node.message, request, call, http);
  }
}

function accountOf(node: Node): string | null {
  if (node.kind === "account") return node.account.id;
  if (node.kind === "number") return node.number.accountId;
  return node.kind === "template" ? node.accountId : null;
}

/** Sending, media and calls have limits of their own. */
const uncounted = new Set(["messages", "marketing_messages", "media", "calls", "call_permissions"]);

function countManagement(platform: Platform, node: Node, edge: string | undefined): void {
  if (edge !== undefined && uncounted.has(edge)) return;
  const account =
    node.kind === "number" ? platform.accountOf(node.number) : node.kind === "account" ? node.account : null;
  if (account) countCall(platform, account);
}

type Node =
  | { readonly kind: "number"; readonly number: BusinessNumber }
  | { readonly kind: "account"; readonly account: Account }
  | { readonly kind: "template"; readonly id: string; readonly accountId: string }
  | { readonly kind: "app"; readonly app: App }
  | { readonly kind: "flow"; readonly flow: Flow }
  | { readonly kind: "group"; readonly group: Group }
  | { readonly kind: "portfolio"; readonly id: string }
  | { readonly kind: "preverified"; readonly number: PreverifiedNumber }
  | { readonly kind: "history"; readonly message: Message };

/** The object with this id, if the token may see it; a foreign one looks the same as one that does not exist. */
function findNode(platform: Platform, token: Token, id: string): Node | null {
  const { state } = platform;
  const number = state.numbers.get(id);
  if (number) return token.accountIds.includes(number.accountId) ? { kind: "number", number } : null;
  const account = state.accounts.get(id);
  if (account) return token.accountIds.includes(id) ? { kind: "account", account } : null;
  const template = state.templates.get(id);
  if (template)
    return token.accountIds.includes(template.accountId)
      ? { kind: "template", id, accountId: template.accountId }
      : null;
  const app = state.apps.get(id);
  if (app) return token.appId === id ? { kind: "app", app } : null;
  const flow = state.flows.get(id);
  if (flow) return token.accountIds.includes(flow.accountId) ? { kind: "flow", flow } : null;
  const group = state.groups.get(id);
  if (group) return { kind: "group", group: findGroup(platform, token.accountIds, id) };
  const ownAccounts = token.accountIds.map((accountId) => state.accounts.get(accountId));
  if (state.portfolios.has(id) && ownAccounts.some((one) => one?.portfolioId === id || one?.clientOf === id))
    return { kind: "portfolio", id };
  const preverified = state.records.preverified.get(id);
  if (preverified && ownAccounts.some((one) => one?.portfolioId === preverified.portfolioId))
    return { kind: "preverified", number: preverified };
  const message = messageOfHistory(platform, id);
  if (message && token.accountIds.includes(state.numbers.get(message.numberId)?.accountId ?? ""))
    return { kind: "history", message };
  return null;
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
