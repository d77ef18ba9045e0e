import { dayMs } from "@loket/kit";
import type { Practice } from "../facts/operator.ts";
import type { Kind, Transport } from "../request.ts";
import { all, always, any, holds, is, least, named, not, unknown, yes } from "./condition.ts";
import { judgedOnConsent } from "./core.ts";
import { need, type Row } from "./row.ts";
import { platform, whatsapp } from "./whatsapp.ts";
import { about, pointsElsewhere, toOnePerson, toOnePersonOrSetup } from "./whatsapp-goods.ts";

/** The Business App by hand, the personal app, Channels, and the contract with Meta. */

const unofficial: readonly Transport[] = ["bot-api", "business-connection", "push", "smtp", "own", "other"];
const practice = (...names: Practice[]) => holds("facts.operator.practices", ...names);
/** What is done besides sending counts in a set-up check, and on roads that are forbidden anyway. */
const judged = all(
  not(is("request.kind", "import")),
  any(is("request.kind", "setup"), is("request.transport", "consumer-app", ...unofficial)),
);
const doing = (...names: Practice[]) => all(judged, practice(...names));
const isSetup = is("request.kind", "setup");
const practices = need("operator.practices", isSetup);
const listed = (source: string) => all(is("request.kind", "import"), is("facts.importedList.source", source));

const anyRoad = { channel: whatsapp, kind: toOnePersonOrSetup } as const;
const withImport: readonly Kind[] = [...toOnePersonOrSetup, "import"];
const consumer = { rule: "", since: "2012-07-07", outcome: "refuse", weak: true } as const;

export const consumerRows: readonly Row[] = [
  {
    ...consumer,
    rule: "whatsapp.consumer.non-personal-use",
    where: { ...anyRoad, transport: ["consumer-app"] },
    when: always,
  },
  {
    ...consumer,
    rule: "whatsapp.consumer.bulk-or-auto",
    where: anyRoad,
    when: any(
      doing("bulk-messages", "automatic-messages"),
      all(
        is("request.transport", "consumer-app"),
        any(
          is("request.kind", "newsletter", "bot-reply"),
          is("request.native.sentBy", "software"),
          // A message that goes out by itself at a set hour is an automatic one.
          is("request.native.scheduledBy", "software"),
          not(unknown("request.native.broadcastRecipients")),
        ),
      ),
    ),
    needs: [practices],
  },
  {
    ...consumer,
    rule: "whatsapp.consumer.charging",
    where: { ...anyRoad, transport: ["consumer-app", "business-app", ...unofficial] },
    when: all(judged, yes("facts.operator.chargesForWhatsApp")),
    needs: [need("operator.chargesForWhatsApp", isSetup)],
  },
  {
    ...consumer,
    rule: "whatsapp.consumer.forwarding-bridge",
    where: anyRoad,
    when: doing("mirroring-phone"),
    needs: [practices],
  },
  {
    ...consumer,
    rule: "whatsapp.consumer.unofficial-client",
    where: { channel: whatsapp, transport: unofficial, kind: [...toOnePersonOrSetup, "channel-post"] },
    when: always,
  },
  {
    ...consumer,
    rule: "whatsapp.consumer.account-farming",
    where: anyRoad,
    when: doing("account-farming"),
    needs: [practices],
  },
  {
    ...consumer,
    rule: "whatsapp.consumer.scraping",
    where: { channel: whatsapp, kind: withImport },
    when: any(doing("scraping"), listed("harvested")),
    needs: [practices, need("importedList.source", is("request.kind", "import"))],
  },
  {
    ...consumer,
    rule: "whatsapp.consumer.group-adding",
    where: anyRoad,
    when: doing("group-adding"),
    needs: [practices],
  },
  {
    ...consumer,
    rule: "whatsapp.consumer.assisting-others",
    where: anyRoad,
    when: doing("assisting-others"),
    needs: [practices],
  },
];

