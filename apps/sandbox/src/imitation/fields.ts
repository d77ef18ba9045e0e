import type { Imitated } from "./endpoints.ts";

/** A field an app subscribes to, whether the sandbox tells it by itself, and when. */
type FieldRow = readonly [field: string, imitated: Imitated, how: string];

/**
 * Every subscribable webhook field seen on the platform in 2026 ("Webhooks", reference of fields). `part`: in its documented shape, but
 * only when asked for on the control face. `no`: its shape is not documented anywhere; any body can be sent with `POST webhooks`.
 * `call_recording_available` is not among them: it is an event of `calls`.
 */
export const webhookFields: readonly FieldRow[] = [
  [
    "account_alerts",
    "yes",
    "a raise of the messaging limit is put off, an official business account given or refused; any other by `POST accounts/{id}/events`",
  ],
  [
    "account_review_update",
    "yes",
    "an account made with `accountReview` waits until the clock decides; `POST accounts/{id}/review`",
  ],
  [
    "account_settings_update",
    "yes",
    "the calling settings of a number change; of other settings the platform tells nothing",
  ],
  [
    "account_update",
    "yes",
    "strikes, restrictions, lock, ban and appeal, volume tiers, partners, terms of marketing messages; any other event by `POST accounts/{id}/events`",
  ],
  [
    "automatic_events",
    "yes",
    "words of a purchase or a lead, by a small list, in a conversation that began with an advertisement; opted in with `automaticEvents`",
  ],
  ["business_capability_update", "yes", "the portfolio's messaging limit was raised"],
  ["business_status_update", "no", "its shape is not documented; any body can be sent with `POST webhooks`"],
  ["business_username_update", "yes", "a username is taken, given up or handed over"],
  [
    "calls",
    "yes",
    "calls of both sides: connect, status, terminate, then a recording and a transcript where asked for",
  ],
  ["consumer_profile", "no", "its shape is not documented; any body can be sent with `POST webhooks`"],
  [
    "flows",
    "yes",
    "made, published, throttled, blocked; warnings of errors and latency when its endpoint is asked; these and availability by `POST flows/{id}/health`",
  ],
  ["group_lifecycle_update", "yes", "a group is made or deleted"],
  ["group_participants_update", "yes", "somebody joins, asks to, leaves or is removed"],
  ["group_settings_update", "yes", "subject, description and picture"],
  ["group_status_update", "yes", "`PUT groups/{id}` suspends it or clears that"],
  ["history", "yes", "after `smb_app_data`: three phases in chunks, then the files of 14 days; or 2593109"],
  ["message_echoes", "no", "its shape is not documented; any body can be sent with `POST webhooks`"],
  ["message_template_components_update", "yes", "an edited template comes through its review"],
  ["message_template_quality_update", "yes", "people's reactions changed a template's quality"],
  ["message_template_status_update", "yes", "review, pause, disabling and deletion of a template"],
  ["messages", "yes", "messages of people and statuses of your own"],
  [
    "messaging_handovers",
    "yes",
    "on a number with `routing`: `POST /{number}/thread_control`, `POST numbers/{id}/handover`, a service message of the escalation partner",
  ],
  ["partner_solutions", "part", "`POST accounts/{id}/events` with `field`"],
  ["payment_configuration_update", "part", "`POST accounts/{id}/events` with `field`; payments are not imitated"],
  ["phone_number_name_update", "yes", "`POST numbers/{id}/name` decides about a display name"],
  ["phone_number_quality_update", "yes", "throughput upgrade; limits and flags of numbers until October 2025"],
  ["security", "yes", "a PIN is changed; its reset is asked for and done, by `POST numbers/{id}/pin`"],
  ["smb_app_state_sync", "yes", "after `smb_app_data`, and at every change by `POST numbers/{id}/contacts`"],
  ["smb_message_echoes", "yes", "`POST numbers/{id}/echoes`: the business writes from its phone"],
  ["standby", "yes", "on a number with `routing`: messages, echoes and statuses of a conversation somebody else holds"],
  ["template_category_update", "yes", "a utility template advertises"],
  [
    "template_correct_category_detection",
    "part",
    "`POST templates/{id}/detections`; the platform tells it of Direct Send, which is not imitated",
  ],
  ["tracking_events", "no", "its shape is not documented; any body can be sent with `POST webhooks`"],
  ["user_preferences", "yes", "a person stops or resumes offers"],
];
