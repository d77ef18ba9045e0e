import type { Instant } from "@loket/kit";
import type { ReviewDecision } from "../account-review.ts";
import type { Demand } from "./claims.ts";
import type { ConsumerAccount } from "./consumer.ts";
import type { AccountRecord } from "./enforcement.ts";
import type { Ledger } from "./ledger.ts";
import type { Mail } from "./mails.ts";
import type { PersonRecord } from "./marketing.ts";
import type { ReachRecord } from "./messaging-limit.ts";
import type { NumberRecord } from "./number-quality.ts";
import type { OwnCard } from "./own-rates.ts";
import type { PortfolioRecord } from "./portfolio-pacing.ts";
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
  readonly numbers: Map<string, NumberRecord>;
  readonly accounts: Map<string, AccountRecord>;
  readonly portfolios: Map<string, PortfolioRecord>;
  /** By the person's number; only those to whom the per-user limit applies. */
  readonly people: Map<string, PersonRecord>;
  readonly mails: Mail[];
  readonly ledger: Ledger;
  /** Instead of the card the sandbox comes with; see own-rates.ts. */
  ownCard: OwnCard | null;
  readonly consumers: Map<string, ConsumerAccount>;
  readonly demands: Map<string, Demand>;
}

/** What the rules do later. */
export type RuleTask =
  | { readonly rule: "raise-limit"; readonly numberId: string; readonly from: string }
  | { readonly rule: "upgrade-throughput"; readonly numberId: string }
  | { readonly rule: "judge-template"; readonly templateId: string }
  | { readonly rule: "judge-pacing"; readonly templateId: string }
  | { readonly rule: "judge-portfolio"; readonly portfolioId: string }
  | { readonly rule: "find-category"; readonly templateId: string }
  | { readonly rule: "change-category"; readonly templateId: string }
  | { readonly rule: "judge-number"; readonly numberId: string }
  | { readonly rule: "lift-restrictions"; readonly accountId: string }
  | { readonly rule: "ban"; readonly accountId: string; readonly strikeAt: Instant }
  | { readonly rule: "decide-appeal"; readonly accountId: string }
  | { readonly rule: "review-account"; readonly accountId: string; readonly outcome: ReviewDecision }
  | { readonly rule: "review-consumer"; readonly number: string }
  | { readonly rule: "leave-unused-app"; readonly numberId: string; readonly since: Instant }
  | { readonly rule: "demand-ends"; readonly demandId: string };

export function emptyRules(): RulesState {
  return {
    asOf: null,
    thresholds: structuredClone(defaultThresholds),
    reach: new Map(),
    maintenance: new Map(),
    templates: new Map(),
    numbers: new Map(),
    accounts: new Map(),
    portfolios: new Map(),
    people: new Map(),
    mails: [],
    ledger: {
      rows: [],
      totals: new Map(),
      serviceMessages: new Map(),
      volumes: new Map(),
      conversations: new Map(),
    },
    ownCard: null,
    consumers: new Map(),
    demands: new Map(),
  };
}

/** The rules' part of a snapshot, perhaps written by an earlier version: what it did not know yet begins empty. */
export function completeRules(written: Partial<RulesState> | undefined): RulesState {
  const empty = emptyRules();
  const thresholds = { ...empty.thresholds };
  for (const [group, values] of Object.entries(written?.thresholds ?? {}))
    Object.assign(thresholds, { [group]: { ...thresholds[group as keyof Thresholds], ...values } });
  return { ...empty, ...written, thresholds, ledger: { ...empty.ledger, ...written?.ledger } };
}
