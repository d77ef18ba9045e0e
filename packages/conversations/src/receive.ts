import { contentText, type Identity, type InboundEvent, type MessageContent } from "@loket/channels";
import { identify, liftSuppressions, moveIdentity, suppress } from "@loket/contacts";
import type { Tx } from "@loket/database";
import { type ConversationId, dayMs, type Instant, instant, type MessageId, type SenderId } from "@loket/kit";
import { confirmOptOut } from "./confirm-opt-out.ts";
import { announceConversation, type ConversationState, type Ports, recordActivity } from "./conversation.ts";
import { announceMessage } from "./message.ts";
import { heedWish, type ReadKeyword, readWish } from "./wishes.ts";

type EventOf<Kind extends InboundEvent["kind"]> = Extract<InboundEvent, { kind: Kind }>;

/** The sender an event came in by. */
export interface Inlet {
  readonly senderId: SenderId;
  readonly inboxId: string;
  readonly channel: "whatsapp";
  /** The webhook it came in, kept as it came. */
  readonly receiptId?: string | undefined;
}

export interface ReceivePorts extends Ports {
  readonly readKeyword: ReadKeyword;
}

const reopenWithinMs = 3 * dayMs;

/**
 * A person wrote. Identify, open, store, announce, in the caller's transaction. The same message again changes nothing.
 * Time counts as the platform says it was, not as it reached us.
 */
export async function receive(
  tx: Tx,
  ports: ReceivePorts,
  inlet: Inlet,
  event: EventOf<"messageReceived">,
): Promise<void> {
  const person = await identify(tx, ports, inlet.channel, event.from, event.providerId);
  const conversation = await openConversation(tx, ports, inlet, person, event.at);
  const messageId = ports.ids.next<"message">();
  const stored = await storeMessage(tx, ports, inlet, conversation, {
    id: messageId,
    direction: "in",
    content: event.content,
    providerId: event.providerId,
    repliesToProviderId: event.repliesTo?.providerId ?? null,
    at: event.at,
    status: "received",
    authorName: null,
    origin: originOf(event),
    raw: event.content.type === "unrecognised" || event.content.type === "unsupported" ? event.raw : null,
  });
  if (!stored) return;
  await storeMedia(tx, ports, inlet, messageId, event.content);

  const heard = { contactId: person.contactId, conversation, messageId, event };
  const wish = await readWish(tx, ports.readKeyword, inlet, heard);
  await noteInbound(tx, inlet, person.addressId, event.at, wish.reading.kind === "opt-out");
  const isStopped = await heedWish(tx, ports, inlet, heard, wish);
  if (person.joined) await recordActivity(tx, ports, conversation, "identity-changed", null, { joined: person.joined });
  // Late or not, it is unread and unanswered; but a late one does not become the conversation's last.
  await tx.query(
    `update conversation set state = 'needs-us', snoozed_until = null, waiting_since = coalesce(waiting_since, to_timestamp($3::float8 / 1000)), unread_count = unread_count + 1,
       version = version + 1, last_message_id = case when $5 then $4 else last_message_id end,
       last_message_at = case when $5 then to_timestamp($3::float8 / 1000) else last_message_at end where organisation_id = $1 and id = $2`,
    [tx.organisationId, conversation.id, event.at, messageId, event.at >= conversation.lastMessageAt],
  );
  announceMessage(tx, { id: messageId, conversationId: conversation.id, inboxId: inlet.inboxId }, ports.clock.now());
  announceConversation(tx, conversation, ports.clock.now());
  if (isStopped && wish.reading.kind === "opt-out") await confirmOptOut(tx, ports, conversation.id, wish.reading);
}

interface OpenConversation {
  id: ConversationId;
  inboxId: string;
  lastMessageAt: number;
}

/**
 * The person's open conversation in this inbox: found, reopened when it was closed less than three days ago, or new.
 * Whoever loses a race for the new one finds the winner's, because only one can exist.
 */
