import type { ContentType } from "./whatsapp/content.ts";
import { type MediaKind, type MediaRule, mediaRules } from "./whatsapp/media-rules.ts";

export type ChannelKind = "whatsapp" | "telegram" | "email" | "webchat";

/** What a channel can do. A channel that is not built says so rather than pretending to be able to do nothing. */
export type Capabilities =
  | { readonly kind: ChannelKind; readonly isBuilt: false; readonly why: string }
  | {
      readonly kind: ChannelKind;
      readonly isBuilt: true;
      readonly contentTypes: ReadonlySet<ContentType>;
      readonly media: Readonly<Record<MediaKind, MediaRule>>;
      readonly maxTextLength: number;
      readonly maxCaptionLength: number;
      /** How long after the person's last message we may answer freely; `null` where there is no such limit. */
      readonly serviceWindowMs: number | null;
      readonly needsTemplateOutsideWindow: boolean;
      readonly canQuote: boolean;
      readonly canReact: boolean;
      readonly canEdit: boolean;
      readonly canDelete: boolean;
      readonly hasReadReceipts: boolean;
      readonly hasTypingIndicator: boolean;
      readonly hasDeliveryReceipts: boolean;
      readonly canReceiveEdits: boolean;
    };

export function capabilities(kind: ChannelKind): Capabilities {
  return kind === "whatsapp" ? whatsapp : { kind, isBuilt: false, why: `The channel ${kind} is not built yet.` };
}

const whatsapp: Capabilities = {
  kind: "whatsapp",
  isBuilt: true,
  contentTypes: new Set<ContentType>([
    "text",
    "image",
    "video",
    "audio",
    "document",
    "sticker",
    "location",
    "contacts",
    "reaction",
    "interactive",
    "template",
  ]),
  media: mediaRules,
  maxTextLength: 4096,
  maxCaptionLength: 1024,
  serviceWindowMs: 24 * 3_600_000,
  needsTemplateOutsideWindow: true,
  canQuote: true,
  canReact: true,
  canEdit: false,
  canDelete: false,
  hasReadReceipts: true,
  hasTypingIndicator: true,
  hasDeliveryReceipts: true,
  canReceiveEdits: true,
};
