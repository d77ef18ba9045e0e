import type { SenderStanding, StandingStep } from "@loket/contract";

/**
 * From figures to what needs doing. Thresholds are ours, set before those at which platforms act; where a platform
 * publishes none, they are set by judgement and shown as such.
 */

/** Below so few messages a share says nothing. */
const enoughMessages = 50;
const enoughForReplies = 200;

export const thresholds = {
  stopShare: { watch: 0.005, act: 0.01 },
  undeliverableShare: { watch: 0.03, act: 0.08 },
  replyShare: { watch: 0.03, act: 0.01 },
  limitUsed: { watch: 0.8, act: 0.95 },
  weakEvidence: { watch: 0.2, act: 0.4 },
  optOutMs: { watch: 2_000, act: 60_000 },
} as const;

export function shareOf(part: number, whole: number, enough = enoughMessages): number | null {
  return whole < enough ? null : part / whole;
}
export const repliesShareOf = (replied: number, sent: number): number | null =>
  shareOf(replied, sent, enoughForReplies);

type Known = Omit<SenderStanding, "level" | "steps"> & {
  readonly weekBefore: { readonly sent: number; readonly stopped: number };
};

/** Gravest first. */
export function stepsFor(standing: Known): StandingStep[] {
  const { sender, templates, limit } = standing;
  const steps: StandingStep[] = [];
  const add = (code: StandingStep["code"], level: StandingStep["level"], value: string | null = null): void => {
    steps.push({ code, level, value });
  };
  /** A share that is bad when high. */
  const high = (
    code: StandingStep["code"],
    share: number | null,
    { watch, act }: { watch: number; act: number },
  ): void => {
    if (share !== null && share >= watch) add(code, share >= act ? "act" : "watch", percent(share));
  };

  if (sender.disabled) add("sender-disabled", "act");
  for (const { restriction, until } of sender.restrictions) add("sender-restricted", "act", until ?? restriction);
  if (sender.stopped) add("sender-stopped", "watch", sender.stopReason);
  if (sender.state === "disconnected" && !sender.disabled) add("sender-disconnected", "act", sender.stateReason);
  if (sender.quality === "RED") add("quality-red", "act");
  if (sender.quality === "YELLOW") add("quality-yellow", "watch");
  if (limit.limit !== null && limit.limit > 0) {
    const used = limit.used / limit.limit;
    if (used >= thresholds.limitUsed.watch)
      add("limit-nearly-used", used >= thresholds.limitUsed.act ? "act" : "watch", percent(used));
  }
  if (templates.paused > 0) add("templates-paused", "act", String(templates.paused));
  if (templates.rejected > 0) add("templates-rejected", "watch", String(templates.rejected));
  if (standing.fieldsMissing === null && standing.fieldsCheckedAt !== null) add("fields-elsewhere", "act");
  if (standing.fieldsMissing !== null && standing.fieldsMissing.length > 0)
    add("fields-missing", "act", standing.fieldsMissing.join(", "));
  high("stops-high", standing.stopShare, thresholds.stopShare);
  const before = shareOf(standing.weekBefore.stopped, standing.weekBefore.sent);
  const isRising = standing.stopShare !== null && before !== null && standing.stopShare > 1.5 * before;
  if (isRising && standing.stopShare !== null && standing.stopShare < thresholds.stopShare.watch)
    add("stops-rising", "watch", percent(standing.stopShare));
  high("undeliverable-high", standing.undeliverableShare, thresholds.undeliverableShare);
  if (standing.replyShare !== null && standing.replyShare < thresholds.replyShare.watch)
    add("replies-low", standing.replyShare < thresholds.replyShare.act ? "act" : "watch", percent(standing.replyShare));
  const { A, B, C, D, none } = standing.evidence;
  high("evidence-weak", shareOf(D + none, A + B + C + D + none), thresholds.weakEvidence);
  if (standing.sentAfterOptOut > 0) add("sent-after-opt-out", "act", String(standing.sentAfterOptOut));
  const { worst } = standing.optOutMs;
  if (worst !== null && worst >= thresholds.optOutMs.watch)
    add("opt-out-slow", worst >= thresholds.optOutMs.act ? "act" : "watch", String(Math.round(worst)));
  return steps.sort((a, b) => Number(b.level === "act") - Number(a.level === "act"));
}

export function levelOf(steps: readonly StandingStep[]): "good" | "watch" | "act" {
  if (steps.some((step) => step.level === "act")) return "act";
  return steps.length > 0 ? "watch" : "good";
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
