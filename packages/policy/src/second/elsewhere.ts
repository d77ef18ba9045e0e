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

export const elsewhereLeftOut: readonly LeftOut[] = [];

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
