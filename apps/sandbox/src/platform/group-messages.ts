import { hourMs } from "@loket/kit";
import { readContent } from "./content.ts";
import { badValue, failureOf, GraphError } from "./graph-error.ts";
import { type Group, type GroupMessage, readPin, writableGroup } from "./groups.ts";
import { nextMessageId } from "./identifiers.ts";
import { usableMedia } from "./media.ts";
import { choiceAt, objectAt, optionalTextAt } from "./parameters.ts";
import { ControlError } from "./people.ts";
import type { Platform } from "./platform.ts";
import { namesUserIds, scopedIds } from "./scoped-ids.ts";
import type { Body, BusinessNumber, Phone } from "./state.ts";
import { contactOf, errorsOf, numberValue, seconds, tell, writerOf } from "./webhooks.ts";

const types = [
  "text",
  "image",
  "video",
  "audio",
  "document",
  "sticker",
  "location",
  "contacts",
  "template",
  "pin",
] as const;

/** What a template becomes once its parameters are filled in; send.ts knows how. */
export type FillTemplate = () => { content: unknown; category: string };

/**
 * `POST /{number}/messages` with `recipient_type: "group"`: text, media and templates, no interactive messages ("Group messaging").
 * Accepted at once; a status for each participant follows. Errors 131020, 131041, 131051, 131207 and those of the content.
 */
export function sendToGroup(platform: Platform, number: BusinessNumber, body: Body, fill: FillTemplate): Body {
  const type = body.type === undefined ? "text" : choiceAt(body, "type", "", [...types, "interactive", "reaction"]);
  if (type === "interactive" || type === "reaction")
    throw new GraphError(131051, { details: `Messages of type ${type} can not be sent to groups.` });
  const id = optionalTextAt(body, "to", "");
  if (!id) throw new GraphError(100, { message: "(#100) The parameter to is required." });
  const group = writableGroup(platform, number, id);
  const check = (mediaId: string, kind: string, path: string) =>
    void usableMedia(platform, number, mediaId, kind, path);
  const filled =
    type === "template"
      ? fill()
      : {
          content: type === "pin" ? readPin(group, objectAt(body, "pin", "")) : readContent(type, body, check),
          category: "group_service",
        };
  const message: GroupMessage = {
    id: nextMessageId(platform.state, number.digits, "business"),
    from: null,
    type,
    ...filled,
    at: platform.now(),
    recipients: [...group.participants],
    callbackData: optionalTextAt(body, "biz_opaque_callback_data", "", { max: 512 }),
    status: "accepted",
  };
  keep(group, message);
  const { latency } = platform.state.faults;
  platform.agenda.plan(latency.sentMs, {
    do: "group-status",
    groupId: group.id,
    messageId: message.id,
    status: "sent",
  });
  return {
    messaging_product: "whatsapp",
    contacts: [{ input: id, wa_id: id }],
    messages: [{ id: message.id, group_id: id, ...(type === "template" ? { message_status: "accepted" } : {}) }],
  };
}

/** One status of a group message is told for all participants in one webhook ("Group messaging", statuses). */
export function tellGroupStatus(
  platform: Platform,
  groupId: string,
  messageId: string,
  status: "sent" | "delivered" | "read",
): void {
  const group = platform.state.groups.get(groupId);
  const number = platform.state.numbers.get(group?.numberId ?? "");
  const message = group?.messages.get(messageId);
  if (!group || !number || !message || message.status === "failed") return;
  const closed = group.lastInboundAt === null || platform.now() - group.lastInboundAt >= 24 * hourMs;
  const failure = status === "sent" && message.type !== "template" && closed ? failureOf(131047) : null;
  message.status = failure ? "failed" : status;
  const account = platform.accountOf(number);
  const statuses = message.recipients.map((digits) => ({
    id: message.id,
    status: message.status,
    timestamp: String(seconds(platform)),
    recipient_id: group.id,
    recipient_type: "group",
    recipient_participant_id: digits,
    ...scopedIds(platform, platform.phone(digits), account, "recipient_participant_user_id"),
    ...(message.callbackData === null ? {} : { biz_opaque_callback_data: message.callbackData }),
    ...(failure === null && status !== "read"
      ? { pricing: { billable: true, pricing_model: "PMP", type: "regular", category: message.category } }
      : {}),
    ...(failure ? { errors: errorsOf(failure) } : {}),
  }));
  const people = message.recipients.map((digits) => contactOf(platform, platform.phone(digits), account));
  const named = failure || !namesUserIds(platform) ? {} : { contacts: people };
  tell(platform, account, "messages", numberValue(number, { ...named, statuses }), number);
  if (failure === null && status === "sent") {
    const delayMs = platform.state.faults.latency.deliveredMs;
    platform.agenda.plan(delayMs, { do: "group-status", groupId, messageId, status: "delivered" });
  }
}

/** Somebody writes in a group; the window of the whole group opens. */
export function personWritesToGroup(platform: Platform, phone: Phone, group: Group, body: Body): GroupMessage {
  const number = platform.state.numbers.get(group.numberId);
  if (!number || !group.participants.has(phone.number)) throw new ControlError("Only participants write here.", 409);
  const type = typeof body.type === "string" ? body.type : "text";
  const content = body[type] ?? (type === "text" ? { body: "" } : null);
  const message: GroupMessage = {
    id: nextMessageId(platform.state, phone.number, "phone"),
    from: phone.number,
    type,
    content,
    at: platform.now(),
    recipients: [],
    category: "",
    callbackData: null,
    status: "received",
  };
  keep(group, message);
  group.lastInboundAt = platform.now();
  const account = platform.accountOf(number);
  const unsupported = {
    code: 130501,
    title: "Message type is currently not supported",
    message: "Message type is currently not supported",
    error_data: { details: "Message type is currently not supported in groups." },
  };
  tell(
    platform,
    account,
    "messages",
    numberValue(number, {
      contacts: [contactOf(platform, phone, account)],
      messages: [
        {
          ...writerOf(platform, phone, account),
          group_id: group.id,
          id: message.id,
          timestamp: String(seconds(platform)),
          type,
          ...(type === "unsupported" ? { errors: [unsupported] } : { [type]: content }),
        },
      ],
    }),
    number,
  );
  return message;
}

/** The participants have read what the business wrote so far. */
export function personReadsGroup(platform: Platform, group: Group): void {
  for (const { id, from, status } of group.messages.values())
    if (from === null && status === "delivered") tellGroupStatus(platform, group.id, id, "read");
}

const keptPerGroup = 1_000;

function keep(group: Group, message: GroupMessage): void {
  if (group.messages.has(message.id)) throw badValue("This message is there already");
  group.messages.set(message.id, message);
  const oldest = group.messages.keys().next().value;
  if (group.messages.size > keptPerGroup && oldest !== undefined) group.messages.delete(oldest);
}
