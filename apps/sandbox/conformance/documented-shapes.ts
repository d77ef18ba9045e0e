import type { Shape } from "./shapes.ts";

/** A webhook's value as the platform's reference of fields has it, where no real body is at hand. `time`: whether its entry has one. */
export interface Documented {
  readonly field: string;
  readonly time: boolean;
  readonly shape: Shape;
}

const number: Shape = {
  messaging_product: "string",
  "metadata.display_phone_number": "string",
  "metadata.phone_number_id": "string",
};
const contact: Shape = {
  "contacts[].profile.name": "string",
  "contacts[].profile.username": "string?",
  "contacts[].wa_id": "string?",
  "contacts[].user_id": "string",
  "contacts[].parent_user_id": "string?",
};
const template: Shape = {
  message_template_id: "number",
  message_template_name: "string",
  message_template_language: "string",
};
const under = (path: string, shape: Shape): Shape =>
  Object.fromEntries(Object.entries(shape).map(([member, kind]) => [`${path}.${member}`, kind]));
const event: Shape = { id: "string", timestamp: "string", type: "string" };
const flowAlert: Shape = {
  event: "string",
  message: "string",
  flow_id: "string",
  threshold: "number",
  alert_state: "string",
};
const handover: Shape = { previous_owner_role: "string", new_owner_role: "string", metadata: "string?" };

const group = (more: Shape): Shape => ({
  ...number,
  "groups[].timestamp": "string",
  "groups[].group_id": "string",
  "groups[].type": "string",
  "groups[].request_id": "string?",
  ...under("groups[]", more),
});

