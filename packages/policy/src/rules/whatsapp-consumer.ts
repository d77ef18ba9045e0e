import type { Case } from "../case.ts";
import type { Practice } from "../facts/operator.ts";
import { type Transport, transports } from "../request.ts";
import { type RemedyId, type Rule, type RuleVersion, since, type Words } from "../rule.ts";
import { addressedMessages, does, doesAny, practicesInSetup } from "./practices.ts";

const reviewed = "2026-11-22";
const offered: readonly Transport[] = [
  "cloud-api",
  "on-premises-api",
  "business-app",
  "consumer-app",
  "public-channel",
];
const unofficial = transports.filter((transport) => !offered.includes(transport));
const terms = "WhatsApp Terms of Service, Legal and Acceptable Use";
const harm = "WhatsApp Terms of Service, Harm to WhatsApp or Our Users";
const guidelines = "WhatsApp Messaging Guidelines";

/** The way out of all of these, in the order in which it is gone. */
const migration: readonly RemedyId[] = [
  "stop-unofficial-use",
  "move-to-cloud-api",
  "choose-number",
  "verify-business",
  "embedded-signup",
  "import-without-consents",
  "let-people-sign-up",
  "file-templates",
  "start-small",
  "remove-claims",
  "keep-shutdown-log",
  "other-consented-channel",
];

const shared = {
  ...since("2012-07-07"),
  confidence: "low",
  verdict: "refuse",
  remedies: migration,
  reviewed,
} as const satisfies Partial<RuleVersion>;

