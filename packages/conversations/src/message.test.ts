import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type OutboundStatus, statusOrder, strongerStatus } from "./message.ts";

const status = fc.constantFrom(...statusOrder);
const fold = (statuses: readonly OutboundStatus[]) => statuses.reduce(strongerStatus, "held");

describe("the status of a message", () => {
  it("is the strongest ever said, in whatever order and however often it is said", () => {
    fc.assert(
      fc.property(fc.array(status, { maxLength: 12 }), fc.array(fc.nat(), { maxLength: 12 }), (statuses, order) => {
        const shuffled = statuses
          .map((each, index) => [order[index] ?? index, each] as const)
          .sort(([a], [b]) => a - b)
          .map(([, each]) => each);
        expect(fold(shuffled)).toBe(fold(statuses));
        expect(fold([...statuses, ...shuffled])).toBe(fold(statuses));
      }),
    );
  });
  it.each<[OutboundStatus, OutboundStatus, OutboundStatus]>([
    ["read", "delivered", "read"],
    ["delivered", "sent", "delivered"],
    ["sent", "failed", "failed"],
    ["failed", "accepted", "failed"],
    ["failed", "delivered", "delivered"], // it arrived on another of the person's devices
    ["uncertain", "accepted", "accepted"],
    ["read", "played", "played"],
  ])("%s and then %s is %s", (first, second, expected) => expect(strongerStatus(first, second)).toBe(expected));
});
