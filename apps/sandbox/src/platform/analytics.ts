import { dayMs, type Instant } from "@loket/kit";
import { GraphError } from "./graph-error.ts";
import { countryOf } from "./identifiers.ts";
import { numberAt, optionalListAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import type { Account, Body, Message } from "./state.ts";

/**
 * Analytics of an account from what the sandbox still remembers of its messages ("Analytics"). Points without anything are left
 * out, as on the platform. Times are unix seconds.
 */

/** Parameters of a field in dot syntax, such as `analytics.start(1).end(2).granularity(DAY)`. */
export type FieldParameters = ReadonlyMap<string, string>;

const stepsMs: Record<string, number | "month"> = {
  HALF_HOUR: dayMs / 48,
  DAY: dayMs,
  DAILY: dayMs,
  MONTH: "month",
  MONTHLY: "month",
};

interface Span {
  readonly start: number;
  readonly end: number;
  readonly granularity: string;
}

/** `analytics`: messages sent and delivered. Error 100 for a span or granularity that is none. */
export function messageAnalytics(platform: Platform, account: Account, parameters: FieldParameters): Body {
  const span = readSpan(parameters, ["HALF_HOUR", "DAY", "MONTH"]);
  const numbers = readList(parameters.get("phone_numbers")).map((one) => one.replace(/\D/g, ""));
  const countries = readList(parameters.get("country_codes"));
  const points = new Map<number, { sent: number; delivered: number }>();
  const ownDigits = new Set<string>();
  for (const message of messagesOf(platform, account)) {
    const digits = platform.state.numbers.get(message.numberId)?.digits ?? "";
    if (numbers.length > 0 && !numbers.includes(digits)) continue;
    if (countries.length > 0 && !countries.includes(countryOf(message.phone))) continue;
    for (const { status, at } of message.history) {
      if ((status !== "sent" && status !== "delivered") || !isWithin(span, at)) continue;
      ownDigits.add(digits);
      const point = entry(points, bucket(span, at), { sent: 0, delivered: 0 });
      point[status] += 1;
    }
  }
  return {
    phone_numbers: [...ownDigits],
    country_codes: countries,
    granularity: span.granularity,
    data_points: timed(span, points),
  };
}

/** `conversation_analytics`: since July 2025 every delivered message stands for one conversation, with its cost in the ledger. */
export function conversationAnalytics(platform: Platform, account: Account, parameters: FieldParameters): Body {
  const span = readSpan(parameters, ["HALF_HOUR", "DAILY", "MONTHLY"]);
  const points = new Map<number, { conversation: number; cost: number }>();
  for (const message of messagesOf(platform, account)) {
    const at = message.history.find(({ status }) => status === "delivered")?.at;
    if (at === undefined || !isWithin(span, at)) continue;
    const point = entry(points, bucket(span, at), { conversation: 0, cost: 0 });
    point.conversation += 1;
    point.cost = added(point.cost, message);
  }
  return { data: [{ data_points: timed(span, points) }] };
}

const dimensions = ["COUNTRY", "PHONE", "PRICING_CATEGORY", "PRICING_TYPE", "TIER"];

/** `pricing_analytics`: how many messages were delivered at which kind of price and what they cost, by the dimensions asked for. */
export function pricingAnalytics(platform: Platform, account: Account, parameters: FieldParameters): Body {
  const span = readSpan(parameters, ["HALF_HOUR", "DAILY", "MONTHLY"]);
  const wanted = readList(parameters.get("dimensions"));
  for (const one of wanted) if (!dimensions.includes(one)) throw badChoice("dimensions", dimensions);
  const metrics = readList(parameters.get("metric_types"));
  for (const one of metrics) if (!pricingMetrics.includes(one)) throw badChoice("metric_types", pricingMetrics);
  const points = new Map<string, Body & { volume: number; cost: number }>();
  for (const message of messagesOf(platform, account)) {
    const at = message.history.find(({ status }) => status === "delivered" || status === "read")?.at;
    if (at === undefined || !message.pricing || !isWithin(span, at)) continue;
    const start = bucket(span, at);
    const kind: Body = {
      ...(wanted.includes("COUNTRY") ? { country: countryOf(message.phone) } : {}),
      ...(wanted.includes("PHONE") ? { phone_number: platform.state.numbers.get(message.numberId)?.digits } : {}),
      ...(wanted.includes("PRICING_CATEGORY") ? { pricing_category: upper(message.pricing.category) } : {}),
      ...(wanted.includes("PRICING_TYPE") ? { pricing_type: upper(message.pricing.type ?? "regular") } : {}),
      ...(wanted.includes("TIER") && message.cost?.tier ? { tier: message.cost.tier } : {}),
    };
    const key = `${start} ${JSON.stringify(kind)}`;
    const point = entry(points, key, { start, end: endOf(span, start), ...kind, volume: 0, cost: 0 });
    point.volume += 1;
    point.cost = added(point.cost, message);
  }
  const isAsked = (metric: string) => metrics.length === 0 || metrics.includes(metric);
  return {
    data: [
      {
        data_points: [...points.values()].map(({ volume, cost, ...point }) => ({
          ...point,
          ...(isAsked("VOLUME") ? { volume } : {}),
          ...(isAsked("COST") ? { cost } : {}),
        })),
      },
    ],
  };
}

const pricingMetrics = ["COST", "VOLUME"];

/** Sums in millionths, or a thousand messages would not cost what they cost. */
const added = (sum: number, { cost }: Message): number => Math.round((sum + (cost?.amount ?? 0)) * 1e6) / 1e6;

/** Countries whose businesses have no template insights: the European Union and Japan; the United Kingdom has since June 2026. */
const withoutInsights = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT JP LT LU LV MT NL PL PT RO SE SI SK".split(" "),
);

