import { expect, it } from "vitest";
import { placeOfNumber, zonesOfCountry } from "./area-codes.ts";
import type { Recipient } from "./facts.ts";
import { placeOf } from "./places.ts";
import { regionOfPhone } from "./regions.ts";
import { isTimeZone } from "./zone.ts";

const eastern = "America/New_York";
const central = "America/Chicago";
const mountain = "America/Denver";
const contiguous = [eastern, central, mountain, "America/Los_Angeles"];
const everywhere = zonesOfCountry("US");

type Line = readonly [
  what: string,
  region: string | null,
  recipient: Recipient,
  subdivisions: readonly string[],
  zones: readonly string[],
];

const lines: readonly Line[] = [
  ["an area code tells state and zone", "US", { phone: "+12125550100" }, ["US-NY"], [eastern]],
  ["an area code on a border of clocks", "US", { phone: "+18505550100" }, ["US-FL"], [eastern, central]],
  ["a declared state tells every zone of it", "US", { subdivision: "US-TX" }, ["US-TX"], [central, mountain]],
  [
    "a code within the declared state is the finer of the two",
    "US",
    { phone: "+15125550100", subdivision: "US-TX" },
    ["US-TX"],
    [central],
  ],
  [
    "a number that was taken along: both states",
    "US",
    { phone: "+12125550100", subdivision: "US-CO" },
    ["US-CO", "US-NY"],
    [mountain, eastern],
  ],
  ["a number of no known code is not Hawaiian", "US", { phone: "+18885550100" }, [], contiguous],
  ["no number at all may be anywhere", "US", { phone: null }, [], everywhere],
  ["a Canadian number of somebody in the United States", "US", { phone: "+14165550100" }, [], everywhere],
  ["a Dutch number of somebody there", "US", { phone: "+31612345678", subdivision: null }, [], everywhere],
  ["an American number of somebody in France", "FR", { phone: "+12125550100" }, [], ["Europe/Paris"]],
  ["Puerto Rico by its number", "PR", { phone: "+17875550100" }, ["US-PR"], ["America/Puerto_Rico"]],
  ["Puerto Rico by its own code", "PR", {}, ["US-PR"], ["America/Puerto_Rico"]],
  ["Puerto Rico as a part", "US", { subdivision: "US-PR" }, ["US-PR"], ["America/Puerto_Rico"]],
  ["one code for two provinces", "CA", { phone: "+19025550100" }, ["CA-NS", "CA-PE"], ["America/Halifax"]],
  [
    "which the residence tells apart",
    "CA",
    { phone: "+19025550100", subdivision: "CA-PE" },
    ["CA-PE"],
    ["America/Halifax"],
  ],
  ["Canada", "CA", { phone: null }, [], zonesOfCountry("CA")],
  ["an overseas department", "FR", { subdivision: "FR-974" }, ["FR-974"], ["Indian/Reunion"]],
  ["India", "IN", { phone: "+919812345678" }, [], ["Asia/Kolkata"]],
  ["nobody knows the country", null, { phone: null }, [], everywhere],
  ["a country without rules on hours", "NL", { phone: "+31612345678" }, [], []],
];

it.each(lines)("%s", (_what, region, recipient, subdivisions, zones) => {
  const place = placeOf(region, recipient);
  expect(place.subdivisions).toEqual(subdivisions);
  expect(place.zones).toEqual(zones);
});

it("every area code agrees with the country of its numbers, and every zone is one", () => {
  for (let code = 200; code < 1_000; code++) {
    const phone = `+1${code}5550100`;
    const place = placeOfNumber(phone);
    if (place === null) continue;
    expect(regionOfPhone(phone), phone).toBe(place.region);
    expect(place.zones.every(isTimeZone), phone).toBe(true);
    expect(place.zones.length, phone).toBeGreaterThan(0);
  }
});

it("knows fifty states, the capital, thirteen provinces and territories", () => {
  const states = new Set<string>();
  for (let code = 200; code < 1_000; code++) {
    for (const subdivision of placeOfNumber(`+1${code}5550100`)?.subdivisions ?? []) states.add(subdivision);
  }
  const count = (country: string) => [...states].filter((state) => state.startsWith(country)).length;
  expect([count("US"), count("CA")]).toEqual([50 + 1 + 5, 13]);
});
