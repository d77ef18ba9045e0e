import type { MediaId } from "@loket/kit";

/**
 * What a message says, whichever way it travels. Members carry the names of the Cloud API's message object, because
 * these names are promised to programs outside ("Send messages", "Messages webhook"). A type the platform invents
 * tomorrow arrives as `unrecognised` with its raw element: stored, not lost.
 */
export type MessageContent =
  | TextContent
  | ImageContent
  | VideoContent
  | AudioContent
  | DocumentContent
  | StickerContent
  | LocationContent
  | ContactsContent
  | ReactionContent
  | InteractiveContent
  | TemplateContent
  | ButtonContent
  | OrderContent
  | SystemContent
  | UnsupportedContent
  | UnrecognisedContent;

export type ContentType = MessageContent["type"];

export interface TextContent {
  readonly type: "text";
  readonly text: { readonly body: string; readonly preview_url?: boolean };
}

/**
 * A file by one of its names: `mediaId` is ours, `id` the platform's, `link` a public address the platform fetches.
 * Inbound media carry `id`, `mime_type`, `sha256` and often `url` (short-lived; needs the account's token).
 */
export interface MediaReference {
  readonly mediaId?: MediaId;
  readonly id?: string;
  readonly link?: string;
  readonly mime_type?: string;
  readonly sha256?: string;
  readonly url?: string;
}

export interface ImageContent {
  readonly type: "image";
  readonly image: MediaReference & { readonly caption?: string };
}
export interface VideoContent {
  readonly type: "video";
  readonly video: MediaReference & { readonly caption?: string };
}
export interface AudioContent {
  readonly type: "audio";
  readonly audio: MediaReference & { readonly voice?: boolean };
}
export interface DocumentContent {
  readonly type: "document";
  readonly document: MediaReference & { readonly caption?: string; readonly filename?: string };
}
export interface StickerContent {
  readonly type: "sticker";
  readonly sticker: MediaReference & { readonly animated?: boolean };
}

export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly name?: string;
  readonly address?: string;
  readonly url?: string;
}
export interface LocationContent {
  readonly type: "location";
  readonly location: Place;
}

export interface ContactCard {
  readonly name: {
    readonly formatted_name: string;
    readonly first_name?: string;
    readonly last_name?: string;
    readonly middle_name?: string;
    readonly prefix?: string;
    readonly suffix?: string;
  };
  readonly phones?: readonly { readonly phone?: string; readonly type?: string; readonly wa_id?: string }[];
  readonly emails?: readonly { readonly email?: string; readonly type?: string }[];
  readonly urls?: readonly { readonly url?: string; readonly type?: string }[];
  readonly addresses?: readonly {
    readonly street?: string;
    readonly city?: string;
    readonly state?: string;
    readonly zip?: string;
    readonly country?: string;
    readonly country_code?: string;
    readonly type?: string;
  }[];
  readonly org?: { readonly company?: string; readonly department?: string; readonly title?: string };
  readonly birthday?: string;
  readonly vcard?: string;
}
export interface ContactsContent {
  readonly type: "contacts";
  readonly contacts: readonly ContactCard[];
  /** Inbound: `contact_request` when the person answered our request for contact details. */
  readonly origin?: string;
}

/** Outbound. A reaction we receive is the event `reactionChanged`. An empty `emoji` takes the reaction away. */
export interface ReactionContent {
  readonly type: "reaction";
  readonly reaction: { readonly message_id: string; readonly emoji: string };
}

export interface InteractiveContent {
  readonly type: "interactive";
  readonly interactive: InteractiveMessage | InteractiveReply;
}

type HeaderMedia = Pick<MediaReference, "mediaId" | "id" | "link">;
export type InteractiveHeader =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image"; readonly image: HeaderMedia }
  | { readonly type: "video"; readonly video: HeaderMedia }
  | { readonly type: "document"; readonly document: HeaderMedia & { readonly filename?: string } };

interface InteractiveFrame {
  readonly body: { readonly text: string };
  readonly footer?: { readonly text: string };
}