/** `POST /{account}?is_enabled_for_insights=true`, which can not be taken back. Errors 200005, 200006. */
export function changeInsights(account: Account, enabled: boolean): void {
  if (!enabled && account.insights) throw new GraphError(200006);
  if (enabled && withoutInsights.has(account.country)) throw new GraphError(200005);
  account.insights = enabled;
}

/** `GET /{account}/template_analytics`: per template and day. Errors 100, 200005, 200007. */
export function templateAnalytics(platform: Platform, account: Account, query: Body): Body {
  if (withoutInsights.has(account.country)) throw new GraphError(200005);
  if (!account.insights) throw new GraphError(200007);
  const span: Span = { start: numberAt(query, "start", ""), end: numberAt(query, "end", ""), granularity: "DAILY" };
  checkSpan(span);
  if (platform.now() / 1000 - span.start > 90 * 86_400)
    throw new GraphError(100, { details: "Template analytics go back 90 days." });
  const ids = (optionalListAt(query, "template_ids", "") ?? []).map(String);
  if (ids.length < 1 || ids.length > 10) throw new GraphError(100, { details: "template_ids: 1 to 10 are required." });
  const asked = (optionalListAt(query, "metric_types", "") ?? ["SENT", "DELIVERED", "READ", "CLICKED"]).map(upper);
  const metrics = asked.filter((metric) => metric !== "COST");
  const spent = new Map<string, { amount: number; delivered: number }>();
  const points = new Map<string, Body>();
  const point = (templateId: string, at: number): Record<string, number> => {
    const start = bucket(span, at);
    const empty = Object.fromEntries(metrics.map((metric) => [metric.toLowerCase(), 0]));
    // The members that follow are all counts.
    return entry(points, `${templateId} ${start}`, {
      template_id: templateId,
      start,
      end: start + 86_400,
      ...empty,
    }) as Record<string, number>;
  };
  const add = (templateId: string, at: number, metric: string) => {
    if (!metrics.includes(metric) || !isWithin(span, at)) return;
    const counts = point(templateId, at);
    counts[metric.toLowerCase()] = (counts[metric.toLowerCase()] ?? 0) + 1;
  };
  for (const message of platform.state.messages.values()) {
    const quoted = message.from === "phone" && message.type === "button" ? String(message.context?.id) : null;
    const clicked = quoted === null ? null : platform.state.messages.get(quoted)?.template;
    if (clicked && ids.includes(clicked.id)) add(clicked.id, message.at, "CLICKED");
    const templateId = message.template?.id;
    if (message.from !== "business" || templateId === undefined || !ids.includes(templateId)) continue;
    for (const { status, at } of message.history) {
      add(templateId, at, status.toUpperCase());
      if (status !== "delivered" || !asked.includes("COST") || !isWithin(span, at)) continue;
      point(templateId, at);
      const sum = entry(spent, `${templateId} ${bucket(span, at)}`, { amount: 0, delivered: 0 });
      sum.amount = added(sum.amount, message);
      sum.delivered += 1;
    }
  }
  const withCost = [...points].map(([key, one]) => ({
    ...one,
    ...(asked.includes("COST") ? { cost: costsOf(spent.get(key)) } : {}),
  }));
  return { data: [{ granularity: "DAILY", product_type: "cloud_api", data_points: withCost }] };
}

