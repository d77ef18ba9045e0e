import { badValue, GraphError, missing, wrongType } from "./graph-error.ts";
import {
  at,
  choiceAt,
  flagOf,
  isBody,
  listAt,
  numberAt,
  objectAt,
  objectsAt,
  optionalListAt,
  optionalObjectAt,
  optionalTextAt,
  textAt,
} from "./parameters.ts";
import type { Body } from "./state.ts";

/** Checks that a media id may be used as this kind; throws otherwise. */
export type MediaCheck = (id: string, kind: string, path: string) => void;

export const messageTypes = [
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
  "pin",
] as const; // prettier-ignore
export type MessageType = (typeof messageTypes)[number];

/** The content of a free-form message, checked against the platform's limits (Cloud API, "Messages" reference). */
export function readContent(type: Exclude<MessageType, "template">, body: Body, media: MediaCheck): unknown {
  switch (type) {
    case "text":
      return readText(objectAt(body, "text", ""));
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return readMedia(type, objectAt(body, type, ""), type, media);
    case "location":
      return readLocation(objectAt(body, "location", ""), "location");
    case "contacts":
      return readContacts(listAt(body, "contacts", ""));
    case "reaction":
      return readReaction(objectAt(body, "reaction", ""));
    case "interactive":
      return readInteractive(objectAt(body, "interactive", ""), media);
    case "pin":
      throw new GraphError(131051, { details: "Messages of type pin can only be sent to groups." });
  }
}

function readText(text: Body): Body {
  return {
    body: textAt(text, "body", "text", { min: 1, max: 4096 }),
    ...(text.preview_url === undefined ? {} : { preview_url: flagOf(text.preview_url) }),
  };
}

const captioned = new Set(["image", "video", "document"]);

export function readMedia(kind: string, object: Body, path: string, media: MediaCheck): Body {
  const id = typeof object.id === "number" ? String(object.id) : optionalTextAt(object, "id", path);
  const link = optionalTextAt(object, "link", path);
  if (!id && !link) throw missing(`${at(path, "id")} or ${at(path, "link")}`);
  if (id && link) throw badValue(`${path}: id and link can not be used together`);
  if (id) media(id, kind, path);
  if (link) checkUrl(link, at(path, "link"));
  const caption = optionalTextAt(object, "caption", path, { max: 1024 });
  if (caption !== null && !captioned.has(kind)) {
    throw new GraphError(100, { message: `(#100) Unexpected key "caption" on param "${path}".` });
  }
  const filename = kind === "document" ? optionalTextAt(object, "filename", path, { max: 240 }) : null;
  return {
    ...(id ? { id } : { link }),
    ...(caption ? { caption } : {}),
    ...(filename ? { filename } : {}),
    ...(kind === "audio" && object.voice !== undefined ? { voice: flagOf(object.voice) } : {}),
  };
}

function checkUrl(url: string, path: string): void {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw wrongType(path, "a valid URI");
  }
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:") throw wrongType(path, "a valid URI");
}

export function readLocation(location: Body, path: string): Body {
  const latitude = numberAt(location, "latitude", path);
  const longitude = numberAt(location, "longitude", path);
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180)
    throw badValue(`${path}: latitude or longitude out of range`);
  const name = optionalTextAt(location, "name", path, { max: 1000 });
  const address = optionalTextAt(location, "address", path, { max: 1000 });
  return { latitude, longitude, ...(name ? { name } : {}), ...(address ? { address } : {}) };
}

function readContacts(list: unknown[]): unknown {
  if (list.length === 0 || list.length > 257) throw badValue("contacts: must hold 1 to 257 entries");
  for (const { item, path } of objectsAt(list, "contacts")) {
    const name = objectAt(item, "name", path);
    textAt(name, "formatted_name", at(path, "name"), { min: 1 });
    const parts = ["first_name", "last_name", "middle_name", "suffix", "prefix"];
    if (!parts.some((part) => typeof name[part] === "string" && name[part] !== "")) {
      throw new GraphError(131008, {
        details: `${at(path, "name")}: besides formatted_name at least one of first_name, last_name, middle_name, suffix, prefix is required`,
      });
    }
    for (const key of ["phones", "emails", "urls", "addresses"]) optionalListAt(item, key, path);
  }
  return list;
}

