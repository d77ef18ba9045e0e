import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { locales } from "../rule.ts";
import { at, ordinaryAt } from "../testing.ts";
import { checkClaims } from "./check.ts";
import type { ClaimHit, ClaimOptions } from "./claim.ts";
import { claimRules } from "./rules.ts";

const now: ClaimOptions = { at: ordinaryAt };
const counted = (text: string, options: ClaimOptions = now): string[] =>
  checkClaims(text, options)
    .filter((hit) => hit.ignored === null)
    .map((hit) => hit.rule);
const ignored = (text: string, options: ClaimOptions = now): (string | null)[] =>
  checkClaims(text, options).map((hit) => hit.ignored);

/** For each rule: what pages say, first as short as it gets, then in a sentence of its own. */
const said: Readonly<Record<string, readonly string[]>> = {
  "claims.bulk-without-api": [
    "bulk WhatsApp versturen zonder API",
    "WhatsApp-Massennachrichten ohne API",
    "send bulk WhatsApp without the API",
    "Met onze tool bereikt u duizenden klanten op WhatsApp, helemaal zonder de dure API.",
    "Erreichen Sie Tausende auf WhatsApp ganz ohne die Business API!",
    "You do not need the API to send a campaign to your whole list.",
    "Zonder API gaat uw massabericht er in één keer uit.",
    "Bulk WhatsApp versenden, komplett ohne API-Zugang",
  ],
  "claims.unlimited-sending": [
    "onbeperkt WhatsApp-berichten",
    "unbegrenzt WhatsApp-Nachrichten",
    "unlimited WhatsApp blasts",
    "Verstuur zoveel u wilt: ongelimiteerd berichten via WhatsApp.",
    "WhatsApp-Nachrichten unlimitiert versenden",
    "Send WhatsApp messages to everybody, without limits.",
    "Unbegrenzte WhatsApp-Nachrichten für 9 € im Monat",
  ],
  "claims.anti-ban": [
    "nooit meer geblokkeerd",
    "anti-ban",
    "ohne Sperre",
    "Ban-Schutz",
    "ban-proof sender",
    "anti-ban delay",
    "Stuur wat u wilt zonder ooit geblokkeerd te worden.",
    "Unser Sperrschutz hält Ihr Konto am Leben.",
    "Our engine makes sure that you never get banned.",
    "Smart delays, so your sender never gets blocked.",
  ],
  "claims.no-opt-in": [
    "geen opt-in nodig",
    "keine Einwilligung nötig",
    "no opt-in required",
    "U stuurt meteen berichten, zonder toestemming te vragen.",
    "Ohne Opt-in senden Sie sofort los.",
    "Reach new people on WhatsApp without their consent.",
    "An opt-in is not needed for this.",
    "Send WhatsApp newsletters to thousands of people, also to those who never asked.",
    "Reach people on WhatsApp who never opted in.",
    "Bereik ook mensen die zich nooit aanmeldden.",
    "Erreichen Sie auch Menschen, die nie eingewilligt haben.",
  ],
  "claims.scraped-contacts": [
    "nummers uit WhatsApp-groepen halen",
    "Kontakte aus Gruppen extrahieren",
    "extract numbers from groups / Google Maps",
    "Verzamel leads van Google Maps in één klik.",
    "Unser Werkzeug sammelt Telefonnummern von Google Maps.",
    "It scrapes phone numbers of group members for you.",
  ],
  "claims.qr-pairing": [
    "scan de QR-code met je telefoon en start",
    "QR-Code scannen wie bei WhatsApp Web",
    "just scan the QR, no approval",
    "Scan eenvoudig de QR-code en koppel uw nummer.",
    "Einfach den QR-Code scannen und loslegen.",
    "Scan our QR code to connect your phone and send.",
    "Koppel uw WhatsApp door de QR-code te scannen.",
    "Verbinden Sie Ihr WhatsApp einfach per QR-Code.",
  ],
  "claims.forwarding-bridge": [
    "wij sturen uw WhatsApp door naar ons platform",
    "wir leiten Ihr WhatsApp-Handy auf unser System um",
    "we forward your phone's WhatsApp to our desk",
    "Berichten op uw telefoon worden gespiegeld in ons systeem: WhatsApp naar uw helpdesk.",
    "Wir spiegeln WhatsApp von Ihrem Smartphone in unser System.",
    "Our app mirrors WhatsApp from your phone into a shared inbox.",
  ],
  "claims.consumer-number-service": [
    "klantenservice via je privé-WhatsApp",
    "Kundenservice über Ihr privates WhatsApp",
    "run support on your personal WhatsApp",
    "Help klanten vanaf uw privénummer.",
    "Betreuen Sie Kunden über Ihre private Nummer.",
    "Answer customers from your private number.",
  ],
  "claims.newsletter-on-app": [
    "WhatsApp-nieuwsbrief via broadcastlijsten voor duizenden",
    "WhatsApp-Newsletter ohne Business API",
    "WhatsApp newsletter with no template approval",
    "Uw nieuwsbrief op WhatsApp gaat via verzendlijsten.",
    "Der Newsletter auf WhatsApp läuft über Broadcast-Listen.",
    "Your WhatsApp newsletter runs on broadcast lists.",
  ],
  "claims.no-template-approval": [
    "zonder goedkeuring van templates",
    "ohne Template-Freigabe",
    "no template approval",
    "Sjablonen versturen kan bij ons zonder goedkeuring.",
    "Vorlagen gehen bei uns ohne jede Prüfung hinaus.",
    "Skip the approval of templates altogether.",
    "Templates don't need approval with us.",
    "Nieuwsbrieven, zonder dat u sjablonen hoeft te laten goedkeuren",
    "Kein Warten auf Template-Freigaben",
  ],
  "claims.utility-for-promo": [
    "aanbiedingen als servicebericht",
    "Werbung als Utility günstiger senden",
    "send promos at utility price",
    "Stuur uw kortingen gewoon tegen het utility-tarief.",
    "Rabatte einfach als Utility-Vorlage einreichen.",
    "We send your discounts as utility messages.",
  ],
  "claims.number-rotation": [
    "wissel automatisch van nummer",
    "automatischer Nummernwechsel",
    "rotate sender numbers, warm-up",
    "Roteer tussen tien nummers.",
    "Nummern aufwärmen vor dem Versand",
    "Our warm-up prepares your phone numbers.",
  ],
  "claims.group-auto-add": [
    "automatisch toevoegen aan groepen",
    "Mitglieder automatisch hinzufügen",
    "auto-add members",
    "Leden worden automatisch aan uw groep toegevoegd.",
    "Kontakte werden automatisch zur Gruppe hinzugefügt.",
    "Automatically add people to your groups.",
  ],
  "claims.modified-client": [
    "GBWhatsApp",
    "WhatsApp Plus",
    "mod",
    "Werkt ook met GB WhatsApp.",
    "Läuft mit jeder modifizierten WhatsApp-App.",
    "Install our modded WhatsApp.",
  ],
  "claims.hide-sender": [
    "anoniem WhatsApp versturen",
    "anonym versenden",
    "send anonymously",
    "Stuur berichten en houd uw afzender verborgen: afzender verbergen met één knop.",
    "Nachrichten senden und Nummer verbergen",
    "Hide the sender of any message.",
  ],
  "claims.stop-ignored": [
    "ook na STOP bereikbaar",
    "trotz Abmeldung erreichen",
    "re-target people who opted out",
    "Bereik klanten ondanks hun afmelding.",
    "Abgemeldete erneut anschreiben",
    "Win back everybody who unsubscribed.",
    "Contact people even after they unsubscribed.",
  ],
  "claims.charging-per-message": [
    "€ 0,02 per WhatsApp-bericht bij ons",
    "0,02 € je WhatsApp-Nachricht",
    "our price per WhatsApp message",
    "Een WhatsApp-gesprek kost 5 cent per gesprek.",
    "Wir berechnen 3 Cent pro WhatsApp-Nachricht.",
    "WhatsApp: 2 cents per message.",
    "WhatsApp messages from $0.01 each",
    "WhatsApp-bericht: € 0,05 per stuk",
  ],
  "claims.official-partner": [
    "officiële WhatsApp-partner",
    "offizieller WhatsApp-Partner",
    "official WhatsApp partner",
    "Wij zijn een gecertificeerde partner van Meta.",
    "Als zertifizierter Partner von WhatsApp helfen wir Ihnen.",
    "A preferred partner of Meta since 2020.",
  ],
  "claims.brand-in-name": [
    "WhatsAppSender.nl",
    "WhatsNewsletter",
    "WhatsApp CRM Pro",
    "Bezoek www.mijn-whatsapp-desk.nl vandaag.",
    "WhatsAppBlaster für Profis",
    "Try WhatsDesk for free.",
  ],
  "claims.endorsed-by-meta": [
    "door Meta goedgekeurd",
    "von Meta zertifiziert",
    "approved by Meta",
    "Ons product wordt aanbevolen door WhatsApp.",
    "Von WhatsApp geprüfte Software",
    "Our software is endorsed by WhatsApp.",
  ],
  "claims.ai-assistant-on-whatsapp": [
    "ChatGPT in WhatsApp voor al uw vragen",
    "KI-Assistent für alles auf WhatsApp",
    "ask our AI anything on WhatsApp",
    "Onze AI op WhatsApp weet alles.",
    "Der Chatbot auf WhatsApp beantwortet jede Frage.",
    "An assistant on WhatsApp that knows everything.",
  ],
  "claims.free-replies": [
    "antwoorden zijn gratis",
    "Antworten sind kostenlos",
    "replies are free",
    "Bij WhatsApp zijn serviceberichten altijd gratis.",
    "Kostenlose Antworten innerhalb von 24 Stunden",
    "Free service messages within 24 hours",
  ],
  "claims.guaranteed-delivery": [
    "100 % aflevering",
    "garantierte Zustellung",
    "100% delivery / inbox guaranteed",
    "Wij garanderen dat uw bericht aankomt in de inbox.",
    "Garantiert im Posteingang",
    "Every message is guaranteed to arrive.",
  ],
  "claims.compliance-guarantee": [
    "100 % AVG-proof",
    "garantiert DSGVO-konform",
    "fully GDPR compliant, guaranteed",
    "Volledig conform de AVG, zonder omkijken.",
    "Völlig rechtssicher ab dem ersten Tag",
    "100% legally safe from day one",
  ],
  "claims.marketing-to-us-whatsapp": [
    "WhatsApp-marketing in de VS",
    "WhatsApp-Marketing für US-Kunden",
    "WhatsApp promotions to US customers",
    "Bereik Amerikaanse klanten met uw WhatsApp-campagne.",
    "WhatsApp-Werbung in den USA",
    "Run WhatsApp campaigns in the United States.",
  ],
  "claims.telegram-mass-dm": [
    "massaal Telegram-DM's",
    "Massen-DM auf Telegram",
    "mass DM Telegram members",
    "Stuur duizenden directe berichten op Telegram.",
    "Tausende Direktnachrichten auf Telegram",
    "Bulk direct messages on Telegram",
  ],
  "claims.bought-lists": [
    "e-maillijst kopen",
    "E-Mail-Adressen kaufen",
    "buy e-mail list",
    "Begin met een gekochte lijst van tienduizend adressen.",
    "Starten Sie mit gekauften Adressen.",
    "Use a purchased list of leads.",
    "Koop een mailinglijst van 10.000 adressen.",
  ],
  "claims.prechecked-consent": [
    "vakje staat al aan",
    "Häkchen vorausgewählt",
    "box pre-ticked",
    "Het vinkje is standaard aangevinkt.",
    "Das Kästchen ist bereits gesetzt.",
    "The checkbox is ticked by default.",
  ],
  "claims.channel-as-list": [
    "exporteer je kanaalvolgers",
    "Kanal-Abonnenten exportieren",
    "export your channel followers",
    "Download de volgers van uw kanaal als bestand.",
    "Exportieren Sie die Follower Ihres Kanals.",
    "Download the subscribers of your channel.",
  ],
};

