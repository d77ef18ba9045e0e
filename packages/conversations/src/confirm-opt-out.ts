import type { Tx } from "@loket/database";
import { enqueue } from "@loket/delivery";
import { type AddressId, type ContactId, type ConversationId, instant, minuteMs, type SenderId } from "@loket/kit";
import { announceConversation, type Ports } from "./conversation.ts";
import { announceMessage } from "./message.ts";
import { storeOutbound } from "./outbound.ts";

type Locale = "en" | "nl" | "de";
export interface ConfirmedOptOut {
  readonly scope: "all" | "marketing";
  readonly channel: string;
  /** False where a sentence was taken for one: the person is told how to keep what they wanted to keep. */
  readonly certain: boolean;
}

/** Later than this nobody waits for it any more; the book says five minutes as well. */
const lifeMs = 5 * minuteMs;

/**
 * One short message that an opt-out was heard, of what, and how to come back. It goes the way of every message, so the
 * book decides: once, soon, and never to whom blocked or complained. Where the book says no, that is on record and
 * nothing is sent. True where it is on its way.
 */
export async function confirmOptOut(
  tx: Tx,
  ports: Ports,
  conversationId: string,
  optOut: ConfirmedOptOut,
): Promise<boolean> {
  const conversation = await tx.one<{
    id: ConversationId;
    inbox_id: string;
    contact_id: ContactId;
    sender_id: SenderId;
    address_id: AddressId;
    language: string | null;
    locale: Locale;
    organisation: string;
    switched_off: boolean;
    covered: boolean;
  }>(
    `select v.id, v.inbox_id, v.contact_id, v.sender_id, v.address_id, c.locale as language, o.locale, o.name as organisation,
       coalesce((o.settings->'standing'->>'confirmOptOuts') = 'false', false) as switched_off,
       exists (select 1 from suppression s where s.organisation_id = v.organisation_id and s.contact_id = v.contact_id and s.lifted_at is null
         and s.confirmation_sent_at is not null and s.scope in ($3, 'all') and s.channel in ($4, 'all')) as covered
     from conversation v join contact c on c.organisation_id = v.organisation_id and c.id = v.contact_id join organisation o on o.organisation_id = v.organisation_id
     where v.organisation_id = $1 and v.id = $2`,
    [tx.organisationId, conversationId, optOut.scope, optOut.channel],
  );
  if (!conversation || conversation.switched_off || conversation.covered) return false;
  const locale = spokenLocale(conversation.language, conversation.locale);
  const body = confirmationText(optOut, locale, conversation.organisation);
  const content = { type: "text" as const, text: { body } };
  const now = ports.clock.now();
  const messageId = ports.ids.next<"message">();
  const enqueued = await enqueue(tx, ports, {
    senderId: conversation.sender_id,
    addressId: conversation.address_id,
    contactId: conversation.contact_id,
    content,
    kind: "opt-out-confirmation",
    messageId,
    priority: 0,
    expiresAt: instant(now + lifeMs),
  });
  if (enqueued.kind !== "queued") return false;
  await storeOutbound(tx, {
    id: messageId,
    conversationId: conversation.id,
    senderId: conversation.sender_id,
    content,
    text: body,
    clientId: null,
    author: { memberId: null, name: conversation.organisation },
    repliesToProviderId: null,
    deliveryId: enqueued.deliveryId,
    at: now,
  });
  // It answers nobody's question: whose turn it is stays as it was.
  await tx.query(
    "update conversation set last_message_at = to_timestamp($3::float8 / 1000), last_message_id = $4 where organisation_id = $1 and id = $2",
    [tx.organisationId, conversation.id, now, messageId],
  );
  announceMessage(tx, { id: messageId, conversationId: conversation.id, inboxId: conversation.inbox_id }, now);
  announceConversation(tx, { id: conversation.id, inboxId: conversation.inbox_id }, now);
  return true;
}

/**
 * The language to answer a person in: theirs, however it was written where it came from, or else the organisation's. A list
 * of people may hold any language, and an opt-out must never fail for want of words to confirm it in.
 */
export function spokenLocale(language: string | null, otherwise: Locale): Locale {
  const [short = ""] = (language ?? "").toLowerCase().split(/[-_]/);
  return Object.hasOwn(texts, short) ? (short as Locale) : otherwise;
}

/** What was stopped, by name, and the word that brings it back. */
function confirmationText({ scope, channel, certain }: ConfirmedOptOut, locale: Locale, organisation: string): string {
  const words = texts[locale];
  const where = channel === "all" ? words.everywhere : words.on(channelNames[channel] ?? channel);
  const what = scope === "all" ? words.everything(where) : words.offers(where);
  return [`${organisation}: ${what}`, ...(certain ? [] : [words.onlyOffers]), words.comeBack].join(" ");
}

const channelNames: Readonly<Record<string, string>> = {
  whatsapp: "WhatsApp",
  telegram: "Telegram",
  email: "e-mail",
  sms: "SMS",
  webchat: "web chat",
};
const texts = {
  en: {
    on: (name: string) => `on ${name}`,
    everywhere: "on any channel",
    everything: (where: string) => `you have unsubscribed, and we will not write to you first ${where} any more.`,
    offers: (where: string) => `you will get no more offers ${where}.`,
    onlyOffers: "Did you mean offers only? Then send START, and after that STOP OFFERS.",
    comeBack: "Send START to come back.",
  },
  nl: {
    on: (name: string) => `via ${name}`,
    everywhere: "op welk kanaal dan ook",
    everything: (where: string) => `je bent afgemeld; we sturen je uit onszelf geen berichten meer ${where}.`,
    offers: (where: string) => `je krijgt geen aanbiedingen meer ${where}.`,
    onlyOffers: "Bedoelde je alleen aanbiedingen? Stuur dan START en daarna STOP AANBIEDINGEN.",
    comeBack: "Stuur START om je weer aan te melden.",
  },
  de: {
    on: (name: string) => `über ${name}`,
    everywhere: "auf irgendeinem Kanal",
    everything: (where: string) => `Sie sind abgemeldet; wir schreiben Ihnen ${where} nicht mehr von uns aus.`,
    offers: (where: string) => `Sie erhalten keine Angebote mehr ${where}.`,
    onlyOffers: "Meinten Sie nur Angebote? Dann senden Sie START und danach STOP ANGEBOTE.",
    comeBack: "Senden Sie START, um sich wieder anzumelden.",
  },
} as const;
