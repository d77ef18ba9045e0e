import { become, type Flow } from "./flows.ts";
import type { Platform } from "./platform.ts";
import type { Body } from "./state.ts";
import { tell } from "./webhooks.ts";

/** What was measured of a flow and its endpoint; rates and availability in percent, times in milliseconds. */
export interface FlowMeasures {
  readonly clientErrorRate?: number;
  readonly endpointErrorRate?: number;
  readonly p90LatencyMs?: number;
  readonly p50LatencyMs?: number;
  readonly availability?: number;
  readonly requests?: number;
  /** What went wrong, and how often. */
  readonly errors?: Readonly<Record<string, number>>;
}

interface Watched {
  readonly event: string;
  readonly measure: keyof FlowMeasures;
  /** Each is told when it is reached and when it is left ("Flows webhooks"). */
  readonly thresholds: readonly number[];
  /** Whether less is worse. */
  readonly falling?: true;
  readonly minutes: number;
  readonly says: string;
  shows(measures: FlowMeasures): Body;
}

const errorsOf = ({ errors = {} }: FlowMeasures): Body[] => {
  const sum = Object.values(errors).reduce((total, count) => total + count, 0);
  return Object.entries(errors).map(([error_type, count]) => ({
    error_type,
    error_rate: Math.round((10_000 * count) / Math.max(1, sum)) / 100,
    error_count: count,
  }));
};

const watched: readonly Watched[] = [
  {
    event: "CLIENT_ERROR_RATE",
    measure: "clientErrorRate",
    thresholds: [5, 10, 50],
    minutes: 60,
    says: "The error rate of the flow on phones",
    shows: (measures) => ({ error_rate: measures.clientErrorRate, errors: errorsOf(measures) }),
  },
  {
    event: "ENDPOINT_ERROR_RATE",
    measure: "endpointErrorRate",
    thresholds: [5, 10, 50],
    minutes: 30,
    says: "The error rate of requests to the flow's endpoint",
    shows: (measures) => ({ error_rate: measures.endpointErrorRate, errors: errorsOf(measures) }),
  },
  {
    event: "ENDPOINT_LATENCY",
    measure: "p90LatencyMs",
    thresholds: [1_000, 5_000, 7_000],
    minutes: 30,
    says: "The 90th percentile of the endpoint's latency in milliseconds",
    shows: ({ p90LatencyMs, p50LatencyMs = 0, requests = 0 }) => ({
      p90_latency: p90LatencyMs,
      p50_latency: p50LatencyMs,
      requests_count: requests,
    }),
  },
  {
    event: "ENDPOINT_AVAILABILITY",
    measure: "availability",
    thresholds: [90],
    falling: true,
    minutes: 10,
    says: "The availability of the flow's endpoint in percent",
    shows: ({ availability }) => ({ availability }),
  },
];

/**
 * Takes what was measured: every threshold newly reached or left is told in `flows`. While something is at its worst the flow is
 * throttled, and at the next measure blocked; it comes back the same way ("Flow health and monitoring"; the steps are ours).
 */
export function noteFlowHealth(platform: Platform, flow: Flow, measures: FlowMeasures): void {
  flow.alerts ??= {};
  const { alerts } = flow;
  let severe = false;
  for (const { event, measure, thresholds, falling, minutes, says, shows } of watched) {
    const value = measures[measure];
    if (typeof value !== "number") continue;
    const reached = thresholds.filter((threshold) => (falling ? value < threshold : value >= threshold));
    const before = alerts[event] ?? [];
    alerts[event] = reached;
    severe ||= reached.length === thresholds.length;
    for (const threshold of thresholds) {
      if (reached.includes(threshold) === before.includes(threshold)) continue;
      const active = reached.includes(threshold);
      const way = active === (falling !== true) ? "reached" : "fell below";
      tellFlow(platform, flow, {
        event,
        message: `${says} ${way} ${threshold} in the last ${minutes} minutes.`,
        flow_id: flow.id,
        ...shows(measures),
        threshold,
        alert_state: active ? "ACTIVATED" : "DEACTIVATED",
      });
    }
  }
  if (severe && flow.status === "PUBLISHED") become(platform, flow, "THROTTLED");
  else if (severe && flow.status === "THROTTLED") become(platform, flow, "BLOCKED");
  else if (!severe && flow.status === "BLOCKED") become(platform, flow, "THROTTLED");
  else if (!severe && flow.status === "THROTTLED") become(platform, flow, "PUBLISHED");
}

/** The version its JSON is written in will soon no longer be sent. */
export function warnOfExpiry(platform: Platform, flow: Flow, days: number): void {
  const warning = `The version of this flow freezes in ${days} days and can not be sent after that. Move it to the recommended version.`;
  tellFlow(platform, flow, { event: "FLOW_VERSION_EXPIRY_WARNING", warning, flow_id: flow.id });
}

function tellFlow(platform: Platform, flow: Flow, value: Body): void {
  const account = platform.state.accounts.get(flow.accountId);
  if (account) tell(platform, account, "flows", value);
}
