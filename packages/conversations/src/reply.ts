import { checkOutbound, contentText, type MessageContent, renderTemplate } from "@loket/channels";
import { parseTemplate } from "@loket/channels/whatsapp";
import type { Tx } from "@loket/database";
import { type DeliveryKind, enqueue } from "@loket/delivery";
import {
  type AddressId,
  type ContactId,
  type ConversationId,
  dayMs,
  instant,
  type MediaId,
  parseId,
  type SenderId,
} from "@loket/kit";
import {
  type Actor,
  announceConversation,
  type ConversationState,
  type Ports,
  recordActivity,
} from "./conversation.ts";
import { announceMessage } from "./message.ts";
import { storeOutbound } from "./outbound.ts";
import { react } from "./receive.ts";

export interface Reply {
  readonly clientId: string;
  readonly content: MessageContent;
  readonly repliesToProviderId?: string | undefined;
  /** The conversation's version the writer saw, where they want to be stopped if it changed. */
  readonly version?: number | undefined;
  readonly kind?: DeliveryKind | undefined;
}

type Enqueued = Awaited<ReturnType<typeof enqueue>>;
export type ReplyOutcome =
  | { readonly kind: "queued"; readonly messageId: string; readonly isNew: boolean }
  | { readonly kind: "refused" | "held"; readonly verdict: Extract<Enqueued, { kind: "refused" | "held" }>["verdict"] }
  | { readonly kind: "invalid"; readonly problems: readonly { path: string; message: string; remedy: string }[] }
  | { readonly kind: "stale" }
  | { readonly kind: "unknown" }
  | { readonly kind: "unreachable" };

/** How long an answer is worth sending: a day. After that the window it was meant for is closed anyway. */
const replyLifeMs = dayMs;

const mediaKinds = ["image", "video", "audio", "document", "sticker"] as const;

/**
 * An answer leaves here and nowhere else. The same `clientId` again is the same message. Content the channel would not
 * take is refused before anything is stored; a no of the terms book comes back with its reasons.
 */
