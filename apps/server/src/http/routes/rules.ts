import * as contract from "@loket/contract";
import { dayMs, type Instant, instant } from "@loket/kit";
import {
  type Locale,
  type Rule,
  type RuleVersion,
  remedyWords,
  ruleById,
  rulesInForce,
  termsBook,
} from "@loket/policy";
import { z } from "zod";
import type { Ports } from "../../ports.ts";
import { notFound } from "../problem.ts";
import { type Route, route } from "../route.ts";

const staleAfterMs = 90 * dayMs;
const countedMs = 30 * dayMs;

/** The terms book, readable: every rule, its history, and how often it spoke here. */
export function ruleRoutes(ports: Ports): Route[] {
  return [
    route(
      "rules:read",
      {
        method: "GET",
        path: "rules",
        tag: "verdicts",
        summary: "Every rule of the terms book, as it stands at an instant (default: now)",
        query: z.object({
          at: contract.instant.optional(),
          /** Also rules that are not in force at that instant. */
          all: z.enum(["true", "false"]).optional(),
        }),
        answer: contract.page(contract.rule),
      },
      async ({ query, locale, inOrganisation }) => {
        const at = query.at ? instant(Date.parse(query.at)) : ports.clock.now();
        const since = ports.clock.now() - countedMs;
        const fired = await inOrganisation((tx) =>
          tx.query<{ id: string; fired: number }>(
            `select r->>'id' as id, count(*) as fired from decision d, jsonb_array_elements(d.verdict->'rules') r
             where d.organisation_id = $1 and d.outcome <> 'allow' and d.at > to_timestamp($2::float8 / 1000) group by 1`,
            [tx.organisationId, since],
          ),
        );
        const counts = new Map(fired.map((row) => [row.id, row.fired]));
        const inForce = new Map(rulesInForce(at).map(({ rule, version }) => [rule.id, version]));
        const shown = query.all === "true" ? termsBook.rules : termsBook.rules.filter(({ id }) => inForce.has(id));
        return {
          items: shown.map((rule) =>
            describeRule(rule, inForce.get(rule.id) ?? null, at, locale, counts.get(rule.id) ?? 0),
          ),
          next: null,
        };
      },
    ),
    route(
      "rules:read",
      {
        method: "GET",
        path: "rules/{id}",
        tag: "verdicts",
        summary: "One rule, with its history",
        params: z.object({ id: z.string().max(120) }),
        answer: contract.rule,
      },
      async ({ params, locale }) => {
        const rule = ruleById(params.id);
        if (!rule) throw notFound("rule");
        const now = ports.clock.now();
        const current = rulesInForce(now).find((one) => one.rule.id === rule.id);
        return describeRule(rule, current?.version ?? null, now, locale, null);
      },
    ),
  ];
}

function describeRule(
  rule: Rule,
  current: RuleVersion | null,
  at: Instant,
  locale: Locale,
  firedCount: number | null,
): contract.RuleDescribed {
  const shown = current ?? rule.versions.at(-1);
  if (!shown) throw new Error(`${rule.id} has no version.`);
  return {
    id: rule.id,
    title: rule.title[locale],
    explanation: rule.explanation[locale],
    section: rule.id
      .split(".")
      .slice(0, rule.id.split(".").length > 2 ? 2 : 1)
      .join("."),
    clause: shown.clause,
    source: [...shown.sources],
    confidence: shown.confidence,
    verdict: shown.verdict,
    inForce: current !== null,
    overridable: rule.overridable ?? false,
    reviewed: shown.reviewed,
    isStale: at - Date.parse(shown.reviewed) > staleAfterMs,
    appliesTo: {
      channel: listed(shown.appliesTo.channel),
      transport: listed(shown.appliesTo.transport),
      payload: listed(shown.appliesTo.payload),
      kind: listed(shown.appliesTo.kind),
      region: listed(shown.appliesTo.region),
    },
    specialises: [...(rule.specialises ?? [])],
    remedies: shown.remedies.map((id) => ({ id, label: remedyWords[id][locale] })),
    versions: rule.versions.map((version) => ({
      from: version.from ?? "always",
      to: version.to,
      verdict: version.verdict,
      clause: version.clause,
      sources: [...version.sources],
      confidence: version.confidence,
      reviewed: version.reviewed,
    })),
    firedCount,
  };
}

function listed(values: readonly string[] | undefined): string[] | null {
  return values === undefined ? null : [...values];
}
