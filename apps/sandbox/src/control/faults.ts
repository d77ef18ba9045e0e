import { validateHeaderName, validateHeaderValue } from "node:http";
import { isBody } from "../platform/parameters.ts";
import type { Platform } from "../platform/platform.ts";
import { type Body, defaultFaults, type Faults } from "../platform/state.ts";
import { amount, type Check, check, count, flag, listOf, oneOf, only, orNull, words } from "./members.ts";

const occasion = { next: count(0), every: count(1), share: amount(0, 1), seen: count(0) };

const headers = check("headers by name, their values texts", (given) => {
  try {
    for (const [name, value] of Object.entries(isBody(given) ? given : { "": "" })) {
      validateHeaderName(name);
      validateHeaderValue(name, String(value));
    }
    return true;
  } catch {
    return false;
  }
});

const graphFault = only({
  ...occasion,
  method: words,
  path: words,
  status: count(200, 599),
  code: count(0),
  subcode: count(0),
  message: words,
  details: words,
  headers,
  html: flag,
  delayMs: amount(0),
  close: oneOf(["before", "after"]),
});

const messageFault: Check = (given, path) => {
  only({ ...occasion, to: words, code: count(0), title: words, details: words })(given, path);
  if (isBody(given)) count(0)(given.code, `${path}.code`);
};

/** `null` takes a member away, or puts back what it is without anybody's doing. */
const faults = only({
  graph: orNull(listOf(graphFault)),
  messages: orNull(listOf(messageFault)),
  webhooks: orNull(
    only({
      duplicate: orNull(only(occasion)),
      reorder: orNull(only(occasion)),
      loseAnswers: orNull(only(occasion)),
      delayMs: orNull(amount(0)),
    }),
  ),
  latency: orNull(
    only({
      sentMs: orNull(amount(0)),
      deliveredMs: orNull(amount(0)),
      readMs: orNull(amount(0)),
      jitterMs: orNull(amount(0)),
    }),
  ),
  retry: orNull(
    only({
      delaysMs: orNull(listOf(amount(0), 1)),
      horizonMs: orNull(amount(0)),
      quickAttempts: orNull(count(0)),
      timeoutMs: orNull(amount(1)),
    }),
  ),
  batch: orNull(only({ max: orNull(count(1, 1_000)) })),
  webhookVersion: orNull(count(1)),
  userIds: orNull(flag),
});

/** `POST faults`: members given replace those in force, members left out stay, `null` removes one. */
export function setFaults(platform: Platform, body: Body): Faults {
  faults(body, "");
  const inForce = platform.state.faults;
  const usual = defaultFaults();
  for (const [key, value] of Object.entries(body)) {
    const name = key as keyof Faults;
    const current: unknown = inForce[name];
    const first: unknown = usual[name];
    Object.assign(inForce, {
      [name]: value === null ? first : isBody(value) && isBody(current) ? merge(current, value, first) : value,
    });
  }
  platform.announce({ type: "faults" });
  return inForce;
}

function merge(current: Body, wanted: Body, usual: unknown): Body {
  const merged: Body = { ...current, ...wanted };
  for (const [member, value] of Object.entries(wanted)) {
    if (value !== null) continue;
    if (isBody(usual) && usual[member] !== undefined) merged[member] = usual[member];
    else delete merged[member];
  }
  return merged;
}
