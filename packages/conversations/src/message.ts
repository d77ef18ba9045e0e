import { explainError, type Failure } from "@loket/channels";
import type { Tx } from "@loket/database";
import { type VerdictInWords, verdictInWords } from "@loket/delivery";
import { instant, toIso } from "@loket/kit";

/**
 * From weakest to strongest claim about a message on its way. Statuses come in any order and more than once; what holds
 * is the strongest ever said. A failure outweighs "sent", but not proof that the message arrived.
 */
export const statusOrder = [
  "held",
  "queued",
  "uncertain",
  "accepted",
  "sent",
  "failed",
  "delivered",
  "read",
  "played",
] as const;
export type OutboundStatus = (typeof statusOrder)[number];
export type MessageStatus = OutboundStatus | "received";

/** The stronger of two. Commutative, associative, idempotent: any order and any repetition of statuses ends the same. */
export function strongerStatus(one: OutboundStatus, other: OutboundStatus): OutboundStatus {
  return statusOrder.indexOf(one) >= statusOrder.indexOf(other) ? one : other;
}

export interface MessageFailure {
  readonly code: string;
  readonly title: string;
  readonly cause: string;
  readonly nextStep: "none" | "use-template" | "retry" | "retry-later" | "fix-content" | "ask-admin" | "check-number";
  readonly advice: string;
}

export interface Media {
  readonly id: string;
  readonly kind: "image" | "video" | "audio" | "document" | "sticker";
  readonly mimeType: string;
  readonly sizeBytes: number | null;
  readonly filename: string | null;
  readonly state: "waiting" | "working" | "ready" | "failed";
  readonly reason: string | null;
  readonly url: string | null;
}

export interface Message {
  readonly id: string;
  readonly conversationId: string;
  readonly direction: "in" | "out";
  readonly type: string;
  readonly text: string | null;
  readonly status: MessageStatus;
  readonly channel: "whatsapp";
  readonly sentAt: string | null;
  readonly receivedAt: string | null;
  readonly createdAt: string;
  readonly providerId: string | null;
  readonly failure: MessageFailure | null;
  readonly clientId: string | null;
  readonly author: { readonly memberId: string | null; readonly name: string } | null;
  readonly content: Readonly<Record<string, unknown>>;
  readonly media: Media | null;
  readonly repliesTo: {
    readonly messageId: string | null;
    readonly text: string | null;
    readonly direction: "in" | "out" | null;
  } | null;
  readonly reactions: readonly { readonly direction: "in" | "out"; readonly emoji: string }[];
  readonly editedAt: string | null;
  readonly deletedAt: string | null;
  readonly statusTimes: Readonly<Record<string, string>>;
  readonly verdict: VerdictInWords | null;
}

export interface MessageRow {
  id: string;
  conversation_id: string;
  direction: "in" | "out";
  type: string;
  text: string | null;
  status: MessageStatus;
  channel: "whatsapp";
  sent_at: number | null;
  received_at: number | null;
  created_at: number;
  provider_id: string | null;
  failure: Failure | null;
  client_id: string | null;
  author_member_id: string | null;
  author_name: string | null;
  content: Record<string, unknown>;
  media: Media | null;
  replies_to: Message["repliesTo"];
  reactions: Message["reactions"] | null;
  edited_at: number | null;
  deleted_at: number | null;
  status_times: Record<string, number>;
  verdict: Parameters<typeof verdictInWords>[0] | null;
}

export const messageColumns = `m.id, m.conversation_id, m.direction, m.type, m.text, m.status, m.channel, m.sent_at, m.received_at, m.created_at, m.provider_id, m.failure,
  m.client_id, m.author_member_id, m.author_name, m.content, m.edited_at, m.deleted_at, m.status_times, m.verdict,
  (select jsonb_build_object('id', d.id, 'kind', d.kind, 'mimeType', d.mime_type, 'sizeBytes', d.size_bytes, 'filename', d.filename, 'state', d.state, 'reason', d.reason,
      'url', case when d.storage_key is not null then '/api/v1/media/' || d.id end)
    from media d where d.organisation_id = m.organisation_id and d.message_id = m.id order by d.id limit 1) as media,
  case when m.replies_to_provider_id is not null then coalesce(
    (select jsonb_build_object('messageId', q.id, 'text', left(coalesce(q.text, ''), 200), 'direction', q.direction) from message q
      where q.organisation_id = m.organisation_id and q.sender_id = m.sender_id and q.provider_id = m.replies_to_provider_id),
    (select jsonb_build_object('messageId', y.id, 'text', c.name, 'direction', 'out') from delivery y join campaign c on c.organisation_id = y.organisation_id and c.id = y.campaign_id
      where y.organisation_id = m.organisation_id and y.sender_id = m.sender_id and y.provider_id = m.replies_to_provider_id),
    jsonb_build_object('messageId', null, 'text', null, 'direction', null)) end as replies_to,
  (select jsonb_agg(jsonb_build_object('direction', r.direction, 'emoji', r.emoji) order by r.direction) from reaction r
    where r.organisation_id = m.organisation_id and r.sender_id = m.sender_id and r.target_provider_id = m.provider_id and r.emoji is not null) as reactions`;

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : toIso(instant(ms)));

