import type { Body } from "./state.ts";

/** Why a message failed, in the words of a `failed` status. */
export interface Failure {
  readonly code: number;
  readonly title: string;
  readonly details: string;
}

interface Entry {
  readonly status: number;
  readonly title: string;
  readonly details?: string;
}

/** Codes, HTTP statuses and titles as in the platform's page "Error codes"; details where several clients report them. */
const catalogue: Record<number, Entry> = {
  0: { status: 401, title: "AuthException" },
  1: { status: 400, title: "An unknown error has occurred." },
  2: { status: 503, title: "Service temporarily unavailable" },
  3: { status: 500, title: "Unknown method" },
  4: { status: 400, title: "Application request limit reached" },
  10: { status: 403, title: "Application does not have permission for this action" },
  33: { status: 400, title: "Parameter value is not valid" },
  100: { status: 400, title: "Invalid parameter" },
  104: { status: 401, title: "An access token is required to request this resource." },
  190: { status: 401, title: "Invalid OAuth access token - Cannot parse access token" },
  200: { status: 403, title: "Permissions error" },
  368: { status: 403, title: "Temporarily blocked for policies violations" },
  2200: { status: 400, title: "Callback verification failed" },
  2500: { status: 400, title: "An active access token must be used to query information about the current user." },
  80007: { status: 400, title: "Rate limit issues" },
  130429: {
    status: 400,
    title: "Rate limit hit",
    details:
      "Message failed to send because there were too many messages sent from this phone number in a short period of time",
  },
  130472: {
    status: 400,
    title: "User's number is part of an experiment",
    details: "Failed to send message because this user's phone number is part of an experiment",
  },
  130497: { status: 403, title: "Business account is restricted from messaging users in this country." },
  131000: { status: 500, title: "Something went wrong", details: "Message failed to send due to an unknown error." },
  131005: { status: 403, title: "Access denied" },
  131008: { status: 400, title: "Required parameter is missing" },
  131009: { status: 400, title: "Parameter value is not valid" },
  131016: { status: 500, title: "Service unavailable" },
  131021: { status: 400, title: "Recipient cannot be sender" },
  131026: { status: 400, title: "Message undeliverable", details: "Message Undeliverable." },
  131030: { status: 400, title: "Recipient phone number not in allowed list" },
  131031: {
    status: 403,
    title: "Account has been locked",
    details: "Your account has been locked and can not send messages.",
  },
  131037: { status: 400, title: "Display name approval needed" },
  131042: {
    status: 400,
    title: "Business eligibility payment issue",
    details: "Message failed to send because there were one or more errors related to your payment method.",
  },
  131045: { status: 500, title: "Incorrect certificate" },
  131047: {
    status: 400,
    title: "Re-engagement message",
    details:
      "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
  },
  131048: {
    status: 400,
    title: "Spam rate limit hit",
    details:
      "Message failed to send because there are restrictions on how many messages can be sent from this phone number.",
  },
  131049: {
    status: 400,
    title: "This message was not delivered to maintain healthy ecosystem engagement.",
    details: "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
  },
  131050: {
    status: 400,
    title: "User has stopped marketing messages",
    details:
      "Message failed to send because the user has chosen to stop receiving marketing messages from this business.",
  },
  131051: { status: 400, title: "Unsupported message type", details: "Message type is currently not supported." },
  131052: { status: 400, title: "Media download error" },
  131053: { status: 400, title: "Media upload error" },
  131055: { status: 400, title: "Method not allowed" },
  131056: {
    status: 400,
    title: "(Business Account, Consumer Account) pair rate limit hit",
    details:
      "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.",
  },
  131057: { status: 500, title: "Account in maintenance mode" },
  131059: { status: 400, title: "Invalid cursor" },
  131062: { status: 400, title: "Business-scoped user ids are not supported for this message" },
  131063: { status: 400, title: "Marketing messages are disabled on Cloud API" },
  131064: { status: 400, title: "Messaging limit due to template misclassification" },
  132000: { status: 400, title: "Number of parameters does not match the expected number of params" },
  132001: { status: 404, title: "Template name does not exist in the translation" },
  132005: { status: 400, title: "Translated text too long" },
  132007: { status: 400, title: "Format character policy violated" },
  132008: { status: 400, title: "Parameter value is not valid" },
  132012: { status: 400, title: "Parameter format does not match format in the created template" },
  132015: {
    status: 400,
    title: "Template is paused",
    details: "Template is paused due to low quality so it cannot be sent.",
  },
  132016: {
    status: 400,
    title: "Template is disabled",
    details: "Template has been paused too many times due to low quality and is now permanently disabled.",
  },
  132018: { status: 400, title: "Invalid template parameters" },
  132068: { status: 400, title: "Flow is blocked" },
  132069: { status: 400, title: "Flow is throttled" },
  133005: { status: 400, title: "Two step verification PIN mismatch" },
  133006: { status: 400, title: "Phone number needs to be verified before registering" },
  133010: { status: 400, title: "Account not registered" },
  133016: { status: 400, title: "Account register/deregister rate limit exceeded" },
  134100: { status: 400, title: "Only marketing messages are supported" },
  134102: { status: 500, title: "Template is not available for use" },
  135000: { status: 400, title: "Generic user error" },
  139100: { status: 400, title: "Failed to block/unblock users" },
};

