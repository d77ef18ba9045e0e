import { mix } from "../identifiers.ts";
import type { Phone } from "../state.ts";
import type { Crowd } from "./crowd-state.ts";
import { callingCodes, firstNames, lastNames } from "./profiles.ts";

/** A number in [0, 1) that follows from the crowd's seed, a person and what is being asked; `about` tells questions apart. */
export function drawn(crowd: Crowd, person: number, about: number): number {
  return mix(mix(crowd.seed ^ Math.imul(about, 0x9e3779b1)) ^ mix(person + 1)) / 0x1_0000_0000;
}

const about = { country: 1, language: 2, firstName: 3, lastName: 4, onWhatsApp: 5 } as const;

/** One of the keys, by their shares. */
export function byShare(shares: Readonly<Record<string, number>>, draw: number): string {
  let sum = 0;
  for (const key in shares) sum += shares[key] ?? 0;
  let left = draw * sum;
  let last = "";
  for (const key in shares) {
    last = key;
    left -= shares[key] ?? 0;
    if (left < 0) return key;
  }
  return last;
}

/** Wide enough for a million, so that a crowd's numbers stay the same when it grows. */
const digitsOfIndex = 7;
/** Between calling code and index: no country above gives out mobile numbers that begin so and are this long. */
const filler = "99";

function countryOfPerson(crowd: Crowd, person: number): string {
  return byShare(crowd.profile.countries, drawn(crowd, person, about.country));
}

function headOf(crowd: Crowd, person: number): string {
  return crowd.prefix ?? `${callingCodes[countryOfPerson(crowd, person)] ?? "31"}${filler}`;
}

/** The person's number, digits only. */
export function numberOfPerson(crowd: Crowd, person: number): string {
  return headOf(crowd, person) + String(person).padStart(digitsOfIndex, "0");
}

/** The index of whoever has this number, or `null` when nobody of the crowd has. */
export function personOfNumber(crowd: Crowd, digits: string): number | null {
  const headLength = digits.length - digitsOfIndex;
  if (crowd.prefix !== null && (headLength !== crowd.prefix.length || !digits.startsWith(crowd.prefix))) return null;
  const person = Number(digits.slice(headLength));
  if (!(person < crowd.size)) return null;
  if (crowd.prefix !== null) return person;
  return digits.startsWith(headOf(crowd, person)) && headLength === headOf(crowd, person).length ? person : null;
}

/** The person as any other phone is kept; made anew each time, so whoever changes it has to put it into the state. */
export function phoneOfPerson(crowd: Crowd, person: number, number: string): Phone {
  const first = firstNames[Math.floor(drawn(crowd, person, about.firstName) * firstNames.length)];
  const last = lastNames[Math.floor(drawn(crowd, person, about.lastName) * lastNames.length)];
  return {
    number,
    name: `${first} ${last}`,
    language: byShare(crowd.profile.languages, drawn(crowd, person, about.language)),
    username: null,
    userId: null,
    hideNumber: false,
    onWhatsApp: drawn(crowd, person, about.onWhatsApp) >= crowd.profile.notOnWhatsApp,
    online: true,
    autoRead: false,
    readReceipts: true,
    movedTo: null,
  };
}
