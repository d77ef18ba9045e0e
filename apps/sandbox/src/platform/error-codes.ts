import { featureErrors } from "./feature-error-codes.ts";

/**
 * Every error code of the platform the sandbox can answer with ("Error codes", with the pages of groups, calls, flows, block
 * users and usernames): HTTP status, title, where it shows up and what brings it about here. Where nothing in the sandbox's own
 * rules does, `provoke` is null and a fault of the control face does it.
 */
export interface ErrorCode {
  readonly code: number;
  /** HTTP status of the answer; for a code told later, the one the platform publishes for it. */
  readonly status: number;
  readonly where: Where;
  readonly title: string;
  /** What a developer does to see it; `null` where only a fault brings it about. */
  readonly provoke: string | null;
  readonly details?: string;
  /** The error code it accompanies as `error_subcode`; a row without is a code of its own. */
  readonly under?: number;
}

/**
 * - `answer`: instead of what was asked for.
 * - `status`: accepted with 200, then in a `failed` status.
 * - `both`: either, depending on when the platform notices.
 * - `webhook`: in `errors` of another webhook.
 * - `health`: in `health_status` of a node.
 */
export type Where = "answer" | "status" | "both" | "webhook" | "health";

export type ErrorRow = readonly [
  code: number,
  status: number,
  where: Where,
  title: string,
  provoke: string | null,
  details?: string,
];

const authorisation: readonly ErrorRow[] = [
  [0, 401, "answer", "AuthException", null],
  [3, 500, "answer", "Unknown method", null],
  [
    10,
    403,
    "answer",
    "Application does not have permission for this action",
    "send with a token without the scope whatsapp_business_messaging",
  ],
  [102, 401, "answer", "Session key invalid or no longer valid", null],
  [104, 401, "answer", "An access token is required to request this resource.", "leave the token out"],
  [190, 401, "answer", "Invalid OAuth access token - Cannot parse access token", "use a token the sandbox never gave"],
  [
    200,
    403,
    "answer",
    "Permissions error",
    "read an account with a token without the scope whatsapp_business_management",
  ],
  [
    368,
    403,
    "answer",
    "Temporarily blocked for policies violations",
    "send a template while RESTRICTED_BIZ_INITIATED_MESSAGING is in force",
  ],
  [2200, 400, "answer", "Callback verification failed", "set a callback that does not answer the handshake"],
  [130497, 403, "both", "Business account is restricted from messaging users in this country.", null],
  [131005, 403, "answer", "Access denied", null],
  [
    131031,
    403,
    "both",
    "Account has been locked",
    "send from an account that was disabled",
    "Your account has been locked and can not send messages.",
  ],
];

const throttling: readonly ErrorRow[] = [
  [4, 400, "answer", "Application request limit reached", null],
  [17, 400, "answer", "User request limit reached", null],
  [32, 400, "answer", "Page request limit reached", null],
  [
    613,
    429,
    "answer",
    "Calls to this api have exceeded the rate limit.",
    "ask for call_permissions more than five times in a second",
  ],
  [80007, 400, "answer", "Rate limit issues", "create more than 100 templates of one account in an hour"],
  [
    130429,
    400,
    "both",
    "Rate limit hit",
    "send more than 80 messages in a second from one number",
    "Message failed to send because there were too many messages sent from this phone number in a short period of time",
  ],
  [
    131048,
    400,
    "both",
    "Spam rate limit hit",
    "reach more people in 24 hours than the portfolio's messaging limit allows",
    "Message failed to send because there are restrictions on how many messages can be sent from this phone number.",
  ],
  [
    131056,
    400,
    "both",
    "(Business Account, Consumer Account) pair rate limit hit",
    "send 46 messages to one person at once",
    "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.",
  ],
  [131057, 500, "both", "Account in maintenance mode", "send while the number's throughput is being upgraded"],
  [
    131064,
    400,
    "both",
    "Messaging limit due to template misclassification",
    "send a utility template while RESTRICTED_UTILITY_TEMPLATES is in force",
  ],
  [
    133016,
    400,
    "answer",
    "Account register/deregister rate limit exceeded",
    "register, deregister or ask for a code an eleventh time in 72 hours",
  ],
];