describe("what pages say", () => {
  it("is known for every rule but the one on other people's words", () => {
    expect(Object.keys(said).sort()).toEqual(
      claimRules
        .map((rule) => rule.id)
        .filter((id) => id !== "claims.competitor-quote")
        .sort(),
    );
  });

  const lines = Object.entries(said).flatMap(([rule, texts]) => texts.map((text) => [rule, text] as const));
  it.each(lines)("%s: %s", (rule, text) => {
    expect(counted(text)).toContain(rule);
  });

  it.each(lines)("%s in capitals and without accents: %s", (rule, text) => {
    if (rule === "claims.brand-in-name") return; // a name is known by its letters
    expect(counted(text.toUpperCase())).toContain(rule);
    expect(counted(text.normalize("NFD").replace(/\p{M}/gu, ""))).toContain(rule);
  });
});

describe("what is said of it", () => {
  it.each([
    ["We never send bulk WhatsApp without the API.", "negated"],
    ["Bulk WhatsApp without the API is something we do not offer.", "negated"],
    ["We do not help you to extract numbers from groups.", "negated"],
    ["Delivery is not guaranteed.", "negated"],
    ["WhatsApp forbids unlimited messages to strangers on WhatsApp.", "negated"],
    ["Answer customers without using your personal WhatsApp.", "negated"],
    ["It is not true that no opt-in is required.", "negated"],
    ["Without an opt-in we do not send anything.", "negated"],
    ["It is illegal to send messages without consent.", "negated"],
    ["You need an opt-in; no opt-in, no message.", "negated"],
    ["Can I send bulk WhatsApp without the API? No.", "negated"],
    ["Nobody can guarantee delivery.", "negated"],
    ["Wij garanderen geen 100 % aflevering.", "negated"],
    ["Zonder toestemming sturen wij geen berichten.", "negated"],
    ["Ohne Einwilligung senden wir keine Nachrichten.", "negated"],
    ["Wij doen geen bulk WhatsApp zonder API.", "negated"],
    ["Wij sturen nooit onbeperkt WhatsApp-berichten.", "negated"],
    ["Een e-maillijst kopen is verboden.", "negated"],
    ["Bij ons staat geen vakje al aan.", "negated"],
    ["Onbeperkt WhatsApp-berichten versturen kan niet en is niet toegestaan.", "negated"],
    ["Wir bieten keinen automatischen Nummernwechsel an.", "negated"],
    ["Wir versenden niemals WhatsApp-Massennachrichten ohne API.", "negated"],
    ["Kein Häkchen ist vorausgewählt.", "negated"],
    ["Anonym versenden ist bei uns nicht erlaubt.", "negated"],
    ["Statt E-Mail-Adressen zu kaufen, laden Sie Menschen ein.", "negated"],
    ["Beware of anybody who offers bulk WhatsApp without the API.", "quoted"],
    ["Pas op voor aanbieders met onbeperkt WhatsApp-berichten.", "quoted"],
    ["Finger weg von WhatsApp-Massennachrichten ohne API!", "quoted"],
    ['Some providers promise "unlimited WhatsApp blasts" and worse.', "quoted"],
    ["Wie ‘geen opt-in nodig’ belooft, brengt u in gevaar.", "quoted"],
    ["Wer mit „ohne Sperre“ wirbt, kennt die Regeln nicht.", "quoted"],
  ])("%s", (text, because) => {
    expect(counted(text).filter((rule) => rule !== "claims.competitor-quote")).toEqual([]);
    expect(ignored(text)).toContain(because);
  });

  it.each([
    ["We send unlimited WhatsApp blasts, not a problem.", "claims.unlimited-sending"],
    ["No contract: unlimited WhatsApp messages.", "claims.unlimited-sending"],
    ["Not only chat, but unlimited WhatsApp blasts.", "claims.unlimited-sending"],
    ["Never again be banned: anti-ban included.", "claims.anti-ban"],
    ["Wacht niet langer: onbeperkt WhatsApp-berichten.", "claims.unlimited-sending"],
    ["Nicht nur Chat, sondern unbegrenzt WhatsApp-Nachrichten.", "claims.unlimited-sending"],
    ["We never send spam but we do send bulk WhatsApp without the API.", "claims.bulk-without-api"],
    ["Our “unlimited WhatsApp messages” plan is the best.", "claims.unlimited-sending"],
    ["Unlimited users and unlimited WhatsApp messages.", "claims.unlimited-sending"],
    ["Scan the QR code and start chatting with your customers.", "claims.qr-pairing"],
    ["Want unlimited WhatsApp messages? No problem!", "claims.unlimited-sending"],
    ["Onbeperkt WhatsApp-berichten: er is niets makkelijker.", "claims.unlimited-sending"],
    ["€ 0,02 per WhatsApp-bericht, goedkoper dan Meta.", "claims.charging-per-message"],
  ])("%s", (text, rule) => {
    expect(counted(text)).toContain(rule);
  });

  it("is forbidden by terms of use, in the sentence or in what leads to a list", () => {
    const legal: ClaimOptions = { ...now, page: "https://shop.example/terms", pageKind: "legal" };
    const list =
      "Customers may not use the service to:\n\n- send bulk WhatsApp without the API\n- extract numbers from groups";
    expect(ignored(list, legal)).toEqual(["forbidden", "forbidden"]);
    expect(ignored(list)).toEqual([null, null]);
    expect(checkClaims(list, legal)[0]?.page).toBe("https://shop.example/terms");
    expect(ignored("Our price per WhatsApp message is € 0.02.", legal)).toEqual([null]);
  });

  it("may be somebody else's, and is marked so", () => {
    const quoted = checkClaims('A competitor writes: "Unlimited WhatsApp blasts."', now);
    expect(quoted.map(({ rule, severity, ignored: because }) => [rule, severity, because])).toEqual([
      ["claims.unlimited-sending", "block", "quoted"],
      ["claims.competitor-quote", "note", null],
    ]);
    const table = "Feature | They | We\nunlimited WhatsApp blasts | yes | no";
    const compared = checkClaims(table, { ...now, pageKind: "comparison" });
    expect(compared.map(({ rule, ignored: because }) => [rule, because])).toEqual([
      ["claims.unlimited-sending", "quoted"],
      ["claims.competitor-quote", null],
    ]);
  });

  it("counts where it is said as well as quoted", () => {
    expect(counted('Others say "unlimited WhatsApp blasts", we send unlimited WhatsApp blasts too.')).toEqual([
      "claims.unlimited-sending",
    ]);
  });
});