export async function reply(
  tx: Tx,
  ports: Ports,
  actor: Actor,
  conversationId: string,
  message: Reply,
): Promise<ReplyOutcome> {
  const existing = await tx.one<{ id: string; conversation_id: string }>(
    "select id, conversation_id from message where organisation_id = $1 and client_id = $2",
    [tx.organisationId, message.clientId],
  );
  if (existing)
    return existing.conversation_id === conversationId
      ? { kind: "queued", messageId: existing.id, isNew: false }
      : { kind: "unknown" };

  const conversation = await tx.one<{
    id: ConversationId;
    inbox_id: string;
    contact_id: ContactId;
    sender_id: SenderId;
    address_id: AddressId;
    state: ConversationState;
    assignee_id: string | null;
    version: number;
    recipient: string;
    recipient_kind: string;
    last_author_id: string | null;
  }>(
    `select v.id, v.inbox_id, v.contact_id, v.sender_id, v.address_id, v.state, v.assignee_id, v.version, a.value as recipient, a.kind as recipient_kind,
       (select author_member_id from message m where m.organisation_id = v.organisation_id and m.id = v.last_message_id) as last_author_id
     from conversation v join address a on a.organisation_id = v.organisation_id and a.id = v.address_id
     where v.organisation_id = $1 and v.id = $2 for update of v`,
    [tx.organisationId, conversationId],
  );
  if (!conversation) return { kind: "unknown" };
  // Somebody who sent the same id while we waited for the row?
  const meanwhile = await tx.one<{ id: string }>(
    "select id from message where organisation_id = $1 and client_id = $2",
    [tx.organisationId, message.clientId],
  );
  if (meanwhile) return { kind: "queued", messageId: meanwhile.id, isNew: false };
  // What one wrote oneself, and holding the conversation by it, is no news. Anything else since the version seen is.
  const isOwnDoing =
    actor.memberId !== null &&
    conversation.assignee_id === actor.memberId &&
    conversation.last_author_id === actor.memberId;
  if (message.version !== undefined && message.version !== conversation.version && !isOwnDoing)
    return { kind: "stale" };

  const media = await readOutboundMedia(tx, message.content);
  if (media === "unknown")
    return {
      kind: "invalid",
      problems: [
        {
          path: message.content.type,
          message: "There is no such file.",
          remedy: "Upload the file first, then send it.",
        },
      ],
    };
  const problems = checkOutbound({
    to:
      conversation.recipient_kind === "user-id"
        ? { userId: conversation.recipient }
        : { phone: conversation.recipient },
    content: media ? withPlatformId(message.content, "0") : message.content,
  });
  if (problems.length > 0) return { kind: "invalid", problems };

  const now = ports.clock.now();
  const messageId = ports.ids.next<"message">();
  const enqueued = await enqueue(tx, ports, {
    senderId: conversation.sender_id,
    addressId: conversation.address_id,
    contactId: conversation.contact_id,
    content: message.content,
    repliesToProviderId: message.repliesToProviderId ?? null,
    ...(message.kind ? { kind: message.kind } : {}),
    messageId,
    priority: 0,
    expiresAt: instant(now + replyLifeMs),
    preparing: media !== null,
  });
  if (enqueued.kind !== "queued") return enqueued;

  if (message.content.type === "reaction") {
    const inlet = { senderId: conversation.sender_id, inboxId: conversation.inbox_id, channel: "whatsapp" as const };
    await react(tx, ports, inlet, {
      direction: "out",
      targetProviderId: message.content.reaction.message_id,
      emoji: message.content.reaction.emoji,
      at: now,
    });
  }
  await storeOutbound(tx, {
    id: messageId,
    conversationId: conversation.id,
    senderId: conversation.sender_id,
    content: message.content,
    text: (await readableText(tx, conversation.sender_id, message.content)) || null,
    clientId: message.clientId,
    author: actor,
    repliesToProviderId: message.repliesToProviderId ?? null,
    deliveryId: enqueued.deliveryId,
    at: now,
  });
  if (media) {
    await tx.query("update media set message_id = $3, sender_id = $4 where organisation_id = $1 and id = $2", [
      tx.organisationId,
      media.id,
      messageId,
      conversation.sender_id,
    ]);
    tx.addJob(
      "media.offer",
      { mediaId: media.id, messageId, senderId: conversation.sender_id, deliveryId: enqueued.deliveryId },
      { key: `media.offer ${media.id}`, maxAttempts: 6 },
    );
  }
  if (conversation.assignee_id === null && actor.memberId !== null) {
    await tx.query(
      "update conversation set assignee_id = $3, version = version + 1 where organisation_id = $1 and id = $2",
      [tx.organisationId, conversation.id, actor.memberId],
    );
    await recordActivity(
      tx,
      ports,
      { id: conversation.id, inboxId: conversation.inbox_id },
      "claimed",
      actor.memberId,
      { memberId: actor.memberId },
    );
  }
  if (message.content.type !== "reaction") {
    await tx.query(
      `update conversation set state = case when state = 'done' and exists (
           select 1 from conversation o where o.organisation_id = $1 and o.inbox_id = conversation.inbox_id and o.contact_id = conversation.contact_id and o.state <> 'done') then state else 'waiting' end,
         closed_at = case when state = 'done' and exists (
           select 1 from conversation o where o.organisation_id = $1 and o.inbox_id = conversation.inbox_id and o.contact_id = conversation.contact_id and o.state <> 'done') then closed_at end,
         snoozed_until = null, waiting_since = null, unread_count = 0, last_message_at = to_timestamp($3::float8 / 1000), last_message_id = $4,
         version = version + case when assignee_id is distinct from $5 then 1 else 0 end
       where organisation_id = $1 and id = $2`,
      [tx.organisationId, conversation.id, now, messageId, actor.memberId],
    );
  }
  announceMessage(tx, { id: messageId, conversationId: conversation.id, inboxId: conversation.inbox_id }, now);
  announceConversation(tx, { id: conversation.id, inboxId: conversation.inbox_id }, now);
  return { kind: "queued", messageId, isNew: true };
}

type File = Readonly<Record<string, unknown>> & { readonly mediaId?: string; readonly id?: string };
type Holder = Record<string, File | undefined>;

/** Where content names a file of ours: in itself, or in the header of a template. */
function fileIn(
  content: MessageContent,
): { readonly kind: (typeof mediaKinds)[number]; readonly mediaId: string } | null {
  const kind = mediaKinds.find((candidate) => candidate === content.type);
  if (kind) return { kind, mediaId: (content as unknown as Holder)[kind]?.mediaId ?? "" };
  if (content.type !== "template") return null;
  for (const parameter of headerParameters(content)) {
    const headerKind = mediaKinds.find((candidate) => candidate === parameter.type);
    const mediaId = headerKind && (parse(parameter, headerKind)?.id ?? parse(parameter, headerKind)?.mediaId);
    if (headerKind && mediaId && parseId(mediaId)) return { kind: headerKind, mediaId };
  }
  return null;
}

const parse = (parameter: object, kind: string): File | undefined => (parameter as Holder)[kind];

