/**
 * Fields of the platform's webhooks that we understand, as the platform names them ("Webhooks, Fields"). `messages` goes
 * to a number's own address, everything else to the application's.
 */
export const webhookFields = [
  "account_alerts",
  "account_review_update",
  "account_update",
  "business_capability_update",
  "message_template_components_update",
  "message_template_quality_update",
  "message_template_status_update",
  "messages",
  "phone_number_name_update",
  "phone_number_quality_update",
  "security",
  "smb_message_echoes",
  "template_category_update",
  "user_preferences",
];
