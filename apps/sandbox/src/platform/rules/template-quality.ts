import type { Instant } from "@loket/kit";
import type { Platform } from "../platform.ts";
import type { Template } from "../state.ts";
import { decideTemplate } from "../templates.ts";
import { tell } from "../webhooks.ts";
import { inForce } from "./eras.ts";
import type { Pacing } from "./pacing.ts";
import { countsOf, scoreOf, type Tally } from "./tally.ts";

export interface TemplateRecord {
  readonly tally: Tally;
  /** The same, without forgetting at a pause; snapshots of earlier versions have none. */
  whole?: Tally;
  lastDeliveredAt: Instant | null;
  pausedAt: Instant | null;
  /** Whether another look at it is planned. */
  watched: boolean;
  pacing: Pacing;
  /** Sends whose filled-in words advertise; see category.ts. */
  advertisingSends: number;
}

export function templateRecord(platform: Platform, id: string): TemplateRecord {
  const { templates } = platform.state.rules;
  let record = templates.get(id);
  if (!record) {
    record = newTemplateRecord();
    templates.set(id, record);
  }
  return record;
}

/** What is known of a template that was never sent. */
export const newTemplateRecord = (): TemplateRecord => ({
  tally: [],
  lastDeliveredAt: null,
  pausedAt: null,
  watched: false,
  pacing: { sent: 0, held: [], judged: false },
  advertisingSends: 0,
});

/**
 * Sets a template's quality from what people did with it in the last days. RED pauses it: 3 hours, then 6 hours, the third time
 * it is disabled ("Template pausing"). What was counted before a pause does not count after it. A new template is found good
 * only when it is looked at again (`rate`), not by its first hundred messages: pacing is there to wait for the others.
 */
export function judgeTemplate(platform: Platform, template: Template, rate = false): void {
  const { quality } = platform.state.rules.thresholds;
  const record = templateRecord(platform, template.id);
  const score = scoreOf(countsOf(record.tally, platform.now(), quality.days), quality);
  if (score === null || template.status !== "APPROVED") return;
  if (score === "RED" && inForce(platform, "template-pausing")) {
    changeQuality(platform, template, score);
    startAfresh(record, platform.now());
    decideTemplate(platform, template, "pause");
    return;
  }
  if (score === "GREEN" && template.quality === "UNKNOWN" && !rate) return;
  changeQuality(platform, template, score);
  if (score !== "GREEN" && !record.watched) watch(platform, template, record);
}

/** Counting begins again after a pause. */
export function startAfresh(record: TemplateRecord, pausedAt: Instant): void {
  record.tally.length = 0;
  record.pausedAt = pausedAt;
  record.pacing = { sent: 0, held: record.pacing.held, judged: false };
}

/** Plans another look. */
export function watch(platform: Platform, template: Template, record: TemplateRecord): void {
  record.watched = true;
  platform.agenda.plan(platform.state.rules.thresholds.quality.judgedAgainMs, {
    do: "rule",
    task: { rule: "judge-template", templateId: template.id },
  });
}

/** Looks again at a template of low quality; with nothing to judge any more it counts as not rated. */
export function judgeTemplateAgain(platform: Platform, templateId: string): void {
  const template = platform.state.templates.get(templateId);
  const record = templateRecord(platform, templateId);
  record.watched = false;
  const { quality } = platform.state.rules.thresholds;
  if (template?.status !== "APPROVED") return;
  if (template.quality === "GREEN" && quality.readShareAtLeast === 0) return;
  if (scoreOf(countsOf(record.tally, platform.now(), quality.days), quality) === null)
    changeQuality(platform, template, "UNKNOWN");
  else judgeTemplate(platform, template, true);
}

/** Told in `message_template_quality_update`. */
export function changeQuality(platform: Platform, template: Template, score: Template["quality"]): void {
  if (template.quality === score) return;
  const previous = template.quality;
  template.quality = score;
  const account = platform.state.accounts.get(template.accountId);
  if (account) {
    tell(platform, account, "message_template_quality_update", {
      previous_quality_score: previous,
      new_quality_score: score,
      message_template_id: Number(template.id),
      message_template_name: template.name,
      message_template_language: template.language,
    });
  }
  platform.announce({ type: "template", id: template.id });
}