function headerParameters(
  content: Extract<MessageContent, { type: "template" }>,
): readonly { readonly type: string }[] {
  const header = content.template.components?.find((component) => component.type.toLowerCase() === "header");
  return header && "parameters" in header ? (header.parameters ?? []) : [];
}

/** The content with the platform's own id of the file in place of ours. */
export function withPlatformId(content: MessageContent, id: string): MessageContent {
  const file = fileIn(content);
  if (!file) return content;
  const renamed = (holder: object): object => {
    const { mediaId: _ours, ...rest } = parse(holder, file.kind) ?? {};
    return { ...holder, [file.kind]: { ...rest, id } };
  };
  if (content.type !== "template") return renamed(content) as MessageContent;
  return {
    ...content,
    template: {
      ...content.template,
      components: (content.template.components ?? []).map((component) =>
        component.type.toLowerCase() === "header" && "parameters" in component
          ? {
              ...component,
              parameters: (component.parameters ?? []).map((parameter) =>
                parameter.type === file.kind ? renamed(parameter) : parameter,
              ),
            }
          : component,
      ),
    },
  } as MessageContent;
}

async function readOutboundMedia(tx: Tx, content: MessageContent): Promise<{ id: MediaId } | "unknown" | null> {
  const file = fileIn(content);
  if (!file) return null;
  if (!parseId(file.mediaId)) return "unknown";
  const row = await tx.one<{ id: MediaId }>(
    "select id from media where organisation_id = $1 and id = $2 and storage_key is not null and kind = $3",
    [tx.organisationId, file.mediaId, file.kind],
  );
  return row ?? "unknown";
}

async function readableText(tx: Tx, senderId: SenderId, content: MessageContent): Promise<string> {
  if (content.type !== "template") return contentText(content);
  const row = await tx.one<{
    name: string;
    language: string;
    category: string;
    status: string;
    parameter_format: string;
    components: unknown;
    provider_id: string;
  }>(
    "select name, language, category, status, parameter_format, components, provider_id from template where organisation_id = $1 and sender_id = $2 and name = $3 and language = $4",
    [tx.organisationId, senderId, content.template.name, content.template.language.code],
  );
  const template = row && parseTemplate({ ...row, id: row.provider_id });
  return template ? renderTemplate(template, content).text : contentText(content);
}

export type StartOutcome =
  | { readonly kind: "open"; readonly conversationId: string }
  | { readonly kind: "unknown-contact" }
  | { readonly kind: "unknown-sender" }
  | { readonly kind: "no-address" };

/** The open conversation with this person on this sender's inbox, made where there is none. Sends nothing. */
export async function startConversation(
  tx: Tx,
  ports: Ports,
  actor: Actor,
  start: { contactId: string; senderId: string },
): Promise<StartOutcome> {
  const sender = await tx.one<{ inbox_id: string; channel: string }>(
    "select inbox_id, channel from sender where organisation_id = $1 and id = $2",
    [tx.organisationId, start.senderId],
  );
  if (!sender) return { kind: "unknown-sender" };
  const contact = await tx.one("select 1 from contact where organisation_id = $1 and id = $2 and merged_into is null", [
    tx.organisationId,
    start.contactId,
  ]);
  if (!contact) return { kind: "unknown-contact" };
  const address = await tx.one<{ id: string }>(
    "select id from address where organisation_id = $1 and contact_id = $2 and channel = $3 and current and kind in ('phone', 'user-id') order by kind, created_at desc limit 1",
    [tx.organisationId, start.contactId, sender.channel],
  );
  if (!address) return { kind: "no-address" };
  const now = ports.clock.now();
  const id = ports.ids.next<"conversation">();
  const [row] = await tx.query<{ id: string; is_new: boolean }>(
    `insert into conversation (organisation_id, id, inbox_id, contact_id, sender_id, address_id, state, assignee_id, last_message_at, opened_at)
     values ($1, $2, $3, $4, $5, $6, 'waiting', $7, to_timestamp($8::float8 / 1000), to_timestamp($8::float8 / 1000))
     on conflict (organisation_id, inbox_id, contact_id) where state <> 'done' do update set sender_id = excluded.sender_id, address_id = excluded.address_id returning id, xmax = 0 as is_new`,
    [tx.organisationId, id, sender.inbox_id, start.contactId, start.senderId, address.id, actor.memberId, now],
  );
  const conversation = { id: row?.id ?? id, inboxId: sender.inbox_id };
  if (row?.is_new) {
    await recordActivity(tx, ports, conversation, "opened", actor.memberId);
    announceConversation(tx, conversation, now);
  }
  return { kind: "open", conversationId: conversation.id };
}