/** The roads into WhatsApp that are closed to businesses altogether, and what no operator may do on any road. */
export const whatsappConsumerRules: readonly Rule[] = [
  {
    id: "whatsapp.consumer.non-personal-use",
    title: {
      en: "A personal account is not for business",
      nl: "Een persoonlijk account is niet voor zaken",
      de: "Ein privates Konto ist nicht für Geschäfte",
    },
    explanation: {
      en: "WhatsApp allows its personal app for personal use only, so no business message goes out by it; move the number to the Cloud API.",
      nl: "WhatsApp staat zijn persoonlijke app alleen voor persoonlijk gebruik toe, dus er gaat geen zakelijk bericht over uit; verhuis het nummer naar de Cloud API.",
      de: "WhatsApp erlaubt seine private App nur für private Zwecke, deshalb geht darüber keine geschäftliche Nachricht hinaus; ziehen Sie die Nummer auf die Cloud API um.",
    },
    versions: [
      {
        ...shared,
        appliesTo: { channel: ["whatsapp"], transport: ["consumer-app"], kind: [...addressedMessages, "setup"] },
        fires: () => true,
        clause: "acceptable use, personal use",
        sources: [terms],
        revision: 1,
      },
    ],
  },
  {
    id: "whatsapp.consumer.bulk-or-auto",
    title: {
      en: "No bulk or automatic messages",
      nl: "Geen bulk of automatische berichten",
      de: "Keine Massen- oder automatischen Nachrichten",
    },
    explanation: {
      en: "A personal account may send neither bulk nor automatic messages, by hand or by software; send approved templates over the Cloud API to people who signed up.",
      nl: "Een persoonlijk account mag geen bulk en geen automatische berichten sturen, met de hand noch met software; stuur goedgekeurde sjablonen via de Cloud API aan mensen die zich aanmeldden.",
      de: "Ein privates Konto darf weder massenhaft noch automatisch senden, von Hand nicht und nicht mit Software; senden Sie genehmigte Vorlagen über die Cloud API an Menschen, die sich angemeldet haben.",
    },
    versions: [
      {
        ...shared,
        appliesTo: { channel: ["whatsapp"], kind: [...addressedMessages, "setup"] },
        fires: (send) =>
          (send.request.transport === "consumer-app" && isBulkOrAutomatic(send)) ||
          (isJudgedByPractice(send) && doesAny(send, ["bulk-messages", "automatic-messages"])),
        watches: [practicesInSetup],
        clause: "acceptable use, bulk messaging, auto-messaging and auto-dialling",
        sources: [terms, guidelines],
        revision: 1,
      },
    ],
  },
  {
    id: "whatsapp.consumer.charging",
    title: {
      en: "WhatsApp itself is not for sale",
      nl: "WhatsApp zelf is niet te koop",
      de: "WhatsApp selbst ist nicht verkäuflich",
    },
    explanation: {
      en: "Nobody may sell, rent or charge for WhatsApp or its data, and money is asked for it here; charge for your own software only.",
      nl: "Niemand mag WhatsApp of gegevens daaruit verkopen, verhuren of er geld voor vragen, en dat gebeurt hier; vraag alleen geld voor eigen software.",
      de: "Niemand darf WhatsApp oder Daten daraus verkaufen, vermieten oder Geld dafür verlangen, und das geschieht hier; verlangen Sie nur für eigene Software Geld.",
    },
    versions: [
      {
        ...shared,
        appliesTo: {
          channel: ["whatsapp"],
          transport: ["consumer-app", "business-app", ...unofficial],
          kind: [...addressedMessages, "setup"],
        },
        fires: (send) => isJudgedByPractice(send) && send.facts.operator?.chargesForWhatsApp === true,
        watches: [
          {
            path: "operator.chargesForWhatsApp",
            isUnknown: ({ request, facts }) =>
              request.kind === "setup" && facts.operator?.chargesForWhatsApp === undefined,
          },
        ],
        remedies: ["price-software-only", ...migration],
        clause: "harm to WhatsApp or its users, selling or charging",
        sources: [harm],
      },
    ],
  },
  practice({
    id: "whatsapp.consumer.forwarding-bridge",
    practice: "mirroring-phone",
    title: {
      en: "No bridge from a phone to a desk",
      nl: "Geen brug van een telefoon naar een desk",
      de: "Keine Brücke vom Handy zum Desk",
    },
    explanation: {
      en: "Messages are copied from a phone or a web session into another system, which WhatsApp forbids; receive them by the Cloud API, also with the number of the Business App.",
      nl: "Berichten worden van een telefoon of websessie in een ander systeem gezet, en dat verbiedt WhatsApp; ontvang ze via de Cloud API, ook met het nummer van de Business App.",
      de: "Nachrichten werden von einem Telefon oder einer Websitzung in ein anderes System kopiert, und das verbietet WhatsApp; empfangen Sie sie über die Cloud API, auch mit der Nummer der Business App.",
    },
    clause: "harm to WhatsApp or its users, access by other means",
    sources: [harm],
  }),
  {
    id: "whatsapp.consumer.unofficial-client",
    title: {
      en: "No unofficial way into WhatsApp",
      nl: "Geen onofficiële weg naar WhatsApp",
      de: "Kein inoffizieller Weg in WhatsApp",
    },
    explanation: {
      en: "This message would go by a road that WhatsApp does not offer, such as a modified app, a browser robot or a copied protocol, so it is not sent; use the Cloud API.",
      nl: "Dit bericht zou over een weg gaan die WhatsApp niet aanbiedt, zoals een aangepaste app, een browserrobot of een nagemaakt protocol, dus het gaat niet uit; gebruik de Cloud API.",
      de: "Diese Nachricht ginge über einen Weg, den WhatsApp nicht anbietet, etwa eine veränderte App, einen Browser-Roboter oder ein nachgebautes Protokoll, deshalb wird sie nicht gesendet; nutzen Sie die Cloud API.",
    },
    versions: [
      {
        ...shared,
        appliesTo: {
          channel: ["whatsapp"],
          transport: unofficial,
          kind: [...addressedMessages, "channel-post", "setup"],
        },
        fires: () => true,
        clause: "harm to WhatsApp or its users, unofficial clients",
        sources: [harm, guidelines],
        revision: 1,
      },
    ],
  },
  practice({
    id: "whatsapp.consumer.account-farming",
    practice: "account-farming",
    title: {
      en: "No numbers made or rotated by robots",
      nl: "Geen nummers die robots maken of wisselen",
      de: "Keine Nummern aus Robotern oder im Wechsel",
    },
    explanation: {
      en: "Numbers are registered by robots, rotated or warmed up to get round limits, which WhatsApp forbids; use verified numbers of one business and grow by quality.",
      nl: "Nummers worden door robots geregistreerd, afgewisseld of opgewarmd om limieten te ontwijken, en dat verbiedt WhatsApp; gebruik geverifieerde nummers van één bedrijf en groei door kwaliteit.",
      de: "Nummern werden von Robotern angemeldet, gewechselt oder aufgewärmt, um Grenzen zu umgehen, und das verbietet WhatsApp; nutzen Sie verifizierte Nummern eines Unternehmens und wachsen Sie durch Qualität.",
    },
    clause: "harm to WhatsApp or its users, accounts made by automated means",
    sources: [harm],
  }),
  {
    id: "whatsapp.consumer.scraping",
    title: {
      en: "No harvested numbers",
      nl: "Geen verzamelde nummers",
      de: "Keine abgegriffenen Nummern",
    },
    explanation: {
      en: "Numbers or group members were harvested from WhatsApp, which it forbids, so this list is not taken in; let people sign up themselves.",
      nl: "Nummers of groepsleden zijn uit WhatsApp verzameld, en dat verbiedt WhatsApp, dus deze lijst komt er niet in; laat mensen zich zelf aanmelden.",
      de: "Nummern oder Gruppenmitglieder wurden aus WhatsApp abgegriffen, und das verbietet es, deshalb wird diese Liste nicht übernommen; lassen Sie Menschen sich selbst anmelden.",
    },
    versions: [
      {
        ...shared,
        appliesTo: { channel: ["whatsapp"], kind: [...addressedMessages, "setup", "import"] },
        fires: (send) =>
          send.request.kind === "import"
            ? send.facts.importedList?.source === "harvested"
            : isJudgedByPractice(send) && does(send, "scraping"),
        watches: [
          practicesInSetup,
          {
            path: "importedList.source",
            isUnknown: ({ request, facts }) => request.kind === "import" && facts.importedList?.source === undefined,
          },
        ],
        remedies: ["ask-consent", ...migration],
        clause: "harm to WhatsApp or its users, collecting information of users",
        sources: [harm, guidelines],
      },
    ],
  },
  practice({
    id: "whatsapp.consumer.group-adding",
    practice: "group-adding",
    title: {
      en: "Nobody is put into groups",
      nl: "Niemand wordt in groepen gezet",
      de: "Niemand wird in Gruppen gesetzt",
    },
    explanation: {
      en: "People are put into groups in bulk without having joined, which WhatsApp forbids; send an invite link to those who opted in.",
      nl: "Mensen worden massaal in groepen gezet zonder zich aan te sluiten, en dat verbiedt WhatsApp; stuur een uitnodigingslink aan wie zich aanmeldde.",
      de: "Menschen werden massenhaft in Gruppen gesetzt, ohne beizutreten, und das verbietet WhatsApp; senden Sie Angemeldeten einen Einladungslink.",
    },
    clause: "unauthorised use, automated or bulk messaging",
    sources: ["WhatsApp Help Center, unauthorized use of automated or bulk messaging"],
    first: ["send-invite-link"],
  }),
  practice({
    id: "whatsapp.consumer.assisting-others",
    practice: "assisting-others",
    title: {
      en: "No tools for what WhatsApp forbids",
      nl: "Geen hulpmiddelen voor wat WhatsApp verbiedt",
      de: "Keine Werkzeuge für Verbotenes",
    },
    explanation: {
      en: "The tool helps others do what WhatsApp forbids, which is forbidden as well; take those features out and offer the Cloud API.",
      nl: "Het hulpmiddel laat anderen doen wat WhatsApp verbiedt, en ook dat is verboden; haal die functies eruit en bied de Cloud API aan.",
      de: "Das Werkzeug hilft anderen bei dem, was WhatsApp verbietet, und auch das ist verboten; entfernen Sie diese Funktionen und bieten Sie die Cloud API an.",
    },
    clause: "assisting others in a breach",
    sources: [terms, "WhatsApp Help Center, unauthorized use of automated or bulk messaging"],
  }),
  {
    id: "whatsapp.consumer.legal-action-2019",
    title: {
      en: "WhatsApp may take legal action",
      nl: "WhatsApp kan naar de rechter stappen",
      de: "WhatsApp kann rechtlich vorgehen",
    },
    explanation: {
      en: "Since 7 December 2019 WhatsApp takes legal action over such a breach, also on evidence found only outside WhatsApp; stop it, take down the claims and keep your records.",
      nl: "Sinds 7 december 2019 stapt WhatsApp om zo'n overtreding naar de rechter, ook met bewijs dat alleen buiten WhatsApp te vinden is; stop ermee, haal de beweringen weg en bewaar uw gegevens.",
      de: "Seit dem 7. Dezember 2019 geht WhatsApp wegen solcher Verstöße rechtlich vor, auch mit Belegen, die nur außerhalb von WhatsApp zu finden sind; hören Sie damit auf, entfernen Sie die Aussagen und bewahren Sie Ihre Unterlagen.",
    },
    versions: [
      {
        ...since("2019-12-07"),
        confidence: "high",
        appliesTo: { channel: ["whatsapp"], kind: [...addressedMessages, "channel-post", "setup", "import"] },
        fires: isBreach,
        verdict: "note",
        remedies: ["stop-unofficial-use", "remove-claims", "keep-shutdown-log", "evidence-pack"],
        clause: "legal action, also on evidence off the platform",
        sources: ["WhatsApp Help Center, unauthorized use of automated or bulk messaging (2019)"],
        reviewed,
        revision: 1,
      },
    ],
  },
];