const sending: readonly ErrorRow[] = [
  [1, 400, "answer", "An unknown error has occurred.", "give a wrong client_secret for an access token"],
  [2, 503, "answer", "Service temporarily unavailable", null],
  [33, 400, "answer", "Parameter value is not valid", null],
  [100, 400, "answer", "Invalid parameter", "leave messaging_product out"],
  [1026, 400, "status", "Receiver incapable", null],
  [
    2500,
    400,
    "answer",
    "An active access token must be used to query information about the current user.",
    "ask for a path that does not exist",
  ],
  [
    130472,
    400,
    "status",
    "User's number is part of an experiment",
    "send a marketing template to somebody held out (thresholds.marketing.heldOutShare)",
    "Failed to send message because this user's phone number is part of an experiment",
  ],
  [131000, 500, "both", "Something went wrong", null, "Message failed to send due to an unknown error."],
  [131002, 400, "answer", "Invalid recipient type", null],
  [131008, 400, "answer", "Required parameter is missing", "send a contact with no name part but formatted_name"],
  [
    131009,
    400,
    "both",
    "Parameter value is not valid",
    "send a text of 4,097 characters; react to a message that does not exist",
  ],
  [131016, 500, "both", "Service unavailable", null],
  [131021, 400, "both", "Recipient cannot be sender", "send to the number itself"],
  [
    131026,
    400,
    "status",
    "Message undeliverable",
    "send to somebody who blocked you or is not on the platform",
    "Message Undeliverable.",
  ],
  [
    131030,
    400,
    "answer",
    "Recipient phone number not in allowed list",
    "send from a number that has allowedRecipients to somebody else",
    "Recipient phone number not in allowed list: Add recipient phone number to recipient list and try again.",
  ],
  [131037, 400, "both", "Display name approval needed", "send from a +1 555 number whose name is not approved"],
  [
    131042,
    400,
    "status",
    "Business eligibility payment issue",
    "send what is billed from an account without paymentMethod",
    "Message failed to send because there were one or more errors related to your payment method.",
  ],
  [131044, 400, "answer", "Business eligibility payment issue for calling", null],
  [131045, 500, "both", "Incorrect certificate", null],
  [
    131047,
    400,
    "status",
    "Re-engagement message",
    "write freely 24 hours after the person's last message",
    "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
  ],
  [
    131049,
    400,
    "status",
    "This message was not delivered to maintain healthy ecosystem engagement.",
    "send a marketing template to a number in the United States",
    "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
  ],
  [
    131050,
    400,
    "status",
    "User has stopped marketing messages",
    "send a marketing template to somebody who stopped them",
    "Message failed to send because the user has chosen to stop receiving marketing messages from this business.",
  ],
  [
    131051,
    400,
    "answer",
    "Unsupported message type",
    "send a message of type pin to one person",
    "Message type is currently not supported.",
  ],
  [
    131052,
    400,
    "webhook",
    "Media download error",
    "let a person send media with errors",
    "Failed to download the media from the sender.",
  ],
  [131053, 400, "both", "Media upload error", "send an image by a link that ends in .gif"],
  [131055, 400, "answer", "Method not allowed", "send a utility template over marketing_messages of version 22"],
  [131059, 400, "answer", "Invalid cursor", "list with an `after` of your own making"],
  [131060, 400, "status", "This message is unavailable", null],
  [
    131062,
    400,
    "answer",
    "Business-scoped user ids are not supported for this message",
    "send an authentication template to a user id",
  ],
  [
    131063,
    400,
    "answer",
    "Marketing messages are disabled on Cloud API",
    "send a marketing template over messages after disable_marketing_messages_on_cloud_api",
  ],
  [135000, 400, "both", "Generic user error", null],
  [
    137000,
    400,
    "both",
    "Recipient identity key hash mismatch",
    "send with a recipient_identity_key_hash that is not the person's",
  ],
  [1752041, 400, "answer", "Duplicate request", null],
];

