import {
  bothPlaces,
  type Place,
  placeOfNumber,
  placeOfSubdivision,
  territories,
  zonesOfCountry,
} from "./area-codes.ts";
import type { Recipient } from "./facts.ts";

/** The clock of Arizona always shows the time of one of its neighbours. */
const contiguousStates: Place = {
  region: "US",
  subdivisions: [],
  zones: ["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"],
};
const somewhereInUnitedStates: Place = { region: "US", subdivisions: [], zones: zonesOfCountry("US") };
const somewhereInCanada: Place = { region: "CA", subdivisions: [], zones: zonesOfCountry("CA") };

/** Overseas departments that are told apart as subdivisions of France. */
const frenchOverseas: Readonly<Record<string, string>> = {
  "FR-971": "America/Guadeloupe",
  "FR-972": "America/Martinique",
  "FR-973": "America/Cayenne",
  "FR-974": "Indian/Reunion",
  "FR-976": "Indian/Mayotte",
};

/**
 * Where the person may be, as far as rules on times of day and laws of states ask: in every one of these places at once.
 *
 * The residence is declared or told by the number, in that order; a number of another country was taken along on moving
 * and tells nothing more. Within one country a number and a declared state that differ both count, since nobody knows
 * which of the two is out of date. A number of the United States without a known area code is neither Hawaiian nor
 * Alaskan, which have codes of their own; without a number the person may be in those states too. Where nobody knows
 * the country it is taken to be the United States.
 */
export function placeOf(region: string | null, recipient: Recipient | undefined): Place {
  const country = region ?? "US";
  const number = recipient?.phone == null ? null : placeOfNumber(recipient.phone);
  const state = recipient?.subdivision == null ? null : placeOfSubdivision(recipient.subdivision);
  const byNumber = number?.region === country ? number : null;
  const byState = state?.region === country || recipient?.subdivision?.startsWith(`${country}-`) ? state : null;
  if (byNumber !== null && byState !== null) {
    const told = byState.subdivisions[0] ?? "";
    return byNumber.subdivisions.includes(told)
      ? { ...byNumber, subdivisions: byState.subdivisions }
      : bothPlaces(byState, byNumber);
  }
  return byNumber ?? byState ?? anywhereIn(country, recipient);
}

function anywhereIn(country: string, recipient: Recipient | undefined): Place {
  switch (country) {
    case "US":
      return recipient?.phone?.startsWith("+1") && placeOfNumber(recipient.phone) === null
        ? contiguousStates
        : somewhereInUnitedStates;
    case "CA":
      return somewhereInCanada;
    case "FR":
      return {
        region: country,
        subdivisions: recipient?.subdivision == null ? [] : [recipient.subdivision],
        zones: [frenchOverseas[recipient?.subdivision ?? ""] ?? "Europe/Paris"],
      };
    case "IN":
      return { region: country, subdivisions: [], zones: ["Asia/Kolkata"] };
    default:
      return territories.some((territory) => territory === country)
        ? (placeOfSubdivision(`US-${country}`) ?? somewhereInUnitedStates)
        : { region: country, subdivisions: [], zones: [] };
  }
}
