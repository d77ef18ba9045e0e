import type { Platform } from "../platform.ts";
import { type Phone, type State, type Thread, threadKey } from "../state.ts";
import { type Crowd, noCounts } from "./crowd-state.ts";
import { isPacked, unpackThread } from "./paging.ts";
import { personOfNumber, phoneOfPerson } from "./people.ts";
import type { Profile } from "./profiles.ts";

/** The index of the crowd's person with this number, or `null`. */
export function personInCrowd(state: State, digits: string): number | null {
  return state.crowd === null ? null : personOfNumber(state.crowd, digits);
}

/** The crowd's person with this number as a phone that is not kept, or `null`. */
export function crowdPhone(state: State, digits: string): Phone | null {
  const person = personInCrowd(state, digits);
  return state.crowd === null || person === null ? null : phoneOfPerson(state.crowd, person, digits);
}

/** The phone with this number, kept or one of the crowd's; `undefined` where nobody ever had it. */
export function knownPhone(state: State, digits: string): Phone | undefined {
  return state.phones.get(digits) ?? crowdPhone(state, digits) ?? undefined;
}

/** What lies between a number and a person, packed or not, or `undefined` where nothing ever did. */
export function existingThread(state: State, numberId: string, phone: string): Thread | undefined {
  const thread = state.threads.get(threadKey(numberId, phone));
  const { crowd } = state;
  if (thread || crowd === null) return thread;
  const person = personOfNumber(crowd, phone);
  if (person === null || !isPacked(crowd, numberId, person)) return undefined;
  return unpackThread(state, crowd, numberId, person, phone);
}

/** Puts a crowd in place of whatever crowd there was. `prefix` is digits only. */
export function gatherCrowd(
  platform: Platform,
  wanted: { size: number; prefix: string | null; seed: number; profile: Profile },
): Crowd {
  dismissCrowd(platform);
  platform.state.serial += 1;
  const crowd: Crowd = {
    ...wanted,
    id: platform.state.serial,
    since: platform.now(),
    counts: noCounts(),
    pages: new Map(),
    recent: new Map(),
    readEarly: new Set(),
  };
  platform.state.crowd = crowd;
  platform.announce({ type: "reset" });
  return crowd;
}

/** Sends the crowd away, with what was said to it. Phones that were set up one by one stay. */
export function dismissCrowd(platform: Platform): void {
  const { state } = platform;
  const { crowd } = state;
  if (crowd === null) return;
  const isTheirs = (number: string): boolean => personOfNumber(crowd, number) !== null && !state.phones.has(number);
  for (const [key, thread] of state.threads) if (isTheirs(thread.phone)) state.threads.delete(key);
  for (const [id, message] of state.messages) if (isTheirs(message.phone)) state.messages.delete(id);
  state.crowd = null;
  platform.announce({ type: "reset" });
}