const broadcast = not(unknown("request.native.broadcastRecipients"));
const app = { channel: whatsapp, transport: ["business-app"] as const, kind: toOnePersonOrSetup };
const byHand = { channel: whatsapp, transport: ["business-app"] as const, payload: ["native"] as const };

export const appRows: readonly Row[] = [
  {
    rule: "whatsapp.app.automation-forbidden",
    since: "2018-01-18",
    outcome: "refuse",
    where: app,
    when: any(
      practice("driving-app", "mirroring-phone"),
      is("request.native.sentBy", "software"),
      is("request.payload", "free-form", "template", "direct-send"),
    ),
    needs: [need("operator.practices")],
  },
  {
    rule: "whatsapp.app.built-in-automation",
    since: "2018-01-18",
    outcome: "allow",
    where: byHand,
    when: is("request.native.sentBy", "app"),
  },
  {
    rule: "whatsapp.app.broadcast-256",
    since: "2018-01-18",
    outcome: "change",
    where: byHand,
    when: least("request.native.broadcastRecipients", 257),
  },
  {
    rule: "whatsapp.app.broadcast-saved-number",
    since: "2018-01-18",
    outcome: "note",
    where: byHand,
    when: all(broadcast, not(yes("facts.app.savedByRecipient"))),
  },
  {
    rule: "whatsapp.app.broadcast-monthly-cap",
    since: "2025-04-01",
    outcome: "note",
    weak: true,
    where: byHand,
    when: all(broadcast, is("facts.app.freeBroadcastsLeft", 0)),
  },
  {
    rule: "whatsapp.app.broadcast-in-coexistence",
    since: "2025-01-01",
    outcome: "refuse",
    weak: true,
    where: byHand,
    when: all(broadcast, yes("facts.app.onPlatform")),
    needs: [need("app.onPlatform", broadcast)],
  },
  {
    rule: "whatsapp.app.regulated-goods",
    since: "2024-08-27",
    outcome: "refuse",
    where: app,
    when: all(about("alcohol", "gambling", "otc-medicine"), not(pointsElsewhere)),
  },
  {
    rule: "whatsapp.app.manual-assist",
    since: "2018-01-18",
    outcome: "refuse",
    where: app,
    when: any(
      least("request.native.draftsPerClick", 2),
      all(is("request.native.sentBy", "software"), least("request.native.draftsPerClick", 1)),
      all(isSetup, practice("sending-drafts")),
    ),
    needs: [practices],
  },
  {
    rule: "whatsapp.app.scheduled-send",
    since: "2018-01-18",
    outcome: "refuse",
    where: app,
    when: any(is("request.native.scheduledBy", "software"), all(isSetup, practice("scheduling-app-messages"))),
    needs: [practices],
  },
];

const post = { channel: whatsapp, kind: ["channel-post"] as const };
const started = "2023-06-08";

/** Goods that fall under the words "illegal, harmful, fraudulent, unfit for the young, rights of others". */
const unfit = ["adult", "counterfeits", "criminal-groups", "deceptive", "digital-access", "illegal"] as const;
const follows = named("a follow on record", ({ facts }) =>
  (facts.consents ?? []).some(
    ({ kind, status, channel }) =>
      kind === "channel-follow" && status === "granted" && (channel === "all" || channel === "whatsapp"),
  ),
);

