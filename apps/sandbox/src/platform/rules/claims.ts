import { type Instant, plus, toIso } from "@loket/kit";
import type { Platform } from "../platform.ts";
import type { ClaimCode, DemandState } from "./codes.ts";
import { banConsumer } from "./consumer.ts";
import { strike } from "./enforcement.ts";
import { inForce } from "./eras.ts";
import { mail } from "./mails.ts";

/** A demand to stop, because of what somebody says of themselves in public. */
export interface Demand {
  readonly id: string;
  readonly operator: string;
  readonly url: string | null;
  readonly at: Instant;
  /** Until when an answer is expected. */
  readonly until: Instant;
  readonly quotes: readonly Finding[];
  state: DemandState;
}

interface Finding {
  readonly claim: string;
  /** Claims found by earlier versions have none. */
  readonly code?: ClaimCode;
  readonly quote: string;
}

/**
 * What a company may say of itself that is taken as evidence (Help centre, 2019: "claims" about services that use WhatsApp for
 * bulk or automated messaging). The wordings are ours, in the languages of the demo world.
 */
const claims: readonly (readonly [code: ClaimCode, claim: string, pattern: RegExp])[] = [
  [
    "bulk-without-platform",
    "bulk messages without the platform",
    /\b(bulk|mass|massen|massa)\S*[^.!?]{0,40}(without|ohne|zonder)[^.!?]{0,12}\bapi\b/iu,
  ],
  [
    "around-bans",
    "ways around a ban",
    /\b(anti|no)[- ]?ban\b|\bban[- ](proof|schutz)|ohne sperre|nooit meer geblokkeerd/iu,
  ],
  ["without-limits", "sending without limits", /(unlimited|unbegrenzt\p{L}*|onbeperkt\p{L}*) whatsapp/iu],
  [
    "no-consent",
    "no consent needed",
    /(no opt-?in|geen opt-?in|keine einwilligung|without consent)( is)?( required| needed| nodig| nötig)/iu,
  ],
  [
    "harvested-numbers",
    "harvested numbers",
    /(extract|scrape)[^.!?]{0,20}(groups|numbers|contacts)|nummers uit [^.!?]{0,20}groepen|(kontakte|nummern) aus [^.!?]{0,20}gruppen/iu,
  ],
  [
    "newsletter-without-platform",
    "a newsletter without the platform",
    /(newsletter|nieuwsbrief)[^.!?]{0,30}(without|ohne|zonder)[^.!?]{0,20}(api|templates?)/iu,
  ],
  [
    "rotating-numbers",
    "numbers in rotation",
    /rotat\w+ (sender )?numbers|automatischer nummernwechsel|wissel\w* automatisch van nummer/iu,
  ],
  ["modified-app", "a modified app", /\b(gbwhatsapp|whatsapp plus|fmwhatsapp)\b/iu],
];

/** "We never send …": said against it, not for it. A denial within the claim itself ("nooit meer geblokkeerd") is none. */
const denied = /\b(never|not|don't|nooit|niet|nie|nicht)\b/iu;

/** Reads a public text. Answers what was found in it, and the demand it leads to under the rules of the day. */
export function reviewClaims(
  platform: Platform,
  { operator, url, text }: { operator: string; url: string | null; text: string },
): { found: Finding[]; demand: Demand | null } {
  const found = text
    .split(/(?<=[.!?])\s+|\n+/u)
    .flatMap((sentence) =>
      claims
        .filter(([, , pattern]) => pattern.test(sentence) && !denied.test(sentence.replace(pattern, "")))
        .map(([code, claim]) => ({ claim, code, quote: sentence.trim() })),
    );
  if (found.length === 0 || !inForce(platform, "off-platform-evidence")) return { found, demand: null };
  const { demandAnsweredInMs } = platform.state.rules.thresholds.consumer;
  const now = platform.now();
  const { demands } = platform.state.rules;
  const demand: Demand = {
    id: `demand-${demands.size + 1}`,
    operator,
    url,
    at: now,
    until: plus(now, demandAnsweredInMs),
    quotes: found,
    state: "open",
  };
  demands.set(demand.id, demand);
  platform.agenda.plan(demandAnsweredInMs, { do: "rule", task: { rule: "demand-ends", demandId: demand.id } });
  mail(
    platform,
    operator,
    "Demand to stop",
    `${found.map(({ quote }) => `"${quote}"`).join(" ")} Remove this and stop by ${toIso(demand.until).slice(0, 10)}.`,
  );
  return { found, demand };
}

/** Removed and stopped in time: the matter rests. */
export function answerDemand(platform: Platform, demand: Demand): void {
  if (demand.state !== "open") return;
  demand.state = "answered";
  mail(platform, demand.operator, "Your answer was received", "The matter rests while it stays so.");
}

/** The day named in the demand has passed: the operator's accounts are banned, and a business account of theirs is struck. */
export function demandEnds(platform: Platform, demandId: string): void {
  const demand = platform.state.rules.demands.get(demandId);
  if (demand?.state !== "open") return;
  demand.state = "legal action";
  mail(platform, demand.operator, "Legal action", "The date named in the demand to stop has passed without an answer.");
  for (const account of platform.state.rules.consumers.values())
    if (account.operator === demand.operator) banConsumer(platform, account, "The operator's own public claims");
  for (const account of platform.state.accounts.values())
    if (account.name === demand.operator || account.id === demand.operator)
      strike(platform, account, { cause: { code: "claims" }, share: null });
}
