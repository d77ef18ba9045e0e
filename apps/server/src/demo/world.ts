import type { CampaignKind } from "@loket/newsletters";
import type { Role } from "@loket/organisations";

/** The demo: a bakery in Rotterdam, a radio newsroom in München, and an agency that serves both. */
export interface DemoOrganisation {
  readonly key: "bakery" | "radio" | "agency";
  readonly name: string;
  readonly kind: "business" | "agency";
  readonly locale: "nl" | "de" | "en";
  readonly timeZone: string;
  readonly homeCountry: string;
  readonly inboxes: readonly string[];
  /** Name of the sandbox's account whose numbers this organisation connects; `null` for none. */
  readonly sandboxAccount: string | null;
  readonly members: readonly { readonly name: string; readonly email: string; readonly role: Role }[];
  readonly labels: readonly { readonly name: string; readonly colour: "green" | "blue" | "amber" | "red" | "grey" }[];
  /** What people are asked to agree to. */
  readonly wordings: readonly { readonly version: string; readonly language: string; readonly text: string }[];
  /** What an editor has prepared, and nobody has started. */
  readonly drafts: readonly DemoDraft[];
}

export interface DemoDraft {
  readonly name: string;
  readonly author: string;
  readonly kind: CampaignKind;
  readonly template: string;
  readonly language: string;
  /** Of the body, in order. */
  readonly parameters: readonly string[];
}

export const demoPassword = "loket-demo";

export const demoOrganisations: readonly DemoOrganisation[] = [
  {
    key: "bakery",
    name: "Bakkerij De Korenaar",
    kind: "business",
    locale: "nl",
    timeZone: "Europe/Amsterdam",
    homeCountry: "NL",
    inboxes: ["Winkel"],
    sandboxAccount: "Bakkerij De Korenaar",
    members: [
      { name: "Eva Jansen", email: "eva@korenaar.example", role: "owner" },
      { name: "Daan Visser", email: "daan@korenaar.example", role: "admin" },
      { name: "Fatima Yilmaz", email: "fatima@korenaar.example", role: "supervisor" },
      { name: "Bram de Wit", email: "bram@korenaar.example", role: "agent" },
      { name: "Sanne Bakker", email: "sanne@korenaar.example", role: "agent" },
      { name: "Lotte Mulder", email: "lotte@korenaar.example", role: "editor" },
      { name: "Henk Smit", email: "henk@korenaar.example", role: "auditor" },
    ],
    labels: [
      { name: "Taart", colour: "amber" },
      { name: "Bestelling", colour: "green" },
      { name: "Klacht", colour: "red" },
      { name: "Allergie", colour: "blue" },
    ],
    wordings: [
      {
        version: "korenaar-aanbiedingen-2026-11",
        language: "nl",
        text: "Mogen we je via WhatsApp hooguit één keer per week aanbiedingen van Bakkerij De Korenaar sturen? Antwoord JA. Stoppen kan altijd met STOP.",
      },
      {
        version: "korenaar-aanbiedingen-2026-11",
        language: "en",
        text: "May we send you offers of Bakkerij De Korenaar on WhatsApp, once a week at most? Answer YES. You can stop any time with STOP.",
      },
      {
        version: "korenaar-aanbiedingen-2026-11",
        language: "de",
        text: "Dürfen wir Ihnen höchstens einmal pro Woche Angebote von Bakkerij De Korenaar über WhatsApp senden? Antworten Sie JA. Mit STOPP endet es jederzeit.",
      },
    ],
    drafts: [
      {
        name: "Sinterklaasweekend",
        author: "lotte@korenaar.example",
        kind: "marketing",
        template: "weekend_offer",
        language: "nl",
        parameters: ["{{name|bakkerijvriend}}", "speculaas en pepernotentaart"],
      },
    ],
  },
  {
    key: "radio",
    name: "Radio Isarwelle Newsroom",
    kind: "business",
    locale: "de",
    timeZone: "Europe/Berlin",
    homeCountry: "DE",
    inboxes: ["Redaktion"],
    sandboxAccount: "Radio Isarwelle Newsroom",
    members: [
      { name: "Katharina Brandt", email: "katharina@isarwelle.example", role: "owner" },
      { name: "Sebastian Krüger", email: "sebastian@isarwelle.example", role: "admin" },
      { name: "Miriam Aydın", email: "miriam@isarwelle.example", role: "supervisor" },
      { name: "Tobias Winkler", email: "tobias@isarwelle.example", role: "agent" },
      { name: "Clara Neumann", email: "clara@isarwelle.example", role: "editor" },
      { name: "Dr. Ulrich Maurer", email: "ulrich@isarwelle.example", role: "auditor" },
    ],
    labels: [
      { name: "Hörerpost", colour: "green" },
      { name: "Verkehr", colour: "amber" },
      { name: "Gewinnspiel", colour: "blue" },
    ],
    wordings: [
      {
        version: "isarwelle-morgen-2026-11",
        language: "de",
        text: "Dürfen wir Ihnen werktags morgens die Nachrichten von Radio Isarwelle über WhatsApp senden? Antworten Sie JA. Mit STOPP endet es jederzeit.",
      },
    ],
    drafts: [
      {
        name: "Das Wichtigste am Montag",
        author: "clara@isarwelle.example",
        kind: "newsletter",
        template: "morning_briefing",
        language: "de",
        parameters: ["{{name|zusammen}}", "Die Stammstrecke fährt wieder."],
      },
    ],
  },
  {
    key: "agency",
    name: "Schakel Klantcontact",
    kind: "agency",
    locale: "nl",
    timeZone: "Europe/Amsterdam",
    homeCountry: "NL",
    inboxes: [],
    sandboxAccount: null,
    members: [
      { name: "Ruben Peters", email: "ruben@schakel.example", role: "owner" },
      { name: "Ana Kovač", email: "ana@schakel.example", role: "agent" },
    ],
    labels: [],
    wordings: [],
    drafts: [],
  },
];

/** The agency's people work in its clients' organisations too. */
export const agencyOperators = [
  { email: "ana@schakel.example", client: "bakery", role: "agent" },
  { email: "ana@schakel.example", client: "radio", role: "agent" },
  { email: "ruben@schakel.example", client: "bakery", role: "supervisor" },
  { email: "ruben@schakel.example", client: "radio", role: "supervisor" },
] as const;

/** For the sign-in page of a demo. */
export const demoAccounts = demoOrganisations.flatMap((organisation) =>
  organisation.members.map(({ name, email, role }) => ({
    name,
    email,
    role,
    organisation: organisation.name,
    password: demoPassword,
  })),
);