/** What we may ask or offer. */
export type InteractiveMessage =
  | (InteractiveFrame & {
      readonly type: "button";
      readonly header?: InteractiveHeader;
      readonly action: {
        readonly buttons: readonly {
          readonly type: "reply";
          readonly reply: { readonly id: string; readonly title: string };
        }[];
      };
    })
  | (InteractiveFrame & {
      readonly type: "list";
      readonly header?: { readonly type: "text"; readonly text: string };
      readonly action: {
        readonly button: string;
        readonly sections: readonly {
          readonly title?: string;
          readonly rows: readonly { readonly id: string; readonly title: string; readonly description?: string }[];
        }[];
      };
    })
  | (InteractiveFrame & {
      readonly type: "cta_url";
      readonly header?: InteractiveHeader;
      readonly action: {
        readonly name: "cta_url";
        readonly parameters: { readonly display_text: string; readonly url: string };
      };
    })
  | {
      readonly type: "location_request_message";
      readonly body: { readonly text: string };
      readonly action: { readonly name: "send_location" };
    }
  | {
      readonly type: "request_contact_info";
      readonly body: { readonly text: string };
      readonly action: { readonly name: "request_contact_info" };
    }
  | {
      readonly type: "call_permission_request";
      readonly body?: { readonly text: string };
      readonly action: { readonly name: "call_permission_request" };
    }
  | (InteractiveFrame & {
      readonly type: "voice_call";
      readonly action: {
        readonly name: "voice_call";
        readonly parameters?: {
          readonly display_text?: string;
          readonly ttl_minutes?: number;
          readonly payload?: string;
        };
      };
    })
  | (InteractiveFrame & {
      readonly type: "flow";
      readonly header?: InteractiveHeader;
      readonly action: {
        readonly name: "flow";
        readonly parameters: {
          readonly flow_message_version: string;
          readonly flow_id?: string;
          readonly flow_name?: string;
          readonly flow_cta: string;
          readonly flow_token?: string;
          readonly mode?: "published" | "draft";
          readonly flow_action?: "navigate" | "data_exchange";
          readonly flow_action_payload?: {
            readonly screen?: string;
            readonly data?: Readonly<Record<string, unknown>>;
          };
        };
      };
    })
  | {
      readonly type: "product";
      readonly body?: { readonly text: string };
      readonly footer?: { readonly text: string };
      readonly action: { readonly catalog_id: string; readonly product_retailer_id: string };
    }
  | (InteractiveFrame & {
      readonly type: "product_list";
      readonly header: { readonly type: "text"; readonly text: string };
      readonly action: {
        readonly catalog_id: string;
        readonly sections: readonly {
          readonly title?: string;
          readonly product_items: readonly { readonly product_retailer_id: string }[];
        }[];
      };
    })
  | (InteractiveFrame & {
      readonly type: "catalog_message";
      readonly action: {
        readonly name: "catalog_message";
        readonly parameters?: { readonly thumbnail_product_retailer_id?: string };
      };
    })
  | {
      readonly type: "carousel";
      readonly body: { readonly text: string };
      readonly action: { readonly cards: readonly CarouselCard[] };
    };

export type CarouselCard =
  | {
      readonly card_index: number;
      readonly type: "cta_url";
      readonly header: InteractiveHeader;
      readonly body?: { readonly text: string };
      readonly action:
        | {
            readonly name: "cta_url";
            readonly parameters: { readonly display_text: string; readonly url: string };
          }
        | {
            readonly buttons: readonly {
              readonly type: "quick_reply";
              readonly quick_reply: { readonly id: string; readonly title: string };
            }[];
          };
    }
  | {
      readonly card_index: number;
      readonly type: "product";
      readonly action: { readonly product_retailer_id: string; readonly catalog_id: string };
    };

