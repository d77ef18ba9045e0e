import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allRules } from "../rules/index.ts";
import { decide } from "../terms-book.ts";
import { elsewhere, elsewhereLeftOut, isReadElsewhere } from "./elsewhere.ts";
import { createEvaluator } from "./evaluate.ts";
import { otherSends } from "./other-sends.ts";
import type { Drawn } from "./sends.ts";

/**
 * The second reading of the rules of every channel but WhatsApp and of the laws of other countries, held against the book
 * on sends over these channels. `POLICY_AGREEMENT_RUNS` asks for more of them, `POLICY_AGREEMENT_SEED` repeats a run.
 */
const runs = Number(process.env.POLICY_AGREEMENT_RUNS ?? 5_000);
const seed = Number(process.env.POLICY_AGREEMENT_SEED ?? 20_261_122);

const evaluate = createEvaluator(elsewhere);
const days = [...new Set(elsewhere.flatMap(({ since, until }) => [since, until]).filter((day) => day !== undefined))];
const ids = [...new Set(elsewhere.map(({ rule }) => rule))];
const left = new Set(elsewhereLeftOut.map(({ rule }) => rule));
const isCompared = (id: string) => isReadElsewhere(id) && !left.has(id);

const line = (rule: string, outcome: string, until: unknown) => `${rule}: ${outcome} ${until ?? ""}`.trim();

function compare({ request, facts, at, options }: Drawn) {
  const book = decide(request, facts, at, options);
  const findings = [...book.findings, ...book.notes, ...book.reliedOn];
  // A rule that is not read here may keep one that is from being told.
  const hidden = new Set(findings.flatMap(({ rule }) => (isCompared(rule.id) ? [] : (rule.specialises ?? []))));
  const second = evaluate(request, facts, at, options).fired.filter(
    ({ rule }) => isCompared(rule) && !hidden.has(rule),
  );
  return {
    book: findings
      .filter(({ rule }) => isCompared(rule.id) && !hidden.has(rule.id))
      .map(({ rule, outcome, until }) => line(rule.id, outcome, until))
      .sort(),
    second: second.map(({ rule, outcome, until }) => line(rule, outcome, until)).sort(),
    fired: second.map(({ rule }) => rule),
  };
}

describe("a second reading of the rules of other channels and countries", () => {
  it("has a row, or a reason, for every rule of its part", () => {
    const book = allRules.map(({ id }) => id).filter(isReadElsewhere);
    expect([...ids, ...left].sort()).toEqual([...book].sort());
  });

  it(`agrees with the book on ${runs} random sends`, { timeout: 1_200_000 }, () => {
    const firedIn = new Map<string, number>(ids.map((id) => [id, 0]));
    let drawn = 0;
    fc.assert(
      fc.property(otherSends(days), (send) => {
        const { book, second, fired } = compare(send);
        drawn++;
        for (const id of new Set(fired)) firedIn.set(id, (firedIn.get(id) ?? 0) + 1);
        expect(second, `at ${new Date(send.at).toISOString()}`).toEqual(book);
      }),
      { numRuns: runs, seed },
    );
    const never = ids.filter((id) => firedIn.get(id) === 0);
    console.log(`${drawn} sends, seed ${seed}: agreed; ${ids.length - never.length} of ${ids.length} rules spoke`);
    // Each is silent somewhere; the rarest speak once in some thousands of sends.
    expect(never.length, `never spoke: ${never.join(", ")}`).toBeLessThanOrEqual(runs < 20_000 ? 6 : 0);
    expect(ids.filter((id) => firedIn.get(id) === drawn)).toEqual([]);
  });
});