export const channelRows: readonly Row[] = [
  {
    rule: "whatsapp.channels.no-api",
    since: started,
    outcome: "change",
    weak: true,
    where: post,
    when: any(not(is("request.payload", "native")), is("request.native.sentBy", "software")),
  },
  {
    rule: "whatsapp.channels.no-dm",
    since: started,
    outcome: "refuse",
    where: { channel: whatsapp, kind: withImport },
    when: any(
      all(isSetup, practice("followers-as-contacts")),
      listed("channel-followers"),
      all(
        yes("send.byBusiness"),
        not(is("request.kind", "opt-out-confirmation")),
        is("facts.recipient.importedFrom.source", "channel-followers"),
      ),
      // A Channel has no way to one person: whatever goes there goes to a follower directly.
      all(yes("send.isMessage"), is("request.transport", "public-channel")),
    ),
    needs: [practices, need("importedList.source", is("request.kind", "import"))],
  },
  {
    rule: "whatsapp.channels.follow-is-not-consent",
    since: started,
    outcome: "refuse",
    where: { channel: whatsapp, kind: withImport },
    when: any(
      all(isSetup, practice("followers-as-opt-ins")),
      all(is("request.kind", "import"), follows),
      all(judgedOnConsent, follows, is("send.express", null)),
    ),
    needs: [practices, need("consents", is("request.kind", "import"))],
  },
  {
    rule: "whatsapp.channels.no-personal-data",
    since: started,
    outcome: "refuse",
    where: post,
    when: any(
      holds("request.content.concerns", "personal-data"),
      yes("request.content.sensitiveIdentifiers"),
      yes("request.content.protectedHealthData"),
    ),
  },
  {
    rule: "whatsapp.channels.content",
    since: started,
    outcome: "refuse",
    where: post,
    when: any(
      holds(
        "request.content.concerns",
        "illegal",
        "harmful",
        "fraudulent",
        "age-inappropriate",
        "rights-of-others",
        "hate",
      ),
      holds("request.content.goods", ...unfit),
    ),
  },
  {
    rule: "whatsapp.channels.volume",
    since: started,
    outcome: "note",
    where: post,
    when: named(
      "more posts than the limit",
      ({ facts, at, options }) =>
        (facts.publicChannel?.postedAt ?? []).filter((posted) => posted <= at && at - posted < dayMs).length >=
        (options.channelPostsPerDay ?? 3),
    ),
  },
  {
    rule: "whatsapp.channels.promo-invite",
    since: started,
    outcome: "note",
    where: { kind: toOnePerson },
    when: yes("request.content.channelInvite"),
  },
];

const setup = { channel: whatsapp, transport: platform, kind: ["setup"] as const };
const assistant = yes("request.bot.assistantIsTheProduct");
const bot = { channel: whatsapp, transport: platform, kind: ["bot-reply"] as const };
/** By number, or by the country in front of the id where no number is known, of which the text does not speak. */
const numberOf = (...countries: readonly ("IT" | "BR")[]) =>
  named(`number of ${countries.join(" or ")}`, ({ facts, region }) =>
    countries.some((country) =>
      facts.recipient?.phone == null
        ? region === country
        : facts.recipient.phone.startsWith(country === "IT" ? "+39" : "+55"),
    ),
  );
const newUser = named(
  "joined on 15 October 2025 or later",
  ({ facts }) => (facts.account?.joinedPlatformAt ?? Number.POSITIVE_INFINITY) >= Date.parse("2025-10-15T00:00:00Z"),
);
const inEea = named("lives in the EEA", ({ region }) => region !== null && eea.has(region));
const eea = new Set(
  "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO".split(" "),
);
const ai = { rule: "whatsapp.terms.ai-provider-primary", outcome: "refuse", where: bot } as const;

