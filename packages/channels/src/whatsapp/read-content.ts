import type { ContactCard, InteractiveReply, MediaReference, MessageContent, Place } from "./content.ts";
import { readFailure } from "./errors.ts";
import { booleanOf, type Json, listOf, numberOf, objectOf, present, textOf } from "./read.ts";

/**
 * The content of one message element ("Messages webhook"). What we do not know, or what lacks its essential part,
 * becomes `unrecognised` with the element whole: traffic from advertisements, for one, has come as `interactive`
 * without an `interactive` object.
 */
export function readContent(message: Json): MessageContent {
  return readKnown(message) ?? { type: "unrecognised", raw: message };
}

function readKnown(message: Json): MessageContent | null {
  const type = textOf(message.type);
  const part = type === undefined ? undefined : objectOf(message[type]);
  switch (type) {
    case "text": {
      const body = part?.body;
      return typeof body === "string"
        ? { type, text: present({ body, preview_url: booleanOf(part?.preview_url) }) }
        : null;
    }
    case "image":
      return part && hasFile(part)
        ? { type, image: { ...media(part), ...present({ caption: textOf(part.caption) }) } }
        : null;
    case "video":
      return part && hasFile(part)
        ? { type, video: { ...media(part), ...present({ caption: textOf(part.caption) }) } }
        : null;
    case "audio":
      return part && hasFile(part)
        ? { type, audio: { ...media(part), ...present({ voice: booleanOf(part.voice) }) } }
        : null;
    case "voice":
      return part && hasFile(part) ? { type: "audio", audio: { ...media(part), voice: true } } : null;
    case "document":
      return part && hasFile(part)
        ? {
            type,
            document: {
              ...media(part),
              ...present({ caption: textOf(part.caption), filename: textOf(part.filename) }),
            },
          }
        : null;
    case "sticker":
      return part && hasFile(part)
        ? { type, sticker: { ...media(part), ...present({ animated: booleanOf(part.animated) }) } }
        : null;
    case "location": {
      const location = part && readPlace(part);
      return location ? { type, location } : null;
    }
    case "contacts": {
      const cards = listOf(message.contacts)?.map(readCard);
      return cards ? { type, contacts: cards, ...present({ origin: textOf(message.origin) }) } : null;
    }
    case "reaction": {
      const target = textOf(part?.message_id);
      return target === undefined ? null : { type, reaction: { message_id: target, emoji: textOf(part?.emoji) ?? "" } };
    }
    case "interactive": {
      const reply = part && readReply(part);
      return reply ? { type, interactive: reply } : null;
    }
    case "button": {
      const text = textOf(part?.text) ?? textOf(part?.payload);
      return text === undefined ? null : { type, button: present({ text, payload: textOf(part?.payload) }) };
    }
    case "order":
      return part ? readOrder(part) : null;
    case "system": {
      const body = textOf(part?.body);
      return body === undefined ? null : { type, system: present({ body, type: textOf(part?.type) }) };
    }
    case "unsupported":
      return readUnsupported(message, textOf(part?.type));
    case "media_placeholder":
      // Messages of the past come first without their file, which follows under the same id.
      return readUnsupported(message, "media_placeholder");
    default:
      return null;
  }
}

function hasFile(part: Json): boolean {
  return textOf(part.id) !== undefined || textOf(part.url) !== undefined || textOf(part.link) !== undefined;
}

function media(part: Json): MediaReference {
  return present({
    id: textOf(part.id),
    link: textOf(part.link),
    mime_type: textOf(part.mime_type),
    sha256: textOf(part.sha256),
    url: textOf(part.url),
  });
}

function readPlace(part: Json): Place | null {
  const latitude = numberOf(part.latitude);
  const longitude = numberOf(part.longitude);
  if (latitude === undefined || longitude === undefined) return null;
  return {
    latitude,
    longitude,
    ...present({ name: textOf(part.name), address: textOf(part.address), url: textOf(part.url) }),
  };
}

