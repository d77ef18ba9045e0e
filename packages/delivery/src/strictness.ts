import type { DecideOptions, OwnRules } from "@loket/policy";

/** Rules an organisation adds for itself, as `decide` takes them. */
export interface Strictness {
  readonly inForce: DecideOptions;
  /** With those that only watch besides; `null` where none does. */
  readonly inShadow: DecideOptions | null;
}

export interface OwnRuleRow {
  kind: "quiet-hours" | "frequency-cap" | "forbidden-words" | "second-pair-of-eyes";
  settings: unknown;
  state: "active" | "shadow";
}

export interface OverrideRow {
  id: string;
  rule_id: string;
}

/** Settings were checked when they were stored (see the contract's `ownRule`). */
export function strictnessOf(
  rows: readonly OwnRuleRow[],
  lowConfidence: DecideOptions["lowConfidence"],
  timeZone: string,
): Strictness {
  const base: DecideOptions = lowConfidence === undefined ? {} : { lowConfidence };
  const active = ownRulesOf(
    rows.filter((row) => row.state === "active"),
    timeZone,
  );
  const inForce = { ...base, own: active };
  const watching = rows.filter((row) => row.state === "shadow");
  if (watching.length === 0) return { inForce, inShadow: null };
  return { inForce, inShadow: { ...base, own: { ...active, ...ownRulesOf(watching, timeZone) } } };
}

export function ownRulesOf(rows: readonly Pick<OwnRuleRow, "kind" | "settings">[], timeZone: string): OwnRules {
  return Object.assign({}, ...rows.map((row) => ownRuleOf(row, timeZone)));
}

function ownRuleOf({ kind, settings }: Pick<OwnRuleRow, "kind" | "settings">, timeZone: string): OwnRules {
  switch (kind) {
    case "quiet-hours":
      return { quietHours: { timeZone, ...(settings as object) } as NonNullable<OwnRules["quietHours"]> };
    case "frequency-cap":
      return { marketingCap: settings as NonNullable<OwnRules["marketingCap"]> };
    case "forbidden-words":
      return { forbiddenWords: (settings as { words: string[] }).words };
    case "second-pair-of-eyes":
      return { secondPairAbove: (settings as { above: number }).above };
  }
}
