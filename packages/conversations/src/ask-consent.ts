import { readWording, recordConsent, type Wording } from "@loket/contacts";
import type { Tx } from "@loket/database";
import { type Actor, type Ports, recordActivity } from "./conversation.ts";
import { type ReplyOutcome, reply } from "./reply.ts";

export type AskOutcome = ReplyOutcome | { readonly kind: "unknown-wording" };

/**
 * Puts a wording to the person in the conversation. If the very next thing they say within a day is yes, that is their
 * confirmed consent, proven by their own message; anything else leaves the question unanswered.
 */
export async function askConsent(
  tx: Tx,
  ports: Ports,
  actor: Actor,
  conversationId: string,
  question: {
    readonly clientId: string;
    readonly wordingId: string;
    readonly topic?: string | undefined;
    readonly version?: number | undefined;
  },
): Promise<AskOutcome> {
  const wording = await readWording(tx, question.wordingId);
  if (!wording?.channels.some((channel) => channel === "whatsapp" || channel === "all"))
    return { kind: "unknown-wording" };
  const outcome = await reply(tx, ports, actor, conversationId, {
    clientId: question.clientId,
    content: { type: "text", text: { body: askingText(wording) } },
    version: question.version,
    kind: "opt-in-request",
  });
  if (outcome.kind !== "queued" || !outcome.isNew) return outcome;
  const conversation = await tx.one<{ contact_id: string; inbox_id: string }>(
    "select contact_id, inbox_id from conversation where organisation_id = $1 and id = $2",
    [tx.organisationId, conversationId],
  );
  if (!conversation) return { kind: "unknown" };
  await recordConsent(tx, ports, {
    contactId: conversation.contact_id,
    purpose: wording.purpose,
    channel: "whatsapp",
    topic: question.topic,
    action: "requested",
    method: "conversation",
    wordingId: wording.id,
    evidence: outcome.messageId,
    sourceMessageId: outcome.messageId,
    byMemberId: actor.memberId ?? undefined,
  });
  await recordActivity(
    tx,
    ports,
    { id: conversationId as never, inboxId: conversation.inbox_id },
    "asked-consent",
    actor.memberId,
    {
      purpose: wording.purpose,
      wording: wording.version,
    },
  );
  return outcome;
}

/** The wording as it stands, with the word that answers it where it does not name one itself. */
export function askingText(wording: Pick<Wording, "text" | "language">): string {
  const { word, hint } = answers[wording.language as keyof typeof answers] ?? answers.en;
  return new RegExp(`(^|\\P{L})${word}(\\P{L}|$)`, "u").test(wording.text)
    ? wording.text
    : `${wording.text}\n\n${hint}`;
}

const answers = {
  en: { word: "YES", hint: "Answer YES if you would like that." },
  nl: { word: "JA", hint: "Antwoord JA als je dat wilt." },
  de: { word: "JA", hint: "Antworten Sie JA, wenn Sie das möchten." },
  fr: { word: "OUI", hint: "Répondez OUI si vous le souhaitez." },
} as const;
