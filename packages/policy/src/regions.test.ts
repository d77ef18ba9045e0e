import { expect, it } from "vitest";
import { coversRegion, isInEea, regionOfBsuid, regionOfPhone } from "./regions.ts";

it.each([
  ["+31612345678", "NL"],
  ["+4915112345678", "DE"],
  ["+12125550100", "US"],
  ["+14165550100", "CA"],
  ["+18765550100", "JM"],
  ["+17875550100", "PR"],
  ["+3545551234", "IS"],
  ["+77012345678", "KZ"],
  ["+79161234567", "RU"],
  ["+5351234567", "CU"],
  ["+85255512345", "HK"],
  ["+999123456", null],
  ["+1", null],
  ["", null],
])("the number %s belongs to %s", (phone, region) => {
  expect(regionOfPhone(phone)).toBe(region);
});

it("reads the country in front of a business-scoped id", () => {
  expect([regionOfBsuid("NL.13491208655302741918"), regionOfBsuid("13491208655302741918")]).toEqual(["NL", null]);
});

it("knows the EEA", () => {
  expect(["NL", "NO", "LI", "GB", "CH", null].map(isInEea)).toEqual([true, true, true, false, false, false]);
});

it.each([
  [["NL"], "NL", true],
  [["NL"], "DE", false],
  [["EEA"], "NO", true],
  [["EEA"], "GB", false],
  [["DE"], null, true],
  [["EEA"], null, true],
  [["US"], null, false],
  [["US", "unknown"], null, true],
  [["US", "unknown"], "CA", false],
])("%j covers %s: %s", (regions, region, covered) => {
  expect(coversRegion(regions, region)).toBe(covered);
});
