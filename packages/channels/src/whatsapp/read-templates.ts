import type { TemplateReference } from "./events.ts";
import { instantOf, type Json, listOf, objectOf, phoneOf, present, required, textOf } from "./read.ts";
import type { Change, FieldReader } from "./receive.ts";

/** The fields in which the platform speaks about templates ("Template webhooks"). */
export const templateFields: readonly (readonly [string, FieldReader])[] = [
  ["message_template_status_update", readStatus],
  ["message_template_quality_update", readQuality],
  ["message_template_components_update", readComponents],
  ["template_category_update", readCategory],
  ["template_correct_category_detection", readDetectedCategory],
];

function base(change: Change) {
  const { path, sender, at, value } = change;
  return { eventKey: change.keyOf(value), at, path, sender, template: readReference(value) };
}

/** Ids of templates come as bare numbers, languages now with a hyphen and now with an underscore. */
function readReference(value: Json): TemplateReference {
  return {
    id: required(textOf(value.message_template_id), "The template's id"),
    name: textOf(value.message_template_name) ?? "",
    language: (textOf(value.message_template_language) ?? "").replaceAll("-", "_"),
  };
}

function lower(value: unknown): string | undefined {
  return textOf(value)?.toLowerCase();
}

function readStatus(change: Change): void {
  const { value } = change;
  const other = objectOf(value.other_info);
  const rejection = objectOf(value.rejection_info);
  const reason = lower(value.reason);
  change.walk.emit({
    kind: "templateStatusChanged",
    ...base(change),
    status: required(lower(value.event), "The template's status"),
    ...present({
      category: lower(value.message_template_category),
      reason: textOf(rejection?.reason) ?? (reason === "none" ? undefined : reason),
      recommendation: textOf(rejection?.recommendation),
      title: lower(other?.title),
      description: textOf(other?.description),
      disablesOn: textOf(objectOf(value.disable_info)?.disable_date),
    }),
  });
}

function readQuality(change: Change): void {
  const { value } = change;
  change.walk.emit({
    kind: "templateQualityChanged",
    ...base(change),
    ...present({ before: lower(value.previous_quality_score) }),
    after: required(lower(value.new_quality_score), "The template's quality"),
  });
}

/**
 * One field, two shapes. Where a correct category is named, the change is still to come and `new_category` is the
 * present one; otherwise the change is done.
 */
function readCategory(change: Change): void {
  const { value } = change;
  const correct = lower(value.correct_category);
  if (correct !== undefined) {
    change.walk.emit({
      kind: "templateCategoryChanged",
      ...base(change),
      stage: "impending",
      ...present({ before: lower(value.new_category), changesAt: instantOf(value.category_update_timestamp) }),
      after: correct,
    });
    return;
  }
  change.walk.emit({
    kind: "templateCategoryChanged",
    ...base(change),
    stage: "done",
    ...present({ before: lower(value.previous_category) }),
    after: required(lower(value.new_category), "The template's category"),
  });
}

function readDetectedCategory(change: Change): void {
  const { value } = change;
  change.walk.emit({
    kind: "templateCategoryChanged",
    ...base(change),
    stage: "detected",
    ...present({ before: lower(value.category) }),
    after: required(lower(value.correct_category), "The template's category"),
  });
}

function readComponents(change: Change): void {
  const { value } = change;
  change.walk.emit({
    kind: "templateComponentsChanged",
    ...base(change),
    ...present({
      body: textOf(value.message_template_element),
      header: textOf(value.message_template_title),
      footer: textOf(value.message_template_footer),
    }),
    buttons: (listOf(value.message_template_buttons) ?? []).map((raw) => {
      const button = objectOf(raw) ?? {};
      return {
        type: lower(button.message_template_button_type) ?? "",
        text: textOf(button.message_template_button_text) ?? "",
        ...present({
          url: textOf(button.message_template_button_url),
          phone: phoneOf(button.message_template_button_phone_number),
        }),
      };
    }),
  });
}