/** Three pages as a lawful business writes them. */
const lawful = {
  en: `
# Customer service and newsletters over WhatsApp

Answer customers where they already are. Our desk works with the WhatsApp Business Platform by Meta's own sign-up, so
your number, your templates and your quality rating stay yours. Unlimited users can answer WhatsApp messages from one inbox.

- People sign up on your site, on paper or in a chat, and you keep the proof.
- Every newsletter goes out as an approved marketing template, to people who opted in.
- Whoever writes STOP is off the list within two seconds.
- Scan the QR code to start a chat with us, or write to us by e-mail.

Meta bills messages to you; our fee is for the software, € 29 per user and month. The first 1,000 service messages per
number and month are free. Delivery rates of last month: 97.4 % on WhatsApp, 98.1 % by e-mail. Your template was
approved by Meta within a day. Enter your e-mail address at checkout to buy a ticket. Statistics are counted anonymously.
Our assistant answers questions about your orders and our products on WhatsApp.`,
  nl: `
Klantenservice en nieuwsbrieven via WhatsApp

Beantwoord vragen waar uw klanten al zijn. Onze desk werkt met het WhatsApp Business Platform, via de aanmelding van Meta
zelf. Een onbeperkt aantal gebruikers beantwoordt WhatsApp-berichten vanuit één inbox.

- Mensen melden zich aan op uw site, op papier of in een gesprek, en u bewaart het bewijs.
- Elke nieuwsbrief op WhatsApp gaat uit als goedgekeurd sjabloon, alleen aan wie zich aanmeldde.
- Wie STOP schrijft, krijgt binnen twee seconden niets meer.
- Scan de QR-code en begin een gesprek met ons.

Meta rekent berichten met u af; onze prijs is voor de software: € 29 per gebruiker per maand. De eerste 1.000
serviceberichten per nummer en maand zijn gratis. Vorige maand kwam 97,4 % aan. Het sjabloon is door Meta goedgekeurd.
Vul uw e-mailadres in om een kaartje te kopen. Het vakje is leeg; u vinkt het zelf aan.`,
  de: `
Kundenservice und Newsletter über WhatsApp

Beantworten Sie Fragen dort, wo Ihre Kunden schon sind. Unser Desk arbeitet mit der WhatsApp Business Platform, über die
Registrierung von Meta. Unbegrenzt viele Nutzer beantworten WhatsApp-Nachrichten aus einem Posteingang.

- Menschen melden sich auf Ihrer Website, auf Papier oder im Gespräch an, und Sie bewahren den Nachweis.
- Jeder Newsletter auf WhatsApp geht als genehmigte Vorlage hinaus, nur an Angemeldete.
- Wer STOP schreibt, erhält nach zwei Sekunden nichts mehr.
- Scannen Sie den QR-Code und schreiben Sie uns.

Meta stellt Ihnen Nachrichten in Rechnung; unser Preis gilt der Software: 29 € je Nutzer und Monat. Die ersten 1.000
Service-Nachrichten je Nummer und Monat sind kostenlos. Im letzten Monat kamen 97,4 % an. Die Vorlage wurde von Meta
genehmigt. Geben Sie Ihre E-Mail-Adresse ein, um eine Karte zu kaufen. Das Kästchen ist leer; Sie kreuzen es selbst an.`,
};

