import parsePhoneNumber, { type CountryCode } from "libphonenumber-js/max";

export interface PhoneNumber {
  /** E.164 with a plus. */
  readonly e164: string;
  /** ISO country, where the number tells; `null` for numbers of no country (satellites, shared plans). */
  readonly region: string | null;
}

/** Reads a number as a person writes it. Without a plus it is read as one of `homeCountry`; `null` where it is none. */
export function readPhone(text: string, homeCountry?: string): PhoneNumber | null {
  const parsed = parsePhoneNumber(text, homeCountry as CountryCode | undefined);
  if (!parsed?.isPossible()) return null;
  return { e164: parsed.number, region: parsed.country ?? null };
}

/** The country a number points to; `null` where it does not tell. */
export function regionOfPhone(e164: string): string | null {
  return parsePhoneNumber(e164)?.country ?? null;
}

/**
 * Other spellings of the same line. Brazil added a ninth digit to mobile numbers, Mexico and Argentina once wanted a 1
 * or 9 after the country code: the platform may know a person under either, and both are the same person.
 */
export function phoneVariants(e164: string): string[] {
  const variants = new Set([e164]);
  const brazil = /^\+55(\d{2})(9?)(\d{8})$/.exec(e164);
  if (brazil) {
    variants.add(`+55${brazil[1]}${brazil[3]}`);
    variants.add(`+55${brazil[1]}9${brazil[3]}`);
  }
  const mexico = /^\+52(1?)(\d{10})$/.exec(e164);
  if (mexico) {
    variants.add(`+52${mexico[2]}`);
    variants.add(`+521${mexico[2]}`);
  }
  const argentina = /^\+54(9?)(\d{10})$/.exec(e164);
  if (argentina) {
    variants.add(`+54${argentina[2]}`);
    variants.add(`+549${argentina[2]}`);
  }
  return [...variants];
}
