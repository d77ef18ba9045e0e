import type { TemplateContent } from "./content.ts";
import type { Problem } from "./outcome.ts";

export interface Template {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly category: string;
  readonly status: string;
  readonly parameterFormat: "positional" | "named";
  readonly components: readonly TemplateComponent[];
  readonly quality?: string;
  readonly rejectedReason?: string;
}

export type HeaderFormat = "text" | "image" | "video" | "document" | "gif" | "location" | "product";

export type TemplateComponent =
  | { readonly type: "header"; readonly format: HeaderFormat; readonly text?: string; readonly example?: unknown }
  | {
      readonly type: "body";
      readonly text: string;
      readonly example?: unknown;
      readonly addSecurityRecommendation?: boolean;
    }
  | { readonly type: "footer"; readonly text: string; readonly codeExpirationMinutes?: number }
  | { readonly type: "buttons"; readonly buttons: readonly TemplateButton[] }
  | { readonly type: "carousel"; readonly cards: readonly { readonly components: readonly TemplateComponent[] }[] }
  | { readonly type: "limitedTimeOffer"; readonly text: string; readonly hasExpiration: boolean }
  | { readonly type: "unrecognised"; readonly raw: unknown };

export interface TemplateButton {
  /** Lower-case: `quick_reply`, `url`, `phone_number`, `copy_code`, `flow`, `otp`, `catalog`, `mpm`, … */
  readonly type: string;
  readonly text: string;
  readonly url?: string;
  readonly phone?: string;
  readonly example?: string;
  readonly raw?: unknown;
}

/** A variable of a template: which part it stands in, and its name (`1`, `2`, … where positional). */
export interface TemplateVariable {
  /** `header`, `body`, `buttons[1]`, `cards[0].body`, … */
  readonly place: string;
  readonly name: string;
  readonly kind:
    | "text"
    | "image"
    | "video"
    | "document"
    | "gif"
    | "location"
    | "product"
    | "code"
    | "expiry"
    | "action";
  readonly example?: string;
}

export interface RenderedTemplate {
  readonly header?:
    | { readonly format: "text"; readonly text: string }
    | { readonly format: Exclude<HeaderFormat, "text"> };
  readonly body: string;
  readonly footer?: string;
  readonly buttons: readonly { readonly type: string; readonly text: string; readonly url?: string }[];
  readonly cards: readonly RenderedTemplate[];
  /** All of it as plain text, as shown in lists and found by search. */
  readonly text: string;
}

export function templateVariables(_template: Template): readonly TemplateVariable[] {
  throw new Error("not yet");
}
export function renderTemplate(_template: Template, _send: TemplateContent): RenderedTemplate {
  throw new Error("not yet");
}
/** What the platform would refuse about this use of the template. */
export function checkTemplateSend(_template: Template, _send: TemplateContent): readonly Problem[] {
  throw new Error("not yet");
}
/** The values for a template's variables, by place and name, as the content to send. */
export function fillTemplate(_template: Template, _values: Readonly<Record<string, string>>): TemplateContent {
  throw new Error("not yet");
}
/** Reads the platform's description of a template; `null` where it is none. */
export function parseTemplate(_raw: unknown): Template | null {
  throw new Error("not yet");
}
