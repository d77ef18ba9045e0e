import { never } from "@loket/kit";
import type {
  CarouselCard,
  InteractiveHeader,
  InteractiveMessage,
  MediaReference,
  MessageContent,
  TemplateContent,
  TemplateParameter,
  TemplateSendComponent,
} from "./content.ts";
import { type MediaKind, mediaRules } from "./media-rules.ts";
import type { Problem } from "./outcome.ts";
import { Problems } from "./problems.ts";
import { looksLikeUserId, phoneOf } from "./read.ts";

/** One message to one recipient. */
export interface Outbound {
  readonly to: Recipient;
  readonly content: MessageContent;
  /** The message this one quotes. */
  readonly repliesTo?: { readonly providerId: string };
  /** At most 512 characters; comes back on every status of this message. */
  readonly callbackData?: string;
  /** Send only while the person's identity is still the one this hash was given for. */
  readonly identityKeyHash?: string;
}

/** A number (E.164), a user id, or a group. */
export type Recipient = { readonly phone: string } | { readonly userId: string } | { readonly groupId: string };

/**
 * Everything the channel would refuse about this message, found without asking it ("Send messages", "Interactive
 * messages"). Empty means: as far as its form goes, it may be sent. Lengths are counted in UTF-16 units, which is
 * never less than what the platform counts.
 */
export function checkOutbound(outbound: Outbound): readonly Problem[] {
  const problems = new Problems();
  checkRecipient(problems, outbound.to);
  problems.text("callbackData", outbound.callbackData, { max: 512, optional: true });
  if (outbound.repliesTo) {
    problems.text("repliesTo.providerId", outbound.repliesTo.providerId, { max: 1024 });
    if (outbound.content.type === "reaction") {
      problems.add("repliesTo", "conflict", "A reaction cannot quote a message.", "Leave the quote out.");
    }
  }
  checkContent(problems, outbound.content);
  return problems.found;
}

/** The body of the call that sends it ("Send messages"). Check it first: this trusts what it is given. */
export function toGraphBody(outbound: Outbound): Record<string, unknown> {
  const { to, content } = outbound;
  return {
    messaging_product: "whatsapp",
    recipient_type: "groupId" in to ? "group" : "individual",
    ...("phone" in to
      ? { to: to.phone.replace(/\D/g, "") }
      : "userId" in to
        ? { recipient: to.userId }
        : { to: to.groupId }),
    ...(outbound.repliesTo ? { context: { message_id: outbound.repliesTo.providerId } } : {}),
    ...(outbound.callbackData === undefined ? {} : { biz_opaque_callback_data: outbound.callbackData }),
    ...(outbound.identityKeyHash === undefined ? {} : { recipient_identity_key_hash: outbound.identityKeyHash }),
    ...withoutOurMembers(sendable(content)),
  };
}

/** Our own names for media, and what only inbound media carry, mean nothing to the platform. */
function withoutOurMembers(value: unknown): Record<string, unknown> {
  const strip = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(strip);
    if (typeof part !== "object" || part === null) return part;
    const isMedia = "mediaId" in part || "mime_type" in part || "sha256" in part;
    const members = Object.entries(part).filter(
      ([name, member]) => member !== undefined && !(isMedia && inboundMediaMembers.has(name)),
    );
    return Object.fromEntries(members.map(([name, member]) => [name, strip(member)]));
  };
  return strip(value) as Record<string, unknown>;
}

const inboundMediaMembers: ReadonlySet<string> = new Set(["mediaId", "mime_type", "sha256", "url", "animated"]);

/** What only inbound content carries, so that what came in can be passed on. */
function sendable(content: MessageContent): MessageContent {
  if (content.type === "contacts") return { type: "contacts", contacts: content.contacts };
  if (content.type !== "location") return content;
  const { url: _shownOnly, ...location } = content.location;
  return { type: "location", location };
}