async function openConversation(
  tx: Tx,
  ports: Ports,
  inlet: Inlet,
  person: { contactId: string; addressId: string },
  at: Instant,
): Promise<OpenConversation> {
  const found = await tx.one<{
    id: ConversationId;
    state: ConversationState;
    last_message_at: number | null;
    closed_at: number | null;
    sender_id: string;
    address_id: string;
  }>(
    `select id, state, last_message_at, closed_at, sender_id, address_id from conversation where organisation_id = $1 and inbox_id = $2 and contact_id = $3
     order by (state <> 'done') desc, closed_at desc nulls last, id desc limit 1 for update`,
    [tx.organisationId, inlet.inboxId, person.contactId],
  );
  const now = ports.clock.now();
  if (found && found.state !== "done") {
    if (found.sender_id !== inlet.senderId || found.address_id !== person.addressId) {
      await tx.query("update conversation set sender_id = $3, address_id = $4 where organisation_id = $1 and id = $2", [
        tx.organisationId,
        found.id,
        inlet.senderId,
        person.addressId,
      ]);
    }
    return { id: found.id, inboxId: inlet.inboxId, lastMessageAt: found.last_message_at ?? 0 };
  }
  if (found?.closed_at && at - found.closed_at < reopenWithinMs) {
    await tx.query(
      "update conversation set state = 'needs-us', closed_at = null, sender_id = $3, address_id = $4 where organisation_id = $1 and id = $2",
      [tx.organisationId, found.id, inlet.senderId, person.addressId],
    );
    await recordActivity(tx, ports, { id: found.id, inboxId: inlet.inboxId }, "reopened", null);
    return { id: found.id, inboxId: inlet.inboxId, lastMessageAt: found.last_message_at ?? 0 };
  }
  const id = ports.ids.next<"conversation">();
  const [opened] = await tx.query<{ id: ConversationId; last_message_at: number | null; is_new: boolean }>(
    `insert into conversation (organisation_id, id, inbox_id, contact_id, sender_id, address_id, state, opened_at) values ($1, $2, $3, $4, $5, $6, 'needs-us', to_timestamp($7::float8 / 1000))
     on conflict (organisation_id, inbox_id, contact_id) where state <> 'done' do update set sender_id = excluded.sender_id, address_id = excluded.address_id
     returning id, last_message_at, xmax = 0 as is_new`,
    [tx.organisationId, id, inlet.inboxId, person.contactId, inlet.senderId, person.addressId, now],
  );
  const conversation = { id: opened?.id ?? id, inboxId: inlet.inboxId, lastMessageAt: opened?.last_message_at ?? 0 };
  if (opened?.is_new) await recordActivity(tx, ports, conversation, "opened", null);
  return conversation;
}

interface NewMessage {
  readonly id: MessageId;
  readonly direction: "in" | "out";
  readonly content: MessageContent;
  readonly providerId: string;
  readonly repliesToProviderId: string | null;
  readonly at: Instant;
  readonly status: "received" | "sent";
  readonly authorName: string | null;
  readonly origin: unknown;
  readonly raw: unknown;
}

/** False where the message is known already. */
async function storeMessage(
  tx: Tx,
  ports: Ports,
  inlet: Inlet,
  conversation: OpenConversation,
  message: NewMessage,
): Promise<boolean> {
  return (
    (await tx.count(
      `insert into message (organisation_id, id, conversation_id, sender_id, channel, direction, type, content, text, status, status_times, provider_id, replies_to_provider_id,
         author_name, origin, raw, sent_at, received_at, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, to_timestamp($17::float8 / 1000), to_timestamp($18::float8 / 1000), to_timestamp($19::float8 / 1000))
       on conflict (organisation_id, sender_id, provider_id) where provider_id is not null do nothing`,
      [
        tx.organisationId,
        message.id,
        conversation.id,
        inlet.senderId,
        inlet.channel,
        message.direction,
        message.content.type,
        JSON.stringify(message.content),
        contentText(message.content) || null,
        message.status,
        JSON.stringify(message.direction === "out" ? { sent: message.at } : {}),
        message.providerId,
        message.repliesToProviderId,
        message.authorName,
        message.origin === null ? null : JSON.stringify(message.origin),
        message.raw === null ? null : JSON.stringify(message.raw),
        message.at,
        message.direction === "in" ? ports.clock.now() : null,
        // Shown in the order the person wrote; a clock ahead of ours must not put it behind what comes after.
        Math.min(message.at, ports.clock.now()),
      ],
    )) > 0
  );
}

const mediaKinds = ["image", "video", "audio", "document", "sticker"] as const;

/** A placeholder at once; the bytes follow by a job. */
async function storeMedia(
  tx: Tx,
  ports: Ports,
  inlet: Inlet,
  messageId: MessageId,
  content: MessageContent,
): Promise<void> {
  const kind = mediaKinds.find((candidate) => candidate === content.type);
  if (!kind) return;
  const file = (
    content as unknown as Record<string, { id?: string; mime_type?: string; filename?: string } | undefined>
  )[kind];
  if (!file?.id) return;
  const mediaId = ports.ids.next<"media">();
  await tx.query(
    `insert into media (organisation_id, id, message_id, sender_id, kind, mime_type, filename, provider_media_id, state, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', to_timestamp($9::float8 / 1000))`,
    [
      tx.organisationId,
      mediaId,
      messageId,
      inlet.senderId,
      kind,
      file.mime_type?.split(";")[0] ?? "application/octet-stream",
      file.filename ?? null,
      file.id,
      ports.clock.now(),
    ],
  );
  tx.addJob("media.fetch", { mediaId, senderId: inlet.senderId }, { key: `media.fetch ${mediaId}`, maxAttempts: 8 });
}

