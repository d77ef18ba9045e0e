import { coreRows, ownRows, staleRows } from "./core.ts";
import { europeRows } from "./europe.ts";
import { factsMissing } from "./evaluate.ts";
import { germanyRows, kingdomRows, netherlandsRows } from "./laws.ts";
import type { Row } from "./row.ts";
import { platformRows } from "./whatsapp.ts";
import { appRows, channelRows, consumerRows, legalActionRows, termsRows } from "./whatsapp-app.ts";
import { goodsRows } from "./whatsapp-goods.ts";
import { limitRows } from "./whatsapp-limits.ts";
import { policyRows } from "./whatsapp-policy.ts";
import { templateRows } from "./whatsapp-templates.ts";

/** The whole second reading. A further channel or law is one line here, and its prefix one word in `read`. */
export const table: readonly Row[] = [
  ...templateRows,
  ...limitRows,
  ...platformRows,
  ...policyRows,
  ...goodsRows,
  ...consumerRows,
  ...appRows,
  ...channelRows,
  ...termsRows,
  ...germanyRows,
  ...netherlandsRows,
  ...kingdomRows,
  ...europeRows,
  ...coreRows,
  ...ownRows,
  ...legalActionRows,
  ...staleRows,
];

/** Beginnings of the ids that are read twice. */
export const read = ["whatsapp.", "core.", "own.", "eu.", "nl.", "de.", "uk."] as const;
export const isRead = (id: string): boolean => read.some((prefix) => id.startsWith(prefix));

export interface LeftOut {
  readonly rule: string;
  readonly why: string;
}

/** Rules without a row, and why. */
export const leftOut: readonly LeftOut[] = [
  { rule: factsMissing, why: "It has no condition of its own: it speaks where a row's `needs` are unknown." },
  {
    rule: "eu.eprivacy.terminal-access",
    why: "It applies to web chat and e-mail alone; it is read and compared with those.",
  },
];
