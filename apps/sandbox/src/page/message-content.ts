import type { Content, MessageView } from "./ask.ts";
import type { IconName } from "./icons.ts";
import { phoneWords } from "./phone-words.ts";

export function content(message: MessageView): Content {
  const value = message[message.type];
  return typeof value === "object" && value !== null ? (value as Content) : {};
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function inner(value: unknown): Content {
  return typeof value === "object" && value !== null ? (value as Content) : {};
}

export function list(value: unknown): Content[] {
  return Array.isArray(value) ? value.map(inner) : [];
}

export function isEmojiOnly(message: MessageView): boolean {
  const body = message.type === "text" ? text(content(message).body) : "";
  return body.length <= 12 && /^(?:\p{Extended_Pictographic}|\p{Emoji_Component})+$/u.test(body) && !/\d/.test(body);
}

/** A message in one line, for the list of chats and for quotes. */
export function summary(message: MessageView): string {
  const what = content(message);
  if (message.revoked) return phoneWords.deleted;
  switch (message.type) {
    case "text":
      return text(what.body);
    case "template":
      return message.rendered?.body ?? text(what.name);
    case "interactive":
      return (
        text(inner(what.body).text) ||
        text(inner(what.button_reply).title) ||
        text(inner(what.list_reply).title) ||
        phoneWords.listLabel
      );
    case "button":
      return text(what.text);
    case "image":
      return text(what.caption) || phoneWords.photoLabel;
    case "video":
      return text(what.caption) || phoneWords.videoLabel;
    case "audio":
      return phoneWords.voiceLabel;
    case "document":
      return text(what.filename) || text(what.caption) || phoneWords.documentLabel;
    case "sticker":
      return phoneWords.stickerLabel;
    case "location":
      return text(what.name) || phoneWords.locationLabel;
    case "contacts":
      return text(inner(list(message.contacts)[0]?.name).formatted_name) || phoneWords.contactLabel;
    default:
      return phoneWords.unknownKind(message.type);
  }
}

export function summaryIcon(message: MessageView): IconName | null {
  const icons: Record<string, IconName> = {
    image: "camera",
    video: "video",
    audio: "voice",
    document: "file",
    location: "pin",
    contacts: "person",
    sticker: "sticker",
  };
  return icons[message.type] ?? null;
}

export const sampleLocation: Content = {
  type: "location",
  location: { latitude: 51.9139, longitude: 4.4713, name: "Nieuwe Binnenweg", address: "Rotterdam" },
};
