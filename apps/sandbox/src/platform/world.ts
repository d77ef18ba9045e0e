import { type Instant, plus } from "@loket/kit";
import { nextNodeId, nextSecret, nextToken } from "./identifiers.ts";
import {
  type Account,
  type App,
  type Body,
  type BusinessNumber,
  emptyState,
  type Phone,
  type State,
  type Template,
  type Token,
} from "./state.ts";

const allFields = [
  "account_alerts",
  "account_review_update",
  "account_settings_update",
  "account_update",
  "automatic_events",
  "business_capability_update",
  "business_username_update",
  "calls",
  "flows",
  "group_lifecycle_update",
  "group_participants_update",
  "group_settings_update",
  "group_status_update",
  "history",
  "message_template_components_update",
  "message_template_quality_update",
  "message_template_status_update",
  "messages",
  "messaging_handovers",
  "partner_solutions",
  "payment_configuration_update",
  "phone_number_name_update",
  "phone_number_quality_update",
  "security",
  "smb_app_state_sync",
  "smb_message_echoes",
  "standby",
  "template_category_update",
  "template_correct_category_detection",
  "user_preferences",
]; // prettier-ignore

export interface NewAccount {
  readonly name: string;
  readonly portfolioName?: string;
  /** A portfolio that is there already; else the account gets one of its own. */
  readonly portfolioId?: string;
  readonly country?: string;
  readonly currency?: string;
}

export function addApp(state: State, name: string): App {
  const id = nextNodeId(state, "app");
  const app: App = {
    id,
    name,
    secret: nextSecret(state, id),
    callbackUrl: null,
    verifyToken: null,
    fields: [...allFields],
  };
  state.apps.set(id, app);
  return app;
}

/** A business account, in a portfolio of its own unless another is named, with a system-user token that sees nothing else. */
export function addAccount(
  state: State,
  app: App,
  wanted: NewAccount,
  now: Instant,
): { account: Account; token: Token } {
  const portfolioId = wanted.portfolioId ?? nextNodeId(state, "portfolio");
  if (!state.portfolios.has(portfolioId))
    state.portfolios.set(portfolioId, { id: portfolioId, name: wanted.portfolioName ?? wanted.name });
  const account: Account = {
    id: nextNodeId(state, "account"),
    portfolioId,
    name: wanted.name,
    currency: wanted.currency ?? "EUR",
    country: wanted.country ?? "NL",
    subscriptions: new Map([[app.id, { overrideUrl: null }]]),
    restrictions: [],
    banState: "none",
    marketingMessages: "ONBOARDED",
    review: "hand",
  };
  state.accounts.set(account.id, account);
  return {
    account,
    token: addToken(state, app, { name: `${wanted.name} system user`, accountIds: [account.id] }, now),
  };
}

export interface NewToken {
  readonly name: string;
  readonly accountIds: string[];
  readonly scopes?: string[];
  readonly expiresAt?: Instant | null;
}

const allScopes = ["whatsapp_business_management", "whatsapp_business_messaging", "business_management"];

export function addToken(state: State, app: App, wanted: NewToken, now: Instant): Token {
  const token: Token = {
    scopes: [...allScopes],
    expiresAt: null,
    ...wanted,
    token: nextToken(state, wanted.name),
    appId: app.id,
    issuedAt: now,
  };
  state.tokens.set(token.token, token);
  return token;
}

export function addNumber(
  state: State,
  account: Account,
  display: string,
  verifiedName: string,
  profile: Body = {},
): BusinessNumber {
  const sibling = [...state.numbers.values()].find(
    ({ accountId }) => state.accounts.get(accountId)?.portfolioId === account.portfolioId,
  );
  const verified = state.portfolios.get(account.portfolioId)?.verified !== false;
  const number: BusinessNumber = {
    id: nextNodeId(state, "number"),
    accountId: account.id,
    digits: display.replace(/\D/g, ""),
    displayNumber: display,
    verifiedName,
    callbackUrl: null,
    status: "CONNECTED",
    quality: "GREEN",
    // Limits belong to the portfolio: a new one starts at 250, verification takes it to 2,000 ("Messaging limits").
    messagingLimit: sibling?.messagingLimit ?? (verified ? "TIER_2K" : "TIER_250"),
    throughputPerSecond: 80,
    pairBurst: 45,
    pairIntervalMs: 6_000,
    paceAt: 0,
    pin: null,
    profile: { about: verifiedName, vertical: "OTHER", ...profile },
    blockedUsers: new Set(),
  };
  state.numbers.set(number.id, number);
  return number;
}

