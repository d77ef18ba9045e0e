import { listEvents } from "../platform/message-history.ts";
import type { Platform } from "../platform/platform.ts";
import {
  type PreverifiedNumber,
  preverifiedFields,
  preverifiedNode,
  requestPreverifiedCode,
  verifyPreverified,
} from "../platform/preverified.ts";
import { changeSignupLink, findSignupLink, signupNode } from "../platform/signup-links.ts";
import type { Message } from "../platform/state.ts";
import { pick } from "../platform/templates.ts";
import { fieldsOf, noSuchEdge } from "./fields.ts";
import { page } from "./nodes.ts";
import type { GraphRequest, HttpRequest } from "./request.ts";
import { checkScope, checkToken } from "./tokens.ts";

/** `/{preverified number}` and its edges ("Pre-verified phone numbers"). */
export function answerPreverified(
  platform: Platform,
  number: PreverifiedNumber,
  request: GraphRequest,
  call: string,
): unknown {
  switch (call) {
    case "GET":
      return pick(
        preverifiedNode(platform, number),
        fieldsOf(request, [...preverifiedFields, "is_input_id_valid"]),
        "WhatsAppBusinessPreVerifiedPhoneNumber",
      );
    case "DELETE":
      return { success: platform.state.records.preverified.delete(number.id) };
    case "POST request_code":
      return requestPreverifiedCode(platform, number, request.parameters);
    case "POST verify_code":
      return verifyPreverified(platform, number, request.parameters);
    default:
      throw noSuchEdge(request, "WhatsAppBusinessPreVerifiedPhoneNumber");
  }
}

/** `/{message history}/events`. */
export function answerHistory(
  platform: Platform,
  message: Message,
  request: GraphRequest,
  call: string,
  http: HttpRequest,
): unknown {
  if (call !== "GET events") throw noSuchEdge(request, "WhatsAppMessageHistory");
  const url = `${platform.baseUrl}${http.path}?${http.query.toString()}`;
  return page(listEvents(platform, message, request.query), request.query, url);
}

/** `/signups/{id}` ("In-App Signup"): the one object that is not asked for by its id alone. */
export function answerSignupLink(platform: Platform, request: GraphRequest): unknown {
  const token = checkToken(platform, request.token);
  checkScope(token, "signups");
  const link = findSignupLink(platform, token.accountIds, request.segments[1] ?? "");
  if (request.method === "GET") return signupNode(link);
  if (request.method === "POST") return changeSignupLink(link, request.parameters);
  throw noSuchEdge(request, "WhatsAppBusinessSignup");
}