describe("ordinary, lawful text", () => {
  it.each(locales)("gives no hit in %s", (locale) => {
    expect(checkClaims(lawful[locale], { ...now, isTechProvider: true, isListedPartner: false })).toEqual([]);
  });

  it("gives none where the sentence means something else", () => {
    for (const text of [
      "Direct Send carries utility messages without template approval.",
      "Your template is approved by Meta.",
      "Team members are added automatically to your workspace and its groups.",
      "Visit business.whatsapp.com or write to us on WhatsApp Business.",
      "The first 1,000 replies are free.",
    ]) {
      expect(checkClaims(text, now), text).toEqual([]);
    }
  });
});

describe("a hit", () => {
  const only = (text: string, options: Partial<ClaimOptions> = {}): ClaimHit | undefined =>
    checkClaims(text, { ...now, ...options })[0];

  it("says what, where, since when and what to say instead", () => {
    expect(only("Welcome. Send bulk WhatsApp without the API! Bye.")).toEqual({
      rule: "claims.bulk-without-api",
      severity: "block",
      page: null,
      sentence: "Send bulk WhatsApp without the API!",
      offset: 9,
      clause: "bulk messaging outside the business products",
      since: "2019-12-07",
      sayInstead: "Campaigns over the WhatsApp Business Platform, to people who signed up.",
      ignored: null,
    });
  });

  it("suggests in the language of the claim, or in the one asked for", () => {
    expect(only("WhatsApp-Massennachrichten ohne API")?.sayInstead).toMatch(/^Kampagnen über/);
    expect(only("WhatsApp-Massennachrichten ohne API", { locale: "nl" })?.sayInstead).toMatch(/^Campagnes via/);
  });

  it("holds from its day on", () => {
    const text = "replies are free";
    expect(only(text, { at: at("2026-09-30T23:59:59.999Z") })).toBeUndefined();
    expect(only(text, { at: at("2026-10-01T00:00:00Z") })?.rule).toBe("claims.free-replies");
  });

  it("weighs more for whoever has no right to the claim", () => {
    const price = (options: Partial<ClaimOptions>) => only("our price per WhatsApp message", options)?.severity;
    expect([price({}), price({ isTechProvider: true }), price({ isTechProvider: true, hasResaleRight: true })]).toEqual(
      ["warn", "block", "warn"],
    );
    const partner = (options: Partial<ClaimOptions>) => only("official WhatsApp partner", options)?.severity;
    expect([partner({}), partner({ isListedPartner: false }), partner({ isListedPartner: true })]).toEqual([
      "warn",
      "block",
      "warn",
    ]);
  });

  it("stands in one sentence: key parts in two are none", () => {
    expect(counted("Send bulk messages on WhatsApp. Our shop runs without the API.")).toEqual([]);
  });
});