const templates: readonly ErrorRow[] = [
  [
    132000,
    400,
    "answer",
    "Number of parameters does not match the expected number of params",
    "leave a parameter of a template out",
  ],
  [
    132001,
    404,
    "answer",
    "Template name does not exist in the translation",
    "send a template in a language it has not",
  ],
  [132005, 400, "answer", "Translated text too long", "fill a template in to more than 1,024 characters"],
  [132007, 400, "answer", "Format character policy violated", "send a parameter with a line break to version 22"],
  [132008, 400, "answer", "Parameter value is not valid", null],
  [
    132012,
    400,
    "answer",
    "Parameter format does not match format in the created template",
    "leave the picture of a template's header out",
  ],
  [
    132015,
    400,
    "both",
    "Template is paused",
    "send a paused template",
    "Template is paused due to low quality so it cannot be sent.",
  ],
  [
    132016,
    400,
    "both",
    "Template is disabled",
    "send a disabled template",
    "Template has been paused too many times due to low quality and is now permanently disabled.",
  ],
  [132018, 400, "answer", "Invalid template parameters", "send a parameter with a line break"],
  [132021, 400, "status", "Template name already used", null],
  [132068, 400, "both", "Flow is blocked", "send a flow whose status is BLOCKED"],
  [
    132069,
    400,
    "both",
    "Flow is throttled",
    "send an eleventh message in an hour with a flow whose status is THROTTLED",
  ],
  [
    134011,
    400,
    "answer",
    "WhatsApp Payments terms of service has not been accepted",
    "send an interactive message of type order_details",
  ],
  [134100, 400, "answer", "Only marketing messages are supported", "send a utility template over marketing_messages"],
  [134101, 400, "answer", "Template sync pending", null],
  [
    134102,
    500,
    "answer",
    "Template is not available for use",
    "use marketing_messages with an account that is not onboarded",
  ],
  [134103, 400, "answer", "Marketing Messages API error", null],
  [
    139200,
    403,
    "both",
    "Direct Send access blocked",
    "give `category` while RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES is in force",
  ],
];

type Subcode = readonly [subcode: number, under: number, title: string, provoke: string | null];

const subcodes: readonly Subcode[] = [
  [33, 100, "Unknown or inaccessible object", "ask for an id that does not exist"],
  [458, 190, "App removed", "revoke a token with 458"],
  [460, 190, "Password changed", "revoke a token with 460"],
  [463, 190, "Token expired", "use a token after its end"],
  [467, 190, "Token invalidated", "revoke a token with 467"],
  [2494055, 130429, "Throughput", "send more than 80 messages in a second from one number"],
  [2494071, 131056, "Pair rate", "send 46 messages to one person at once"],
  [2388019, 100, "Template limit reached", "create a 251st template for a portfolio that is not verified"],
  [
    2388023,
    100,
    "Template name is being deleted, or template can't be edited",
    "create a template of a name deleted less than 30 days ago",
  ],
  [2388024, 100, "Template content in this language already exists", "create a template twice"],
  [2388040, 100, "Template field is too long", "create a template with a header of 61 characters"],
  [2388047, 100, "Header format is wrong", "create a template with two variables in its header"],
  [2388072, 100, "Body format is wrong", "create a template without a body"],
  [2388073, 100, "Footer format is wrong", "create a template with a variable in its footer"],
  [2388293, 100, "Too many variables for the length", "create a template that is mostly variables"],
  [2388299, 100, "Variable at start or end", "create a template whose body begins with a variable"],
  [2388318, 100, "Direct Send template can't be edited", null],
  [2388330, 100, "Direct Send template can't be deleted", null],
];

export const errorCodes: readonly ErrorCode[] = [
  ...[authorisation, throttling, sending, templates, featureErrors]
    .flat()
    .map(([code, status, where, title, provoke, details]) => ({
      code,
      status,
      where,
      title,
      provoke,
      ...(details === undefined ? {} : { details }),
    })),
  ...subcodes.map(([code, under, title, provoke]) => ({
    code,
    status: under === 190 ? 401 : 400,
    where: "answer" as const,
    title,
    provoke,
    under,
  })),
];

/** Codes of their own, without subcodes. */
export const errorCodeByNumber: ReadonlyMap<number, ErrorCode> = new Map(
  errorCodes.filter(({ under }) => under === undefined).map((error) => [error.code, error]),
);