/** A rule on one thing that operators do. */
function practice({
  id,
  practice,
  title,
  explanation,
  clause,
  sources,
  first = [],
}: {
  readonly id: string;
  readonly practice: Practice;
  readonly title: Words;
  readonly explanation: Words;
  readonly clause: string;
  readonly sources: readonly string[];
  /** Remedies before the way out. */
  readonly first?: readonly RemedyId[];
}): Rule {
  return {
    id,
    title,
    explanation,
    versions: [
      {
        ...shared,
        appliesTo: { channel: ["whatsapp"], kind: [...addressedMessages, "setup"] },
        fires: (send) => isJudgedByPractice(send) && does(send, practice),
        watches: [practicesInSetup],
        remedies: [...first, ...migration],
        clause,
        sources,
      },
    ],
  };
}

/** Every road is looked at in a set-up check; a message only on the roads that these terms close. */
function isJudgedByPractice({ request }: Case): boolean {
  return request.kind === "setup" || isClosedRoad(request.transport);
}

const closedRoads: ReadonlySet<Transport> = new Set(["consumer-app", ...unofficial]);

function isClosedRoad(transport: Transport): boolean {
  return closedRoads.has(transport);
}

/** A newsletter is bulk by its nature and a bot automatic, whoever presses send. */
function isBulkOrAutomatic({ request: { kind, native } }: Case): boolean {
  return (
    kind === "newsletter" ||
    kind === "bot-reply" ||
    native?.broadcastRecipients !== undefined ||
    native?.sentBy === "software" ||
    native?.scheduledBy === "software"
  );
}

const breaches: readonly Practice[] = [
  "account-farming",
  "assisting-others",
  "automatic-messages",
  "bulk-messages",
  "driving-app",
  "group-adding",
  "mirroring-phone",
  "public-claims",
  "scraping",
];

function isBreach(send: Case): boolean {
  const { kind, transport, native } = send.request;
  if (kind === "import") return send.facts.importedList?.source === "harvested";
  if (kind === "channel-post") return unofficial.includes(transport);
  if (isClosedRoad(transport)) return true;
  if (kind === "setup" && transport === "business-app" && send.facts.operator?.chargesForWhatsApp === true) return true;
  if (kind !== "setup" && transport !== "business-app") return false;
  return native?.sentBy === "software" || doesAny(send, breaches);
}