describe("the rules on claims", () => {
  it("have one id each", () => {
    expect(new Set(claimRules.map((rule) => rule.id)).size).toBe(claimRules.length);
  });

  it.each(claimRules.map((rule) => [rule.id, rule] as const))("%s is complete", (id, rule) => {
    expect(id).toMatch(/^claims\.[a-z-]+$/);
    for (const locale of locales) {
      expect(rule.title[locale]).toMatch(/^.{4,59}$/);
      expect(rule.title[locale]).not.toMatch(/[.!]$/);
      expect(rule.explanation[locale]).toMatch(/^\p{Lu}[^!]*\.$/u);
      expect(rule.sayInstead[locale]).toMatch(/^\p{Lu}[^!]*\.$/u);
    }
    expect(rule.sources.length).toBeGreaterThan(0);
    expect(rule.clause).not.toBe("");
    expect(rule.reviewed).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    if (rule.since !== null) expect(Number.isNaN(Date.parse(rule.since))).toBe(false);
  });
});

describe("whatever the text", () => {
  const claims = Object.values(said).flat();
  const unrelated = Object.values(lawful)
    .flatMap((page) => page.split("\n\n"))
    .map((paragraph) => paragraph.replaceAll("\n", " ").trim())
    .filter((paragraph) => /[.!?]$/.test(paragraph) && !/["“”„‘’']/.test(paragraph));
  const pieces = fc.oneof(
    fc.constantFrom(...claims),
    fc.constantFrom(...unrelated),
    fc.string({ unit: "grapheme", maxLength: 40 }),
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom("\n", "\n\n", " ", ". ", '"', "„", "“", "'", " | ", "- ", "not ", "nooit ", "€ 1,00 "),
  );
  const texts = fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join(""));
  const options = fc.record({
    at: fc.constant(ordinaryAt),
    pageKind: fc.constantFrom("other" as const, "legal" as const, "comparison" as const),
  });

  it("there is an answer, and every sentence stands where it says", () => {
    fc.assert(
      fc.property(texts, options, (text, asked) => {
        const hits = checkClaims(text, asked);
        for (const { sentence, offset } of hits) expect(text.slice(offset, offset + sentence.length)).toBe(sentence);
        expect(hits.map((hit) => hit.offset)).toEqual(hits.map((hit) => hit.offset).sort((a, b) => a - b));
        expect(checkClaims(text, asked)).toEqual(hits);
      }),
    );
  });

  it("sentences that have nothing to do with it take no hit away", () => {
    const paragraphs = fc.array(fc.oneof(fc.constantFrom(...claims), fc.constantFrom(...unrelated)), {
      minLength: 1,
      maxLength: 6,
    });
    const withMore = fc.record({
      paragraphs,
      more: fc.constantFrom(...unrelated),
      place: fc.nat({ max: 6 }),
    });
    fc.assert(
      fc.property(withMore, ({ paragraphs: given, more, place }) => {
        const found = (parts: readonly string[]): string[] =>
          checkClaims(parts.join("\n\n"), now).map((hit) => `${hit.rule} ${hit.ignored} ${hit.sentence}`);
        expect(found(given.toSpliced(place, 0, more))).toEqual(expect.arrayContaining(found(given)));
      }),
    );
  });

  it("a long one is read in time", () => {
    const long = `${"a-".repeat(50_000)} ${"whats".repeat(10_000)} ${"Send bulk WhatsApp without the API. ".repeat(500)}`;
    expect(checkClaims(long, now).filter((hit) => hit.rule === "claims.bulk-without-api").length).toBeGreaterThan(400);
  });
});
