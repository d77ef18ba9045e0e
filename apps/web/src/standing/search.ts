import type { RuleFilter } from "./rules.ts";

export interface RuleSearch extends RuleFilter {
  /** `YYYY-MM-DD`: the book as it stood on that day. */
  readonly asOf?: string | undefined;
}

const verdicts = ["refuse", "hold", "change", "allow", "note"] as const;
const shows = ["inForce", "fired", "weak", "stale", "all"] as const;

/** What an address says about the list of rules; what it says wrongly is left out. */
export function parseRuleSearch(raw: Record<string, unknown>): RuleSearch {
  const text = (name: string) => (typeof raw[name] === "string" && raw[name] !== "" ? raw[name] : undefined);
  const asOf = text("asOf");
  return present({
    q: text("q"),
    section: text("section"),
    verdict: verdicts.find((one) => one === raw.verdict),
    show: shows.find((one) => one === raw.show),
    asOf: asOf !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? asOf : undefined,
  });
}

function present(search: RuleSearch): RuleSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
