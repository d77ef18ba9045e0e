import { createHmac } from "node:crypto";
import { exchangeCode } from "../platform/embedded-signup.ts";
import { GraphError } from "../platform/graph-error.ts";
import { textAt } from "../platform/parameters.ts";
import type { Platform } from "../platform/platform.ts";
import type { Token } from "../platform/state.ts";
import { debugToken } from "./nodes.ts";
import type { GraphRequest } from "./request.ts";

/** Errors 104, 190 and 190/463, in that order ("Handling errors"). */
export function checkToken(platform: Platform, text: string | null): Token {
  if (text === null) throw new GraphError(104);
  const appToken = appTokenOf(platform, text);
  if (appToken) return appToken;
  const token = platform.state.tokens.get(text);
  if (!token) throw new GraphError(190);
  if (token.revoked !== undefined)
    throw new GraphError(190, {
      subcode: token.revoked,
      message: `Error validating access token: ${revocations[token.revoked] ?? "The session is invalid."}`,
    });
  if (token.expiresAt !== null && token.expiresAt <= platform.now()) {
    const day = (at: number) => `${new Date(at).toUTCString().replace(" GMT", "")} UTC`;
    throw new GraphError(190, {
      subcode: 463,
      message: `Error validating access token: Session has expired on ${day(token.expiresAt)}. The current time is ${day(platform.now())}.`,
    });
  }
  return token;
}

/** `appsecret_proof`, where one is given: the token signed with the app's secret ("Securing API calls"). */
export function checkProof(platform: Platform, request: GraphRequest): void {
  const proof = request.parameters.appsecret_proof;
  if (proof === undefined || request.token === null) return;
  delete request.parameters.appsecret_proof;
  const app = platform.state.apps.get(platform.state.tokens.get(request.token)?.appId ?? "");
  const expected = app && createHmac("sha256", app.secret).update(request.token).digest("hex");
  if (proof === expected) return;
  throw new GraphError(100, {
    type: "GraphMethodException",
    message: "Invalid appsecret_proof provided in the API argument",
  });
}

const revocations: Record<number, string> = {
  458: "The user has not authorized application.",
  460: "The session has been invalidated because the user changed their password or the session was changed for security reasons.",
  467: "The session is invalid because the user logged out.",
};

const messagingEdges = new Set(["messages", "marketing_messages", "media", "calls", "call_permissions", "groups"]);

/** Error 10 for messaging, 200 for everything else a token was not given ("Permissions"). */
export function checkScope(token: Token, edge: string | undefined): void {
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

export function answerRoot(platform: Platform, request: GraphRequest): unknown {
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
  const token = exchangeCode(platform, app, textAt(request.parameters, "code", ""));
  return { access_token: token.token, token_type: "bearer" };
}