export const termsRows: readonly Row[] = [
  { ...ai, since: "2025-10-15", until: "2025-12-22", when: all(assistant, newUser) },
  { ...ai, since: "2025-12-22", until: "2026-01-13", when: all(assistant, newUser, not(numberOf("IT"))) },
  { ...ai, since: "2026-01-13", until: "2026-01-15", when: all(assistant, newUser, not(numberOf("IT", "BR"))) },
  { ...ai, since: "2026-01-15", until: "2026-03-04", when: all(assistant, not(numberOf("IT", "BR"))) },
  { ...ai, since: "2026-03-04", when: all(assistant, not(numberOf("IT", "BR")), not(inEea)) },
  {
    rule: "whatsapp.terms.accept-before-use",
    since: "2018-08-01",
    outcome: "refuse",
    where: setup,
    when: not(yes("facts.contract.termsAccepted")),
  },
  {
    rule: "whatsapp.terms.own-account",
    since: "2018-08-01",
    outcome: "refuse",
    where: setup,
    when: yes("facts.contract.accountShared"),
    needs: [need("contract.accountShared")],
  },
  {
    rule: "whatsapp.terms.no-resale",
    since: "2024-01-01",
    outcome: "refuse",
    weak: true,
    where: setup,
    when: all(yes("facts.operator.chargesForWhatsApp"), not(yes("facts.operator.resaleAgreement"))),
    needs: [need("operator.chargesForWhatsApp", not(yes("facts.operator.resaleAgreement")))],
  },
  {
    rule: "whatsapp.terms.no-training-on-platform-data",
    since: "2025-10-15",
    outcome: "refuse",
    where: setup,
    when: named("data reaches who may train", ({ facts }) =>
      (facts.operator?.dataFlows ?? []).some(({ mayTrain }) => mayTrain === true),
    ),
    needs: [need("operator.dataFlows")],
    asks: [
      [
        "operator.dataFlows[].mayTrain",
        named("nobody knows whether they train", ({ facts }) =>
          (facts.operator?.dataFlows ?? []).some(({ mayTrain }) => mayTrain === undefined),
        ),
      ],
    ],
  },
  {
    rule: "whatsapp.terms.no-third-party-disclosure",
    since: "2026-09-23",
    outcome: "refuse",
    weak: true,
    where: setup,
    when: named("data reaches who is not designated", ({ facts }) =>
      (facts.operator?.dataFlows ?? []).some(({ designated }) => designated !== true),
    ),
    needs: [need("operator.dataFlows")],
  },
  {
    rule: "whatsapp.terms.no-profiling",
    since: "2026-09-23",
    outcome: "refuse",
    where: setup,
    when: practice("profiling"),
    needs: [practices],
  },
  {
    rule: "whatsapp.terms.usage-report-30d",
    since: "2026-09-23",
    outcome: "note",
    weak: true,
    where: setup,
    when: named(
      "asked for and not sent",
      ({ facts }) => facts.contract?.usageReport != null && facts.contract.usageReport.sentAt == null,
    ),
  },
  {
    rule: "whatsapp.terms.customer-list",
    since: "2026-07-31",
    outcome: "note",
    where: setup,
    when: all(yes("facts.operator.techProvider"), not(yes("facts.operator.customerListKept"))),
  },
  {
    rule: "whatsapp.terms.brand-use",
    since: "2016-01-01",
    outcome: "refuse",
    weak: true,
    where: { channel: whatsapp, kind: ["setup"] },
    when: yes("facts.operator.usesWhatsAppBrand"),
    needs: [need("operator.usesWhatsAppBrand")],
  },
];

/** On the Platform and on a Channel a message tells nothing about the app. */
const practiceCounts = all(
  not(is("request.kind", "import", "channel-post")),
  any(isSetup, is("request.transport", "business-app", "consumer-app", ...unofficial)),
);

/** Speaks of other rows, so it stands behind them. */
export const legalActionRows: readonly Row[] = [
  {
    rule: "whatsapp.consumer.legal-action-2019",
    since: "2019-12-07",
    outcome: "note",
    where: { channel: whatsapp, kind: [...withImport, "channel-post"] },
    when: any(
      all(
        practiceCounts,
        practice(
          "public-claims",
          "account-farming",
          "assisting-others",
          "automatic-messages",
          "bulk-messages",
          "driving-app",
          "group-adding",
          "mirroring-phone",
          "scraping",
        ),
      ),
      all(practiceCounts, is("request.native.sentBy", "software")),
      named("a breach above", ({ spoken }) => [...spoken].some((rule) => rule.startsWith("whatsapp.consumer."))),
    ),
  },
];
