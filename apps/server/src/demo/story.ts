import type { MessageContent } from "@loket/channels";

/**
 * The demo's past as it is told: plain data, every moment relative to the day the demo is made. What a database must
 * know beyond that (states, claims, unread counts, statuses, ids) follows from the telling; see `unfold.ts`.
 *
 * A moment is written as
 *   "12m", "3h20m"   so long ago
 *   "5d 10:14"       five days ago at 10:14 where the organisation is
 *   "+6m"            after the step before
 *
 * `{+2d}` in a text becomes the name of the weekday two days after the message, `{0d}` that of its own day.
 */
export type Moment = string;

export interface Told {
  readonly people: readonly Person[];
}

export interface Person {
  readonly name: string;
  readonly phone: string;
  readonly language: "nl" | "en" | "de" | "ar" | "tr" | "it";
  /** Hides their number: the business knows them by their user id alone. */
  readonly hidden?: boolean;
  /** Nobody is behind this number. */
  readonly unreachable?: boolean;
  /** Entered by hand, with the name a colleague gave. */
  readonly enteredByHand?: boolean;
  readonly consents?: readonly Consent[];
  readonly suppressions?: readonly Suppression[];
  /** Oldest first. All but the last are closed. */
  readonly conversations: readonly (readonly Step[])[];
}

export interface Consent {
  readonly purpose: "marketing" | "transactional";
  readonly action: "granted" | "confirmed" | "withdrawn";
  readonly method: "web-form" | "inbound-message" | "in-person" | "paper" | "phone" | "email";
  readonly at: Moment;
  readonly wordingVersion?: string;
  readonly evidence?: string;
  /** The message in which the person said so; its id is the evidence. */
  readonly said?: string;
}

export interface Suppression {
  readonly scope: "all" | "marketing";
  readonly source: "keyword" | "button" | "agent" | "platform-preference" | "complaint";
  readonly at: Moment;
  readonly said?: string;
}

export type Step =
  | {
      readonly kind: "message";
      readonly direction: "in" | "out";
      readonly at: Moment;
      readonly content: MessageContent;
      /** The colleague who wrote it. */
      readonly by?: string;
      /** A name for other steps to point to; one per person. */
      readonly ref?: string;
      readonly repliesTo?: string;
      readonly status?: "sent" | "delivered" | "read" | "failed";
      readonly failure?: "131047" | "131026";
      /** The picture that stands for the file. */
      readonly picture?: Picture;
    }
  | { readonly kind: "reaction"; readonly at: Moment; readonly to: string; readonly emoji: string }
  | { readonly kind: "edit"; readonly at: Moment; readonly of: string; readonly body: string }
  | { readonly kind: "deletion"; readonly at: Moment; readonly of: string }
  | { readonly kind: "note"; readonly at: Moment; readonly by: string; readonly text: string }
  | { readonly kind: "claim"; readonly at: Moment; readonly by: string }
  | { readonly kind: "assign"; readonly at: Moment; readonly by: string; readonly to: string }
  | { readonly kind: "label"; readonly at: Moment; readonly by: string; readonly label: string }
  | { readonly kind: "snooze"; readonly at: Moment; readonly by: string; readonly forHours: number }
  | { readonly kind: "wake"; readonly at: Moment }
  | { readonly kind: "close"; readonly at: Moment; readonly by: string };

export type MessageStep = Extract<Step, { kind: "message" }>;
export type Picture = "cake" | "bread" | "road" | "river";

// ---- words to tell with ----

const contentOf = (said: string | MessageContent): MessageContent =>
  typeof said === "string" ? { type: "text", text: { body: said } } : said;

type InOptions = Pick<MessageStep, "ref" | "repliesTo" | "picture">;
type OutOptions = Pick<MessageStep, "ref" | "repliesTo" | "picture" | "status" | "failure">;

