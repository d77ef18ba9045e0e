import { dayMs, type Instant } from "@loket/kit";
import type { Platform } from "../platform.ts";
import type { BusinessNumber } from "../state.ts";
import { tell } from "../webhooks.ts";
import { inForce } from "./eras.ts";
import { changeLimit } from "./messaging-limit.ts";
import { countsOf, scoreOf, type Tally } from "./tally.ts";
import { nextTier } from "./tiers.ts";

export interface NumberRecord {
  readonly tally: Tally;
  /** The last template that arrived anywhere: what a reaction is laid to when the message itself is kept no more. */
  lastTemplate: { readonly id: string; readonly at: Instant } | null;
  /** When quality changed, newest last: what a page draws. */
  readonly changes: { readonly at: Instant; readonly quality: BusinessNumber["quality"] }[];
  /** Since when it is RED. */
  redSince: Instant | null;
  watched: boolean;
  /** Templates sent within an hour of low quality; see spam-limit.ts. */
  spamHour?: { readonly from: Instant; sent: number };
}

const changesKept = 100;

export function numberRecord(platform: Platform, id: string): NumberRecord {
  const { numbers } = platform.state.rules;
  let record = numbers.get(id);
  if (!record) {
    record = newNumberRecord();
    numbers.set(id, record);
  }
  return record;
}

/** What is known of a number nothing was sent from yet. */
export const newNumberRecord = (): NumberRecord => ({
  tally: [],
  lastTemplate: null,
  changes: [],
  redSince: null,
  watched: false,
});

/**
 * Sets a number's quality from blocks and reports of the last seven days. Today's platform tells it by no webhook: it stands in
 * `quality_rating`. Until 7 October 2025 RED flagged the number, and a step of its limit was lost after seven days of it.
 */
export function judgeNumber(platform: Platform, number: BusinessNumber): void {
  const { quality } = platform.state.rules.thresholds;
  const score = scoreOf(countsOf(numberRecord(platform, number.id).tally, platform.now(), quality.days), quality);
  if (score !== null) changeNumberQuality(platform, number, score);
}

export function judgeNumberAgain(platform: Platform, numberId: string): void {
  const number = platform.state.numbers.get(numberId);
  if (!number) return;
  const record = numberRecord(platform, number.id);
  record.watched = false;
  if (number.quality !== "YELLOW" && number.quality !== "RED") return;
  const { quality } = platform.state.rules.thresholds;
  const score = scoreOf(countsOf(record.tally, platform.now(), quality.days), quality);
  changeNumberQuality(platform, number, score ?? "GREEN");
  loseLimitWhenFlagged(platform, number, record);
}

function changeNumberQuality(platform: Platform, number: BusinessNumber, score: BusinessNumber["quality"]): void {
  const record = numberRecord(platform, number.id);
  const now = platform.now();
  if (number.quality !== score) {
    const wasRed = number.quality === "RED";
    number.quality = score;
    record.changes.push({ at: now, quality: score });
    if (record.changes.length > changesKept) record.changes.shift();
    record.redSince = score === "RED" ? now : null;
    if (score === "RED") flag(platform, number);
    else if (wasRed) unflag(platform, number);
    platform.announce({ type: "number", id: number.id });
  }
  if (score === "GREEN" || record.watched) return;
  record.watched = true;
  platform.agenda.plan(platform.state.rules.thresholds.quality.judgedAgainMs, {
    do: "rule",
    task: { rule: "judge-number", numberId: number.id },
  });
}

function flag(platform: Platform, number: BusinessNumber): void {
  if (!inForce(platform, "flagged-numbers")) return;
  if (number.status === "CONNECTED") number.status = "FLAGGED";
  tellFlag(platform, number, "FLAGGED");
}

function unflag(platform: Platform, number: BusinessNumber): void {
  if (number.status !== "FLAGGED") return;
  number.status = "CONNECTED";
  tellFlag(platform, number, "UNFLAGGED");
}

function tellFlag(platform: Platform, number: BusinessNumber, event: string): void {
  tell(platform, platform.accountOf(number), "phone_number_quality_update", {
    display_phone_number: number.digits,
    event,
    current_limit: number.messagingLimit,
  });
}

const flaggedFor = 7 * dayMs;

function loseLimitWhenFlagged(platform: Platform, number: BusinessNumber, record: NumberRecord): void {
  if (number.status !== "FLAGGED" || record.redSince === null || platform.now() - record.redSince < flaggedFor) return;
  const lower = nextTier(platform, number.messagingLimit, -1);
  number.status = "CONNECTED";
  record.redSince = null;
  if (lower !== null) changeLimit(platform, number, lower);
}