/** What a person answered to one of those. */
export type InteractiveReply =
  | { readonly type: "button_reply"; readonly button_reply: { readonly id: string; readonly title: string } }
  | {
      readonly type: "list_reply";
      readonly list_reply: { readonly id: string; readonly title: string; readonly description?: string };
    }
  | {
      readonly type: "nfm_reply";
      /** `response_json` is the form as the person filled it in: JSON inside a string, kept as it came. */
      readonly nfm_reply: { readonly name?: string; readonly body?: string; readonly response_json: string };
    }
  | {
      readonly type: "call_permission_reply";
      readonly call_permission_reply: {
        readonly response: string;
        readonly is_permanent?: boolean;
        readonly expiration_timestamp?: number;
        readonly response_source?: string;
      };
    };

/** A message in a form the platform approved beforehand, with the values for its variables. */
export interface TemplateContent {
  readonly type: "template";
  readonly template: {
    readonly name: string;
    readonly language: { readonly code: string };
    readonly components?: readonly TemplateSendComponent[];
  };
}

export type TemplateSendComponent =
  | { readonly type: "header"; readonly parameters: readonly TemplateParameter[] }
  | { readonly type: "body"; readonly parameters: readonly TemplateParameter[] }
  | {
      readonly type: "button";
      readonly sub_type: "url" | "quick_reply" | "copy_code" | "flow" | "catalog" | "mpm" | "voice_call";
      /** Position among all buttons of the template, static ones included, counted from 0. */
      readonly index: number | string;
      readonly parameters: readonly TemplateParameter[];
    }
  | { readonly type: "limited_time_offer"; readonly parameters: readonly TemplateParameter[] }
  | {
      readonly type: "carousel";
      readonly cards: readonly {
        readonly card_index: number;
        readonly components: readonly TemplateSendComponent[];
      }[];
    }
  | { readonly type: "tap_target_configuration"; readonly parameters: readonly TemplateParameter[] };

export type TemplateParameter =
  | { readonly type: "text"; readonly text: string; readonly parameter_name?: string }
  | {
      readonly type: "currency";
      readonly currency: { readonly fallback_value: string; readonly code: string; readonly amount_1000: number };
      readonly parameter_name?: string;
    }
  | {
      readonly type: "date_time";
      readonly date_time: { readonly fallback_value: string };
      readonly parameter_name?: string;
    }
  | { readonly type: "image"; readonly image: HeaderMedia }
  | { readonly type: "video"; readonly video: HeaderMedia }
  | { readonly type: "gif"; readonly gif: HeaderMedia }
  | { readonly type: "document"; readonly document: HeaderMedia & { readonly filename?: string } }
  | { readonly type: "location"; readonly location: Place }
  | {
      readonly type: "product";
      readonly product: { readonly product_retailer_id: string; readonly catalog_id?: string };
    }
  | { readonly type: "payload"; readonly payload: string }
  | { readonly type: "coupon_code"; readonly coupon_code: string }
  | { readonly type: "action"; readonly action: Readonly<Record<string, unknown>> }
  | {
      readonly type: "limited_time_offer";
      readonly limited_time_offer: { readonly expiration_time_ms: number };
    }
  | {
      readonly type: "tap_target_configuration";
      readonly tap_target_configuration: readonly { readonly url: string; readonly title: string }[];
    }
  | { readonly type: "group_id"; readonly group_id: string };

/** A tap on a template's quick reply. */
export interface ButtonContent {
  readonly type: "button";
  readonly button: { readonly text: string; readonly payload?: string };
}

export interface OrderContent {
  readonly type: "order";
  readonly order: {
    readonly catalog_id: string;
    readonly text?: string;
    readonly product_items: readonly {
      readonly product_retailer_id: string;
      readonly quantity: number;
      readonly item_price: number;
      readonly currency: string;
    }[];
  };
}

/** A remark of the platform inside the conversation that we know no meaning for; known ones come as `identityChanged`. */
export interface SystemContent {
  readonly type: "system";
  readonly system: { readonly body: string; readonly type?: string };
}

/** The person sent something the platform does not pass on, such as a poll. */
export interface UnsupportedContent {
  readonly type: "unsupported";
  readonly unsupported: { readonly type?: string };
  readonly errors?: readonly { readonly code: string; readonly title: string; readonly detail?: string }[];
}

/** Something we do not know, kept whole. */
export interface UnrecognisedContent {
  readonly type: "unrecognised";
  readonly raw: unknown;
}
