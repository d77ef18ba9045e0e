/** `rejected_reason` of a template (Webhooks, "message_template_status_update"). Imports nothing, so that a page may read it. */
export const rejectionReasons = [
  "ABUSIVE_CONTENT",
  "INVALID_FORMAT",
  "NONE",
  "PROMOTIONAL",
  "TAG_CONTENT_MISMATCH",
  "SCAM",
  "INCORRECT_CATEGORY",
] as const;

export type RejectionReason = (typeof rejectionReasons)[number];
