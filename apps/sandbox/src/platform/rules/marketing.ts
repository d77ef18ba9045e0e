import { createHash } from "node:crypto";
import { dayMs, type Instant, plus } from "@loket/kit";
import { type Failure, failureOf } from "../graph-error.ts";
import type { Platform } from "../platform.ts";
import type { BusinessNumber, Message, Phone, Thread } from "../state.ts";
import { isWindowOpen } from "../windows.ts";
import { noteCappedRetry } from "./enforcement.ts";
import { inForce } from "./eras.ts";
import { isUncapped, isUnitedStates } from "./regions.ts";

/** What one person got of marketing, from all businesses of this world together. */
export interface PersonRecord {
  /** Marketing templates of the last 24 hours outside a window. */
  recent: { readonly at: Instant; readonly messageId: string }[];
  /** Until then every further attempt fails, and extends it ("do not resend within 24 hours"). */
  cappedUntil: Instant | null;
}

/** The gates marketing templates alone pass, judged when the message is processed ("Per-user marketing limits"). */
export function whyMarketingFails(
  platform: Platform,
  message: Message,
  number: BusinessNumber,
  thread: Thread,
  phone: Phone,
): Failure | null {
  if (message.template?.category !== "MARKETING") return null;
  if (inForce(platform, "united-states-pause") && isUnitedStates(phone.number)) return failureOf(131049);
  if (inForce(platform, "experiments") && isHeldOut(platform, phone)) return failureOf(130472);
  // A message within the window is an answer to interest shown, and is not counted.
  if (!inForce(platform, "marketing-cap") || isWindowOpen(thread, platform.now())) return null;
  if (isUncapped(phone.number) || isUncapped(number.digits)) return null;
  return takeShare(platform, message, number, phone);
}

function takeShare(platform: Platform, message: Message, number: BusinessNumber, phone: Phone): Failure | null {
  const now = platform.now();
  const record = personRecord(platform, phone.number);
  if (record.cappedUntil !== null && now < record.cappedUntil) {
    record.cappedUntil = plus(now, dayMs);
    noteCappedRetry(platform, platform.accountOf(number));
    return failureOf(131049);
  }
  record.recent = record.recent.filter(({ at }) => now - at < dayMs);
  const { perPerson, perPersonWhoReads } = platform.state.rules.thresholds.marketing;
  const read = record.recent.filter(({ messageId }) => isRead(platform, messageId)).length;
  const most = record.recent.length > 0 && read * 2 >= record.recent.length ? perPersonWhoReads : perPerson;
  if (record.recent.length >= most) {
    record.cappedUntil = plus(now, dayMs);
    return failureOf(131049);
  }
  record.recent.push({ at: now, messageId: message.id });
  record.cappedUntil = null;
  return null;
}

function personRecord(platform: Platform, phone: string): PersonRecord {
  const { people } = platform.state.rules;
  let record = people.get(phone);
  if (!record) {
    record = { recent: [], cappedUntil: null };
    people.set(phone, record);
  }
  return record;
}

function isRead(platform: Platform, messageId: string): boolean {
  const status = platform.state.messages.get(messageId)?.status;
  return status === "read" || status === "played";
}

/** Whether a person belongs to the share that is held out: always the same people for the same seed. */
function isHeldOut(platform: Platform, phone: Phone): boolean {
  const { heldOutShare } = platform.state.rules.thresholds.marketing;
  if (heldOutShare === 0) return false;
  const drawn = createHash("sha256")
    .update(`${platform.state.seed}:experiment:${phone.number}`)
    .digest()
    .readUInt32BE(0);
  return drawn / 2 ** 32 < heldOutShare;
}