/** The service window is the latest instant by the person's own clock of the platform, whatever order messages arrive in. */
async function noteInbound(tx: Tx, inlet: Inlet, addressId: string, at: Instant, isOptOut: boolean): Promise<void> {
  await tx.query(
    `insert into leg (organisation_id, sender_id, address_id, last_inbound_at, last_inbound_was_opt_out) values ($1, $2, $3, to_timestamp($4::float8 / 1000), $5)
     on conflict (organisation_id, sender_id, address_id) do update set
       last_inbound_was_opt_out = case when excluded.last_inbound_at >= coalesce(leg.last_inbound_at, '-infinity') then excluded.last_inbound_was_opt_out else leg.last_inbound_was_opt_out end,
       last_inbound_at = greatest(leg.last_inbound_at, excluded.last_inbound_at)`,
    [tx.organisationId, inlet.senderId, addressId, at, isOptOut],
  );
}

function originOf(event: EventOf<"messageReceived">): unknown {
  const { referral, referredProduct, forwarded, groupId } = event;
  return referral || referredProduct || forwarded || groupId ? { referral, referredProduct, forwarded, groupId } : null;
}

/** The person changed what they wrote. The first words stay readable for those who must prove what was said. */
export async function editMessage(
  tx: Tx,
  ports: Ports,
  inlet: Inlet,
  targetProviderId: string,
  content: MessageContent,
  at: Instant,
): Promise<void> {
  const row = await tx.one<{ id: string; conversation_id: string }>(
    `update message set content = $4, text = $5, edited_at = to_timestamp($6::float8 / 1000), raw = coalesce(raw, '{}') || jsonb_build_object('before', coalesce(raw->'before', '[]') || jsonb_build_array(content))
     where organisation_id = $1 and sender_id = $2 and provider_id = $3 and deleted_at is null and (edited_at is null or edited_at < to_timestamp($6::float8 / 1000)) returning id, conversation_id`,
    [tx.organisationId, inlet.senderId, targetProviderId, JSON.stringify(content), contentText(content) || null, at],
  );
  if (row)
    announceMessage(tx, { id: row.id, conversationId: row.conversation_id, inboxId: inlet.inboxId }, ports.clock.now());
}

export async function deleteMessage(
  tx: Tx,
  ports: Ports,
  inlet: Inlet,
  targetProviderId: string,
  at: Instant,
): Promise<void> {
  const row = await tx.one<{ id: string; conversation_id: string }>(
    "update message set deleted_at = to_timestamp($4::float8 / 1000) where organisation_id = $1 and sender_id = $2 and provider_id = $3 and deleted_at is null returning id, conversation_id",
    [tx.organisationId, inlet.senderId, targetProviderId, at],
  );
  if (row)
    announceMessage(tx, { id: row.id, conversationId: row.conversation_id, inboxId: inlet.inboxId }, ports.clock.now());
}

/** The latest reaction of either side counts, by the platform's time; it opens no window and reopens nothing. */
export async function react(
  tx: Tx,
  ports: Ports,
  inlet: Inlet,
  reaction: { direction: "in" | "out"; targetProviderId: string; emoji: string | null; at: Instant },
): Promise<void> {
  await tx.query(
    `insert into reaction (organisation_id, sender_id, target_provider_id, direction, emoji, at) values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000))
     on conflict (organisation_id, sender_id, target_provider_id, direction) do update set emoji = excluded.emoji, at = excluded.at where reaction.at <= excluded.at`,
    [
      tx.organisationId,
      inlet.senderId,
      reaction.targetProviderId,
      reaction.direction,
      reaction.emoji || null,
      reaction.at,
    ],
  );
  const row = await tx.one<{ id: string; conversation_id: string }>(
    "select id, conversation_id from message where organisation_id = $1 and sender_id = $2 and provider_id = $3",
    [tx.organisationId, inlet.senderId, reaction.targetProviderId],
  );
  if (row)
    announceMessage(tx, { id: row.id, conversationId: row.conversation_id, inboxId: inlet.inboxId }, ports.clock.now());
}

