import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allRules } from "../rules/index.ts";
import { compare } from "./compare.ts";
import { elsewhere } from "./elsewhere.ts";
import { createEvaluator, factsMissing } from "./evaluate.ts";
import { otherSends } from "./other-sends.ts";
import { table } from "./table.ts";

/**
 * Both halves of the second reading together, held against the whole book on sends over every channel but WhatsApp, to
 * people all over the world: the same rules with the same word and end, the same facts missed, the same outcome.
 * `POLICY_AGREEMENT_RUNS` asks for more sends, `POLICY_AGREEMENT_SEED` repeats a run.
 */
const runs = Number(process.env.POLICY_AGREEMENT_RUNS ?? 5_000);
const seed = Number(process.env.POLICY_AGREEMENT_SEED ?? 20_261_122);

/** The table stands behind: among its rows are those that speak of others. */
const rows = [...elsewhere, ...table];
const evaluate = createEvaluator(rows);
const days = [...new Set(elsewhere.flatMap(({ since, until }) => [since, until]).filter((day) => day !== undefined))];
const ids = [...new Set(elsewhere.map(({ rule }) => rule))];

describe("a second reading of the rules of other channels and countries", () => {
  it("leaves out no rule of the book, the two halves taken together", () => {
    const read = new Set(rows.map(({ rule }) => rule));
    // It has no condition of its own: it speaks where what another rule needs is unknown.
    read.add(factsMissing);
    expect([...read].sort()).toEqual(allRules.map(({ id }) => id).sort());
  });

  it(`agrees with the book on ${runs} random sends`, { timeout: 1_200_000 }, () => {
    const firedIn = new Map<string, number>(ids.map((id) => [id, 0]));
    let drawn = 0;
    fc.assert(
      fc.property(otherSends(days), (send) => {
        const { book, second, spoken } = compare(evaluate, send);
        drawn++;
        for (const id of spoken) firedIn.set(id, (firedIn.get(id) ?? 0) + 1);
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
