import type { Imitated } from "./endpoints.ts";

/** A field an app subscribes to, whether the sandbox tells it by itself, and when. */
type FieldRow = readonly [field: string, imitated: Imitated, how: string];

/** Every subscribable webhook field seen on the platform in 2026 ("Webhooks", reference of fields). `part`: only when asked for on the control face. */
export const webhookFields: readonly FieldRow[] = [
  [
    "account_alerts",
    "part",
    "a raise of the messaging limit is put off; any other by `POST accounts/{id}/events` with `field`",
  ],
  ["account_review_update", "part", "`POST accounts/{id}/events` with `field`"],
  ["account_settings_update", "no", "its shape is not documented; any body can be sent with `POST webhooks`"],
  [
    "account_update",
    "yes",
    "strikes, restrictions, lock, ban and appeal; any other event by `POST accounts/{id}/events`",
  ],
  ["automatic_events", "no", "any body can be sent with `POST webhooks`"],
  ["business_capability_update", "yes", "the portfolio's messaging limit was raised"],
  ["business_status_update", "no", "its shape is not documented; any body can be sent with `POST webhooks`"],
  ["business_username_update", "yes", "a username is taken, given up or handed over"],
  ["call_recording_available", "no", "its shape is not documented; any body can be sent with `POST webhooks`"],
  ["calls", "yes", "calls of both sides: connect, status, terminate"],
  ["flows", "part", "a change of status; no warnings about endpoints"],
  ["group_lifecycle_update", "yes", "a group is made or deleted"],
  ["group_participants_update", "yes", "somebody joins, asks to, leaves or is removed"],
  ["group_settings_update", "part", "subject and description"],
  ["group_status_update", "yes", "`PUT groups/{id}` suspends it or clears that"],
  ["history", "part", "after `smb_app_data`, in one piece for each phase"],
  ["message_echoes", "no", "its shape is not documented; any body can be sent with `POST webhooks`"],
  ["message_template_components_update", "yes", "an edited template comes through its review"],
  ["message_template_quality_update", "yes", "people's reactions changed a template's quality"],
  ["message_template_status_update", "yes", "review, pause, disabling and deletion of a template"],
  ["messages", "yes", "messages of people and statuses of your own"],
  ["messaging_handovers", "no", "any body can be sent with `POST webhooks`"],
  ["partner_solutions", "no", "any body can be sent with `POST webhooks`"],
  ["payment_configuration_update", "no", "any body can be sent with `POST webhooks`"],
  ["phone_number_name_update", "yes", "`POST numbers/{id}/name` decides about a display name"],
  ["phone_number_quality_update", "yes", "throughput upgrade; limits and flags of numbers until October 2025"],
  ["security", "part", "a PIN is changed"],
  ["smb_app_state_sync", "part", "after `smb_app_data`; later changes are not told"],
  ["smb_message_echoes", "yes", "`POST numbers/{id}/echoes`: the business writes from its phone"],
  ["standby", "no", "any body can be sent with `POST webhooks`"],
  ["template_category_update", "yes", "a utility template advertises"],
  ["template_correct_category_detection", "no", "any body can be sent with `POST webhooks`"],
  ["tracking_events", "no", "its shape is not documented; any body can be sent with `POST webhooks`"],
  ["user_preferences", "yes", "a person stops or resumes offers"],
];