/** Sent by the business from its own app: part of the story, written by nobody here. */
export async function echo(tx: Tx, ports: Ports, inlet: Inlet, event: EventOf<"messageEchoed">): Promise<void> {
  if (event.echo.of === "edit")
    return editMessage(tx, ports, inlet, event.echo.targetProviderId, event.echo.content, event.at);
  if (event.echo.of === "deletion") return deleteMessage(tx, ports, inlet, event.echo.targetProviderId, event.at);
  const person = await identify(tx, ports, inlet.channel, event.to, event.providerId);
  const conversation = await openConversation(tx, ports, inlet, person, event.at);
  const messageId = ports.ids.next<"message">();
  const stored = await storeMessage(tx, ports, inlet, conversation, {
    id: messageId,
    direction: "out",
    content: event.echo.content,
    providerId: event.providerId,
    repliesToProviderId: event.repliesTo?.providerId ?? null,
    at: event.at,
    status: "sent",
    authorName: "Business app",
    origin: { app: true },
    raw: null,
  });
  if (!stored) return;
  await storeMedia(tx, ports, inlet, messageId, event.echo.content);
  await tx.query(
    "update conversation set state = case when state = 'needs-us' then 'waiting' else state end, waiting_since = null, last_message_at = to_timestamp($3::float8 / 1000), last_message_id = $4, version = version + 1 where organisation_id = $1 and id = $2 and coalesce(last_message_at, '-infinity') <= to_timestamp($3::float8 / 1000)",
    [tx.organisationId, conversation.id, event.at, messageId],
  );
  announceMessage(tx, { id: messageId, conversationId: conversation.id, inboxId: inlet.inboxId }, ports.clock.now());
  announceConversation(tx, conversation, ports.clock.now());
}

/** The person has another number or user id from now on; their conversations say so. */
export async function followIdentity(
  tx: Tx,
  ports: Ports,
  inlet: Inlet,
  event: EventOf<"identityChanged">,
): Promise<void> {
  if (event.change === "identityKey") {
    const hash = event.identityKey?.hash;
    if (hash && event.before.phone) {
      await tx.query(
        "update address set identity_hash = $4 where organisation_id = $1 and channel = $2 and kind = 'phone' and value = $3 and current",
        [tx.organisationId, inlet.channel, event.before.phone, hash],
      );
    }
    return;
  }
  const contactId = await moveIdentity(tx, ports, inlet.channel, event.before, event.after);
  if (!contactId) return;
  const open = await tx.query<{ id: string; inbox_id: string }>(
    `update conversation v set address_id = coalesce((
       select a.id from address a where a.organisation_id = v.organisation_id and a.contact_id = v.contact_id and a.channel = $3 and a.current and a.kind in ('phone', 'user-id')
       order by a.kind = 'phone' desc, a.created_at desc limit 1), v.address_id)
     where v.organisation_id = $1 and v.contact_id = $2 and v.state <> 'done' returning v.id, v.inbox_id`,
    [tx.organisationId, contactId, inlet.channel],
  );
  for (const conversation of open) {
    const detail = { before: nameOf(event.before), after: nameOf(event.after) };
    await recordActivity(
      tx,
      ports,
      { id: conversation.id, inboxId: conversation.inbox_id },
      event.change === "phone" ? "number-changed" : "identity-changed",
      null,
      detail,
    );
    announceConversation(tx, { id: conversation.id, inboxId: conversation.inbox_id }, ports.clock.now());
  }
}

function nameOf(identity: Identity): string {
  return identity.phone ?? identity.userId ?? "";
}

/** The person told WhatsApp itself to stop our marketing, or to let it come again. */
export async function changePreference(
  tx: Tx,
  ports: Ports,
  inlet: Inlet,
  event: EventOf<"preferenceChanged">,
): Promise<void> {
  const person = await identify(tx, ports, inlet.channel, event.from, event.eventKey);
  if (event.choice === "stop") {
    await tx.query(
      `insert into leg (organisation_id, sender_id, address_id, marketing_stopped_at) values ($1, $2, $3, to_timestamp($4::float8 / 1000))
       on conflict (organisation_id, sender_id, address_id) do update set marketing_stopped_at = excluded.marketing_stopped_at`,
      [tx.organisationId, inlet.senderId, person.addressId, event.at],
    );
    await suppress(tx, ports, {
      contactId: person.contactId,
      scope: "marketing",
      channel: inlet.channel,
      source: "platform-preference",
      senderId: inlet.senderId,
      at: event.at,
    });
    return;
  }
  await tx.query(
    "update leg set marketing_stopped_at = null where organisation_id = $1 and sender_id = $2 and address_id = $3",
    [tx.organisationId, inlet.senderId, person.addressId],
  );
  await liftSuppressions(tx, ports, {
    contactId: person.contactId,
    channel: inlet.channel,
    sources: ["platform-preference"],
    senderId: inlet.senderId,
    by: `preference ${event.choice}`,
    at: instant(event.at),
  });
}
