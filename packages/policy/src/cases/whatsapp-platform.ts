import { hourMs, type Instant, plus, secondMs } from "@loket/kit";
import type { Consent, History } from "../facts.ts";
import type { Template } from "../request.ts";
import { at, type Differences, optIn, template } from "../testing.ts";
import type { Example, Section } from "./index.ts";

/** An answer to somebody who wrote an hour ago, right behind an earlier message. */
const behind = (now: Instant, history: History): Differences => ({
  history,
  facts: { lastInboundAt: plus(now, -hourMs) },
});
/** An offer as free text to somebody who never wrote, with a template to fall back on. */
const fallingBackOn = (now: Instant, differences: Partial<Template>, more: Differences = {}): Differences => ({
  ...more,
  request: { kind: "marketing", fallbackTemplate: template("marketing", differences) },
  facts: { consents: [optIn("marketing", now)] },
});

const examples: readonly Example[] = [
  {
    id: "wa-pair-1",
    what: "a pause for errors that ends before the six seconds do",
    given: (now) =>
      behind(now, { lastSentAt: plus(now, -secondMs), pairBackoffUntil: plus(now, secondMs), burstLeft: 0 }),
    outcome: "hold",
    until: "2026-11-10T10:00:05.000Z",
    fires: ["whatsapp.cloud.pair-rate"],
  },
  {
    id: "wa-pair-2",
    what: "a pause for errors that ends after them",
    given: (now) => behind(now, { lastSentAt: plus(now, -secondMs), pairBackoffUntil: plus(now, 16 * secondMs) }),
    outcome: "hold",
    until: "2026-11-10T10:00:16.000Z",
    fires: ["whatsapp.cloud.pair-rate"],
  },
  {
    id: "wa-pace-1",
    what: "the twenty-first message in a second from a number that also lives in the Business App",
    given: (now) => ({ ...behind(now, { sentInLastSecond: 20 }), sender: { inBusinessApp: true } }),
    outcome: "hold",
    until: "2026-11-10T10:00:01.000Z",
    fires: ["whatsapp.cloud.throughput"],
  },
  {
    id: "wa-pace-2",
    what: "the same from one that does not",
    given: (now) => behind(now, { sentInLastSecond: 20 }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-fallback-1",
    what: "a fallback template that is held for pacing does not pass its own rules",
    given: (now) => fallingBackOn(now, { quality: "YELLOW", heldForQualityAssessment: true }),
    outcome: "refuse",
    fires: ["whatsapp.cloud.service-window-24h", "whatsapp.cloud.template-pacing"],
  },
  {
    id: "wa-fallback-2",
    what: "a fallback template that passes them, on a day on which the person had enough offers",
    given: (now) =>
      fallingBackOn(now, {}, { history: { marketingSentAt: [1, 2, 3, 4].map((hours) => plus(now, -hours * hourMs)) } }),
    outcome: "hold",
    until: "2026-12-10T06:00:00.000Z",
    fires: ["whatsapp.cloud.service-window-24h", "core.frequency-cap"],
  },
];

const delivery = { kind: "transactional", payload: "template", template: template("utility") } as const;
/** Told about a delivery, who agreed to other things at two times and in two wordings. */
const agreedTwice = (now: Instant, first: Partial<Consent>, second: Partial<Consent>, more: Differences = {}) => ({
  ...more,
  request: delivery,
  facts: { consents: [optIn("survey", now, first), optIn("service", now, second)] },
});

const severalOptIns: readonly Example[] = [
  {
    id: "wa-opt-ins-1",
    what: "one of two opt-ins for other purposes names the business",
    given: (now) => agreedTwice(now, { namesBusiness: false }, {}),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-opt-ins-2",
    what: "the same in another order",
    given: (now) => agreedTwice(now, {}, { namesBusiness: false }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-opt-ins-3",
    what: "neither names it",
    given: (now) => agreedTwice(now, { namesBusiness: false }, { namesBusiness: false }),
    outcome: "refuse",
    fires: ["whatsapp.policy.opt-in-required"],
  },
  {
    id: "wa-opt-ins-4",
    what: "a second opt-in that was given with the new number",
    given: (now) =>
      agreedTwice(
        now,
        {},
        { obtainedAt: plus(now, -hourMs) },
        { recipient: { numberChangedAt: plus(now, -2 * hourMs) } },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-opt-ins-5",
    what: "two opt-ins that both belong to the old number",
    given: (now) => agreedTwice(now, {}, {}, { recipient: { numberChangedAt: plus(now, -2 * hourMs) } }),
    outcome: "hold",
    until: "event:reconfirmed",
    fires: ["whatsapp.cloud.optin-number-moved"],
  },
];

const newsletterSince = (moment: string): Differences => ({
  request: { kind: "newsletter", payload: "template", template: template("marketing") },
  facts: { consents: [optIn("marketing", at(moment), { obtainedAt: at(moment) })] },
});
const longSilence: readonly Example[] = [
  {
    id: "wa-silence-1",
    what: "a first newsletter six months after the sign-up, less an hour",
    given: () => newsletterSince("2026-05-10T11:00:00Z"),
    outcome: "allow",
    fires: [],
    notes: [],
  },
  {
    id: "wa-silence-2",
    what: "and six months after it",
    given: () => newsletterSince("2026-05-10T10:00:00Z"),
    outcome: "allow",
    fires: [],
    notes: ["whatsapp.policy.no-surprise-volume"],
  },
];

export const whatsappPlatform: Section = { examples: [...examples, ...severalOptIns, ...longSilence], turns: [] };