export const they = (at: Moment, said: string | MessageContent, options: InOptions = {}): Step => ({
  kind: "message",
  direction: "in",
  at,
  content: contentOf(said),
  ...options,
});
export const we = (at: Moment, by: string, said: string | MessageContent, options: OutOptions = {}): Step => ({
  kind: "message",
  direction: "out",
  at,
  by,
  content: contentOf(said),
  ...options,
});
export const react = (at: Moment, to: string, emoji: string): Step => ({ kind: "reaction", at, to, emoji });
export const edit = (at: Moment, of: string, body: string): Step => ({ kind: "edit", at, of, body });
export const remove = (at: Moment, of: string): Step => ({ kind: "deletion", at, of });
export const note = (at: Moment, by: string, text: string): Step => ({ kind: "note", at, by, text });
export const claim = (at: Moment, by: string): Step => ({ kind: "claim", at, by });
export const assign = (at: Moment, by: string, to: string): Step => ({ kind: "assign", at, by, to });
export const label = (at: Moment, by: string, name: string): Step => ({ kind: "label", at, by, label: name });
export const snooze = (at: Moment, by: string, forHours: number): Step => ({ kind: "snooze", at, by, forHours });
export const wake = (at: Moment): Step => ({ kind: "wake", at });
export const close = (at: Moment, by: string): Step => ({ kind: "close", at, by });

export const photo = (caption?: string): MessageContent => ({
  type: "image",
  image: caption === undefined ? {} : { caption },
});
export const place = (latitude: number, longitude: number, name: string, address: string): MessageContent => ({
  type: "location",
  location: { latitude, longitude, name, address },
});
export const card = (name: string, phone: string, company?: string): MessageContent => {
  const [first = name, ...rest] = name.split(" ");
  return {
    type: "contacts",
    contacts: [
      {
        name: { formatted_name: name, first_name: first, ...(rest.length > 0 ? { last_name: rest.join(" ") } : {}) },
        phones: [{ phone, type: "CELL" }],
        ...(company === undefined ? {} : { org: { company } }),
      },
    ],
  };
};
export const ask = (text: string, ...titles: readonly string[]): MessageContent => ({
  type: "interactive",
  interactive: {
    type: "button",
    body: { text },
    action: { buttons: titles.map((title, index) => ({ type: "reply", reply: { id: `choice-${index + 1}`, title } })) },
  },
});
export const offer = (
  text: string,
  button: string,
  ...rows: readonly (readonly [string, string])[]
): MessageContent => ({
  type: "interactive",
  interactive: {
    type: "list",
    body: { text },
    action: {
      button,
      sections: [{ rows: rows.map(([title, description], index) => ({ id: `row-${index + 1}`, title, description })) }],
    },
  },
});
export const chose = (number: number, title: string): MessageContent => ({
  type: "interactive",
  interactive: { type: "button_reply", button_reply: { id: `choice-${number}`, title } },
});
export const picked = (number: number, title: string, description: string): MessageContent => ({
  type: "interactive",
  interactive: { type: "list_reply", list_reply: { id: `row-${number}`, title, description } },
});
export const tapped = (text: string): MessageContent => ({ type: "button", button: { text, payload: text } });
export const template = (name: string, code: string, ...values: readonly string[]): MessageContent => ({
  type: "template",
  template: {
    name,
    language: { code },
    ...(values.length > 0
      ? { components: [{ type: "body", parameters: values.map((text) => ({ type: "text", text })) }] }
      : {}),
  },
});

/** Signed up on a form, and confirmed by the link in the mail that followed. */
export const signedUpOnline = (at: Moment, confirmedAt: Moment, wordingVersion: string, form: string): Consent[] => [
  { purpose: "marketing", action: "granted", method: "web-form", at, wordingVersion, evidence: form },
  {
    purpose: "marketing",
    action: "confirmed",
    method: "web-form",
    at: confirmedAt,
    wordingVersion,
    evidence: `${form}, link in confirmation mail followed`,
  },
];