function addPhone(state: State, number: string, settings: Partial<Phone> & { name: string }): Phone {
  const phone: Phone = {
    number,
    language: "en",
    username: null,
    userId: null,
    hideNumber: false,
    onWhatsApp: true,
    online: true,
    autoRead: false,
    readReceipts: true,
    movedTo: null,
    ...settings,
  };
  state.phones.set(number, phone);
  return phone;
}

type Sketch = Pick<Template, "name" | "language" | "category" | "components"> & Partial<Template>;

function addTemplate(state: State, account: Account, now: Instant, sketch: Sketch): void {
  const template: Template = {
    id: nextNodeId(state, "template"),
    accountId: account.id,
    status: "APPROVED",
    parameterFormat: "POSITIONAL",
    rejectedReason: null,
    quality: sketch.status === "APPROVED" || sketch.status === undefined ? "GREEN" : "UNKNOWN",
    pauses: 0,
    ttlSeconds: null,
    editedAt: [],
    createdAt: now,
    ...sketch,
  };
  state.templates.set(template.id, template);
}

/** The world a sandbox wakes up in: the same ids, tokens and secret for the same seed, on every machine. */
export function defaultWorld(seed: number, now: Instant): State {
  const state = emptyState(seed);
  const app = addApp(state, "Sandbox app");

  const bakery = addAccount(state, app, { name: "Bakkerij De Korenaar", country: "NL" }, now);
  addNumber(state, bakery.account, "+31 10 808 0101", "Bakkerij De Korenaar", {
    about: "Elke ochtend vers, al vier generaties",
    address: "Nieuwe Binnenweg 187, 3021 GA Rotterdam",
    description: "Ambachtelijke bakkerij in Rotterdam. Bestellen voor 16.00 uur is ophalen de volgende ochtend.",
    email: "winkel@korenaar.example",
    vertical: "GROCERY",
    websites: ["https://korenaar.example/"],
  });
  const newsroom = addAccount(state, app, { name: "Radio Isarwelle Newsroom", country: "DE" }, now);
  addNumber(state, newsroom.account, "+49 89 2555 0140", "Radio Isarwelle", {
    about: "Nachrichten aus München und dem Oberland",
    address: "Rundfunkplatz 3, 80335 München",
    description: "Der Nachrichtendienst von Radio Isarwelle: das Wichtigste am Morgen, Verkehr und Wetter.",
    email: "redaktion@isarwelle.example",
    vertical: "ENTERTAIN",
    websites: ["https://isarwelle.example/"],
  });

  addPhone(state, "31612345678", { name: "Sam de Vries", language: "nl" });
  addPhone(state, "31687654321", { name: "Noor El Amrani", language: "nl" });
  addPhone(state, "4915112345678", { name: "Jonas Huber", language: "de" });
  addPhone(state, "4915187654321", { name: "Lena Brandl", language: "de" });
  addPhone(state, "31600000007", { name: "Kit", language: "en", username: "kit.reads", hideNumber: true });

  for (const sketch of bakeryTemplates(now)) addTemplate(state, bakery.account, now, sketch);
  for (const sketch of newsroomTemplates(now)) addTemplate(state, newsroom.account, now, sketch);
  return state;
}

const body = (text: string, ...samples: string[]): Body => ({
  type: "BODY",
  text,
  ...(samples.length > 0 ? { example: { body_text: [samples] } } : {}),
});
const header = (text: string): Body => ({ type: "HEADER", format: "TEXT", text });
const footer = (text: string): Body => ({ type: "FOOTER", text });
const buttons = (...list: Body[]): Body => ({ type: "BUTTONS", buttons: list });
const reply = (text: string): Body => ({ type: "QUICK_REPLY", text });