function checkRecipient(problems: Problems, to: Recipient): void {
  if ("phone" in to) {
    if (phoneOf(to.phone) === undefined) {
      problems.add("to.phone", "invalid", "This is not a phone number.", "Write it as +31612345678.");
    }
  } else if ("userId" in to) {
    if (!looksLikeUserId(to.userId)) {
      problems.add("to.userId", "invalid", "This is not a user id.", "Use the id the platform gave, such as NL.123….");
    }
  } else if (to.groupId === "") problems.add("to.groupId", "empty", "The group has no id.", "Name the group.");
}

function checkContent(problems: Problems, content: MessageContent): void {
  switch (content.type) {
    case "text":
      problems.text("text.body", content.text.body, { max: 4096 });
      return;
    case "image":
      checkMedia(problems, "image", content.image, "image");
      problems.text("image.caption", content.image.caption, { max: 1024, optional: true });
      return;
    case "video":
      checkMedia(problems, "video", content.video, "video");
      problems.text("video.caption", content.video.caption, { max: 1024, optional: true });
      return;
    case "document":
      checkMedia(problems, "document", content.document, "document");
      problems.text("document.caption", content.document.caption, { max: 1024, optional: true });
      return;
    case "audio":
      checkMedia(problems, "audio", content.audio, "audio");
      if (content.audio.voice === true && bareType(content.audio.mime_type ?? "audio/ogg") !== "audio/ogg") {
        problems.add(
          "audio.voice",
          "mismatch",
          "Only ogg/opus is shown as a voice note.",
          "Convert it, or send it as plain audio.",
        );
      }
      return;
    case "sticker":
      checkMedia(problems, "sticker", content.sticker, "sticker");
      return;
    case "location":
      checkPlace(problems, "location", content.location);
      return;
    case "contacts":
      checkCards(problems, content.contacts);
      return;
    case "reaction":
      problems.text("reaction.message_id", content.reaction.message_id, { max: 1024 });
      if (content.reaction.emoji !== "" && !isOneEmoji(content.reaction.emoji)) {
        problems.add(
          "reaction.emoji",
          "invalid",
          "A reaction is one emoji.",
          "Choose one emoji; empty takes the reaction away.",
        );
      }
      return;
    case "interactive":
      switch (content.interactive.type) {
        case "button_reply":
        case "list_reply":
        case "nfm_reply":
        case "call_permission_reply":
          notSendable(problems, content.interactive.type);
          return;
        default:
          checkInteractive(problems, content.interactive);
          return;
      }
    case "template":
      checkTemplate(problems, content);
      return;
    case "button":
    case "order":
    case "system":
    case "unsupported":
    case "unrecognised":
      notSendable(problems, content.type);
      return;
    default:
      never(content, "content");
  }
}

function notSendable(problems: Problems, type: string): void {
  problems.add("type", "notSendable", `Only a person can send ${type}.`, "Send text, media or buttons instead.");
}

function checkMedia(problems: Problems, path: string, media: MediaReference, kind: MediaKind): void {
  checkFile(problems, path, media);
  if (media.mime_type !== undefined && !mediaRules[kind].mimeTypes.includes(bareType(media.mime_type))) {
    problems.add(
      `${path}.mime_type`,
      "invalid",
      `${media.mime_type} cannot be sent as ${kind}.`,
      `Use ${mediaRules[kind].mimeTypes.join(", ")}${kind === "document" ? "" : ", or send it as a document"}.`,
    );
  }
}

function checkFile(problems: Problems, path: string, media: Pick<MediaReference, "mediaId" | "id" | "link">): void {
  if (media.id !== undefined && media.link !== undefined) {
    problems.add(path, "conflict", "A file is named by id or by link, not both.", "Leave one out.");
  } else if (media.link !== undefined) problems.url(`${path}.link`, media.link);
  else if (media.id === "") problems.add(`${path}.id`, "empty", "The file's id is empty.", "Upload the file first.");
  else if (media.id === undefined && media.mediaId !== undefined) {
    problems.add(path, "notUploaded", "The file is not at the platform yet.", "Upload it and send its id.");
  } else if (media.id === undefined) {
    problems.add(path, "missing", "There is no file.", "Give an uploaded file's id or a public link.");
  }
}