function readReaction(reaction: Body): Body {
  const emoji = reaction.emoji === undefined || reaction.emoji === null ? "" : textAt(reaction, "emoji", "reaction");
  if (emoji !== "" && [...new Intl.Segmenter().segment(emoji)].length !== 1)
    throw badValue("reaction['emoji']: must be one emoji");
  return { message_id: textAt(reaction, "message_id", "reaction", { min: 1 }), emoji };
}

interface InteractiveShape {
  readonly header: readonly string[];
  readonly headerRequired?: boolean;
  readonly bodyMax: number;
  readonly bodyOptional?: boolean;
  readonly footer: boolean;
}

const mediaHeaders = ["text", "image", "video", "document"];

const interactiveShapes: Record<string, InteractiveShape> = {
  button: { header: mediaHeaders, bodyMax: 1024, footer: true },
  list: { header: ["text"], bodyMax: 4096, footer: true },
  cta_url: { header: mediaHeaders, bodyMax: 1024, footer: true },
  location_request_message: { header: [], bodyMax: 1024, footer: false },
  flow: { header: mediaHeaders, bodyMax: 1024, footer: true },
  product: { header: [], bodyMax: 1024, bodyOptional: true, footer: true },
  product_list: { header: ["text"], headerRequired: true, bodyMax: 1024, footer: true },
  catalog_message: { header: [], bodyMax: 1024, footer: true },
  carousel: { header: [], bodyMax: 1024, footer: false },
  address_message: { header: ["text"], bodyMax: 1024, footer: true },
  voice_call: { header: mediaHeaders, bodyMax: 1024, footer: true },
  call_permission_request: { header: [], bodyMax: 1024, bodyOptional: true, footer: false },
  request_contact_info: { header: [], bodyMax: 1024, footer: false },
};

function readInteractive(interactive: Body, media: MediaCheck): Body {
  const type = choiceAt(interactive, "type", "interactive", Object.keys(interactiveShapes));
  const shape = interactiveShapes[type];
  if (!shape) throw badValue("interactive['type']");
  const header = optionalObjectAt(interactive, "header", "interactive");
  if (header) readHeader(header, shape, type, media);
  else if (shape.headerRequired) throw missing("interactive['header']");
  readBodyAndFooter(interactive, shape);
  const action =
    type === "request_contact_info"
      ? (optionalObjectAt(interactive, "action", "interactive") ?? {})
      : objectAt(interactive, "action", "interactive");
  readAction(type, action, media);
  return interactive;
}

function readHeader(header: Body, shape: InteractiveShape, type: string, media: MediaCheck): void {
  const path = "interactive['header']";
  if (shape.header.length === 0) throw badValue(`interactive: a message of type ${type} can not have a header`);
  const kind = choiceAt(header, "type", path, ["text", "image", "video", "document"]);
  if (!shape.header.includes(kind)) throw badValue(`${path}: a header of type ${kind} is not supported for ${type}`);
  if (kind === "text") textAt(header, "text", path, { min: 1, max: 60 });
  else readMedia(kind, objectAt(header, kind, path), at(path, kind), media);
}

function readBodyAndFooter(interactive: Body, shape: InteractiveShape): void {
  const body = shape.bodyOptional
    ? optionalObjectAt(interactive, "body", "interactive")
    : objectAt(interactive, "body", "interactive");
  if (body) textAt(body, "text", "interactive['body']", { min: 1, max: shape.bodyMax });
  const footer = optionalObjectAt(interactive, "footer", "interactive");
  if (!footer) return;
  if (!shape.footer) throw badValue("interactive: this type of message can not have a footer");
  textAt(footer, "text", "interactive['footer']", { min: 1, max: 60 });
}

const actionPath = "interactive['action']";

