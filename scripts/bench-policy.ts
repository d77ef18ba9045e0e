import { dayMs, plus } from "@loket/kit";
import { type ForecastSend, forecast, termsBook } from "@loket/policy";
import { type Differences, optIn, ordinaryAt, ordinarySend, template } from "@loket/policy/testing";

/** The terms book by itself, on one core: verdicts per second for ordinary sends, and a forecast for many people. */

const newsletter = { kind: "newsletter", payload: "template", template: template("marketing") } as const;
const agreed = { consents: [optIn("marketing")] };
const kindsOfSends: readonly (readonly [string, Differences])[] = [
  ["newsletter to somebody who agreed", { request: newsletter, facts: agreed }],
  ["newsletter to somebody who did not", { request: newsletter }],
  ["reply in the window", { facts: { lastInboundAt: plus(ordinaryAt, -dayMs / 2) } }],
  ["newsletter after an opt-out", { request: newsletter, facts: { ...agreed, suppressions: [stop()] } }],
];

function stop() {
  return { purpose: "all", channel: "all", at: plus(ordinaryAt, -dayMs), source: "keyword" } as const;
}

/** The slowest of several ordinary sends, each judged for a second. */
export function verdictsPerSecond(): { readonly perSecond: number; readonly slowest: string } {
  let found = { perSecond: Number.POSITIVE_INFINITY, slowest: "" };
  for (const [name, differences] of kindsOfSends) {
    const { request, facts, at } = ordinarySend(differences);
    for (let warm = 0; warm < 50_000; warm++) termsBook.decide(request, facts, at);
    const endsAt = performance.now() + 1_000;
    const startedAt = performance.now();
    let judged = 0;
    while (performance.now() < endsAt) {
      for (let round = 0; round < 1_000; round++) termsBook.decide(request, facts, at);
      judged += 1_000;
    }
    const perSecond = (judged / (performance.now() - startedAt)) * 1_000;
    if (perSecond < found.perSecond) found = { perSecond, slowest: name };
  }
  return found;
}

const places = [
  { region: "NL", phone: "+3161" },
  { region: "NL", phone: "+3162" },
  { region: "DE", phone: "+4915" },
  { region: "GB", phone: "+4477" },
  { region: "FR", phone: "+3361" },
  { region: "US", phone: "+1212" },
] as const;

/** People of every kind, each with facts of their own, made as they are asked for. */
function* crowd(count: number): Generator<ForecastSend> {
  const { request } = ordinarySend({ request: newsletter });
  for (let index = 0; index < count; index++) {
    const place = places[index % places.length] ?? places[0];
    const phone = `${place.phone}${String(1_000_000 + (index % 9_000_000))}`;
    const kind = index % 20;
    yield {
      request,
      facts: ordinarySend({
        recipient: { region: place.region, phone, ...(kind === 0 ? { birthDate: "2015-01-01" } : {}) },
        facts: {
          consents: kind === 1 ? [] : [optIn("marketing", plus(ordinaryAt, -(index % 700) * 3_600_000))],
          suppressions: kind === 2 ? [stop()] : [],
        },
        history: { marketingSentAt: kind === 3 ? [1, 2, 3, 4].map((days) => plus(ordinaryAt, -days * dayMs)) : [] },
      }).facts,
    };
  }
}

/** One newsletter to `count` synthetic contacts: facts made and judged one after the other. */
export function forecastSeconds(count: number): { readonly seconds: number; readonly reached: number } {
  const startedAt = performance.now();
  const found = forecast(termsBook, crowd(count), ordinaryAt);
  return { seconds: (performance.now() - startedAt) / 1_000, reached: found.outcomes.allow + found.outcomes.change };
}