/** `audio/ogg; codecs=opus` without what comes after the semicolon. */
function bareType(mimeType: string): string {
  return (mimeType.split(";")[0] ?? "").trim().toLowerCase();
}

function checkPlace(
  problems: Problems,
  path: string,
  place: { readonly latitude: number; readonly longitude: number },
): void {
  problems.range(`${path}.latitude`, place.latitude, -90, 90);
  problems.range(`${path}.longitude`, place.longitude, -180, 180);
}

function checkCards(problems: Problems, cards: Extract<MessageContent, { type: "contacts" }>["contacts"]): void {
  problems.count("contacts", cards.length, 1, 257, "contact cards");
  for (const [index, { name }] of cards.entries()) {
    problems.text(`contacts[${index}].name.formatted_name`, name.formatted_name, { max: 1024 });
    const { formatted_name: _shown, ...parts } = name;
    if (!Object.values(parts).some((part) => part !== undefined && part !== "")) {
      problems.add(
        `contacts[${index}].name`,
        "missing",
        "The full name alone is not enough.",
        "Add a first or last name.",
      );
    }
  }
}

function isOneEmoji(text: string): boolean {
  const graphemes = [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)];
  return (
    graphemes.length === 1 && /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\ufe0f?\u20e3/u.test(text)
  );
}

// Interactive

const path = "interactive";

function checkInteractive(problems: Problems, message: InteractiveMessage): void {
  const body = (max: number) => problems.text(`${path}.body.text`, message.body?.text, { max });
  const optionalBody = () => problems.text(`${path}.body.text`, message.body?.text, { max: 1024, optional: true });
  if ("footer" in message) problems.text(`${path}.footer.text`, message.footer?.text, { max: 60, optional: true });
  if ("header" in message && message.header) checkHeader(problems, `${path}.header`, message.header);
  switch (message.type) {
    case "button": {
      body(1024);
      const { buttons } = message.action;
      problems.count(`${path}.action.buttons`, buttons.length, 1, 3, "buttons");
      const replies = buttons.map((button, index) => ({
        ...button.reply,
        path: `${path}.action.buttons[${index}].reply`,
      }));
      checkReplies(problems, replies);
      return;
    }
    case "list":
      body(4096);
      if (message.header !== undefined && message.header.type !== "text") {
        problems.add(`${path}.header`, "invalid", "A list has a header of text only.", "Write a text header.");
      }
      problems.text(`${path}.action.button`, message.action.button, { max: 20 });
      checkSections(problems, message.action.sections);
      return;
    case "cta_url":
      body(1024);
      problems.text(`${path}.action.parameters.display_text`, message.action.parameters.display_text, { max: 20 });
      problems.url(`${path}.action.parameters.url`, message.action.parameters.url);
      return;
    case "location_request_message":
    case "request_contact_info":
      body(1024);
      return;
    case "call_permission_request":
      optionalBody();
      return;
    case "voice_call": {
      body(1024);
      const { parameters } = message.action;
      problems.text(`${path}.action.parameters.display_text`, parameters?.display_text, { max: 20, optional: true });
      if (parameters?.ttl_minutes !== undefined) {
        problems.range(`${path}.action.parameters.ttl_minutes`, parameters.ttl_minutes, 1, 43_200);
      }
      return;
    }
    case "flow":
      body(1024);
      checkFlow(problems, message.action.parameters);
      return;
    case "product":
      optionalBody();
      problems.text(`${path}.action.catalog_id`, message.action.catalog_id, { max: 64 });
      problems.text(`${path}.action.product_retailer_id`, message.action.product_retailer_id, { max: 200 });
      return;
    case "product_list":
      body(1024);
      if (message.header === undefined) {
        problems.add(`${path}.header`, "missing", "A list of products needs a header.", "Write a text header.");
      }
      problems.text(`${path}.action.catalog_id`, message.action.catalog_id, { max: 64 });
      checkProducts(problems, message.action.sections);
      return;
    case "catalog_message":
      body(1024);
      return;
    case "carousel":
      body(1024);
      checkCarousel(problems, message.action.cards);
      return;
    default:
      never(message, "interactive message");
  }
}

