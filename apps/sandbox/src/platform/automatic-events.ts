import { isBody } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import type { Account, Body, BusinessNumber, Message, Thread } from "./state.ts";
import { numberValue, seconds, tell } from "./webhooks.ts";

/**
 * What a person's words in a conversation that began with an advertisement come down to ("Automatic events"). The platform uses
 * expressions and a language model it does not publish; these words are ours, in the languages of the demo world.
 */
const purchaseWords = [
  "i(?:'ll| will) take (?:it|one|two|them)",
  "i(?:'ve| have)? (?:just )?(?:paid|ordered|bought)",
  "payment (?:is )?(?:done|sent|made)",
  "ik (?:neem|bestel|koop) (?:hem|het|ze|er|die|deze)",
  "(?:ik heb|is) (?:net )?(?:betaald|besteld|gekocht|overgemaakt)",
  "ich (?:nehme|bestelle|kaufe) (?:ihn|sie|es|das|die|den)",
  "(?:ich habe|ist) (?:gerade )?(?:bezahlt|bestellt|gekauft|überwiesen)",
];
const leadWords = [
  "(?:book|make|schedule) an appointment",
  "call me",
  "send me a quote",
  "i(?:'m| am) interested",
  "afspraak maken",
  "bel (?:me|mij)",
  "offerte",
  "ik heb interesse",
  "termin vereinbaren",
  "rufen sie mich an",
  "kostenvoranschlag",
  "ich (?:bin|hätte) interess(?:iert|e)",
  // Whoever leaves an address wants to hear more.
  "[\\w.+-]+@[\\w-]+\\.\\w+",
];
const wholeWords = (words: readonly string[]) =>
  new RegExp(`(?<![\\p{L}\\d])(?:${words.join("|")})(?![\\p{L}\\d])`, "iu");
const purchase = wholeWords(purchaseWords);
const lead = wholeWords(leadWords);
const price = /(?:€|\$|£|eur|usd|gbp)\s?(\d+(?:[.,]\d{1,2})?)|(\d+(?:[.,]\d{1,2})?)\s?(?:€|\$|£|euro|eur|usd|gbp)/i;
/** How many messages back a price is looked for. */
const priceWithin = 10;

const withoutIt: ReadonlySet<string> = new Set(
  "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE GB JP".split(" "),
);

/** Automatic events do not exist for accounts in the European Union, the United Kingdom and Japan. */
export function mayHaveAutomaticEvents(account: Account): boolean {
  return !withoutIt.has(account.country);
}

/** Remembers the advertisement a conversation began with. */
export function noteReferral(thread: Thread, referral: Body): void {
  if (referral.source_type !== "ad") return;
  thread.adClick = typeof referral.ctwa_clid === "string" ? referral.ctwa_clid : null;
  thread.adEvents = [];
}

/** A purchase or a lead in a conversation that began with an advertisement is told once each, where the account opted in. */
export function noteAutomaticEvent(platform: Platform, number: BusinessNumber, thread: Thread, message: Message): void {
  const account = platform.accountOf(number);
  if (!account.automaticEvents || thread.adClick === undefined) return;
  const words = wordsOf(message);
  const name =
    message.type === "order" || purchase.test(words) ? "Purchase" : lead.test(words) ? "LeadSubmitted" : null;
  if (name === null || thread.adEvents?.includes(name)) return;
  thread.adEvents = [...(thread.adEvents ?? []), name];
  const event = {
    id: message.id,
    event_name: name,
    timestamp: seconds(platform),
    ...(thread.adClick === null ? {} : { ctwa_clid: thread.adClick }),
    ...(name === "Purchase" ? { custom_data: amountOf(platform, account, thread, message) } : {}),
  };
  tell(platform, account, "automatic_events", numberValue(number, { automatic_events: [event] }), number);
}

function wordsOf({ content }: Message): string {
  if (!isBody(content)) return "";
  return [content.body, content.text, content.caption].filter((one) => typeof one === "string").join(" ");
}

/** The amount times 1,000, as the platform writes it: of an order, or the last price anybody named. */
function amountOf(platform: Platform, account: Account, thread: Thread, message: Message): Body {
  const { content } = message;
  if (message.type === "order" && isBody(content) && Array.isArray(content.product_items)) {
    const items = content.product_items.filter(isBody);
    const sum = items.reduce((total, item) => total + Number(item.quantity) * Number(item.item_price), 0);
    return { currency: String(items[0]?.currency ?? account.currency), value: Math.round(sum * 1000) };
  }
  for (const id of thread.messageIds.slice(-priceWithin).reverse()) {
    const said = platform.state.messages.get(id);
    const match = said ? price.exec(wordsOf(said)) : null;
    if (match) {
      const amount = Number((match[1] ?? match[2] ?? "0").replace(",", "."));
      return { currency: account.currency, value: Math.round(amount * 1000) };
    }
  }
  return { currency: account.currency, value: 0 };
}
