import type { Instant } from "@loket/kit";
import type { ReachRecord } from "./messaging-limit.ts";
import type { TemplateRecord } from "./template-quality.ts";
import { defaultThresholds, type Thresholds } from "./thresholds.ts";

/** What the rules remember, beside what the rest of the state says: plain data, so that a snapshot carries all of it. */
export interface RulesState {
  /** The day whose rules apply; `null` follows the clock. */
  asOf: Instant | null;
  readonly thresholds: Thresholds;
  /** By portfolio, or by number while limits were per number. */
  readonly reach: Map<string, ReachRecord>;
  /** Numbers whose throughput is being raised, and since when. */
  readonly maintenance: Map<string, Instant>;
  readonly templates: Map<string, TemplateRecord>;
}

/** What the rules do later. */
export type RuleTask =
  | { readonly rule: "raise-limit"; readonly numberId: string; readonly from: string }
  | { readonly rule: "upgrade-throughput"; readonly numberId: string };

export function emptyRules(): RulesState {
  return {
    asOf: null,
    thresholds: structuredClone(defaultThresholds),
    reach: new Map(),
    maintenance: new Map(),
    templates: new Map(),
  };
}

/** The rules' part of a snapshot, perhaps written by an earlier version: what it did not know yet begins empty. */
export function completeRules(written: Partial<RulesState> | undefined): RulesState {
  const empty = emptyRules();
  const thresholds = { ...empty.thresholds };
  for (const [group, values] of Object.entries(written?.thresholds ?? {}))
    Object.assign(thresholds, { [group]: { ...thresholds[group as keyof Thresholds], ...values } });
  return { ...empty, ...written, thresholds };
}
