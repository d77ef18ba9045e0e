import { expect, test } from "vitest";
import { parseCampaignsSearch, parseDeliveryFilter } from "./search.ts";

test("an address shows what it says, and nothing of what it says wrongly", () => {
  expect(parseCampaignsSearch({ state: "paused" })).toEqual({ state: "paused" });
  expect(parseCampaignsSearch({ state: "flying" })).toEqual({});
  expect(parseDeliveryFilter({ state: "refused", reason: "core.consent" })).toEqual({
    state: "refused",
    reason: "core.consent",
  });
  expect(parseDeliveryFilter({ state: 7, reached: "moon", reason: "" })).toEqual({});
});

test("the platform's codes are numbers, and stand in an address as such", () => {
  expect(parseDeliveryFilter({ reached: "failed", reason: 131049 })).toEqual({ reached: "failed", reason: "131049" });
});
