type Locale = "en" | "nl" | "de";

/** Words of the person's own page. */
export interface PersonWords {
  readonly language: string;
  readonly title: (business: string) => string;
  readonly lead: (name: string, business: string) => string;
  readonly agreed: string;
  readonly agreedLead: string;
  readonly nothing: string;
  readonly save: string;
  readonly saved: string;
  readonly stop: string;
  readonly stopLead: (business: string) => string;
  readonly stopped: string;
  readonly data: string;
  readonly dataLead: string;
  readonly download: string;
  readonly erase: string;
  readonly eraseLead: string;
  readonly eraseSure: string;
  readonly eraseNow: string;
  readonly erasing: string;
  readonly erasingHeld: string;
  readonly clarify: string;
  readonly gone: string;
  readonly goneLead: string;
  readonly tooMany: string;
  readonly tooManyLead: string;
  readonly seen: string;
  readonly seenLead: string;
  readonly until: (date: string) => string;
  readonly onlyThere: string;
  readonly since: (date: string) => string;
  readonly wording: string;
  readonly purposes: Readonly<Record<string, string>>;
  readonly channels: Readonly<Record<string, string>>;
  readonly states: Readonly<Record<string, string>>;
  readonly methods: Readonly<Record<string, string>>;
}

export const personWords: Readonly<Record<Locale, PersonWords>> = {
  en: {
    language: "Language",
    title: (business) => `You and ${business}`,
    lead: (name, business) => `${name}, this page is yours. It shows what ${business} may send you, and you decide.`,
    agreed: "What you agreed to",
    agreedLead: "Tick what you want to get. What you untick stops at once.",
    nothing: "You have not agreed to anything, and nothing is sent to you for advertising.",
    save: "Save my choice",
    saved: "Your choice is saved.",
    stop: "Stop everything",
    stopLead: (business) =>
      `${business} then no longer writes to you first, on any channel. If you write, you get an answer.`,
    stopped: "Everything is stopped. Nothing is sent to you any more unless you ask for it.",
    data: "What is known about you",
    dataLead: "One file with everything that is kept about you, for you to read or take elsewhere.",
    download: "Download my data",
    erase: "Erase me",
    eraseLead:
      "Your name, addresses and messages are deleted for good. What stays is that you must not be written to, and the bare record of what you agreed to.",
    eraseSure: "I understand that this cannot be undone",
    eraseNow: "Erase me now",
    erasing: "You are being erased. This takes a few minutes.",
    erasingHeld: "You asked to be erased. A legal matter keeps it waiting; until then your data are not used.",
    clarify: "We are not sure whether you wanted to unsubscribe, so no advertising is sent.",
    gone: "This link does not work any more",
    goneLead: "It is too old or not complete. Ask for a new one.",
    tooMany: "That was a lot at once",
    tooManyLead: "Wait a minute, then try again.",
    seen: "Please look at the page once more",
    seenLead: "It was open for a long time. Nothing was changed.",
    until: (date) => `This link works until ${date}.`,
    onlyThere: "You turned this off in WhatsApp; turn it on there.",
    since: (date) => `since ${date}`,
    wording: "You agree to these words:",
    purposes: {
      marketing: "Offers and news",
      transactional: "Messages about your orders",
      service: "Service messages",
      survey: "Questions what you think",
      "sales-call": "Calls about offers",
    },
    channels: {
      whatsapp: "WhatsApp",
      email: "e-mail",
      telegram: "Telegram",
      webchat: "web chat",
      sms: "SMS",
      all: "every channel",
    },
    states: {
      asked: "We asked; you have not answered",
      agreed: "You agreed",
      confirmed: "You agreed and confirmed it",
      withdrawn: "You took it back",
      stopped: "Stopped",
      none: "You have not agreed",
    },
    methods: {
      "inbound-message": "by a message",
      "web-form": "on a website",
      "person-page": "on this page",
      paper: "on paper",
      "in-person": "in person",
      phone: "by phone",
      keyword: "by a message",
      button: "with a button",
      link: "on this page",
      agent: "told to a colleague",
      "platform-preference": "in WhatsApp",
    },
  },
  nl: {
    language: "Taal",
    title: (business) => `Jij en ${business}`,
    lead: (name, business) => `${name}, deze pagina is van jou. Je ziet wat ${business} je mag sturen, en jij beslist.`,
    agreed: "Waar je mee akkoord ging",
    agreedLead: "Vink aan wat je wilt krijgen. Wat je uitvinkt, stopt meteen.",
    nothing: "Je bent nergens mee akkoord gegaan, en je krijgt geen reclame.",
    save: "Mijn keuze opslaan",
    saved: "Je keuze is opgeslagen.",
    stop: "Alles stoppen",
    stopLead: (business) =>
      `${business} schrijft je dan niet meer uit zichzelf, op geen enkel kanaal. Schrijf je zelf, dan krijg je antwoord.`,
    stopped: "Alles is gestopt. Je krijgt niets meer, tenzij je erom vraagt.",
    data: "Wat er over je bekend is",
    dataLead: "Eén bestand met alles wat over je wordt bewaard, om te lezen of mee te nemen.",
    download: "Mijn gegevens downloaden",
    erase: "Wis mij",
    eraseLead:
      "Je naam, adressen en berichten worden voorgoed gewist. Wat blijft, is dat je niet mag worden aangeschreven, en kaal vastgelegd waar je mee akkoord ging.",
    eraseSure: "Ik begrijp dat dit niet ongedaan kan worden gemaakt",
    eraseNow: "Wis mij nu",
    erasing: "Je wordt gewist. Dat duurt een paar minuten.",
    erasingHeld:
      "Je hebt gevraagd gewist te worden. Een juridische zaak houdt dat op; tot dan worden je gegevens niet gebruikt.",
    clarify: "We weten niet zeker of je je wilde afmelden. Daarom krijg je geen reclame.",
    gone: "Deze link werkt niet meer",
    goneLead: "Hij is te oud of niet compleet. Vraag om een nieuwe.",
    tooMany: "Dat was veel tegelijk",
    tooManyLead: "Wacht een minuut en probeer het dan opnieuw.",
    seen: "Kijk nog een keer naar de pagina",
    seenLead: "De pagina stond lang open. Er is niets veranderd.",
    until: (date) => `Deze link werkt tot ${date}.`,
    onlyThere: "Je hebt dit in WhatsApp uitgezet; zet het daar weer aan.",
    since: (date) => `sinds ${date}`,
    wording: "Je gaat akkoord met deze tekst:",
    purposes: {
      marketing: "Aanbiedingen en nieuws",
      transactional: "Berichten over je bestellingen",
      service: "Serviceberichten",
      survey: "Vragen wat je ervan vindt",
      "sales-call": "Telefoontjes over aanbiedingen",
    },
    channels: {
      whatsapp: "WhatsApp",
      email: "e-mail",
      telegram: "Telegram",
      webchat: "webchat",
      sms: "sms",
      all: "elk kanaal",
    },
    states: {
      asked: "Gevraagd; je hebt nog niet geantwoord",
      agreed: "Je ging akkoord",
      confirmed: "Je ging akkoord en bevestigde het",
      withdrawn: "Je trok het in",
      stopped: "Gestopt",
      none: "Je bent niet akkoord gegaan",
    },
    methods: {
      "inbound-message": "met een bericht",
      "web-form": "op een website",
      "person-page": "op deze pagina",
      paper: "op papier",
      "in-person": "persoonlijk",
      phone: "telefonisch",
      keyword: "met een bericht",
      button: "met een knop",
      link: "op deze pagina",
      agent: "aan een medewerker verteld",
      "platform-preference": "in WhatsApp",
    },
  },
  de: {
    language: "Sprache",
    title: (business) => `Sie und ${business}`,
    lead: (name, business) =>
      `${name}, das ist Ihre Seite. Sie zeigt, was ${business} Ihnen senden darf, und Sie entscheiden.`,
    agreed: "Wozu Sie zugestimmt haben",
    agreedLead: "Wählen Sie, was Sie erhalten möchten. Was Sie abwählen, endet sofort.",
    nothing: "Sie haben nichts zugestimmt und erhalten keine Werbung.",
    save: "Meine Wahl speichern",
    saved: "Ihre Wahl ist gespeichert.",
    stop: "Alles beenden",
    stopLead: (business) =>
      `${business} schreibt Ihnen dann auf keinem Kanal mehr von sich aus. Wenn Sie schreiben, erhalten Sie eine Antwort.`,
    stopped: "Alles ist beendet. Sie erhalten nichts mehr, außer Sie bitten darum.",
    data: "Was über Sie bekannt ist",
    dataLead: "Eine Datei mit allem, was über Sie gespeichert ist, zum Lesen oder Mitnehmen.",
    download: "Meine Daten herunterladen",
    erase: "Mich löschen",
    eraseLead:
      "Ihr Name, Ihre Adressen und Nachrichten werden endgültig gelöscht. Es bleibt, dass Ihnen nicht geschrieben werden darf, und der bloße Nachweis Ihrer Zustimmungen.",
    eraseSure: "Ich verstehe, dass sich das nicht rückgängig machen lässt",
    eraseNow: "Mich jetzt löschen",
    erasing: "Ihre Daten werden gelöscht. Das dauert einige Minuten.",
    erasingHeld:
      "Sie haben um Löschung gebeten. Eine rechtliche Angelegenheit hält sie auf; bis dahin werden Ihre Daten nicht genutzt.",
    clarify: "Wir wissen nicht sicher, ob Sie sich abmelden wollten. Deshalb erhalten Sie keine Werbung.",
    gone: "Dieser Link funktioniert nicht mehr",
    goneLead: "Er ist zu alt oder unvollständig. Bitten Sie um einen neuen.",
    tooMany: "Das war viel auf einmal",
    tooManyLead: "Warten Sie eine Minute und versuchen Sie es dann noch einmal.",
    seen: "Bitte sehen Sie sich die Seite noch einmal an",
    seenLead: "Sie war lange offen. Es wurde nichts geändert.",
    until: (date) => `Dieser Link gilt bis ${date}.`,
    onlyThere: "Sie haben das in WhatsApp abgeschaltet; schalten Sie es dort wieder ein.",
    since: (date) => `seit ${date}`,
    wording: "Sie stimmen diesem Wortlaut zu:",
    purposes: {
      marketing: "Angebote und Neuigkeiten",
      transactional: "Nachrichten zu Ihren Bestellungen",
      service: "Servicenachrichten",
      survey: "Fragen nach Ihrer Meinung",
      "sales-call": "Anrufe zu Angeboten",
    },
    channels: {
      whatsapp: "WhatsApp",
      email: "E-Mail",
      telegram: "Telegram",
      webchat: "Webchat",
      sms: "SMS",
      all: "jeden Kanal",
    },
    states: {
      asked: "Gefragt; Sie haben noch nicht geantwortet",
      agreed: "Sie haben zugestimmt",
      confirmed: "Sie haben zugestimmt und es bestätigt",
      withdrawn: "Sie haben es zurückgenommen",
      stopped: "Beendet",
      none: "Sie haben nicht zugestimmt",
    },
    methods: {
      "inbound-message": "per Nachricht",
      "web-form": "auf einer Website",
      "person-page": "auf dieser Seite",
      paper: "auf Papier",
      "in-person": "persönlich",
      phone: "telefonisch",
      keyword: "per Nachricht",
      button: "mit einer Schaltfläche",
      link: "auf dieser Seite",
      agent: "einer Mitarbeiterin oder einem Mitarbeiter gesagt",
      "platform-preference": "in WhatsApp",
    },
  },
};
