import { userIdHead, userIdOf } from "../identifiers.ts";
import type { Phone, State } from "../state.ts";
import type { Crowd } from "./crowd-state.ts";
import { numberOfPerson, phoneOfPerson } from "./people.ts";

/** User ids say nothing of the number, so whoever is written to by one has to be looked up: 8 bytes a person, made at the first look. */
const indexes = new WeakMap<Crowd, Map<string, Float64Array>>();

const peopleBits = 2 ** 20;

function indexOf(state: State, crowd: Crowd, portfolioId: string): Float64Array {
  let byPortfolio = indexes.get(crowd);
  if (!byPortfolio) {
    byPortfolio = new Map();
    indexes.set(crowd, byPortfolio);
  }
  let index = byPortfolio.get(portfolioId);
  if (!index) {
    // The first ten digits of the id (32 bits) and the person (20) in one number, sorted.
    index = new Float64Array(crowd.size);
    for (let person = 0; person < crowd.size; person++)
      index[person] = userIdHead(state, numberOfPerson(crowd, person), portfolioId) * peopleBits + person;
    index.sort();
    byPortfolio.set(portfolioId, index);
  }
  return index;
}

/** The crowd's person with this user id of the portfolio. */
export function crowdPhoneByUserId(state: State, portfolioId: string, userId: string): Phone | undefined {
  const { crowd } = state;
  const head = Number(/^[A-Z]{2}\.(\d{10})/.exec(userId)?.[1] ?? Number.NaN);
  if (crowd === null || Number.isNaN(head)) return undefined;
  const index = indexOf(state, crowd, portfolioId);
  let low = 0;
  let high = index.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((index[middle] ?? 0) < head * peopleBits) low = middle + 1;
    else high = middle;
  }
  for (; low < index.length && Math.floor((index[low] ?? 0) / peopleBits) === head; low++) {
    const person = (index[low] ?? 0) % peopleBits;
    const number = numberOfPerson(crowd, person);
    const phone = state.phones.get(number) ?? phoneOfPerson(crowd, person, number);
    if (userIdOf(state, phone, portfolioId) === userId) return phone;
  }
  return undefined;
}