export type Locale = "en" | "nl" | "de";

export function toMessage(row: MessageRow, locale: Locale): Message {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    direction: row.direction,
    type: row.type,
    text: row.deleted_at === null ? row.text : null,
    status: row.status,
    channel: row.channel,
    sentAt: isoOrNull(row.sent_at),
    receivedAt: isoOrNull(row.received_at),
    createdAt: toIso(instant(row.created_at)),
    providerId: row.provider_id,
    failure: row.failure && row.status === "failed" ? failureInWords(row.failure, locale) : null,
    clientId: row.client_id,
    author: row.author_name === null ? null : { memberId: row.author_member_id, name: row.author_name },
    content: row.deleted_at === null ? row.content : { type: row.type },
    media: row.deleted_at === null ? row.media : null,
    repliesTo: row.replies_to,
    reactions: row.reactions ?? [],
    editedAt: isoOrNull(row.edited_at),
    deletedAt: isoOrNull(row.deleted_at),
    statusTimes: Object.fromEntries(
      Object.entries(row.status_times).map(([status, ms]) => [status, toIso(instant(ms))]),
    ),
    verdict: row.verdict && verdictInWords(row.verdict, locale),
  };
}

export async function readMessages(tx: Tx, ids: readonly string[], locale: Locale): Promise<Message[]> {
  const rows = await tx.query<MessageRow>(
    `select ${messageColumns} from message m where m.organisation_id = $1 and m.id = any($2::uuid[])`,
    [tx.organisationId, ids],
  );
  return rows.map((row) => toMessage(row, locale));
}

export async function readMessage(tx: Tx, id: string, locale: Locale): Promise<Message | null> {
  return (await readMessages(tx, [id], locale))[0] ?? null;
}

/** Why a message failed and what can be done now, in words for an agent. */
export function failureInWords(failure: Failure, locale: Locale): MessageFailure {
  const nextStep = nextSteps[failure.reason] ?? "ask-admin";
  const ours =
    failure.code.startsWith("policy.") || failure.code.startsWith("delivery.") || failure.code.startsWith("media.");
  return {
    code: failure.code,
    title: failure.title,
    cause: ours ? (failure.detail ?? failure.title) : explainError(failure.code, locale),
    nextStep: failure.code === "delivery.expired" ? "retry" : failure.code.startsWith("policy.") ? "none" : nextStep,
    advice: advice[nextStep][locale],
  };
}

const nextSteps: Partial<Record<Failure["reason"], MessageFailure["nextStep"]>> = {
  windowClosed: "use-template",
  marketingStopped: "none",
  engagementCapped: "retry-later",
  experiment: "none",
  undeliverable: "check-number",
  recipientNotAllowed: "check-number",
  templateMissing: "use-template",
  templatePaused: "use-template",
  templateDisabled: "use-template",
  templateParameters: "fix-content",
  mediaFailed: "fix-content",
  invalid: "fix-content",
  throttled: "retry-later",
  pairThrottled: "retry-later",
  platformTrouble: "retry",
  notConnected: "retry",
};

const advice: Record<MessageFailure["nextStep"], Record<Locale, string>> = {
  none: {
    en: "Nothing can be sent to this person this way.",
    nl: "Zo kan niets naar deze persoon worden gestuurd.",
    de: "So kann dieser Person nichts geschickt werden.",
  },
  "use-template": {
    en: "Send a template instead.",
    nl: "Stuur in plaats hiervan een sjabloon.",
    de: "Senden Sie stattdessen eine Vorlage.",
  },
  retry: { en: "Send it again.", nl: "Stuur het opnieuw.", de: "Senden Sie es noch einmal." },
  "retry-later": {
    en: "Wait a while, then send it again.",
    nl: "Wacht even en stuur het dan opnieuw.",
    de: "Warten Sie etwas und senden Sie es dann noch einmal.",
  },
  "fix-content": {
    en: "Change the message, then send it again.",
    nl: "Pas het bericht aan en stuur het dan opnieuw.",
    de: "Ändern Sie die Nachricht und senden Sie sie dann noch einmal.",
  },
  "ask-admin": {
    en: "Ask whoever looks after the number.",
    nl: "Vraag het aan de beheerder van het nummer.",
    de: "Fragen Sie, wer die Nummer betreut.",
  },
  "check-number": {
    en: "Check the number, or reach the person another way.",
    nl: "Controleer het nummer of bereik de persoon op een andere manier.",
    de: "Prüfen Sie die Nummer oder erreichen Sie die Person anders.",
  },
};

export function announceMessage(
  tx: Tx,
  message: { id: string; conversationId: string; inboxId: string },
  at: number,
): void {
  tx.emit({
    type: "message.changed",
    inboxId: message.inboxId,
    subject: { conversationId: message.conversationId, messageId: message.id },
    at,
  });
}
