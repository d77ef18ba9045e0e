import { americaRows, canadaRows } from "./americas.ts";
import { appleRows, rcsRows, viberRows } from "./chat-channels.ts";
import { emailRows } from "./email.ts";
import { asiaAndBrazilRows, franceRows, homeRows, neighbourRows } from "./laws-elsewhere.ts";
import { metaRows } from "./meta.ts";
import type { Row } from "./row.ts";
import { smsRows } from "./sms.ts";
import type { LeftOut } from "./table.ts";
import { telegramRows } from "./telegram.ts";
import { webchatRows } from "./webchat.ts";

/** Beginnings of the ids that are read here: every channel but WhatsApp, and the laws of the other countries. */
const channels = ["telegram", "messenger", "instagram", "email", "webchat", "sms", "rcs", "viber", "apple"];
const laws = ["fr", "at", "be", "es", "it", "pl", "ch", "tr", "us", "ca", "in", "br"];
const prefixes = [...channels, ...laws].map((name) => `${name}.`);
export const isReadElsewhere = (id: string): boolean => prefixes.some((prefix) => id.startsWith(prefix));

export const elsewhereLeftOut: readonly LeftOut[] = [
  {
    rule: "messenger.marketing-region",
    why: "Meta's list of countries for businesses stands in no text of the rules.",
  },
  {
    rule: "telegram.bot.blocked",
    why: "The texts do not say what a block means that is on record for one purpose, or beside a later opt-out.",
  },
  { rule: "in.dpdp.consent", why: "The texts do not say when leaving by another channel is as easy as joining." },
  { rule: "email.complaint-suppression", why: "The texts do not say which of two opt-outs is told." },
  {
    rule: "us.tcpa.revoke-all",
    why: "The texts do not say whether a later consent to one purpose lifts a stop to all.",
  },
  {
    rule: "messenger.message-tags-legacy",
    why: "The texts do not say for which kinds of message a tag is taken to fit.",
  },
];

/** Without what `table.ts` has: the rest of the second reading. */
export const elsewhere: readonly Row[] = [
  ...telegramRows,
  ...metaRows,
  ...emailRows,
  ...webchatRows,
  ...smsRows,
  ...rcsRows,
  ...viberRows,
  ...appleRows,
  ...franceRows,
  ...neighbourRows,
  ...asiaAndBrazilRows,
  ...homeRows,
  ...americaRows,
  ...canadaRows,
].filter(({ rule }) => !elsewhereLeftOut.some((left) => left.rule === rule));