/** Codes whose message stands alone, without `(#code)` in front. */
const bare = new Set([0, 2, 104, 190, 2500]);

export interface ErrorParts {
  readonly message?: string;
  readonly details?: string;
  readonly subcode?: number;
  readonly type?: string;
  readonly status?: number;
  readonly userTitle?: string;
  readonly userMessage?: string;
  /** Members that stand beside `error` in the answer, as with `block_users`. */
  readonly beside?: Body;
}

/** An answer the platform gives instead of doing what was asked (Graph API, "Handling errors"). */
export class GraphError extends Error {
  readonly code: number;
  readonly status: number;
  readonly parts: ErrorParts;

  constructor(code: number, parts: ErrorParts = {}) {
    const title = catalogue[code]?.title ?? "An unknown error has occurred.";
    super(parts.message ?? (bare.has(code) ? title : `(#${code}) ${title}`));
    this.code = code;
    this.status = parts.status ?? catalogue[code]?.status ?? 400;
    this.parts = parts;
  }

  /** The error envelope, whose `fbtrace_id` names this one answer. */
  body(traceId: string): Body {
    const {
      details = catalogue[this.code]?.details,
      subcode,
      type = "OAuthException",
      userTitle,
      userMessage,
    } = this.parts;
    return {
      ...this.parts.beside,
      error: {
        message: this.message,
        type,
        code: this.code,
        ...(details === undefined ? {} : { error_data: { messaging_product: "whatsapp", details } }),
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        ...(userTitle === undefined
          ? {}
          : { is_transient: false, error_user_title: userTitle, error_user_msg: userMessage ?? "" }),
        fbtrace_id: traceId,
      },
    };
  }
}

export function failureOf(code: number, details?: string, title?: string): Failure {
  const entry = catalogue[code];
  const known = title ?? entry?.title ?? "Unknown error";
  return { code, title: known, details: details ?? entry?.details ?? known };
}

export const unknownObject = (verb: string, id: string): GraphError =>
  new GraphError(100, {
    subcode: 33,
    type: "GraphMethodException",
    message: `Unsupported ${verb.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
  });

export const missing = (path: string): GraphError =>
  new GraphError(100, { message: `(#100) The parameter ${path} is required.` });

export const wrongType = (path: string, expected: string): GraphError =>
  new GraphError(100, { message: `(#100) Param ${path} must be ${expected}.` });

/** 131009: the value has the right type, and the platform still will not have it. */
export const badValue = (details: string): GraphError => new GraphError(131009, { details });
