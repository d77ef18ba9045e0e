import { createHash, timingSafeEqual } from "node:crypto";

export type HandshakeAnswer =
  | { readonly status: 200; readonly body: string }
  | { readonly status: 400 | 403; readonly body: string };

/**
 * The question the platform asks before it trusts a webhook address ("Webhooks, Verification requests"). The right
 * answer is its challenge as plain text. `query` holds the parameters with their dots: parsers that turn `hub.mode`
 * into nested objects must be told not to.
 */
export function answerHandshake(query: URLSearchParams, verifyToken: string): HandshakeAnswer {
  const challenge = query.get("hub.challenge");
  if (query.get("hub.mode") !== "subscribe" || challenge === null) return { status: 400, body: "Not a handshake." };
  if (verifyToken === "" || !isSame(query.get("hub.verify_token") ?? "", verifyToken)) {
    return { status: 403, body: "The verify token is another one." };
  }
  return { status: 200, body: challenge };
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
