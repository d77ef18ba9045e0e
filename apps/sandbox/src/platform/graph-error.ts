import { errorCodeByNumber } from "./error-codes.ts";
import type { Body } from "./state.ts";

/** Why a message failed, in the words of a `failed` status. */
export interface Failure {
  readonly code: number;
  readonly title: string;
  readonly details: string;
}

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
    const title = errorCodeByNumber.get(code)?.title ?? "An unknown error has occurred.";
    super(parts.message ?? (bare.has(code) ? title : `(#${code}) ${title}`));
    this.code = code;
    this.status = parts.status ?? errorCodeByNumber.get(code)?.status ?? 400;
    this.parts = parts;
  }

  /** The error envelope, whose `fbtrace_id` names this one answer. */
  body(traceId: string): Body {
    const {
      details = errorCodeByNumber.get(this.code)?.details,
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
  const entry = errorCodeByNumber.get(code);
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