function checkHeader(problems: Problems, at: string, header: InteractiveHeader): void {
  switch (header.type) {
    case "text":
      problems.text(`${at}.text`, header.text, { max: 60 });
      return;
    case "image":
      checkFile(problems, `${at}.image`, header.image);
      return;
    case "video":
      checkFile(problems, `${at}.video`, header.video);
      return;
    case "document":
      checkFile(problems, `${at}.document`, header.document);
      return;
    default:
      never(header, "header");
  }
}

function checkReplies(
  problems: Problems,
  replies: readonly { readonly id: string; readonly title: string; readonly path: string }[],
): void {
  for (const reply of replies) {
    problems.text(`${reply.path}.id`, reply.id, { max: 256 });
    problems.text(`${reply.path}.title`, reply.title, { max: 20 });
    if (reply.id !== reply.id.trim()) {
      problems.add(`${reply.path}.id`, "invalid", "An id has no spaces at its ends.", "Trim it.");
    }
  }
  problems.unique(replies.map((reply) => [`${reply.path}.id`, reply.id]));
  problems.unique(replies.map((reply) => [`${reply.path}.title`, reply.title]));
}

type Sections = Extract<InteractiveMessage, { type: "list" }>["action"]["sections"];

function checkSections(problems: Problems, sections: Sections): void {
  const at = `${path}.action.sections`;
  problems.count(at, sections.length, 1, 10, "sections");
  const ids: [string, string][] = [];
  for (const [index, section] of sections.entries()) {
    problems.text(`${at}[${index}].title`, section.title, { max: 24, optional: sections.length === 1 });
    if (section.rows.length === 0) {
      problems.add(`${at}[${index}].rows`, "tooFew", "The section has no rows.", "Add a row or leave the section out.");
    }
    for (const [rowIndex, row] of section.rows.entries()) {
      const rowPath = `${at}[${index}].rows[${rowIndex}]`;
      problems.text(`${rowPath}.id`, row.id, { max: 200 });
      problems.text(`${rowPath}.title`, row.title, { max: 24 });
      problems.text(`${rowPath}.description`, row.description, { max: 72, optional: true });
      ids.push([`${rowPath}.id`, row.id]);
    }
  }
  problems.unique(ids);
  problems.count(at, ids.length, 0, 10, "rows over all sections");
}

type FlowParameters = Extract<InteractiveMessage, { type: "flow" }>["action"]["parameters"];

function checkFlow(problems: Problems, flow: FlowParameters): void {
  const at = `${path}.action.parameters`;
  if ((flow.flow_id === undefined) === (flow.flow_name === undefined)) {
    const isNone = flow.flow_id === undefined;
    problems.add(
      `${at}.flow_id`,
      isNone ? "missing" : "conflict",
      isNone ? "The form is not named." : "The form is named by id or by name, not both.",
      "Give flow_id or flow_name.",
    );
  }
  problems.text(`${at}.flow_cta`, flow.flow_cta, { max: 30 });
  if (/\p{Extended_Pictographic}/u.test(flow.flow_cta)) {
    problems.add(`${at}.flow_cta`, "invalid", "The button of a form has no emoji.", "Leave the emoji out.");
  }
  const data = flow.flow_action_payload?.data;
  if (data !== undefined && Object.keys(data).length === 0) {
    problems.add(`${at}.flow_action_payload.data`, "empty", "The form's data is empty.", "Leave it out or fill it.");
  }
}

