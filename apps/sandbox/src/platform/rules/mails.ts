import type { Instant } from "@loket/kit";
import { toIso } from "@loket/kit";
import type { Platform } from "../platform.ts";
import type { Body } from "../state.ts";

/** What the platform tells by mail and by no webhook. Nothing is sent: `GET /_sandbox/mails` shows them, and so does the log. */
export interface Mail {
  readonly at: Instant;
  /** Whom it concerns: an account, a consumer number or an operator's name. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

const keptAtMost = 1_000;

export function mail(platform: Platform, to: string, subject: string, text: string): void {
  const { mails } = platform.state.rules;
  const at = platform.now();
  mails.push({ at, to, subject, text });
  platform.log.write({
    kind: "webhook",
    at,
    url: null,
    field: "mail",
    raw: JSON.stringify({ to, subject, text }),
    signature: null,
    status: null,
    attempt: 0,
    problem: "The platform says this by mail, and by no webhook.",
  });
  if (mails.length > keptAtMost) mails.shift();
}

export function showMails(platform: Platform, to: string | null): Body[] {
  return platform.state.rules.mails
    .filter((one) => to === null || one.to === to)
    .map((one) => ({ ...one, at: toIso(one.at) }));
}
