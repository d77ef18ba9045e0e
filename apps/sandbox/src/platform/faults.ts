import { chance } from "./identifiers.ts";
import type { Occasion, State } from "./state.ts";

/**
 * Whether a fault strikes this time. Counts the occasion; `next` runs out, `every` strikes at each n-th, `share` draws from
 * the seed. A fault that says none of the three strikes always.
 */
export function strikes(state: State, occasion: Occasion | undefined): boolean {
  if (!occasion) return false;
  occasion.seen = (occasion.seen ?? 0) + 1;
  if (occasion.next !== undefined) {
    if (occasion.next <= 0) return false;
    occasion.next -= 1;
    return true;
  }
  if (occasion.every !== undefined) return occasion.every > 0 && occasion.seen % occasion.every === 0;
  if (occasion.share !== undefined) return chance(state) < occasion.share;
  return true;
}
