/**
 * Fields whose webhooks go to the number's callback, else the account's, else the app's; all others go to the app's ("Webhook
 * overrides", of 28 June 2026; before, `messages` alone).
 */
const overridable: ReadonlySet<string> = new Set([
  "messages",
  "message_echoes",
  "calls",
  "consumer_profile",
  "messaging_handovers",
  "group_lifecycle_update",
  "group_participants_update",
  "group_settings_update",
  "group_status_update",
  "smb_message_echoes",
  "smb_app_state_sync",
  "history",
  "account_settings_update",
  // Not in the list, but it is where the messages of a conversation go that somebody else holds.
  "standby",
]);

export function canBeOverridden(field: string): boolean {
  return overridable.has(field);
}

/** Fields whose entry carries no `time`: those about a number's traffic (reference of each field). */
const timeless: ReadonlySet<string> = new Set([...overridable, "automatic_events", "user_preferences"]);

export function carriesTime(field: string): boolean {
  return !timeless.has(field);
}

/** Which the version of an app's subscription is where it never said; up to 23 every status names its conversation. */
export const usualWebhookVersion = 25;
