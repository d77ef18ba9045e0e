import type { Instant } from "@loket/kit";
import type { Differences } from "../testing.ts";
import { countries } from "./countries.ts";
import { email } from "./email.ts";
import { europe } from "./europe.ts";
import { messenger } from "./messenger.ts";
import { rcsViberApple } from "./rcs-viber-apple.ts";
import { sms } from "./sms.ts";
import { telegram } from "./telegram.ts";
import { unitedStates } from "./united-states.ts";
import { webchat } from "./webchat.ts";
import { whatsappApp } from "./whatsapp-app.ts";
import { whatsappChannels } from "./whatsapp-channels.ts";
import { whatsappGoods } from "./whatsapp-goods.ts";
import { whatsappPlatform } from "./whatsapp-platform.ts";
import { whatsappTerms } from "./whatsapp-terms.ts";

/** One line of a table of what the rules mean, written from the rules' texts and not from their conditions. */
export interface Example {
  readonly id: string;
  readonly what: string;
  readonly given: (at: Instant) => Differences;
  readonly at?: string;
  readonly outcome: string;
  /** The exact set of rules with change, hold or refuse. */
  readonly fires: readonly string[];
  readonly until?: string;
  /** The exact sets of notes, of exceptions relied on, and of kinds of changes, where the example is about them. */
  readonly notes?: readonly string[];
  readonly reliesOn?: readonly string[];
  readonly changes?: readonly string[];
}

/** A rule that begins or ends to speak on a day, and a send that meets its condition on both sides of it. */
export type Turn = readonly [
  rule: string,
  way: "begins" | "ends",
  date: string,
  given: (moment: Instant) => Differences,
];

/** The tables of one section of the book; a section is a file in this folder and a line in `sections`. */
export interface Section {
  readonly examples: readonly Example[];
  readonly turns: readonly Turn[];
}

const sections: readonly Section[] = [
  whatsappApp,
  whatsappChannels,
  whatsappGoods,
  whatsappPlatform,
  whatsappTerms,
  telegram,
  messenger,
  email,
  webchat,
  rcsViberApple,
  sms,
  europe,
  unitedStates,
  countries,
];

export const examplesOfSections: readonly Example[] = sections.flatMap((section) => section.examples);
export const turnsOfSections: readonly Turn[] = sections.flatMap((section) => section.turns);
