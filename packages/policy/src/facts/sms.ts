import { type Purpose, purposes } from "../facts.ts";
import { flag, listOf, object, oneOf, text } from "../reading.ts";
import { type GoodsClass, goodsClasses } from "./trade.ts";

/** Words a programme answers by itself, in any case. */
export const smsWords = ["stop", "arret", "help", "info", "aide"] as const;
export type SmsWord = (typeof smsWords)[number];

/** What a first message of a programme says of it. */
export const programmeTerms = ["name", "frequency", "rates", "help", "stop"] as const;
export type ProgrammeTerm = (typeof programmeTerms)[number];

/** What is known about the number texts come from, and about what was agreed with the carriers. */
export interface SmsFacts {
  /** What people see the text come from. To a name nobody can answer. */
  readonly numberType?: "long-code" | "short-code" | "toll-free" | "alphanumeric";
  /** United States: purposes of the 10DLC campaign the long code belongs to. Empty: brand or campaign is not registered. */
  readonly campaignPurposes?: readonly Purpose[];
  /** The carriers verified the sender behind the toll-free number. */
  readonly tollFreeVerified?: boolean;
  /** What ends the programme, and what is answered with the name of the business and how to reach it. Empty: none. */
  readonly wiredWords?: readonly SmsWord[];
  /** Goods the carriers let this programme write about behind its age gate. Empty: none. */
  readonly ageGatedGoods?: readonly GoodsClass[];
  /** The person gave this number to this business, for the matter the texts are about. */
  readonly numberGivenByPerson?: boolean;
  /** India: by which kind of route texts arrive. */
  readonly route?: "domestic" | "international";
  /** India: what stands in the operators' register (DLT). */
  readonly registered?: readonly ("sender" | "header" | "template")[];
}

/** What a text says of itself. */
export interface SmsMessage {
  /** Ways to stop that the text shows: answering with a word, a link, or a number to write to that costs nothing. */
  readonly stopRoutes?: readonly ("answer" | "link" | "number")[];
  /** Hosts its links lead to. Absent: they are read from the words, if those are given. */
  readonly linkHosts?: readonly string[];
  /** The first message of a programme that will send more. Absent: the author says no. */
  readonly opensProgramme?: boolean;
  readonly programmeTerms?: readonly ProgrammeTerm[];
  /** India: the words are those of the registered template. */
  readonly matchesRegisteredTemplate?: boolean;
}

export const readSmsFacts = object<SmsFacts>({
  numberType: oneOf(["long-code", "short-code", "toll-free", "alphanumeric"]),
  campaignPurposes: listOf(oneOf(purposes)),
  tollFreeVerified: flag,
  wiredWords: listOf(oneOf(smsWords)),
  ageGatedGoods: listOf(oneOf(goodsClasses)),
  numberGivenByPerson: flag,
  route: oneOf(["domestic", "international"]),
  registered: listOf(oneOf(["sender", "header", "template"])),
});

export const readSmsMessage = object<SmsMessage>({
  stopRoutes: listOf(oneOf(["answer", "link", "number"])),
  linkHosts: listOf(text),
  opensProgramme: flag,
  programmeTerms: listOf(oneOf(programmeTerms)),
  matchesRegisteredTemplate: flag,
});
