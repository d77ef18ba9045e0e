import { americaRows, canadaRows } from "./americas.ts";
import { appleRows, rcsRows, viberRows } from "./chat-channels.ts";
import { emailRows } from "./email.ts";
import { asiaAndBrazilRows, franceRows, homeRows, neighbourRows } from "./laws-elsewhere.ts";
import { metaRows } from "./meta.ts";
import type { Row } from "./row.ts";
import { smsRows } from "./sms.ts";
import { telegramRows } from "./telegram.ts";
import { webchatRows } from "./webchat.ts";

/** What `table.ts` does not have: the channels but WhatsApp, and the laws of the other countries. */
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
];