function bakeryTemplates(now: Instant): Sketch[] {
  return [
    {
      name: "order_update",
      language: "nl",
      category: "UTILITY",
      components: [
        body("Dag {{1}}, uw bestelling {{2}} ligt klaar in de winkel. Tot straks!", "Sam", "K-1042"),
        footer("Bakkerij De Korenaar"),
      ],
    },
    {
      name: "order_update",
      language: "en",
      category: "UTILITY",
      components: [
        body("Hello {{1}}, your order {{2}} is ready to collect. See you soon!", "Sam", "K-1042"),
        footer("Bakkerij De Korenaar"),
      ],
    },
    {
      name: "order_update",
      language: "de",
      category: "UTILITY",
      components: [
        body("Hallo {{1}}, Ihre Bestellung {{2}} liegt zur Abholung bereit. Bis gleich!", "Sam", "K-1042"),
        footer("Bakkerij De Korenaar"),
      ],
    },
    {
      name: "appointment_reminder",
      language: "nl",
      category: "UTILITY",
      components: [
        header("Uw afspraak"),
        body(
          "Dag {{1}}, we zien u op {{2}} om {{3}} voor het proeven van de taart. Komt dat nog uit?",
          "Sam",
          "vrijdag 27 november",
          "14.00 uur",
        ),
        footer("Bakkerij De Korenaar"),
        buttons(reply("Ik kom"), reply("Andere dag"), {
          type: "PHONE_NUMBER",
          text: "Bel de winkel",
          phone_number: "+31108080101",
        }),
      ],
    },
    {
      name: "appointment_reminder",
      language: "en",
      category: "UTILITY",
      components: [
        header("Your appointment"),
        body(
          "Hello {{1}}, we expect you on {{2}} at {{3}} to taste the cake. Does that still suit you?",
          "Sam",
          "Friday 27 November",
          "2 pm",
        ),
        footer("Bakkerij De Korenaar"),
        buttons(reply("I will be there"), reply("Another day"), {
          type: "PHONE_NUMBER",
          text: "Call the shop",
          phone_number: "+31108080101",
        }),
      ],
    },
    {
      name: "weekend_offer",
      language: "nl",
      category: "MARKETING",
      components: [
        header("Dit weekend in de winkel"),
        body("Dag {{1}}, dit weekend bakken we {{2}}. Reserveer en haal het zaterdag warm op.", "Sam", "amandelstaven"),
        footer("U kunt zich altijd afmelden"),
        buttons(reply("Reserveren"), reply("Stop")),
      ],
    },
    {
      name: "track_order",
      language: "nl",
      category: "UTILITY",
      components: [
        body("Dag {{1}}, de bezorger is onderweg met uw bestelling. Volg de rit op de kaart.", "Sam"),
        buttons({
          type: "URL",
          text: "Volg de bezorger",
          url: "https://korenaar.example/volg/{{1}}",
          example: ["https://korenaar.example/volg/K-1042"],
        }),
      ],
    },
    {
      name: "login_code",
      language: "nl",
      category: "AUTHENTICATION",
      ttlSeconds: 600,
      components: [
        { type: "BODY", add_security_recommendation: true },
        { type: "FOOTER", code_expiration_minutes: 10 },
        buttons({ type: "OTP", otp_type: "COPY_CODE", text: "Kopieer code" }),
      ],
    },
    {
      name: "easter_preorder",
      language: "nl",
      category: "MARKETING",
      status: "PENDING",
      components: [
        body(
          "Dag {{1}}, het paasbrood kan besteld worden tot en met donderdag. Zullen we er een voor u bewaren?",
          "Sam",
        ),
        buttons(reply("Ja graag"), reply("Stop")),
      ],
    },
    {
      name: "flash_sale",
      language: "nl",
      category: "UTILITY",
      status: "REJECTED",
      rejectedReason: "INCORRECT_CATEGORY",
      components: [body("Alleen vandaag: alles voor de halve prijs in de winkel aan de Nieuwe Binnenweg.")],
    },
    {
      name: "loyalty_points",
      language: "nl",
      category: "MARKETING",
      status: "PAUSED",
      quality: "RED",
      pauses: 1,
      createdAt: plus(now, -60 * 24 * 3_600_000),
      components: [
        body(
          "Dag {{1}}, u heeft {{2}} spaarpunten staan. Ze zijn nog geldig tot het einde van de maand.",
          "Sam",
          "120",
        ),
        buttons(reply("Stop")),
      ],
    },
  ];
}

