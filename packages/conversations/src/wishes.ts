import { contentText, type InboundEvent, type MessageContent } from "@loket/channels";
import { awaitClarification, clarify, liftSuppressions, type Purpose, recordConsent, suppress } from "@loket/contacts";
import type { Tx } from "@loket/database";
import { type ConversationId, type Instant, instant, type MessageId } from "@loket/kit";
import { type Ports, recordActivity } from "./conversation.ts";
import type { Inlet } from "./receive.ts";

/** What a text says about wanting messages, as the terms book reads it. Passed in: conversations know no rule. */
export type ReadKeyword = (text: string, context: KeywordContext) => KeywordReading;

export interface KeywordContext {
  readonly language: string | null;
  readonly region: string | null;
  /** When the person wrote. */
  readonly at: Instant;
  /** When our question for consent went out, where that is the message before this one. */
  readonly openConsentQuestionAt: Instant | null;
  /** What is stopped here: by the person's own word, button or link, or in a way that only a person here can settle. */
  readonly previousOptOut: { readonly scope: "all" | Purpose; readonly channel: string; readonly own: boolean } | null;
}

export type KeywordReading =
  | { readonly kind: "none" }
  | {
      readonly kind: "opt-out";
      readonly scope: "all" | "marketing";
      readonly channel: string;
      /** False for a sentence that most likely was one: it counts, and a person looks at it. */
      readonly certain: boolean;
    }
  /** It may have been one: marketing waits until somebody knows. */
  | { readonly kind: "unclear" }
  /** `lifts`: what their earlier opt-out covered; `null` where it was not theirs to undo by a word. */
  | { readonly kind: "opt-in"; readonly lifts: "all" | Purpose | null };

export interface Wish {
  readonly reading: KeywordReading;
  readonly question: OpenQuestion | null;
}

interface OpenQuestion {
  readonly purpose: Purpose;
  readonly channel: string;
  readonly topic: string | null;
  readonly wordingId: string | null;
  readonly askedAt: Instant;
}

interface Heard {
  readonly contactId: string;
  readonly conversation: { readonly id: ConversationId; readonly inboxId: string };
  readonly messageId: MessageId;
  readonly event: Extract<InboundEvent, { kind: "messageReceived" }>;
}

const noWish: Wish = { reading: { kind: "none" }, question: null };
/** Stopped by the person themselves, here: by a word, a button, or on their own page. */
const ownSources = ["keyword", "button", "link"];

/** What the person wants, by the words they chose themselves: typed, or a button or row they tapped. */
export async function readWish(tx: Tx, readKeyword: ReadKeyword, inlet: Inlet, heard: Heard): Promise<Wish> {
  const text = spokenText(heard.event.content);
  if (text === null) return noWish;
  const [contact, question, previousOptOut] = await Promise.all([
    tx.one<{ locale: string | null; region: string | null; organisation_locale: string }>(
      "select c.locale, c.region, o.locale as organisation_locale from contact c join organisation o on o.organisation_id = c.organisation_id where c.organisation_id = $1 and c.id = $2",
      [tx.organisationId, heard.contactId],
    ),
    openQuestion(tx, heard),
    optOutInForce(tx, heard.contactId, inlet.channel),
  ]);
  const reading = readKeyword(text, {
    language: contact?.locale ?? contact?.organisation_locale ?? null,
    region: contact?.region ?? null,
    at: withinItsSecond(heard.event.at),
    openConsentQuestionAt: question?.askedAt ?? null,
    previousOptOut,
  });
  return { reading, question };
}

function spokenText(content: MessageContent): string | null {
  if (content.type === "text") return content.text.body;
  if (content.type === "button" || content.type === "interactive") return contentText(content) || null;
  return null;
}

/** The platform tells whole seconds. Within its second an opt-out counts as the last word. */
function withinItsSecond(at: Instant): Instant {
  return instant(at + 999);
}

/**
 * Our question for consent, if it is the very message before this one. The order is that of arrival here: the platform's
 * whole seconds cannot tell what came first.
 */
