import { failureOf } from "../graph-error.ts";
import type { Platform } from "../platform.ts";
import type { Message, Template } from "../state.ts";
import { holdTemplate } from "../templates.ts";
import { inForce } from "./eras.ts";
import { countsOf, negativeShare } from "./tally.ts";
import { changeQuality, startAfresh, templateRecord } from "./template-quality.ts";

/** How far a template's first messages are; `judged` ends it until the next pause. */
export interface Pacing {
  sent: number;
  /** Messages that were answered with `held_for_quality_assessment`. */
  held: string[];
  judged: boolean;
}

/**
 * Whether a message just accepted waits ("Template pacing"): the first part of a template that is new, was paused or is not
 * GREEN goes out, the rest is held until people's reactions are known. Marketing always, utility only after a pause.
 */
export function holdForPacing(platform: Platform, template: Template, message: Message): boolean {
  if (!isPaced(platform, template)) return false;
  const { pacing } = templateRecord(platform, template.id);
  const { firstPart, judgedAfterMs } = platform.state.rules.thresholds.pacing;
  pacing.sent += 1;
  if (pacing.judged || pacing.sent <= firstPart) return false;
  if (pacing.held.length === 0)
    platform.agenda.plan(judgedAfterMs, { do: "rule", task: { rule: "judge-pacing", templateId: template.id } });
  pacing.held.push(message.id);
  return true;
}

function isPaced(platform: Platform, template: Template): boolean {
  if (template.quality === "GREEN" || !inForce(platform, "template-pacing")) return false;
  if (template.category === "MARKETING") return true;
  const { pausedAt } = templateRecord(platform, template.id);
  const { utilityAfterPauseMs } = platform.state.rules.thresholds.pacing;
  return template.category === "UTILITY" && pausedAt !== null && platform.now() - pausedAt < utilityAfterPauseMs;
}

export interface PacingEnd {
  release(message: Message): void;
  drop(message: Message, failure: ReturnType<typeof failureOf>): void;
}

/** Releases what was held, or drops it with 132015 and pauses the template until somebody unpauses it by hand. */
export function judgePacing(platform: Platform, templateId: string, end: PacingEnd): void {
  const template = platform.state.templates.get(templateId);
  const record = templateRecord(platform, templateId);
  const held = record.pacing.held
    .map((id) => platform.state.messages.get(id))
    .filter((message): message is Message => message?.status === "accepted");
  const { quality, pacing } = platform.state.rules.thresholds;
  const share = negativeShare(countsOf(record.tally, platform.now(), quality.days), quality);
  const isGood = template?.status === "APPROVED" && share < pacing.dropShare;
  record.pacing = { sent: 0, held: [], judged: isGood };
  if (isGood) {
    for (const message of held) end.release(message);
    if (share < quality.yellowShare) changeQuality(platform, template, "GREEN");
    return;
  }
  if (template?.status === "APPROVED") {
    startAfresh(record, platform.now());
    holdTemplate(platform, template);
  }
  for (const message of held) end.drop(message, failureOf(132015));
}
