/**
 * Prints how many verdicts per second one core gives with the whole book in force: `npm run -w packages/policy bench`.
 * Counted are seconds of computing, so that what else the machine does at the time makes no difference.
 */
import { dayMs, hourMs, plus } from "@loket/kit";
import { decide } from "./terms-book.ts";
import { type Ordinary, optIn, ordinaryAt, ordinarySend, template } from "./testing.ts";

const newsletter = { kind: "newsletter", payload: "template", template: template("marketing") } as const;

const sends: Readonly<Record<string, Ordinary>> = {
  "newsletter, allowed": ordinarySend({ request: newsletter, facts: { consents: [optIn("marketing")] } }),
  "newsletter, refused by contract and law": ordinarySend({ request: newsletter }),
  "reply in the window": ordinarySend({ facts: { lastInboundAt: plus(ordinaryAt, -2 * hourMs) } }),
  "late reply swapped to a template": ordinarySend({
    request: { fallbackTemplate: template("utility") },
    facts: { lastInboundAt: plus(ordinaryAt, -2 * dayMs), consents: [optIn("transactional")] },
  }),
  "newsletter by e-mail, allowed": ordinarySend({
    request: { kind: "newsletter", channel: "email", transport: "smtp" },
    facts: { consents: [optIn("marketing", ordinaryAt, { channel: "email" })] },
  }),
  "newsletter by a bot, refused": ordinarySend({
    request: { kind: "newsletter", channel: "telegram", transport: "bot-api" },
  }),
  "offer by SMS in American quiet hours, held": ordinarySend({
    at: "2026-11-10T21:30:00-05:00",
    request: { kind: "marketing", channel: "sms", transport: "other" },
    recipient: { region: "US", phone: "+12125550100", timeZones: [] },
    facts: { consents: [optIn("marketing", ordinaryAt, { channel: "sms" })] },
  }),
  "facts missing": { request: ordinarySend({ request: newsletter }).request, facts: {}, at: ordinaryAt },
};

const rounds = 200_000;
let slowest = Number.POSITIVE_INFINITY;
for (const [name, { request, facts, at }] of Object.entries(sends)) {
  for (let round = 0; round < rounds / 4; round++) decide(request, facts, at);
  const before = process.cpuUsage();
  let findings = 0;
  for (let round = 0; round < rounds; round++) findings += decide(request, facts, at).findings.length;
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  const perSecond = Math.round(rounds / seconds);
  slowest = Math.min(slowest, perSecond);
  console.log(
    `${perSecond.toLocaleString("en").padStart(10)} verdicts/s  ${name} (${findings / rounds} findings each)`,
  );
}
console.log(`verdicts: at least ${slowest.toLocaleString("en")} per second on one core`);
