import { expect, it } from "vitest";
import { findTrespasses } from "./graph.ts";

it("lets imports go the way of the architecture alone", () => {
  expect(findTrespasses()).toEqual([]);
});