/** `COST` of template analytics: what was spent, and per delivered message. */
function costsOf(sum: { amount: number; delivered: number } | undefined): Body[] {
  const { amount = 0, delivered = 0 } = sum ?? {};
  return [
    { type: "amount_spent", value: amount },
    ...(delivered > 0 ? [{ type: "cost_per_delivered", value: Math.round((amount / delivered) * 1e6) / 1e6 }] : []),
  ];
}

function* messagesOf(platform: Platform, account: Account): Generator<Message> {
  for (const message of platform.state.messages.values()) {
    const number = platform.state.numbers.get(message.numberId);
    if (message.from === "business" && number?.accountId === account.id) yield message;
  }
}

function readSpan(parameters: FieldParameters, granularities: readonly string[]): Span {
  const granularity = parameters.get("granularity") ?? "";
  if (!granularities.includes(granularity)) throw badChoice("granularity", granularities);
  const body = Object.fromEntries(parameters);
  const span = { start: numberAt(body, "start", ""), end: numberAt(body, "end", ""), granularity };
  checkSpan(span);
  return span;
}

function checkSpan({ start, end }: Span): void {
  if (end <= start) throw new GraphError(100, { message: "(#100) Param end must be after start." });
}

const badChoice = (name: string, choices: readonly string[]): GraphError =>
  new GraphError(100, { message: `(#100) Param ${name} must be one of {${choices.join(", ")}}.` });

function isWithin({ start, end }: Span, at: Instant | number): boolean {
  return at / 1000 >= start && at / 1000 < end;
}

/** Where the point a moment belongs to begins, in unix seconds, UTC. */
function bucket({ granularity }: Span, at: number): number {
  const step = stepsMs[granularity] ?? dayMs;
  if (step !== "month") return (Math.floor(at / step) * step) / 1000;
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) / 1000;
}

function endOf({ granularity }: Span, start: number): number {
  const step = stepsMs[granularity] ?? dayMs;
  if (step !== "month") return start + step / 1000;
  const date = new Date(start * 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) / 1000;
}

function timed(span: Span, points: ReadonlyMap<number, object>): Body[] {
  return [...points]
    .sort(([one], [other]) => one - other)
    .map(([start, counts]) => ({ start, end: endOf(span, start), ...counts }));
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, empty: Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  map.set(key, empty);
  return empty;
}

function readList(text: string | undefined): string[] {
  if (text === undefined) return [];
  return text
    .replace(/^\[|\]$/g, "")
    .split(",")
    .map((one) => one.trim().replace(/^["']|["']$/g, ""))
    .filter((one) => one !== "");
}

function upper(value: unknown): string {
  return String(value).toUpperCase().replaceAll("-", "_");
}
