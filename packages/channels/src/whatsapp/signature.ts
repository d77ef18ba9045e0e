import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * The signature of a webhook call ("Webhooks, Validate payloads"): HMAC-SHA256 over the raw bytes with the
 * application's secret. Over the bytes, not over parsed and re-written JSON: the platform escapes slashes and every
 * non-ASCII character in its own way, so any other spelling of the same JSON has another signature.
 */
export function sign(body: Uint8Array, appSecret: string): string {
  return `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`;
}

/** Whether `header` (X-Hub-Signature-256) was made over exactly these bytes with this secret. Takes constant time. */
export function verify(body: Uint8Array, header: string | undefined, appSecret: string): boolean {
  // An HMAC with an empty key is one that anybody can make.
  if (header === undefined || appSecret === "") return false;
  const expected = Buffer.from(sign(body, appSecret), "latin1");
  const given = Buffer.from(header.trim(), "utf8");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
