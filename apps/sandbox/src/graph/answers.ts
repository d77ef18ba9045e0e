import { GraphError } from "../platform/graph-error.ts";
import { nextTraceId } from "../platform/identifiers.ts";
import type { Platform } from "../platform/platform.ts";
import type { GraphFault } from "../platform/state.ts";
import { usageOf } from "./quota.ts";
import { type HttpAnswer, type HttpRequest, splitPath } from "./request.ts";
import { isUpload } from "./uploads.ts";

export function json(version: string, status: number, body: unknown, error?: GraphError): HttpAnswer {
  return {
    status,
    headers: {
      "content-type": "application/json; charset=UTF-8",
      "facebook-api-version": version,
      "x-fb-request-id": traceToBe,
      "x-fb-trace-id": traceToBe,
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

export function errorAnswer(request: HttpRequest, error: unknown): HttpAnswer {
  const { version } = splitPath(request.path);
  const graphError = error instanceof GraphError ? error : new GraphError(131000, { details: String(error) });
  if (!(error instanceof GraphError)) console.error(error);
  return json(version, graphError.status, graphError.body(traceToBe), graphError);
}

/** How much of an account's quota is used, in percent; what is left of it is counted for management calls alone. */
export function withUsage(platform: Platform, request: HttpRequest, answer: HttpAnswer): HttpAnswer {
  const id = splitPath(request.path).segments[0] ?? "";
  const { numbers, templates, accounts } = platform.state;
  const accountId = numbers.get(id)?.accountId ?? templates.get(id)?.accountId ?? accounts.get(id)?.id;
  if (accountId === undefined) return answer;
  const type = /\/(messages|media|marketing_messages)\/?$/.test(request.path)
    ? "whatsapp"
    : "whatsapp_business_management";
  const account = accounts.get(accountId);
  const { percent, regainMinutes } =
    account && type !== "whatsapp" ? usageOf(platform, account) : { percent: 1, regainMinutes: 0 };
  const usage = `{"${accountId}":[{"type":"${type}","call_count":${percent},"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":${regainMinutes}}]}`;
  return { ...answer, headers: { ...answer.headers, "x-business-use-case-usage": usage } };
}

export function injectedAnswer(fault: GraphFault): HttpAnswer | null {
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
  const answer = json("v25.0", error.status, error.body(traceToBe), error);
  return { ...answer, headers: { ...answer.headers, ...fault.headers } };
}

export function logged(
  platform: Platform,
  request: HttpRequest,
  startedAt: number,
  token: string | null,
  unstamped: HttpAnswer,
): HttpAnswer {
  const answer = stamped(platform, unstamped);
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
    durationMs: platform.now() - startedAt,
  });
  return answer;
}

function hideToken(query: URLSearchParams): string {
  if (!query.has("access_token")) return query.toString();
  const shown = new URLSearchParams(query);
  shown.set("access_token", "…");
  return shown.toString();
}

function shownBody(request: HttpRequest): string | null {
  if (request.body.length === 0) return null;
  const type = String(request.headers["content-type"] ?? "");
  if (type.startsWith("multipart/")) return `(multipart, ${request.body.length} bytes)`;
  if (isUpload(request)) return `(${request.body.length} bytes)`;
  const text = request.body.toString("utf8");
  return text.length > 100_000 ? `(${text.length} characters)` : text;
}

function shownAnswer(answer: HttpAnswer): string {
  return typeof answer.body === "string" ? answer.body : `(${answer.body.length} bytes)`;
}

/** Stands where the trace id will be: that follows from the state, like every other id, and is settled at the very end. */
const traceToBe = "{trace id}";

function stamped(platform: Platform, answer: HttpAnswer): HttpAnswer {
  const trace = nextTraceId(platform.state);
  const headers = Object.entries(answer.headers ?? {}).map(([name, value]) => [
    name,
    value === traceToBe ? trace : value,
  ]);
  const isError = answer.status >= 400 && typeof answer.body === "string";
  return {
    ...answer,
    headers: Object.fromEntries(headers),
    body: isError ? String(answer.body).replace(traceToBe, trace) : answer.body,
  };
}
