import { constants, createCipheriv, createDecipheriv, createHash, createHmac, publicEncrypt } from "node:crypto";
import { minuteMs } from "@loket/kit";
import { noteFlowHealth } from "./flow-health.ts";
import type { Flow } from "./flows.ts";
import { uniqueText } from "./identifiers.ts";
import { moreOf } from "./number-more.ts";
import { isBody } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import type { Body, BusinessNumber } from "./state.ts";

/** What a phone asks the endpoint of a flow ("Implementing endpoints for flows"). */
export interface FlowQuestion {
  readonly action: "ping" | "INIT" | "BACK" | "data_exchange";
  readonly screen?: string;
  readonly data?: Body;
  readonly flowToken?: string;
}

/** What came back: the answer in plain text, or why there is none, in the words of the platform's alerts. */
export interface FlowAnswer {
  readonly status: number | null;
  readonly answer: Body | null;
  readonly error: string | null;
}

/** The platform waits ten seconds for an endpoint. */
const timeoutMs = 10_000;
/** Requests of the last half hour from which something is concluded; ours. */
const judgedFrom = 10;

/**
 * Asks the business's endpoint, encrypted with the number's public key: the AES key by RSA-OAEP with SHA-256, the question by
 * AES-128-GCM, signed with the app's secret. The answer comes back under the same key with every bit of the vector turned.
 * 421 means the key has changed; a phone fetches it once more and asks again.
 */
export async function askEndpoint(
  platform: Platform,
  flow: Flow,
  number: BusinessNumber,
  question: FlowQuestion,
): Promise<FlowAnswer> {
  const startedAt = platform.now();
  let answer = await askOnce(platform, flow, number, question);
  if (answer.status === 421) {
    answer = await askOnce(platform, flow, number, question);
    if (answer.status === 421) answer = { ...answer, error: "business-decryption-error" };
  }
  note(platform, flow, answer.error, platform.now() - startedAt);
  return answer;
}

async function askOnce(
  platform: Platform,
  flow: Flow,
  number: BusinessNumber,
  question: FlowQuestion,
): Promise<FlowAnswer> {
  const failed = (error: string, status: number | null = null): FlowAnswer => ({ status, answer: null, error });
  const { encryptionKey } = moreOf(number);
  if (flow.status === "BLOCKED" || flow.status === "DEPRECATED" || flow.endpointUri === null)
    return failed("cannot_be_served");
  const sealed = encryptionKey === null ? null : seal(platform, encryptionKey, plain(flow, question));
  if (!sealed) return failed("public-key-missing");
  let received: { status: number; text: string };
  try {
    const headers = { "content-type": "application/json", ...signature(platform, number, sealed.body) };
    received = await platform.network.exchange(flow.endpointUri, headers, sealed.body, timeoutMs);
  } catch (error) {
    return failed(error instanceof Error && error.name === "TimeoutError" ? "timeout_error" : "no_http_response_error");
  }
  if (received.status !== 200) {
    const isOwn = received.status === 421 || received.status === 427 || received.status === 432;
    return failed(isOwn ? `status ${received.status}` : "unexpected_http_status_code", received.status);
  }
  const answer = sealed.open(received.text);
  if (!answer) return failed("response-decryption-error", 200);
  return { status: 200, answer, error: whyUnfit(flow, question, answer) };
}

function plain(flow: Flow, { action, screen, data, flowToken }: FlowQuestion): Body {
  const version = memberOf(flow, "data_api_version") ?? "3.0";
  if (action === "ping") return { version, action };
  return { version, action, screen: screen ?? "", data: data ?? {}, flow_token: flowToken ?? "unused" };
}

interface Sealed {
  readonly body: string;
  /** The answer in plain text, or `null` where the key does not open it. */
  open(text: string): Body | null;
}

/** `null` where the key is none. */
function seal(platform: Platform, publicKey: string, question: Body): Sealed | null {
  const chance = createHash("sha256")
    .update(`${platform.state.seed}:${uniqueText(platform.state, "abcdef", 16)}`)
    .digest();
  const key = chance.subarray(0, 16);
  const vector = chance.subarray(16, 32);
  let wrapped: Buffer;
  try {
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    wrapped = publicEncrypt({ key: publicKey, padding, oaepHash: "sha256" }, key);
  } catch {
    return null;
  }
  const cipher = createCipheriv("aes-128-gcm", key, vector);
  const data = Buffer.concat([cipher.update(JSON.stringify(question)), cipher.final(), cipher.getAuthTag()]);
  return {
    body: JSON.stringify({
      encrypted_flow_data: data.toString("base64"),
      encrypted_aes_key: wrapped.toString("base64"),
      initial_vector: vector.toString("base64"),
    }),
    open(text) {
      const bytes = Buffer.from(text, "base64");
      if (bytes.length < 17) return null;
      const turned = Buffer.from(vector.map((byte) => ~byte & 0xff));
      const decipher = createDecipheriv("aes-128-gcm", key, turned);
      decipher.setAuthTag(bytes.subarray(-16));
      try {
        const read: unknown = JSON.parse(
          Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString("utf8"),
        );
        return isBody(read) ? read : null;
      } catch {
        return null;
      }
    },
  };
}

function signature(platform: Platform, number: BusinessNumber, body: string): Record<string, string> {
  const [appId] = [...platform.accountOf(number).subscriptions.keys()];
  const app = platform.state.apps.get(appId ?? "");
  if (!app) return {};
  return { "x-hub-signature-256": `sha256=${createHmac("sha256", app.secret).update(body).digest("hex")}` };
}

/** An answer leads to a screen the flow has, and that the routing model lets follow. */
function whyUnfit(flow: Flow, question: FlowQuestion, answer: Body): string | null {
  if (question.action === "ping")
    return isBody(answer.data) && answer.data.status === "active" ? null : "payload-schema-error";
  if (typeof answer.screen !== "string" || !isBody(answer.data)) return "payload-schema-error";
  if (answer.screen === "SUCCESS" || answer.screen === question.screen) return null;
  const routes = memberOf(flow, "routing_model");
  const allowed = isBody(routes) ? routes[question.screen ?? ""] : null;
  return Array.isArray(allowed) && !allowed.includes(answer.screen) ? "invalid-screen-transition" : null;
}

function memberOf(flow: Flow, key: string): unknown {
  try {
    const read: unknown = JSON.parse(flow.json ?? "null");
    return isBody(read) ? read[key] : null;
  } catch {
    return null;
  }
}

const watchedMs = 30 * minuteMs;

/** What was asked in the last half hour decides on alerts, and on throttling the flow. */
function note(platform: Platform, flow: Flow, error: string | null, tookMs: number): void {
  const now = platform.now();
  flow.asked = [...(flow.asked ?? []).filter(({ at }) => now - at < watchedMs), { at: now, error, tookMs }];
  const { asked } = flow;
  if (asked.length < judgedFrom) return;
  const errors: Record<string, number> = {};
  for (const one of asked) if (one.error !== null) errors[one.error] = (errors[one.error] ?? 0) + 1;
  const latencies = asked.map((one) => one.tookMs).sort((one, other) => one - other);
  const failures = asked.filter((one) => one.error !== null).length;
  noteFlowHealth(platform, flow, {
    endpointErrorRate: Math.round((100 * failures) / asked.length),
    p90LatencyMs: latencies[Math.floor(latencies.length * 0.9)] ?? 0,
    p50LatencyMs: latencies[Math.floor(latencies.length / 2)] ?? 0,
    requests: asked.length,
    errors,
  });
}