function readCard(raw: unknown): ContactCard {
  const card = objectOf(raw) ?? {};
  const name = objectOf(card.name) ?? {};
  const org = objectOf(card.org);
  const list = <Item>(value: unknown, read: (item: Json) => Item): readonly Item[] | undefined =>
    listOf(value)?.map((item) => read(objectOf(item) ?? {}));
  return {
    name: {
      formatted_name: textOf(name.formatted_name) ?? textOf(name.first_name) ?? "",
      ...present({
        first_name: textOf(name.first_name),
        last_name: textOf(name.last_name),
        middle_name: textOf(name.middle_name),
        prefix: textOf(name.prefix),
        suffix: textOf(name.suffix),
      }),
    },
    ...present({
      phones: list(card.phones, (phone) =>
        present({ phone: textOf(phone.phone), type: textOf(phone.type), wa_id: textOf(phone.wa_id) }),
      ),
      emails: list(card.emails, (email) => present({ email: textOf(email.email), type: textOf(email.type) })),
      urls: list(card.urls, (url) => present({ url: textOf(url.url), type: textOf(url.type) })),
      addresses: list(card.addresses, (address) =>
        present({
          street: textOf(address.street),
          city: textOf(address.city),
          state: textOf(address.state),
          zip: textOf(address.zip),
          country: textOf(address.country),
          country_code: textOf(address.country_code),
          type: textOf(address.type),
        }),
      ),
      org: org
        ? present({ company: textOf(org.company), department: textOf(org.department), title: textOf(org.title) })
        : undefined,
      birthday: textOf(card.birthday),
      vcard: textOf(card.vcard),
    }),
  };
}

function readReply(interactive: Json): InteractiveReply | null {
  const type = textOf(interactive.type);
  const reply = type === undefined ? undefined : objectOf(interactive[type]);
  if (!reply) return null;
  switch (type) {
    case "button_reply": {
      const id = textOf(reply.id);
      return id === undefined ? null : { type, button_reply: { id, title: textOf(reply.title) ?? "" } };
    }
    case "list_reply": {
      const id = textOf(reply.id);
      if (id === undefined) return null;
      const title = textOf(reply.title) ?? "";
      return { type, list_reply: { id, title, ...present({ description: textOf(reply.description) }) } };
    }
    case "nfm_reply": {
      const json = reply.response_json;
      if (typeof json !== "string" && !objectOf(json)) return null;
      return {
        type,
        nfm_reply: {
          response_json: typeof json === "string" ? json : JSON.stringify(json),
          ...present({ name: textOf(reply.name), body: textOf(reply.body) }),
        },
      };
    }
    case "call_permission_reply": {
      const response = textOf(reply.response);
      if (response === undefined) return null;
      return {
        type,
        call_permission_reply: {
          response,
          ...present({
            is_permanent: booleanOf(reply.is_permanent),
            expiration_timestamp: numberOf(reply.expiration_timestamp),
            response_source: textOf(reply.response_source),
          }),
        },
      };
    }
    default:
      return null;
  }
}

function readOrder(order: Json): MessageContent | null {
  const items = listOf(order.product_items);
  if (!items) return null;
  return {
    type: "order",
    order: {
      catalog_id: textOf(order.catalog_id) ?? "",
      ...present({ text: textOf(order.text) }),
      product_items: items.map((raw) => {
        const item = objectOf(raw) ?? {};
        return {
          product_retailer_id: textOf(item.product_retailer_id) ?? "",
          quantity: numberOf(item.quantity) ?? 0,
          item_price: numberOf(item.item_price) ?? 0,
          currency: textOf(item.currency) ?? "",
        };
      }),
    },
  };
}

function readUnsupported(message: Json, type: string | undefined): MessageContent {
  const errors = listOf(message.errors)?.map((raw) => {
    const { code, title, detail } = readFailure(raw);
    return present({ code, title, detail });
  });
  return { type: "unsupported", unsupported: present({ type }), ...present({ errors }) };
}