async function openQuestion(tx: Tx, { conversation, messageId }: Heard): Promise<OpenQuestion | null> {
  const row = await tx.one<{
    purpose: Purpose;
    channel: string;
    topic: string | null;
    wording_id: string | null;
    asked_at: number;
  }>(
    `select w.purpose, w.channel, w.topic, w.wording_id, greatest(q.sent_at, w.at) as asked_at
     from (select id, direction, status, sent_at from message where organisation_id = $1 and conversation_id = $2 and id <> $3 order by id desc limit 1) q
     join consent w on w.organisation_id = $1 and w.source_message_id = q.id and w.action = 'requested'
     where q.direction = 'out' and q.status not in ('held', 'queued', 'failed') limit 1`,
    [tx.organisationId, conversation.id, messageId],
  );
  if (!row) return null;
  const { wording_id, asked_at, ...about } = row;
  return { ...about, wordingId: wording_id, askedAt: instant(asked_at) };
}

async function optOutInForce(tx: Tx, contactId: string, channel: string): Promise<KeywordContext["previousOptOut"]> {
  const rows = await tx.query<{ scope: "all" | Purpose; channel: string; source: string }>(
    `select scope, channel, source from suppression where organisation_id = $1 and contact_id = $2 and channel in ($3, 'all') and lifted_at is null
       and source <> 'platform-preference' order by scope = 'all' desc, at desc`,
    [tx.organisationId, contactId, channel],
  );
  const [widest] = rows;
  if (!widest) return null;
  return { scope: widest.scope, channel: widest.channel, own: rows.every(({ source }) => ownSources.includes(source)) };
}

/** Does what was wished. True where an opt-out was recorded that was not in force before: it is to be confirmed, once. */
export async function heedWish(tx: Tx, ports: Ports, inlet: Inlet, heard: Heard, wish: Wish): Promise<boolean> {
  const { reading, question } = wish;
  const { contactId, conversation, messageId, event } = heard;
  switch (reading.kind) {
    case "none":
      return false;
    case "unclear":
      await awaitClarification(tx, ports, { contactId, sourceMessageId: messageId, at: event.at });
      await recordActivity(tx, ports, conversation, "maybe-opted-out", null);
      return false;
    case "opt-out": {
      const source = event.content.type === "text" ? "keyword" : "button";
      await clarify(tx, ports, { contactId, wasOptOut: true });
      const isNew = await suppress(tx, ports, {
        contactId,
        scope: reading.scope,
        channel: reading.channel,
        source,
        senderId: inlet.senderId,
        sourceMessageId: messageId,
        at: withinItsSecond(event.at),
      });
      await recordActivity(tx, ports, conversation, "opted-out", null, {
        scope: reading.scope,
        source,
        ...(reading.certain ? {} : { probable: "true" }),
      });
      return isNew;
    }
    case "opt-in":
      await comeBack(tx, ports, inlet, heard, reading.lifts, question);
      return false;
  }
}

/**
 * Coming back undoes what the person stopped here themselves, never what they set in WhatsApp or asked a person for. An
 * answer to our question is a consent to what was asked, whatever was stopped before.
 */
async function comeBack(
  tx: Tx,
  ports: Ports,
  inlet: Inlet,
  { contactId, conversation, messageId, event }: Heard,
  lifts: "all" | Purpose | null,
  question: OpenQuestion | null,
): Promise<void> {
  await clarify(tx, ports, { contactId, wasOptOut: false });
  if (lifts === null && question === null) {
    await recordActivity(tx, ports, conversation, "wants-back", null);
    return;
  }
  const lifted =
    lifts === null
      ? 0
      : await liftSuppressions(tx, ports, {
          contactId,
          channel: inlet.channel,
          sources: ownSources,
          scope: lifts,
          by: messageId,
          at: event.at,
        });
  await recordConsent(tx, ports, {
    contactId,
    purpose: question?.purpose ?? "marketing",
    channel: question?.channel ?? inlet.channel,
    topic: question?.topic ?? undefined,
    action: "confirmed",
    method: "inbound-message",
    ...(question?.wordingId ? { wordingId: question.wordingId } : { wordingVersion: "keyword" }),
    evidence: event.providerId,
    sourceMessageId: messageId,
    receiptId: inlet.receiptId,
    // An answer comes after its question, whatever the platform's whole seconds make of it.
    at: Math.max(event.at, question?.askedAt ?? 0),
  });
  await recordActivity(tx, ports, conversation, "opted-in", null, {
    lifted: String(lifted),
    ...(question ? { purpose: question.purpose } : {}),
  });
}