function readAction(type: string, action: Body, media: MediaCheck): void {
  switch (type) {
    case "button":
      readReplyButtons(listAt(action, "buttons", actionPath));
      return;
    case "list":
      readListAction(action);
      return;
    case "cta_url": {
      choiceAt(action, "name", actionPath, ["cta_url"]);
      readLinkParameters(objectAt(action, "parameters", actionPath), at(actionPath, "parameters"));
      return;
    }
    case "location_request_message":
      choiceAt(action, "name", actionPath, ["send_location"]);
      return;
    case "flow":
      choiceAt(action, "name", actionPath, ["flow"]);
      readFlow(objectAt(action, "parameters", actionPath));
      return;
    case "product":
      textAt(action, "catalog_id", actionPath);
      textAt(action, "product_retailer_id", actionPath);
      return;
    case "product_list":
      readProductList(action);
      return;
    case "carousel":
      readCarousel(listAt(action, "cards", actionPath), media);
      return;
    case "voice_call": {
      choiceAt(action, "name", actionPath, [type]);
      const parameters = optionalObjectAt(action, "parameters", actionPath);
      if (parameters) readVoiceCall(parameters, at(actionPath, "parameters"));
      return;
    }
    case "address_message": {
      choiceAt(action, "name", actionPath, [type]);
      choiceAt(objectAt(action, "parameters", actionPath), "country", at(actionPath, "parameters"), ["IN"]);
      return;
    }
    case "catalog_message":
    case "call_permission_request":
      choiceAt(action, "name", actionPath, [type]);
      return;
  }
}

function readReplyButtons(buttons: unknown[]): void {
  const path = at(actionPath, "buttons");
  if (buttons.length < 1 || buttons.length > 3)
    throw badValue("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3");
  const ids = new Set<string>();
  const titles = new Set<string>();
  for (const { item, path: buttonPath } of objectsAt(buttons, path)) {
    choiceAt(item, "type", buttonPath, ["reply"]);
    const reply = objectAt(item, "reply", buttonPath);
    const id = textAt(reply, "id", at(buttonPath, "reply"), { min: 1, max: 256 });
    const title = textAt(reply, "title", at(buttonPath, "reply"), { min: 1, max: 20 });
    if (id !== id.trim()) throw badValue(`${at(at(buttonPath, "reply"), "id")}: must not begin or end with spaces`);
    if (ids.has(id)) throw badValue(`Duplicated button reply id '${id}'`);
    if (titles.has(title)) throw badValue(`Duplicated button title '${title}'`);
    ids.add(id);
    titles.add(title);
  }
}

function readListAction(action: Body): void {
  textAt(action, "button", actionPath, { min: 1, max: 20 });
  const sections = objectsAt(listAt(action, "sections", actionPath), at(actionPath, "sections"));
  if (sections.length < 1 || sections.length > 10)
    throw badValue("Invalid sections count. Min allowed sections: 1, Max allowed sections: 10");
  const ids = new Set<string>();
  for (const { item, path } of sections) {
    if (sections.length > 1) textAt(item, "title", path, { min: 1, max: 24 });
    else optionalTextAt(item, "title", path, { max: 24 });
    const rows = objectsAt(listAt(item, "rows", path), at(path, "rows"));
    if (rows.length === 0) throw badValue(`${at(path, "rows")}: must hold at least one row`);
    for (const { item: row, path: rowPath } of rows) {
      const id = textAt(row, "id", rowPath, { min: 1, max: 200 });
      textAt(row, "title", rowPath, { min: 1, max: 24 });
      optionalTextAt(row, "description", rowPath, { max: 72 });
      if (ids.has(id)) throw badValue(`Duplicated row id '${id}'`);
      ids.add(id);
    }
  }
  if (ids.size > 10) throw badValue("Total row count exceed max allowed count: 10");
}

function readLinkParameters(parameters: Body, path: string): void {
  textAt(parameters, "display_text", path, { min: 1, max: 20 });
  checkUrl(textAt(parameters, "url", path, { min: 1, max: 2000 }), at(path, "url"));
}

/** A button that calls the business, for 1 to 43,200 minutes ("Call buttons"). */
function readVoiceCall(parameters: Body, path: string): void {
  optionalTextAt(parameters, "display_text", path, { min: 1, max: 20 });
  optionalTextAt(parameters, "payload", path, { max: 512 });
  if (parameters.ttl_minutes === undefined || parameters.ttl_minutes === null) return;
  const minutes = numberAt(parameters, "ttl_minutes", path);
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 43_200)
    throw badValue(`${at(path, "ttl_minutes")}: must be a whole number from 1 to 43200`);
}

