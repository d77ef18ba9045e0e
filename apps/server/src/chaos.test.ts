import { describe, expect, it } from "vitest";
import { describeChaos, runChaos } from "../../../scripts/chaos/run.ts";

/**
 * Thirty faults in real processes, each before everything is back from the last. `npm run chaos -- --kills 1000` does the
 * same for longer, one after the other, and says how long it takes to be back at work.
 */
describe("thirty faults", () => {
  it("lose nothing, send nothing twice, leave nothing unsettled, and let no copy send", {
    timeout: 400_000,
  }, async () => {
    const said: string[] = [];
    const report = await runChaos({
      kills: 30,
      seed: 1,
      people: 5,
      times: 2,
      audience: 6,
      overlapping: true,
      say: (line) => void said.push(line),
    });
    said.push(...describeChaos(report, 1));
    expect(report, said.join("\n")).toMatchObject({
      inboundLost: 0,
      inboundDoubled: 0,
      lost: 0,
      handedOverTwice: 0,
      unsettled: 0,
      campaigns: { lost: 0, doubled: 0 },
      copy: { sent: 0, reason: "copied" },
      ended: 0,
    });
    expect(report.copy.waiting).toBeGreaterThan(0);
    expect(report.outbound).toBeGreaterThan(300);
  });
});