/** By what happens ("Webhooks", reference of each field; "Call recording", "Flows webhooks", "Thread control"). */
export const documented = {
  "an alert": {
    field: "account_alerts",
    time: true,
    shape: {
      entity_type: "string",
      entity_id: "string",
      "alert_info.alert_severity": "string",
      "alert_info.alert_status": "string",
      "alert_info.alert_type": "string",
      "alert_info.alert_description": "string",
    },
  },
  "a violation": {
    field: "account_update",
    time: true,
    shape: { event: "string", "violation_info.violation_type": "string", "violation_info.remediation": "string?" },
  },
  "a ban": {
    field: "account_update",
    time: true,
    shape: { event: "string", "ban_info.waba_ban_state": "string", "ban_info.waba_ban_date": "string" },
  },
  "a volume tier": {
    field: "account_update",
    time: true,
    shape: {
      event: "string",
      "volume_tier_info.tier_update_time": "number",
      "volume_tier_info.pricing_category": "string",
      "volume_tier_info.tier": "string",
      "volume_tier_info.effective_month": "string",
      "volume_tier_info.region": "string",
    },
  },
  "a shared account": {
    field: "account_update",
    time: true,
    shape: { event: "string", "waba_info.waba_id": "string", "waba_info.owner_business_id": "string" },
  },
  "a number that left the app": {
    field: "account_update",
    time: true,
    shape: {
      event: "string",
      "waba_info.waba_id": "string",
      "disconnection_info.reason": "string",
      "disconnection_info.initiated_by": "string",
    },
  },
  "a new identity": {
    field: "messages",
    time: false,
    shape: {
      ...number,
      ...contact,
      ...under("messages[]", { ...event, from: "string" }),
      ...under("messages[].system", { body: "string", type: "string" }),
      ...under("messages[].identity", { acknowledged: "boolean", created_timestamp: "string", hash: "string" }),
    },
  },
  "a review": { field: "account_review_update", time: true, shape: { decision: "string" } },
  "calling settings": {
    field: "account_settings_update",
    time: false,
    shape: {
      messaging_product: "string",
      timestamp: "string",
      type: "string",
      "phone_number_settings.phone_number_id": "string",
      "phone_number_settings.calling.status": "string",
      "phone_number_settings.calling.call_icon_visibility": "string",
      "phone_number_settings.calling.callback_permission_status": "string",
    },
  },
  "a lead": {
    field: "automatic_events",
    time: false,
    shape: {
      ...number,
      ...under("automatic_events[]", { id: "string", event_name: "string", timestamp: "number", ctwa_clid: "string?" }),
    },
  },
  "a purchase": {
    field: "automatic_events",
    time: false,
    shape: {
      ...number,
      ...under("automatic_events[]", { id: "string", event_name: "string", timestamp: "number", ctwa_clid: "string?" }),
      "automatic_events[].custom_data.currency": "string",
      "automatic_events[].custom_data.value": "number",
    },
  },
  "a capability": {
    field: "business_capability_update",
    time: true,
    shape: { max_daily_conversations_per_business: "string|number", max_phone_numbers_per_business: "number?" },
  },
  "a username": {
    field: "business_username_update",
    time: true,
    shape: { display_phone_number: "string", username: "string", status: "string" },
  },
  "a recording": {
    field: "calls",
    time: false,
    shape: {
      ...number,
      ...under("calls[]", {
        id: "string",
        from: "string?",
        from_user_id: "string",
        timestamp: "string",
        event: "string",
      }),
      "calls[].call_recording.type": "string",
      ...under("calls[].call_recording.audio", { id: "string", sha256: "string", mime_type: "string", url: "string" }),
    },
  },
  "a transcript": {
    field: "calls",
    time: false,
    shape: {
      ...number,
      ...under("calls[]", {
        id: "string",
        from: "string?",
        from_user_id: "string",
        timestamp: "string",
        event: "string",
      }),
      ...under("calls[].call_transcript.document", {
        id: "string",
        sha256: "string",
        mime_type: "string",
        url: "string",
      }),
    },
  },
  "a new flow": {
    field: "flows",
    time: true,
    shape: { event: "string", message: "string", flow_id: "string", new_status: "string", old_status: "string?" },
  },
  "errors of a flow": {
    field: "flows",
    time: true,
    shape: {
      ...flowAlert,
      error_rate: "number",
      ...under("errors[]", { error_type: "string", error_rate: "number", error_count: "number" }),
    },
  },
  "a slow flow": {
    field: "flows",
    time: true,
    shape: { ...flowAlert, p90_latency: "number", p50_latency: "number", requests_count: "number" },
  },
  "an endpoint out of reach": { field: "flows", time: true, shape: { ...flowAlert, availability: "number" } },
  "a version that ends": {
    field: "flows",
    time: true,
    shape: { event: "string", warning: "string", flow_id: "string" },
  },
  "a new group": {
    field: "group_lifecycle_update",
    time: false,
    shape: group({ subject: "string", description: "string?", invite_link: "string", join_approval_mode: "string" }),
  },
  "settings of a group": {
    field: "group_settings_update",
    time: false,
    shape: group({ "group_subject.text": "string", "group_subject.update_successful": "boolean" }),
  },
  "a suspended group": { field: "group_status_update", time: false, shape: group({}) },
  "a piece of history": {
    field: "history",
    time: false,
    shape: {
      ...number,
      ...under("history[].metadata", { phase: "number", chunk_order: "number", progress: "number" }),
      "history[].threads[].id": "string",
      "history[].threads[].context.wa_id": "string?",
      "history[].threads[].context.user_id": "string",
      ...under("history[].threads[].messages[]", { ...event, from: "string", to: "string?" }),
      "history[].threads[].messages[].history_context.status": "string",
    },
  },
  "a file of the history": {
    field: "history",
    time: false,
    shape: {
      ...number,
      ...under("messages[]", { ...event, from: "string" }),
      ...under("messages[].image", { id: "string", mime_type: "string", sha256: "string" }),
    },
  },
  "history not shared": {
    field: "history",
    time: false,
    shape: {
      ...number,
      ...under("history[].errors[]", { code: "number", title: "string", message: "string" }),
      "history[].errors[].error_data.details": "string",
    },
  },
  "components of a template": {
    field: "message_template_components_update",
    time: true,
    shape: { ...template, message_template_element: "string" },
  },
  "a rejected template": {
    field: "message_template_status_update",
    time: true,
    shape: { ...template, event: "string", reason: "string", message_template_category: "string?" },
  },
  "a paused template": {
    field: "message_template_status_update",
    time: true,
    shape: {
      ...template,
      event: "string",
      reason: "string|null",
      "other_info.title": "string",
      "other_info.description": "string",
    },
  },
  "control passed": {
    field: "messaging_handovers",
    time: false,
    shape: {
      messaging_product: "string",
      "recipient.display_phone_number": "string",
      "recipient.phone_number_id": "string",
      "sender.phone_number": "string?",
      timestamp: "string",
      type: "string",
      ...under("control_passed", handover),
      "control_passed.conversation_context.type": "string",
      "control_passed.conversation_context.summary.text": "string",
    },
  },
  "control taken": {
    field: "messaging_handovers",
    time: false,
    shape: {
      messaging_product: "string",
      "recipient.display_phone_number": "string",
      "recipient.phone_number_id": "string",
      timestamp: "string",
      type: "string",
      ...under("control_taken", handover),
    },
  },
  "a partners' solution": {
    field: "partner_solutions",
    time: true,
    shape: { event: "string", solution_id: "string", solution_status: "string" },
  },
  "a payment configuration": {
    field: "payment_configuration_update",
    time: true,
    shape: {
      configuration_name: "string",
      provider_name: "string",
      provider_mid: "string",
      status: "string",
      created_timestamp: "number",
      updated_timestamp: "number",
    },
  },
  "a decided name": {
    field: "phone_number_name_update",
    time: true,
    shape: {
      display_phone_number: "string",
      decision: "string",
      requested_verified_name: "string",
      rejection_reason: "string|null",
    },
  },
  "more throughput": {
    field: "phone_number_quality_update",
    time: true,
    shape: { display_phone_number: "string", event: "string", max_daily_conversations_per_business: "string" },
  },
  "a changed PIN": { field: "security", time: true, shape: { display_phone_number: "string", event: "string" } },
  "a PIN to be reset": {
    field: "security",
    time: true,
    shape: { display_phone_number: "string", event: "string", requester: "string" },
  },
  "a contact": {
    field: "smb_app_state_sync",
    time: false,
    shape: {
      ...number,
      ...under("state_sync[]", { type: "string", action: "string" }),
      ...under("state_sync[].contact", { full_name: "string?", first_name: "string?", phone_number: "string?" }),
      "state_sync[].metadata.timestamp": "string",
    },
  },
  "somebody else's message": {
    field: "standby",
    time: false,
    shape: { ...number, ...under("standby", contact), ...under("standby.messages[]", { ...event, from: "string" }) },
  },
  "somebody else's answer": {
    field: "standby",
    time: false,
    shape: {
      ...number,
      ...under("standby.message_echoes[]", { id: "string", timestamp: "string" }),
      ...under("standby.message_echoes[].message", { messaging_product: "string", to: "string", type: "string" }),
    },
  },
  "somebody else's status": {
    field: "standby",
    time: false,
    shape: {
      ...number,
      ...under("standby.statuses[]", { id: "string", status: "string", timestamp: "string", recipient_id: "string?" }),
    },
  },
  "a category that will change": {
    field: "template_category_update",
    time: true,
    shape: { ...template, new_category: "string", correct_category: "string", category_update_timestamp: "number" },
  },
  "a category found wrong": {
    field: "template_correct_category_detection",
    time: true,
    shape: { ...template, category: "string", correct_category: "string" },
  },
} satisfies Readonly<Record<string, Documented>>;

export type Occasion = keyof typeof documented;