function readFlow(parameters: Body): void {
  const path = at(actionPath, "parameters");
  textAt(parameters, "flow_message_version", path);
  const flowId = optionalTextAt(parameters, "flow_id", path);
  const flowName = optionalTextAt(parameters, "flow_name", path);
  if (!flowId === !flowName) throw badValue(`${path}: exactly one of flow_id and flow_name is required`);
  const cta = textAt(parameters, "flow_cta", path, { min: 1, max: 30 });
  if (/\p{Extended_Pictographic}/u.test(cta)) throw badValue(`${at(path, "flow_cta")}: emoji are not supported`);
  if (parameters.mode !== undefined) choiceAt(parameters, "mode", path, ["published", "draft"]);
  if (parameters.flow_action !== undefined) choiceAt(parameters, "flow_action", path, ["navigate", "data_exchange"]);
  const payload = optionalObjectAt(parameters, "flow_action_payload", path);
  if (payload && parameters.flow_action === "data_exchange")
    throw badValue(`${at(path, "flow_action_payload")}: is only allowed with flow_action navigate`);
  if (isBody(payload?.data) && Object.keys(payload.data).length === 0) {
    throw badValue(`${at(at(path, "flow_action_payload"), "data")}: must not be empty`);
  }
}

function readProductList(action: Body): void {
  textAt(action, "catalog_id", actionPath);
  const sections = objectsAt(listAt(action, "sections", actionPath), at(actionPath, "sections"));
  if (sections.length < 1 || sections.length > 10)
    throw badValue("Invalid sections count. Min allowed sections: 1, Max allowed sections: 10");
  let products = 0;
  for (const { item, path } of sections) {
    if (sections.length > 1) textAt(item, "title", path, { min: 1, max: 24 });
    const items = objectsAt(listAt(item, "product_items", path), at(path, "product_items"));
    for (const { item: product, path: productPath } of items) textAt(product, "product_retailer_id", productPath);
    products += items.length;
  }
  if (products < 1 || products > 30)
    throw badValue("Invalid product count. Min allowed products: 1, Max allowed products: 30");
}

function readCarousel(list: unknown[], media: MediaCheck): void {
  const cards = objectsAt(list, at(actionPath, "cards"));
  if (cards.length < 2 || cards.length > 10)
    throw badValue("Invalid cards count. Min allowed cards: 2, Max allowed cards: 10");
  const shapes = new Set<string>();
  for (const [index, { item, path }] of cards.entries()) {
    if (numberAt(item, "card_index", path) !== index)
      throw badValue(`${at(path, "card_index")}: cards must be numbered from 0 in their order`);
    const action = objectAt(item, "action", path);
    if (item.type === "product") {
      textAt(action, "product_retailer_id", at(path, "action"));
      shapes.add(`product:${textAt(action, "catalog_id", at(path, "action"))}`);
      continue;
    }
    const header = objectAt(item, "header", path);
    const kind = choiceAt(header, "type", at(path, "header"), ["image", "video"]);
    const file = objectAt(header, kind, at(path, "header"));
    textAt(file, "link", at(at(path, "header"), kind));
    readMedia(kind, file, at(at(path, "header"), kind), media);
    const body = optionalObjectAt(item, "body", path);
    const text = body ? textAt(body, "text", at(path, "body"), { max: 160 }) : "";
    if (text.split("\n").length > 3) throw badValue(`${at(path, "body")}: at most 2 line breaks are allowed`);
    shapes.add(readCardAction(action, at(path, "action")));
  }
  if (shapes.size > 1) throw badValue("All cards of a carousel must have the same kind and number of buttons");
}

function readCardAction(action: Body, path: string): string {
  const buttons = optionalListAt(action, "buttons", path);
  if (!buttons) {
    choiceAt(action, "name", path, ["cta_url"]);
    readLinkParameters(objectAt(action, "parameters", path), at(path, "parameters"));
    return "link";
  }
  if (buttons.length < 1 || buttons.length > 2) throw badValue(`${at(path, "buttons")}: 1 or 2 buttons are allowed`);
  for (const { item, path: buttonPath } of objectsAt(buttons, at(path, "buttons"))) {
    choiceAt(item, "type", buttonPath, ["quick_reply"]);
    const reply = objectAt(item, "quick_reply", buttonPath);
    textAt(reply, "id", at(buttonPath, "quick_reply"), { min: 1, max: 256 });
    textAt(reply, "title", at(buttonPath, "quick_reply"), { min: 1, max: 20 });
  }
  return `replies:${buttons.length}`;
}