type ProductSections = Extract<InteractiveMessage, { type: "product_list" }>["action"]["sections"];

function checkProducts(problems: Problems, sections: ProductSections): void {
  const at = `${path}.action.sections`;
  problems.count(at, sections.length, 1, 10, "sections");
  let products = 0;
  for (const [index, section] of sections.entries()) {
    problems.text(`${at}[${index}].title`, section.title, { max: 24, optional: sections.length === 1 });
    problems.count(`${at}[${index}].product_items`, section.product_items.length, 1, 30, "products");
    products += section.product_items.length;
  }
  problems.count(at, products, 0, 30, "products over all sections");
}

function checkCarousel(problems: Problems, cards: readonly CarouselCard[]): void {
  const at = `${path}.action.cards`;
  problems.count(at, cards.length, 2, 10, "cards");
  const shapes = new Set<string>();
  const catalogs = new Set<string>();
  for (const [index, card] of cards.entries()) {
    const cardPath = `${at}[${index}]`;
    if (card.card_index !== index) {
      problems.add(`${cardPath}.card_index`, "invalid", "Cards are numbered from 0 in their order.", `Write ${index}.`);
    }
    if (card.type === "product") {
      shapes.add("product");
      catalogs.add(card.action.catalog_id);
      problems.text(`${cardPath}.action.product_retailer_id`, card.action.product_retailer_id, { max: 200 });
      continue;
    }
    checkMediaCard(problems, cardPath, card);
    shapes.add("buttons" in card.action ? `quick_reply × ${card.action.buttons.length}` : "cta_url");
  }
  if (shapes.size > 1) {
    problems.add(
      at,
      "mismatch",
      "All cards have the same kind and number of buttons.",
      "Give every card the same buttons.",
    );
  }
  if (catalogs.size > 1) problems.add(at, "mismatch", "All products come from one catalogue.", "Use one catalog_id.");
}

function checkMediaCard(problems: Problems, at: string, card: Extract<CarouselCard, { type: "cta_url" }>): void {
  const { header, action } = card;
  const link = header.type === "image" ? header.image.link : header.type === "video" ? header.video.link : undefined;
  if (link === undefined) {
    problems.add(
      `${at}.header`,
      "invalid",
      "A card shows a picture or film by link.",
      "Give an image or video with a link.",
    );
  } else problems.url(`${at}.header.${header.type}.link`, link);
  problems.text(`${at}.body.text`, card.body?.text, { max: 160, optional: true });
  if ((card.body?.text.match(/\n/g)?.length ?? 0) > 2) {
    problems.add(`${at}.body.text`, "invalid", "A card's text has at most two line breaks.", "Join some lines.");
  }
  if ("buttons" in action) {
    problems.count(`${at}.action.buttons`, action.buttons.length, 1, 2, "buttons");
    const replies = action.buttons.map((button, index) => ({
      ...button.quick_reply,
      path: `${at}.action.buttons[${index}].quick_reply`,
    }));
    checkReplies(problems, replies);
  } else {
    problems.text(`${at}.action.parameters.display_text`, action.parameters.display_text, { max: 20 });
    problems.url(`${at}.action.parameters.url`, action.parameters.url);
  }
}

// Templates: what can be said without knowing the template. `checkTemplateSend` says the rest.