function newsroomTemplates(now: Instant): Sketch[] {
  return [
    {
      name: "morning_briefing",
      language: "de",
      category: "MARKETING",
      components: [
        header("Das Wichtigste am Morgen"),
        body(
          "Guten Morgen {{1}}, das bewegt München heute:\n\n{{2}}\n\nEinen guten Start in den Tag wünscht die Redaktion.",
          "Jonas",
          "Die Stammstrecke fährt wieder.",
        ),
        footer("Radio Isarwelle"),
        buttons(reply("Mehr davon"), reply("Abbestellen")),
      ],
    },
    {
      name: "morning_briefing",
      language: "en",
      category: "MARKETING",
      components: [
        header("This morning"),
        body(
          "Good morning {{1}}, this is what moves Munich today:\n\n{{2}}\n\nHave a good start to the day.",
          "Jonas",
          "Trains are running again.",
        ),
        footer("Radio Isarwelle"),
        buttons(reply("More of this"), reply("Stop")),
      ],
    },
    {
      name: "subscription_confirmed",
      language: "de",
      category: "UTILITY",
      components: [
        body(
          "Hallo {{1}}, Sie haben {{2}} abonniert. Mit STOP beenden Sie das Abo jederzeit.",
          "Jonas",
          "Das Wichtigste am Morgen",
        ),
        footer("Radio Isarwelle"),
      ],
    },
    {
      name: "studio_visit_reminder",
      language: "de",
      category: "UTILITY",
      components: [
        header("Ihr Studiobesuch"),
        body(
          "Hallo {{1}}, am {{2}} um {{3}} zeigen wir Ihnen das Studio. Bleibt es dabei?",
          "Lena",
          "Freitag, 27. November",
          "14 Uhr",
        ),
        buttons(reply("Ich komme"), reply("Anderer Termin")),
      ],
    },
    {
      name: "traffic_alert",
      language: "de",
      category: "UTILITY",
      parameterFormat: "NAMED",
      components: [
        {
          type: "BODY",
          text: "Achtung auf der {{road}}: {{event}} bei {{place}}. Bitte planen Sie mehr Zeit ein.",
          example: {
            body_text_named_params: [
              { param_name: "road", example: "A8" },
              { param_name: "event", example: "Stau" },
              { param_name: "place", example: "Holzkirchen" },
            ],
          },
        },
        footer("Radio Isarwelle"),
      ],
    },
    {
      name: "evening_podcast",
      language: "de",
      category: "MARKETING",
      status: "PENDING",
      components: [
        body("Hallo {{1}}, die neue Folge von „Isarblick“ ist da. Hören Sie auf dem Heimweg hinein.", "Lena"),
        buttons(reply("Abbestellen")),
      ],
    },
    {
      name: "prize_draw",
      language: "de",
      category: "UTILITY",
      status: "REJECTED",
      rejectedReason: "PROMOTIONAL",
      components: [body("Jetzt mitmachen und gewinnen: Antworten Sie mit dem Lösungswort der Woche.")],
    },
    {
      name: "concert_tickets",
      language: "de",
      category: "MARKETING",
      status: "PAUSED",
      quality: "RED",
      pauses: 1,
      createdAt: plus(now, -60 * 24 * 3_600_000),
      components: [
        body("Hallo {{1}}, für unsere Hörer gibt es noch Karten. Antworten Sie einfach auf diese Nachricht.", "Lena"),
        buttons(reply("Abbestellen")),
      ],
    },
  ];
}
