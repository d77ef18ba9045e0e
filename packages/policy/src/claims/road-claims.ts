import type { ClaimRule } from "./claim.ts";

const reviewed = "2026-11-22";
const terms = "WhatsApp Terms of Service, Harm to WhatsApp or Our Users";
/** From this day WhatsApp takes what a company says of itself in public as evidence enough. */
const evidence = {
  severity: "block",
  since: "2019-12-07",
  reviewed,
  confidence: "high",
} as const;
const unauthorised = "WhatsApp Help Center, unauthorized use of automated or bulk messaging (2019)";

/** Roads into WhatsApp that it does not offer, and ways round its limits and its review. */
export const roadClaims: readonly ClaimRule[] = [
  {
    ...evidence,
    id: "claims.bulk-without-api",
    title: {
      en: "Bulk outside the Platform",
      nl: "Bulk buiten het Platform om",
      de: "Massenversand an der Plattform vorbei",
    },
    explanation: {
      en: "The text offers bulk messages without WhatsApp's API, which shows a use that WhatsApp forbids.",
      nl: "De tekst biedt bulkberichten zonder de API van WhatsApp aan, en dat toont gebruik dat WhatsApp verbiedt.",
      de: "Der Text bietet Massennachrichten ohne die API von WhatsApp an, und das zeigt eine verbotene Nutzung.",
    },
    sayInstead: {
      en: "Campaigns over the WhatsApp Business Platform, to people who signed up.",
      nl: "Campagnes via het WhatsApp Business Platform, aan mensen die zich aanmeldden.",
      de: "Kampagnen über die WhatsApp Business Platform, an Menschen, die sich angemeldet haben.",
    },
    patterns: {
      en: [
        [
          "bulk|mass|blast|blasts|broadcast*|thousands|campaign*",
          "without ~ api|no api|no ~ api needed|outside ~ api|bypass* ~ api|not need ~ api|no need for ~ api|don't need ~ api|instead of ~ api",
        ],
      ],
      nl: [
        [
          "bulk|bulk*|massa*|massaal|duizenden|campagne*|rondstur*",
          "zonder ~ api|geen ~ api nodig|buiten ~ api om|om ~ api heen|api ~ niet nodig|geen api",
        ],
      ],
      de: [
        [
          "massen*|massenhaft|bulk*|rundsend*|tausende|kampagne*|rundnachricht*",
          "ohne ~ api|keine ~ api nötig|keine api|an ~ api vorbei|api ~ nicht nötig|api ~ nicht erforderlich",
        ],
      ],
    },
    clause: "bulk messaging outside the business products",
    sources: [unauthorised, "WhatsApp Messaging Guidelines"],
  },
  {
    ...evidence,
    id: "claims.unlimited-sending",
    title: { en: "Sending without limits", nl: "Versturen zonder limiet", de: "Senden ohne Grenzen" },
    explanation: {
      en: "The text promises WhatsApp messages without a limit, though every account has one, so it reads as a way round it.",
      nl: "De tekst belooft onbeperkt WhatsApp-berichten terwijl elk account een limiet heeft, dus het leest als een manier om die te ontwijken.",
      de: "Der Text verspricht unbegrenzt WhatsApp-Nachrichten, obwohl jedes Konto eine Grenze hat, und liest sich so wie eine Umgehung.",
    },
    sayInstead: {
      en: "Name the limit of the business portfolio and how it grows.",
      nl: "Noem de limiet van het bedrijfsportfolio en hoe die groeit.",
      de: "Nennen Sie die Grenze des Unternehmensportfolios und wie sie wächst.",
    },
    patterns: {
      en: [
        [
          "unlimited|limitless|without limits|without any limit|no limits|no sending limit*",
          "whatsapp",
          "message*|blast*|broadcast*|send*|sms|whatsapp ~ unlimited",
        ],
        ["unlimited ~ whatsapp*|whatsapp ~ unlimited"],
      ],
      nl: [
        [
          "onbeperkt*|ongelimiteerd*|zonder limiet*|zonder verzendlimiet|geen limiet*",
          "whatsapp*",
          "*bericht*|verstur*|versturen|verstuur|verzend*|stuur|sturen",
        ],
        ["onbeperkt* ~ whatsapp*|ongelimiteerd* ~ whatsapp*"],
      ],
      de: [
        [
          "unbegrenzt*|unlimitiert*|grenzenlos*|ohne limit*|kein limit|keine limits|ohne versandlimit",
          "whatsapp*",
          "*nachricht*|send*|versend*|verschick*|schick*",
        ],
        ["unbegrenzt* ~ whatsapp*|unlimitiert* ~ whatsapp*"],
      ],
    },
    harmless:
      "unlimited users|unlimited agents|unlimited seats|unlimited team*|unlimited members|unlimited contacts|unlimited labels|unlimited templates|unlimited inboxes|unlimited number of users|" +
      "onbeperkt* gebruikers|onbeperkt* medewerkers|onbeperkt* contacten|onbeperkt* labels|onbeperkt* sjablonen|onbeperkt* inboxen|onbeperkt aantal gebruikers|onbeperkt aantal medewerkers|onbeperkt aantal contacten|onbeperkt aantal collega*|onbeperkt veel gebruikers|" +
      "unbegrenzt* nutzer*|unbegrenzt* benutzer*|unbegrenzt* mitarbeiter*|unbegrenzt* kontakte|unbegrenzt* vorlagen|unbegrenzt* plätze|unbegrenzt viele nutzer*|unbegrenzt viele benutzer*|unbegrenzt viele mitarbeiter*|unbegrenzt viele kontakte",
    clause: "messaging limits",
    sources: ["WhatsApp Business Platform, messaging limits", unauthorised],
  },
  {
    ...evidence,
    id: "claims.anti-ban",
    title: { en: "Protection from a ban", nl: "Bescherming tegen blokkade", de: "Schutz vor Sperren" },
    explanation: {
      en: "The text promises that accounts will not be banned, which shows that whoever wrote it knows of a breach.",
      nl: "De tekst belooft dat accounts niet worden geblokkeerd, en dat toont dat de schrijver van een overtreding weet.",
      de: "Der Text verspricht, dass Konten nicht gesperrt werden, und das zeigt, dass der Verfasser von einem Verstoß weiß.",
    },
    sayInstead: {
      en: "Describe the quality rating and how people sign up.",
      nl: "Beschrijf de kwaliteitsscore en hoe mensen zich aanmelden.",
      de: "Beschreiben Sie die Qualitätsbewertung und die Anmeldung.",
    },
    patterns: {
      en: [
        [
          "anti ban|antiban|anti block|antiblock|ban proof|banproof|ban safe|bansafe|ban protection|ban shield|ban free|unbannable|never ~ banned|never ~ blocked|" +
            "without ~ banned|without ~ ban|no ban|no bans|zero bans|no risk of ~ ban|avoid getting banned|avoid ~ whatsapp ban*|human like delay*|random* ~ delay*",
        ],
      ],
      nl: [
        [
          "anti ban|antiban|nooit ~ geblokkeerd|nooit ~ blokkade*|zonder ~ geblokkeerd|zonder ~ blokkade|zonder ban|ban vrij|banvrij|ban bestendig|blokkadebestendig|geen ban|geen blokkade*|" +
            "beschermt tegen blokkade*|bescherming tegen blokkade*|menselijke vertraging*",
        ],
      ],
      de: [
        [
          "anti ban|antiban|ban schutz|banschutz|ban sicher|bansicher|sperr schutz|sperrschutz|ohne sperr*|ohne ~ gesperrt|nie ~ gesperrt|niemals ~ gesperrt|keine sperre|keine sperren|keine sperrung*|" +
            "sperrsicher*|schutz vor sperr*|menschliche verzögerung*",
        ],
      ],
    },
    clause: "evading enforcement",
    sources: [terms, unauthorised],
  },
  {
    ...evidence,
    id: "claims.qr-pairing",
    title: {
      en: "Pairing a phone by QR code",
      nl: "Een telefoon koppelen met QR-code",
      de: "Ein Handy per QR-Code koppeln",
    },
    explanation: {
      en: "A sender is set up by scanning a code with a phone, which is how the personal app is paired and shows a bridge on its protocol.",
      nl: "Een afzender wordt opgezet door een code met een telefoon te scannen, zoals de persoonlijke app wordt gekoppeld, en dat toont een brug op dat protocol.",
      de: "Ein Absender wird durch Scannen eines Codes mit dem Handy eingerichtet, so wie die private App gekoppelt wird, und das zeigt eine Brücke auf deren Protokoll.",
    },
    sayInstead: {
      en: "Connect your number by Meta's own sign-up.",
      nl: "Koppel uw nummer via de aanmelding van Meta zelf.",
      de: "Verbinden Sie Ihre Nummer über die Registrierung von Meta.",
    },
    patterns: {
      en: [
        ["qr*", "connect your whatsapp|link your whatsapp|pair your whatsapp|log in to your whatsapp"],
        [
          "scan* ~ qr*|qr ~ scan*|qr pairing|qr login",
          "no approval*|without approval|no verification|no api|without ~ api|whatsapp web|linked device*|link your phone|link your number|connect your number|connect your phone|pair*|start sending|and send|and start|and go|ready to send|session*",
        ],
      ],
      nl: [
        ["qr*", "koppel uw whatsapp|koppel je whatsapp|verbind uw whatsapp|verbind je whatsapp|whatsapp koppelen"],
        [
          "scan* ~ qr*|qr ~ scan*|qr code ~ telefoon",
          "zonder goedkeuring|geen goedkeuring|zonder ~ api|geen api|whatsapp web|gekoppeld apparaat|koppel uw nummer|koppel je nummer|koppel uw telefoon|koppel je telefoon|nummer koppelen|en start|en verstuur*|en begin|direct versturen|klaar om te versturen|sessie*",
        ],
      ],
      de: [
        [
          "qr*",
          "verbinden sie ihr whatsapp|verbinde dein whatsapp|koppeln sie ihr whatsapp|whatsapp verbinden|whatsapp koppeln",
        ],
        [
          "scan* ~ qr*|qr ~ scan*|qr ~ einscannen|qr code ~ handy",
          "ohne freigabe|keine freigabe|ohne genehmigung|ohne ~ api|keine api|whatsapp web|verknüpftes gerät|verknüpfte geräte|handy verbinden|nummer verbinden|handy koppeln|nummer koppeln|und los|und starten|und senden|loslegen|sitzung*",
        ],
      ],
    },
    unless: [
      [
        "chat with us|chat to us|conversation with us|write to us|message us|contact us|reach us|subscribe|sign up for|newsletter*|follow us|order online|menu|" +
          "gesprek met ons|chat met ons|schrijf ons|stuur ons|app ons|contact met ons|contact op|abonneer*|meld u aan|meld je aan|aanmelden|nieuwsbrief*|volg ons|bestellen|menukaart|" +
          "gespräch mit uns|chat mit uns|schreiben sie uns|schreib uns|kontaktieren|abonnieren|anmelden|anmeldung|folgen sie|bestellen|speisekarte",
      ],
    ],
    clause: "access by other means than the business products",
    sources: [terms],
  },
  {
    ...evidence,
    id: "claims.forwarding-bridge",
    title: {
      en: "A phone forwarded to a desk",
      nl: "Een telefoon doorgestuurd naar een desk",
      de: "Ein Handy, umgeleitet zum Desk",
    },
    explanation: {
      en: "Messages of a phone are forwarded into another system, which is the pattern for which firms were told to stop in 2017.",
      nl: "Berichten van een telefoon worden naar een ander systeem doorgestuurd, het patroon waarvoor bedrijven in 2017 moesten stoppen.",
      de: "Nachrichten eines Handys werden in ein anderes System umgeleitet, das Muster, wegen dessen Firmen 2017 aufhören mussten.",
    },
    sayInstead: {
      en: "An inbox on the Cloud API.",
      nl: "Een inbox op de Cloud API.",
      de: "Ein Posteingang auf der Cloud API.",
    },
    patterns: {
      en: [
        [
          "forward*|mirror*|relay*|redirect*|sync*",
          "phone*|handset*|mobile|device|personal whatsapp",
          "whatsapp*",
          "desk|our platform|our system|our inbox|our dashboard|our tool|crm|helpdesk|shared inbox|team inbox",
        ],
      ],
      nl: [
        [
          "sturen ~ door|stuurt ~ door|stuur ~ door|doorstur*|doorgestuurd|doorschakel*|*spiegel*|omleid*|leiden ~ om",
          "whatsapp*|telefoon*|toestel",
          "naar ~ platform|naar ~ systeem|naar ~ inbox|naar ~ desk|naar ~ helpdesk|naar ~ dashboard|naar ~ crm|in ons systeem|in ons platform",
        ],
      ],
      de: [
        [
          "leiten ~~ um|leitet ~~ um|umleit*|umgeleitet|leiten ~~ weiter|weiterleit*|weitergeleitet|*spiegel*",
          "whatsapp*",
          "handy*|telefon*|smartphone*|gerät*",
          "auf ~ system|auf ~ plattform|an ~ system|an ~ plattform|in ~ system|in ~ plattform|in ~ desk|auf ~ desk|in ~ postfach|in ~ crm|in ~ posteingang",
        ],
      ],
    },
    clause: "copying messages out of the app",
    sources: [terms],
  },
  {
    ...evidence,
    id: "claims.consumer-number-service",
    title: {
      en: "Customer service on a private number",
      nl: "Klantenservice op een privénummer",
      de: "Kundenservice über eine private Nummer",
    },
    explanation: {
      en: "The text offers business service on a personal WhatsApp account, which may be used for private purposes only.",
      nl: "De tekst biedt zakelijke service op een persoonlijk WhatsApp-account, dat alleen privé mag worden gebruikt.",
      de: "Der Text bietet Kundenservice über ein privates WhatsApp-Konto, das nur privat genutzt werden darf.",
    },
    sayInstead: {
      en: "Service over the WhatsApp Business App or the Business Platform.",
      nl: "Service via de WhatsApp Business App of het Business Platform.",
      de: "Service über die WhatsApp Business App oder die Business Platform.",
    },
    patterns: {
      en: [
        [
          "support|customer service|customer care|service desk|helpdesk|customers|sales",
          "personal whatsapp|private whatsapp|own private number|personal number|private number|personal account|ordinary whatsapp account",
        ],
      ],
      nl: [
        [
          "klantenservice|klantcontact|klanten|service|support|helpdesk|verkoop",
          "privé whatsapp*|privéwhatsapp|persoonlijke whatsapp|persoonlijk whatsapp*|privénummer|privé nummer|privé account|persoonlijk nummer|gewone whatsapp",
        ],
      ],
      de: [
        [
          "kundenservice|kundendienst|kundenbetreuung|kunden|support|service|helpdesk|vertrieb",
          "privates whatsapp*|private whatsapp*|privaten whatsapp*|privatem whatsapp*|persönliches whatsapp*|private nummer|privaten nummer|privates konto|privathandy|normales whatsapp",
        ],
      ],
    },
    clause: "personal use",
    sources: ["WhatsApp Terms of Service, Legal and Acceptable Use"],
  },
  {
    ...evidence,
    id: "claims.newsletter-on-app",
    title: {
      en: "A newsletter outside the Platform",
      nl: "Een nieuwsbrief buiten het Platform om",
      de: "Ein Newsletter an der Plattform vorbei",
    },
    explanation: {
      en: "The text offers newsletters by the app's broadcast lists or without approved templates, which WhatsApp stopped in 2019.",
      nl: "De tekst biedt nieuwsbrieven via verzendlijsten van de app of zonder goedgekeurde sjablonen, en dat heeft WhatsApp in 2019 gestopt.",
      de: "Der Text bietet Newsletter über Broadcast-Listen der App oder ohne genehmigte Vorlagen, und das hat WhatsApp 2019 beendet.",
    },
    sayInstead: {
      en: "A newsletter in approved marketing templates, or posts on a Channel.",
      nl: "Een nieuwsbrief in goedgekeurde reclamesjablonen, of berichten op een kanaal.",
      de: "Ein Newsletter in genehmigten Werbevorlagen, oder Beiträge in einem Kanal.",
    },
    patterns: {
      en: [
        [
          "newsletter*",
          "whatsapp*",
          "broadcast list*|no template*|without template*|without ~ approval|no approval*|without ~ api|business app|personal account|ordinary account",
        ],
      ],
      nl: [
        [
          "*nieuwsbrief*|*nieuwsbrieven*",
          "whatsapp*",
          "broadcastlijst*|broadcast lijst*|verzendlijst*|zonder sjablo*|zonder template*|zonder goedkeuring|geen goedkeuring|zonder ~ api|business app|privé*",
        ],
      ],
      de: [
        [
          "*newsletter*",
          "whatsapp*",
          "broadcastliste*|broadcast liste*|ohne vorlage*|ohne template*|ohne ~ freigabe|keine freigabe|ohne ~ genehmigung|ohne ~ api|business app|privat*",
        ],
      ],
    },
    clause: "bulk messaging outside the business products",
    sources: [unauthorised],
  },
  {
    ...evidence,
    id: "claims.no-template-approval",
    title: {
      en: "Sending without review of templates",
      nl: "Versturen zonder keuring van sjablonen",
      de: "Senden ohne Prüfung der Vorlagen",
    },
    explanation: {
      en: "The text promises sending without WhatsApp's review of templates, which only Direct Send allows, and only for utility messages.",
      nl: "De tekst belooft versturen zonder dat WhatsApp sjablonen keurt, en dat kan alleen met Direct Send en alleen voor utility-berichten.",
      de: "Der Text verspricht Senden ohne die Prüfung von Vorlagen durch WhatsApp, und das erlaubt nur Direct Send und nur für Utility-Nachrichten.",
    },
    sayInstead: {
      en: "Name Direct Send and its limits, or say how long the review takes.",
      nl: "Noem Direct Send en de grenzen ervan, of zeg hoe lang de keuring duurt.",
      de: "Nennen Sie Direct Send und seine Grenzen, oder sagen Sie, wie lange die Prüfung dauert.",
    },
    patterns: {
      en: [
        [
          "no ~ approval*|without ~ approval*|skip* ~ approval*|bypass* ~ approval*|no ~ review|without ~ review|approval ~ not needed|approval ~ not required|no approved|need no approval|needs no approval|not need ~ approval|don't need ~ approval|doesn't need ~ approval|no need for ~ approval",
          "template*",
        ],
      ],
      nl: [
        [
          "zonder ~ goedkeuring|geen ~ goedkeuring|goedkeuring ~ niet nodig|goedkeuring ~ overbodig|zonder dat ~~ goedkeuren|zonder ~~ goed te keuren|hoeft niet ~ goedgekeurd|hoeven niet ~ goedgekeurd|zonder ~ keuring|zonder ~ beoordeling",
          "*template*|sjablo*|berichtsjablo*",
        ],
      ],
      de: [
        [
          "ohne ~ freigabe|keine ~ freigabe|kein warten auf ~ freigabe*|freigabe ~ nicht nötig|ohne ~ genehmigung|keine ~ genehmigung|ohne ~ prüfung|freigabe ~ entfällt",
          "*template*|vorlage*|nachrichtenvorlage*",
        ],
      ],
    },
    unless: [["direct send", "utility|service*|update*"]],
    clause: "review of templates",
    sources: ["WhatsApp Business Platform, template review", "WhatsApp Business Platform, Direct Send"],
  },
  {
    ...evidence,
    id: "claims.utility-for-promo",
    since: "2023-06-01",
    title: {
      en: "Promotion in a cheaper category",
      nl: "Reclame in een goedkopere categorie",
      de: "Werbung in einer billigeren Kategorie",
    },
    explanation: {
      en: "The text recommends sending promotion as utility messages, which evades the category that WhatsApp asks for.",
      nl: "De tekst raadt aan reclame als utility-bericht te versturen, en dat ontwijkt de categorie die WhatsApp vraagt.",
      de: "Der Text rät, Werbung als Utility-Nachricht zu senden, und das umgeht die Kategorie, die WhatsApp verlangt.",
    },
    sayInstead: {
      en: "Promotion goes out as marketing, at the marketing price.",
      nl: "Reclame gaat uit als marketing, tegen het marketingtarief.",
      de: "Werbung geht als Marketing hinaus, zum Marketingpreis.",
    },
    patterns: {
      en: [
        [
          "promo*|offer*|marketing|advert*|discount*|deal|deals|coupon*|sales messages",
          "as utility|as ~ utility message*|as ~ utility template*|as service message*|at ~ utility price*|at ~ utility rate*|for ~ utility price|at ~ service price|disguised as",
        ],
      ],
      nl: [
        [
          "aanbieding*|reclame|promo*|actie|acties|korting*|marketing|kortingscode*",
          "als servicebericht*|als utility*|als ~ utility bericht*|tegen ~ utility tarief|tegen ~ utility prijs|voor ~ utility tarief|vermomd als|als service bericht*",
        ],
      ],
      de: [
        [
          "werb*|werbung|angebot*|promo*|aktion|aktionen|rabatt*|marketing|gutschein*",
          "als utility*|als service nachricht*|als servicenachricht*|zum utility preis|zum utility tarif|getarnt als",
        ],
      ],
    },
    clause: "category of templates",
    sources: ["WhatsApp Business Platform, template categorization"],
  },
  {
    ...evidence,
    id: "claims.number-rotation",
    title: { en: "Numbers in rotation", nl: "Nummers die rouleren", de: "Nummern im Wechsel" },
    explanation: {
      en: "The text offers rotating or warming up numbers, which serves to get round limits and bans.",
      nl: "De tekst biedt het afwisselen of opwarmen van nummers aan, en dat dient om limieten en blokkades te ontwijken.",
      de: "Der Text bietet das Wechseln oder Aufwärmen von Nummern an, und das dient dazu, Grenzen und Sperren zu umgehen.",
    },
    sayInstead: {
      en: "One verified number, with a limit that grows by quality.",
      nl: "Eén geverifieerd nummer, met een limiet die door kwaliteit groeit.",
      de: "Eine verifizierte Nummer, mit einer Grenze, die durch Qualität wächst.",
    },
    patterns: {
      en: [
        [
          "rotat*|number rotation|warm up|warmup|warm ups|warming up|automatically switch*|switch* ~ automatically|cycle through",
          "number|numbers|sim|sims|sim cards|phone numbers",
        ],
      ],
      nl: [
        [
          "wissel* ~ automatisch|automatisch ~ wissel*|roteer*|roteren|rotatie|rouler*|opwarm*|warm up|warmup",
          "nummer*|telefoonnummer*|simkaart*|sim kaart*",
        ],
      ],
      de: [
        [
          "automatisch* ~ nummernwechsel|automatisch* ~ wechsel*|wechsel* ~ automatisch|rotier*|rotation|nummernrotation|aufwärm*|warm up|warmup",
          "nummer*|nummernwechsel|telefonnummer*|sim|simkarte*|absendernummer*",
        ],
      ],
    },
    clause: "accounts made or used by automated means",
    sources: [terms],
  },
  {
    ...evidence,
    id: "claims.group-auto-add",
    title: { en: "People put into groups", nl: "Mensen in groepen zetten", de: "Menschen in Gruppen setzen" },
    explanation: {
      en: "The text offers putting people into groups by software, though people join by an invite link.",
      nl: "De tekst biedt aan mensen met software in groepen te zetten, terwijl mensen via een uitnodigingslink meedoen.",
      de: "Der Text bietet an, Menschen per Software in Gruppen zu setzen, obwohl man über einen Einladungslink beitritt.",
    },
    sayInstead: {
      en: "An invite link for people who signed up.",
      nl: "Een uitnodigingslink voor wie zich aanmeldde.",
      de: "Ein Einladungslink für Angemeldete.",
    },
    patterns: {
      en: [
        [
          "auto add*|autoadd*|automatically add*|bulk add*|mass add*|auto invite*",
          "member*|group*|participants|people",
        ],
      ],
      nl: [["automatisch*|massaal|in bulk", "toevoeg*|toegevoegd|voeg* ~ toe", "groep*|leden|groepsleden"]],
      de: [["automatisch*|massenhaft", "hinzufüg*|hinzugefügt|füg* ~ hinzu", "gruppe*|mitglied*|gruppenmitglied*"]],
    },
    unless: [["team*|workspace*|organisation*|organisatie*|crm|label*|segment*|abteilung*|afdeling*|mailing*"]],
    clause: "adding people to groups",
    sources: [unauthorised],
  },
  {
    ...evidence,
    id: "claims.modified-client",
    title: { en: "A modified app", nl: "Een aangepaste app", de: "Eine veränderte App" },
    explanation: {
      en: "The text names a modified version of WhatsApp's app, which is no way for a business to send or read.",
      nl: "De tekst noemt een aangepaste versie van de app van WhatsApp, en zo mag een bedrijf niet versturen of lezen.",
      de: "Der Text nennt eine veränderte Version der App von WhatsApp, und so darf ein Unternehmen weder senden noch lesen.",
    },
    sayInstead: {
      en: "Remove it; name the Business App or the Business Platform.",
      nl: "Haal het weg; noem de Business App of het Business Platform.",
      de: "Entfernen Sie es; nennen Sie die Business App oder die Business Platform.",
    },
    patterns: {
      en: [
        [
          "gbwhatsapp|gb whatsapp|whatsapp gb|fmwhatsapp|fm whatsapp|yowhatsapp|yo whatsapp|whatsapp plus|whatsapp aero|ogwhatsapp|whatsapp mod|whatsapp mods|modded whatsapp|modified whatsapp|mod",
        ],
      ],
      nl: [["gemodde whatsapp|aangepaste whatsapp app|gemodificeerde whatsapp"]],
      de: [["gemoddet* whatsapp|modifiziert* whatsapp|veränderte whatsapp app"]],
    },
    clause: "modified apps",
    sources: [terms, "WhatsApp Messaging Guidelines"],
  },
];