function checkTemplate(problems: Problems, { template }: TemplateContent): void {
  if (!/^[a-z0-9_]{1,512}$/.test(template.name)) {
    problems.add(
      "template.name",
      "invalid",
      "A template's name has lower-case letters, digits and _.",
      "Use the name as it was approved.",
    );
  }
  if (!/^[a-z]{2,3}(_[A-Z]{2})?$/.test(template.language.code)) {
    problems.add(
      "template.language.code",
      "invalid",
      "This is not a language of a template.",
      "Write nl, en or en_US, as approved.",
    );
  }
  const components = template.components ?? [];
  for (const [index, component] of components.entries()) {
    checkTemplateComponent(problems, `template.components[${index}]`, component);
  }
  for (const type of ["header", "body", "limited_time_offer", "carousel"] as const) {
    const positions = components.flatMap((component, index) => (component.type === type ? [index] : []));
    for (const index of positions.slice(1)) {
      problems.add(`template.components[${index}]`, "duplicate", `There is one ${type}.`, "Leave the second out.");
    }
  }
}

function checkTemplateComponent(problems: Problems, at: string, component: TemplateSendComponent): void {
  if (component.type === "carousel") {
    problems.count(`${at}.cards`, component.cards.length, 2, 10, "cards");
    for (const [index, card] of component.cards.entries()) {
      if (card.card_index !== index) {
        problems.add(
          `${at}.cards[${index}].card_index`,
          "invalid",
          "Cards are numbered from 0 in their order.",
          `Write ${index}.`,
        );
      }
      for (const [inner, part] of card.components.entries()) {
        checkTemplateComponent(problems, `${at}.cards[${index}].components[${inner}]`, part);
      }
    }
    return;
  }
  if (component.type === "button" && !/^\d$/.test(String(component.index))) {
    problems.add(
      `${at}.index`,
      "outOfRange",
      "A button's index counts all buttons from 0 to 9.",
      "Count the template's buttons.",
    );
  }
  for (const [index, parameter] of component.parameters.entries()) {
    checkParameter(problems, `${at}.parameters[${index}]`, parameter, component.type === "button");
  }
}

function checkParameter(problems: Problems, at: string, parameter: TemplateParameter, isButton: boolean): void {
  switch (parameter.type) {
    case "text":
      problems.text(`${at}.text`, parameter.text, { max: isButton ? 2000 : 32_768 });
      if (/[\n\r\t]| {5}/.test(parameter.text)) {
        problems.add(
          `${at}.text`,
          "invalid",
          "A value has no line breaks, tabs or more than four spaces in a row.",
          "Write it on one line.",
        );
      }
      return;
    case "currency":
      problems.text(`${at}.currency.fallback_value`, parameter.currency.fallback_value, { max: 1024 });
      if (!/^[A-Z]{3}$/.test(parameter.currency.code)) {
        problems.add(`${at}.currency.code`, "invalid", "A currency has three letters.", "Write EUR.");
      }
      return;
    case "date_time":
      problems.text(`${at}.date_time.fallback_value`, parameter.date_time.fallback_value, { max: 1024 });
      return;
    case "image":
      checkFile(problems, `${at}.image`, parameter.image);
      return;
    case "video":
      checkFile(problems, `${at}.video`, parameter.video);
      return;
    case "gif":
      checkFile(problems, `${at}.gif`, parameter.gif);
      return;
    case "document":
      checkFile(problems, `${at}.document`, parameter.document);
      return;
    case "location":
      checkPlace(problems, `${at}.location`, parameter.location);
      return;
    case "product":
      problems.text(`${at}.product.product_retailer_id`, parameter.product.product_retailer_id, { max: 200 });
      return;
    case "payload":
      problems.text(`${at}.payload`, parameter.payload, { max: 256 });
      return;
    case "coupon_code":
      problems.text(`${at}.coupon_code`, parameter.coupon_code, { max: 20 });
      return;
    case "limited_time_offer":
      problems.range(
        `${at}.limited_time_offer.expiration_time_ms`,
        parameter.limited_time_offer.expiration_time_ms,
        1,
        Number.MAX_SAFE_INTEGER,
      );
      return;
    case "action":
    case "tap_target_configuration":
    case "group_id":
      return;
    default:
      never(parameter, "parameter");
  }
}
