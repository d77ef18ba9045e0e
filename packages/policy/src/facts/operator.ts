import { flag, listOf, object, oneOf, text } from "../reading.ts";

/** What no official channel allows, by whoever runs the software. */
export const practices = [
  // Numbers registered by robots, rotated, or warmed up to look human.
  "account-farming",
  // A tool or a service with which others do one of these.
  "assisting-others",
  // From a personal account.
  "automatic-messages",
  "bulk-messages",
  // Something other than the channel's own app reads or sends in it: a robot, a browser session, a copied protocol.
  "driving-app",
  // Followers of a public channel are kept as contacts or written to.
  "followers-as-contacts",
  // Following a public channel is recorded as an opt-in.
  "followers-as-opt-ins",
  // People are put into groups they did not join.
  "group-adding",
  // Messages on a phone, or in a web session of it, are copied into another system.
  "mirroring-phone",
  // Profiles of people are built beyond what it takes to message them.
  "profiling",
  // One of these is claimed in public: on a site, in a shop, in an advertisement.
  "public-claims",
  // Software plans messages of the app outside the app's own scheduler.
  "scheduling-app-messages",
  // Numbers or members are harvested from the channel.
  "scraping",
  // Software prepares several drafts for one click, or presses send itself.
  "sending-drafts",
] as const;
export type Practice = (typeof practices)[number];

/** Where data of the platform goes. */
export interface DataFlow {
  /** A name for people; decides nothing. */
  readonly to?: string;
  /** Whoever gets the data is a Solution Provider, or a processor designated under the platform's terms. */
  readonly designated?: boolean;
  /** Whoever gets the data may train a model on it; a model kept for this business alone does not count. */
  readonly mayTrain?: boolean;
}

/** Whoever runs the software that sends, and how. Contract rules look at it as it stands, most of them in a set-up check. */
export interface Operator {
  readonly techProvider?: boolean;
  /** A current list of the customers that are served as a tech provider. */
  readonly customerListKept?: boolean;
  /** Asks money for WhatsApp itself: per message or conversation, as a markup, or for an account. Software may be charged. */
  readonly chargesForWhatsApp?: boolean;
  readonly resaleAgreement?: boolean;
  /** "WhatsApp" or its logo stands in the product's own name or domain, or suggests that WhatsApp endorses it. */
  readonly usesWhatsAppBrand?: boolean;
  /** Empty: data of the platform stays in house. */
  readonly dataFlows?: readonly DataFlow[];
  /** Empty: none of them. */
  readonly practices?: readonly Practice[];
}

export const readOperator = object<Operator>({
  techProvider: flag,
  customerListKept: flag,
  chargesForWhatsApp: flag,
  resaleAgreement: flag,
  usesWhatsAppBrand: flag,
  dataFlows: listOf(object<DataFlow>({ to: text, designated: flag, mayTrain: flag })),
  practices: listOf(oneOf(practices)),
});
