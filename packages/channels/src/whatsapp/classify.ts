import { dayMs, minuteMs, secondMs } from "@loket/kit";
import { errorEntry, readFailure } from "./errors.ts";
import type { NetworkAnswer } from "./network.ts";
import type { Failure, RetryScope, SendOutcome, UnknownReason } from "./outcome.ts";
import { listOf, objectOf, parseJson, phoneOf, present, textOf } from "./read.ts";

/**
 * Which of the four ways an attempt ended. Only two things make it `retryable`: nothing left this machine, or the
 * platform said in so many words that it was too busy to take the message. Everything unclear is `unknown`, a 5xx
 * included, because a message may have been taken before things broke.
 */
export function classifySend(answer: NetworkAnswer): SendOutcome {
  if (answer.kind === "failed") return answer.mayHaveLeft ? lostTouch(answer) : neverLeft(answer);
  const { status } = answer;
  const body = readJson(answer.body);
  if (status >= 200 && status < 300)
    return readAccepted(body) ?? unknown("unreadableAnswer", `HTTP ${status} without a message id.`);

  const error = objectOf(body?.error);
  const code = textOf(error?.code);
  if (error && code !== undefined && busyCodes.has(code)) return busy(readFailure(error), answer.headers);
  if (status === 429) return busy(error ? readFailure(error) : tooManyRequests, answer.headers);
  if (status >= 500) return unknown("serverTrouble", `HTTP ${status}${code === undefined ? "" : `, code ${code}`}.`);
  if (status >= 400 && error && code !== undefined) return { kind: "refused", failure: readFailure(error) };
  // A redirect, or a refusal in no words of the platform's: some machine in between spoke, and who knows after what.
  return unknown("unreadableAnswer", `HTTP ${status} without an error of the platform.`);
}

/**
 * Codes by which the platform says "not now" ("Error codes, Throttling"). Maintenance (131057) comes with a 5xx status,
 * but names a state of the number in which nothing is taken. Limits that answer to complaints (131048, 131064) are not
 * here: knocking again makes them worse.
 */
const busyCodes: ReadonlySet<string> = new Set(["4", "17", "32", "613", "80007", "130429", "131056", "131057"]);

const tooManyRequests: Failure = { reason: "throttled", code: "429", title: "Too many requests" };

function busy(failure: Failure, headers: Readonly<Record<string, string>>): SendOutcome {
  const entry = errorEntry(failure.code);
  // A stated wait is believed up to a day: beyond that it is more likely a slip than a wish.
  const notBeforeMs = Math.min(statedWaitMs(headers) ?? entry?.waitMs ?? secondMs, dayMs);
  return { kind: "retryable", notBeforeMs, scope: scopeOf(entry?.scope), failure };
}

function scopeOf(scope: string | undefined): RetryScope {
  return scope === "pair" || scope === "account" || scope === "recipient" ? scope : "sender";
}

/** How long the platform says to wait: `Retry-After` in seconds, or minutes until the account regains access. */
function statedWaitMs(headers: Readonly<Record<string, string>>): number | undefined {
  const retryAfter = headers["retry-after"];
  if (retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter.trim())) return Number(retryAfter) * secondMs;
  const usage = objectOf(readText(headers["x-business-use-case-usage"] ?? ""));
  const minutes = Object.values(usage ?? {})
    .flatMap((accounts) => listOf(accounts) ?? [])
    .map((account) => Number(objectOf(account)?.estimated_time_to_regain_access ?? 0))
    .filter((estimate) => Number.isFinite(estimate) && estimate > 0);
  return minutes.length > 0 ? Math.max(...minutes) * minuteMs : undefined;
}

function neverLeft(answer: Extract<NetworkAnswer, { kind: "failed" }>): SendOutcome {
  const failure = lineFailure(answer);
  // An address that is not allowed, or a request that cannot be written, does not get better by waiting.
  if (answer.reason === "blocked" || answer.reason === "other") return { kind: "refused", failure };
  return { kind: "retryable", notBeforeMs: answer.reason === "aborted" ? 0 : secondMs, scope: "sender", failure };
}

function lostTouch(answer: Extract<NetworkAnswer, { kind: "failed" }>): SendOutcome {
  return unknown(lostReasons[answer.reason] ?? "connectionLost", answer.detail);
}

const lostReasons: Partial<Record<Extract<NetworkAnswer, { kind: "failed" }>["reason"], UnknownReason>> = {
  timedOut: "timedOut",
  aborted: "aborted",
  tooLarge: "unreadableAnswer",
};

/** A failure of the line, in the form of any other. */
export function lineFailure(answer: Extract<NetworkAnswer, { kind: "failed" }>): Failure {
  return {
    reason: "notConnected",
    code: `line.${answer.reason}`,
    title: answer.mayHaveLeft ? "The line broke" : "No connection",
    detail: answer.detail,
  };
}

function readAccepted(body: Record<string, unknown> | undefined): SendOutcome | null {
  const message = objectOf(listOf(body?.messages)?.[0]);
  const providerId = textOf(message?.id);
  if (providerId === undefined) return null;
  const contact = objectOf(listOf(body?.contacts)?.[0]);
  const recipient = present({ phone: phoneOf(contact?.wa_id), userId: textOf(contact?.user_id) });
  const status = textOf(message?.message_status);
  const isHeld = status === "held_for_quality_assessment" || status === "paused";
  return {
    kind: "accepted",
    providerId,
    ...(isHeld ? { heldForQuality: true } : {}),
    ...(Object.keys(recipient).length > 0 ? { recipient } : {}),
  };
}

function unknown(reason: UnknownReason, detail: string): SendOutcome {
  return { kind: "unknown", reason, detail };
}

/** The body as an object, whatever it says it is; `undefined` where it is none (an edge may answer in HTML). */
export function readJson(body: Uint8Array): Record<string, unknown> | undefined {
  return objectOf(readText(new TextDecoder("utf-8").decode(body)));
}

function readText(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
