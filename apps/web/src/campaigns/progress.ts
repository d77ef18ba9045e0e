import type { Campaign, CampaignProgress } from "@loket/contract";
import type { BarPart } from "../ui/StackedBar.tsx";

type PartKey =
  | "waiting"
  | "held"
  | "underWay"
  | "uncertain"
  | "accepted"
  | "delivered"
  | "read"
  | "failed"
  | "refused"
  | "expired"
  | "cancelled"
  | "excluded";

export interface ProgressPart extends Omit<BarPart, "name"> {
  readonly key: PartKey;
}

/** Always told, also where there are none: they are what one looks for. */
const always: readonly PartKey[] = ["accepted", "delivered", "read"];

/** Where the people of a campaign are, in the order of the bar. Parts without anybody are left out. */
export function progressParts(progress: CampaignProgress): ProgressPart[] {
  const parts: ProgressPart[] = [
    { key: "accepted", count: progress.accepted, tone: "go" },
    { key: "delivered", count: progress.delivered, tone: "go", isPart: true },
    { key: "read", count: progress.read, tone: "go", isPart: true },
    { key: "underWay", count: progress.underWay, tone: "moving" },
    { key: "uncertain", count: progress.uncertain, tone: "moving" },
    { key: "failed", count: progress.failed, tone: "fail" },
    { key: "refused", count: progress.refused, tone: "refuse" },
    { key: "held", count: progress.held, tone: "hold" },
    { key: "excluded", count: progress.excluded, tone: "quiet" },
    { key: "expired", count: progress.expired, tone: "quiet" },
    { key: "cancelled", count: progress.cancelled, tone: "quiet" },
    { key: "waiting", count: progress.waiting + progress.toFreeze, tone: "rest" },
  ];
  return parts.filter(({ key, count }) => count > 0 || always.includes(key));
}

/** Until when it stands still by itself: for a limit, or for the hour it was given. `null` where it does not. */
export function waitsUntil(
  { state, waitsUntil: limit, startsAt }: Pick<Campaign, "state" | "waitsUntil" | "startsAt">,
  nowMs: number,
): string | null {
  if (state !== "freezing" && state !== "running") return null;
  return limit ?? (startsAt !== null && Date.parse(startsAt) > nowMs ? startsAt : null);
}

/** For how many people it is over, whatever became of it. */
export function settledCount(progress: CampaignProgress): number {
  return progress.audience - remainingCount(progress);
}

/** Who may still get it, and would not if it ended now. Those being handed over are past recall. */
export function remainingCount(progress: CampaignProgress): number {
  return progress.toFreeze + progress.waiting + progress.held;
}

/** Who has it, or may have it: what cancelling does not bring back. */
export function outCount(progress: CampaignProgress): number {
  return progress.accepted + progress.failed + progress.underWay + progress.uncertain;
}
