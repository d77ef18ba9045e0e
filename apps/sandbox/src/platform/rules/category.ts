import { dayMs, plus } from "@loket/kit";
import type { Platform } from "../platform.ts";
import type { Account, Body, Message, Template } from "../state.ts";
import { tell } from "../webhooks.ts";
import { accountRecord, restrict } from "./enforcement.ts";
import { inForce } from "./eras.ts";
import { advertises } from "./marketing-words.ts";
import { templateRecord } from "./template-quality.ts";
import { wordsOf } from "./template-words.ts";

/** The notice before a category changes. */
const noticeMs = dayMs;
const correctionsWithinMs = 60 * dayMs;

/** A utility message whose filled-in words advertise counts towards a correction of its template. */
export function noteAdvertising(platform: Platform, message: Message): void {
  if (message.template?.category !== "UTILITY" || !inForce(platform, "category-by-content")) return;
  if (!advertises(String(message.template.rendered.body))) return;
  const template = platform.state.templates.get(message.template.id);
  if (!template) return;
  const record = templateRecord(platform, template.id);
  record.advertisingSends += 1;
  if (record.advertisingSends >= platform.state.rules.thresholds.category.sendsBeforeNotice)
    correctCategory(platform, template);
}

/** The continuous review of approved templates: one whose own words advertise is found after a while. */
export function findCategory(platform: Platform, templateId: string): void {
  const template = platform.state.templates.get(templateId);
  if (template?.status !== "APPROVED" || template.category !== "UTILITY") return;
  if (inForce(platform, "category-by-content") && advertises(wordsOf(template.components)))
    correctCategory(platform, template);
}

/**
 * A utility template is to be a marketing template: told a day ahead, or carried out at once where the account was corrected
 * before ("Template categorization"; `template_category_update`).
 */
export function correctCategory(platform: Platform, template: Template): void {
  const account = platform.state.accounts.get(template.accountId);
  if (!account || template.correctCategory !== undefined || template.category !== "UTILITY") return;
  template.correctCategory = "MARKETING";
  const warned = accountRecord(platform, account.id).corrections.length > 0;
  if (warned && inForce(platform, "category-at-once")) {
    changeCategory(platform, template.id);
    return;
  }
  tellCategory(platform, account, template, {
    new_category: template.category,
    correct_category: template.correctCategory,
    category_update_timestamp: Math.floor(plus(platform.now(), noticeMs) / 1000),
  });
  platform.agenda.plan(noticeMs, { do: "rule", task: { rule: "change-category", templateId: template.id } });
}

export function changeCategory(platform: Platform, templateId: string): void {
  const template = platform.state.templates.get(templateId);
  const account = platform.state.accounts.get(template?.accountId ?? "");
  if (!template || !account || template.correctCategory === undefined) return;
  const previous = template.category;
  template.category = template.correctCategory;
  template.previousCategory = previous;
  delete template.correctCategory;
  tellCategory(platform, account, template, { previous_category: previous, new_category: template.category });
  platform.announce({ type: "template", id: template.id });
  blockUtilityWhenMisused(platform, account);
}

/** Persistent misuse blocks every utility template for a while (131064). */
function blockUtilityWhenMisused(platform: Platform, account: Account): void {
  const record = accountRecord(platform, account.id);
  const now = platform.now();
  record.corrections = [...record.corrections.filter((at) => now - at < correctionsWithinMs), now];
  const { correctionsBeforeBlock, blockMs } = platform.state.rules.thresholds.category;
  if (record.corrections.length < correctionsBeforeBlock) return;
  restrict(platform, account, ["RESTRICTED_UTILITY_TEMPLATES"], plus(now, blockMs));
}

function tellCategory(platform: Platform, account: Account, template: Template, more: Body): void {
  tell(platform, account, "template_category_update", {
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language,
    ...more,
  });
}
