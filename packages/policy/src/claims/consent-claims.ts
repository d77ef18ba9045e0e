import type { ClaimRule } from "./claim.ts";

const reviewed = "2026-11-22";
const policy = "WhatsApp Business Messaging Policy, opt-in";
const terms = "WhatsApp Terms of Service, Harm to WhatsApp or Our Users";
const evidence = {
  severity: "block",
  since: "2019-12-07",
  reviewed,
  confidence: "high",
} as const;

/** Claims that show messages nobody agreed to, or agreement that is none. */
export const consentClaims: readonly ClaimRule[] = [
  {
    ...evidence,
    id: "claims.no-opt-in",
    title: { en: "No opt-in needed", nl: "Geen opt-in nodig", de: "Keine Einwilligung nötig" },
    explanation: {
      en: "The text says that people need not agree, though both WhatsApp and the law ask for their agreement first.",
      nl: "De tekst zegt dat mensen niet hoeven in te stemmen, terwijl WhatsApp en de wet vooraf toestemming vragen.",
      de: "Der Text sagt, dass niemand zustimmen muss, obwohl WhatsApp und das Gesetz vorher eine Einwilligung verlangen.",
    },
    sayInstead: {
      en: "Only to people who opted in.",
      nl: "Alleen aan mensen die zich hebben aangemeld.",
      de: "Nur an Menschen, die eingewilligt haben.",
    },
    patterns: {
      en: [
        [
          "no opt in|no opt ins|no ~ consent|no permission|without opt in|without ~ opt in|without ~ consent|without ~ permission|opt in is not|opt in isn't|opt in not|consent is not|consent isn't|consent not",
          "required|needed|necessary",
        ],
        [
          "no opt in|no opt ins|no consent|no permission|without opt in|without ~ opt in|without ~ consent|without ~ permission",
          "send|sends|sending|reach|reaches|message|messaging|contact|contacting|market to|write to|blast",
        ],
        [
          "not need ~ opt in|not need ~ consent|not need ~ permission|don't need ~ consent|don't need ~ opt in|don't need ~ permission|no need for ~ opt in|no need for ~ consent",
        ],
        [
          "never asked|never opted in|never signed up|never subscribed|never agreed|did not ask for it|didn't opt in|did not opt in|haven't opted in",
          "send|sends|sending|sent|reach|reaches|message|messaging|market to|write to|blast",
        ],
      ],
      nl: [
        [
          "geen opt in|zonder opt in|geen ~ toestemming|zonder ~ toestemming|geen aanmelding|opt in is niet|opt in niet|toestemming is niet|toestemming niet|toestemming hoeft",
          "nodig|vereist|verplicht|hoeft|overbodig",
        ],
        [
          "zonder opt in|zonder ~ toestemming|geen opt in|geen toestemming",
          "verstur*|versturen|verstuur|verstuurt|sturen|stuur|stuurt|bereik|bereikt|bereiken|benader|benaderen|benadert|mailen|appen",
        ],
        [
          "nooit om gevraagd|nooit om vroegen|nooit aangemeld|nooit aanmeldden|nooit ingestemd|niet om gevraagd hebben|niet aangemeld hebben",
          "verstur*|verstuur|verstuurt|sturen|stuur|stuurt|bereik|bereikt|bereiken|benader|benaderen|benadert|mailen|appen",
        ],
      ],
      de: [
        [
          "keine ~ einwilligung|kein opt in|keine ~ zustimmung|ohne ~ einwilligung|ohne opt in|ohne ~ zustimmung|einwilligung ist nicht|einwilligung nicht|opt in ist nicht|zustimmung ist nicht|zustimmung nicht",
          "nötig|notwendig|erforderlich|brauchen|braucht|benötigen|benötigt",
        ],
        [
          "ohne ~ einwilligung|ohne opt in|ohne ~ zustimmung|keine einwilligung|kein opt in",
          "senden|sendet|versenden|versendet|schicken|verschicken|schreiben|erreichen|erreicht|anschreiben|kontaktieren",
        ],
        [
          "nie danach gefragt|nie darum gebeten|nie angemeldet|nie eingewilligt|nie zugestimmt|nicht angemeldet haben",
          "senden|sendet|versenden|versendet|schicken|verschicken|schreiben|erreichen|erreicht|anschreiben|kontaktieren",
        ],
      ],
    },
    clause: "opt-in before the first message",
    sources: [policy, "Directive 2002/58/EC Art. 13(1)"],
  },
  {
    ...evidence,
    id: "claims.scraped-contacts",
    title: { en: "Harvested contacts", nl: "Verzamelde contacten", de: "Abgegriffene Kontakte" },
    explanation: {
      en: "The text offers taking numbers from groups, maps or profiles, which is harvesting and no consent.",
      nl: "De tekst biedt aan nummers uit groepen, kaarten of profielen te halen, en dat is verzamelen zonder toestemming.",
      de: "Der Text bietet an, Nummern aus Gruppen, Karten oder Profilen zu ziehen, und das ist Abgreifen ohne Einwilligung.",
    },
    sayInstead: {
      en: "Remove it; speak of people who sign up themselves.",
      nl: "Haal het weg; schrijf over mensen die zich zelf aanmelden.",
      de: "Entfernen Sie es; schreiben Sie von Menschen, die sich selbst anmelden.",
    },
    patterns: {
      en: [
        [
          "extract*|scrap*|harvest*|grab*|pull|pulls|collect*|export*|crawl*",
          "number*|contact*|members|leads|phone*",
          "from ~ group|from ~ groups|group members|google maps|from ~ profiles|from instagram|from facebook|from linkedin",
        ],
      ],
      nl: [
        [
          "halen|haal|haalt|extra*|scrap*|verzamel*|exporteer*|exporteren|kopieer*|oogst*|trek*",
          "nummers|telefoonnummers|contacten|leden|leads|adressen",
          "uit ~ groepen|uit ~ groep|groepsleden|google maps|van instagram|van facebook|van linkedin|uit ~ profielen",
        ],
      ],
      de: [
        [
          "extrahier*|ausles*|auslesen|scrap*|sammel*|exportier*|abgreif*|zieh*|gewinn*",
          "nummern|telefonnummern|handynummern|kontakte|mitglieder|leads|adressen",
          "aus ~ gruppen|aus ~ gruppe|gruppenmitglieder|google maps|aus instagram|aus facebook|aus linkedin|aus ~ profilen",
        ],
      ],
    },
    clause: "collecting information of users",
    sources: [terms, "WhatsApp Messaging Guidelines"],
  },
  {
    ...evidence,
    id: "claims.hide-sender",
    title: { en: "Hidden sender", nl: "Verborgen afzender", de: "Verborgener Absender" },
    explanation: {
      en: "The text offers sending without showing who sends, which neither WhatsApp nor the law on advertising allows.",
      nl: "De tekst biedt versturen aan zonder te tonen wie verstuurt, en dat staan WhatsApp noch de wet op reclame toe.",
      de: "Der Text bietet Senden an, ohne zu zeigen, wer sendet, und das erlauben weder WhatsApp noch das Werberecht.",
    },
    sayInstead: {
      en: "Remove it; the business is named in every message.",
      nl: "Haal het weg; het bedrijf staat in elk bericht.",
      de: "Entfernen Sie es; das Unternehmen steht in jeder Nachricht.",
    },
    patterns: {
      en: [
        [
          "anonymously|anonymous whatsapp*|anonymous message*|hide your number|hide the sender|hide ~ sender|hidden sender|without showing your number",
          "send*|message*|whatsapp*|blast*|text|texts",
        ],
      ],
      nl: [
        [
          "anoniem|anonieme whatsapp*|anonieme berichten|afzender verbergen|verborgen afzender|nummer verbergen|zonder uw nummer te tonen",
          "verstur*|versturen|verstuur|verzend*|stur*|sturen|stuur|whatsapp*|bericht*",
        ],
      ],
      de: [
        [
          "anonym|anonyme whatsapp*|anonyme nachrichten|absender verbergen|verborgener absender|nummer verbergen|ohne ihre nummer zu zeigen",
          "versend*|send*|schick*|verschick*|schreib*|whatsapp*|nachricht*",
        ],
      ],
    },
    unless: [
      [
        "statistic*|count*|survey*|feedback|analytic*|measure*|statistiek*|geteld|enquête*|meting*|meten|statistik*|gezählt|umfrage*|auswert*|gemessen",
      ],
    ],
    clause: "identifiable sender",
    sources: ["WhatsApp Business Messaging Policy, identity", "Directive 2002/58/EC Art. 13(4)"],
  },
  {
    ...evidence,
    id: "claims.stop-ignored",
    title: { en: "Reaching people after STOP", nl: "Bereikbaar na STOP", de: "Erreichbar nach STOP" },
    explanation: {
      en: "The text offers reaching people who opted out, which shows that opt-outs are not honoured.",
      nl: "De tekst biedt aan mensen te bereiken die zich afmeldden, en dat toont dat afmeldingen niet worden gevolgd.",
      de: "Der Text bietet an, Abgemeldete zu erreichen, und das zeigt, dass Abmeldungen nicht beachtet werden.",
    },
    sayInstead: {
      en: "Remove it; whoever opts out gets nothing more.",
      nl: "Haal het weg; wie zich afmeldt krijgt niets meer.",
      de: "Entfernen Sie es; wer sich abmeldet, erhält nichts mehr.",
    },
    patterns: {
      en: [
        [
          "opted out|opt outs|unsubscribed|unsubscribers|after stop|after ~ opt out|despite ~ opt out|despite stop|said stop",
          "re target*|retarget*|reach*|win back|winback|re engage*|reengage*|keep messaging|still message|still send|message ~ again|contact ~ again|contact people|contact customers|contact them|even after|anyway|bring back",
        ],
      ],
      nl: [
        [
          "na stop|na ~ afmelding|na ~ stop|ondanks ~ afmelding|ondanks stop|afgemelde*|afgemeld|uitgeschreven|afmelders",
          "bereik*|bereikbaar|toch|alsnog|opnieuw benader*|terugwin*|weer benader*|blijven sturen|heractiveer*",
        ],
      ],
      de: [
        [
          "nach stop|nach ~ abmeldung|trotz ~ abmeldung|trotz stop|trotz ~ widerspruch*|abgemeldete*|abgemeldet",
          "erreich*|dennoch|trotzdem|anschreib*|kontaktier*|zurückgewinn*|reaktivier*|weiter senden",
        ],
      ],
    },
    clause: "requests to stop",
    sources: ["WhatsApp Business Messaging Policy, opt-out", "GDPR Art. 21(3)"],
  },
  {
    ...evidence,
    id: "claims.telegram-mass-dm",
    since: "2015-01-01",
    confidence: "low",
    title: { en: "Mass messages on Telegram", nl: "Massaberichten op Telegram", de: "Massennachrichten auf Telegram" },
    explanation: {
      en: "The text offers direct messages to strangers on Telegram, which its terms call spam.",
      nl: "De tekst biedt directe berichten aan onbekenden op Telegram, en dat heet in de voorwaarden daar spam.",
      de: "Der Text bietet Direktnachrichten an Fremde auf Telegram, und das nennen dessen Bedingungen Spam.",
    },
    sayInstead: {
      en: "A bot or a channel with subscribers.",
      nl: "Een bot of een kanaal met abonnees.",
      de: "Ein Bot oder ein Kanal mit Abonnenten.",
    },
    patterns: {
      en: [["mass|bulk|thousands", "telegram", "dm|dms|dm's|direct message*|private message*|message members|members"]],
      nl: [["massaal|massa*|bulk|duizenden", "telegram", "dm|dms|dm's|directe berichten|privéberichten|leden"]],
      de: [
        ["massen*|massenhaft|bulk|tausende", "telegram", "dm|dms|dm's|direktnachricht*|privatnachricht*|mitglieder"],
      ],
    },
    clause: "no spam",
    sources: ["Telegram Terms of Service"],
  },
  {
    ...evidence,
    id: "claims.bought-lists",
    since: "2018-05-25",
    title: { en: "Bought lists", nl: "Gekochte lijsten", de: "Gekaufte Listen" },
    explanation: {
      en: "The text offers or recommends bought addresses, whose owners never agreed to hear from the buyer.",
      nl: "De tekst biedt of raadt gekochte adressen aan, en de eigenaars daarvan stemden nooit in met berichten van de koper.",
      de: "Der Text bietet oder empfiehlt gekaufte Adressen, deren Inhaber dem Käufer nie zugestimmt haben.",
    },
    sayInstead: {
      en: "Your own sign-ups.",
      nl: "Eigen aanmeldingen.",
      de: "Eigene Anmeldungen.",
    },
    patterns: {
      en: [
        [
          "buy ~ email list*|buy ~ e mail list*|buy ~ mailing list*|buy ~ contact list*|buy ~ phone list*|buy ~ email addresses|buy ~ e mail addresses|buying ~ email list*|buying ~ e mail list*|buying ~ lists|" +
            "bought ~ list|bought ~ lists|purchased ~ list|purchased ~ lists|purchase ~ email list*|purchase ~ e mail list*|purchase ~ mailing list*|email list* for sale|e mail list* for sale|lead list* for sale|" +
            "sell ~ email list*|sell ~ e mail list*",
        ],
      ],
      nl: [
        [
          "*maillijst* ~ kopen|*maillijst* ~ koop|mailinglijst* ~ kopen|adressenlijst* ~ kopen|adressenbestand* ~ kopen|mailadressen ~ kopen|mailadressen ~ koop|telefoonnummers ~ kopen|" +
            "koop ~ *maillijst*|koop ~ mailinglijst*|koop ~ mailadressen|koop ~ adressenbestand*|kopen ~ *maillijst*|gekochte lijst*|gekochte *maillijst*|gekochte adressen|ingekochte lijst*|ingekochte adressen",
        ],
      ],
      de: [
        [
          "mail adressen ~ kaufen|mailadressen ~ kaufen|emailadressen ~ kaufen|mail liste* ~ kaufen|mailliste* ~ kaufen|adressliste* ~ kaufen|adressen ~ kaufen|telefonnummern ~ kaufen|" +
            "kaufen ~ mail adressen|kaufen ~ adressliste*|kaufen ~ mail liste*|gekauft* ~ adressen|gekauft* ~ liste*|gekauft* ~ adressliste*|adresskauf",
        ],
      ],
    },
    clause: "consent to advertising",
    sources: ["GDPR Art. 7(1)", "Directive 2002/58/EC Art. 13(1)"],
  },
  {
    ...evidence,
    id: "claims.prechecked-consent",
    severity: "warn",
    since: "2018-05-25",
    title: { en: "A box ticked beforehand", nl: "Een vakje dat al aanstaat", de: "Ein vorab gesetztes Häkchen" },
    explanation: {
      en: "The text shows a box that is ticked beforehand, and what such a box records is no consent.",
      nl: "De tekst toont een vakje dat al aangevinkt is, en wat zo'n vakje vastlegt is geen toestemming.",
      de: "Der Text zeigt ein vorab gesetztes Häkchen, und was so gespeichert wird, ist keine Einwilligung.",
    },
    sayInstead: {
      en: "An empty box that people tick themselves.",
      nl: "Een leeg vakje dat mensen zelf aanvinken.",
      de: "Ein leeres Kästchen, das man selbst ankreuzt.",
    },
    patterns: {
      en: [
        [
          "box|boxes|checkbox|checkboxes|tick box|tickbox",
          "pre ticked|preticked|pre checked|prechecked|pre selected|preselected|already ticked|already checked|ticked by default|checked by default|ticked in advance",
        ],
      ],
      nl: [
        [
          "vakje*|vinkje*|hokje*|checkbox*|selectievakje*",
          "staat ~ al aan|al aangevinkt|al aan|vooraf aangevinkt|standaard aangevinkt|standaard aan|voorgevinkt|vooraf ingevuld",
        ],
      ],
      de: [
        [
          "häkchen|haken|kästchen|checkbox*|kontrollkästchen",
          "vorausgewählt|vorangekreuzt|vorausgefüllt|vorab angekreuzt|vorab gesetzt|bereits gesetzt|schon gesetzt|voreingestellt|vorbelegt|standardmäßig gesetzt",
        ],
      ],
    },
    clause: "consent by a clear act",
    sources: ["GDPR Art. 4(11)", "CJEU 1 October 2019, C-673/17"],
  },
  {
    ...evidence,
    id: "claims.channel-as-list",
    severity: "warn",
    since: "2023-06-08",
    title: { en: "Followers of a Channel as a list", nl: "Kanaalvolgers als lijst", de: "Kanal-Follower als Liste" },
    explanation: {
      en: "The text offers exporting the followers of a Channel, whose numbers WhatsApp keeps hidden and who gave no consent.",
      nl: "De tekst biedt aan volgers van een kanaal te exporteren, terwijl WhatsApp hun nummers verbergt en zij geen toestemming gaven.",
      de: "Der Text bietet an, Follower eines Kanals zu exportieren, deren Nummern WhatsApp verbirgt und die nicht eingewilligt haben.",
    },
    sayInstead: {
      en: "A link on the Channel by which people sign up.",
      nl: "Een link op het kanaal waarmee mensen zich aanmelden.",
      de: "Ein Link im Kanal, über den man sich anmeldet.",
    },
    patterns: {
      en: [
        [
          "export*|import*|download*|extract*",
          "channel follower*|channel subscriber*|followers of ~ channel|followers from ~ channel|subscribers of ~ channel|subscribers from ~ channel",
        ],
      ],
      nl: [
        [
          "export*|importeer*|importeren|download*",
          "kanaalvolger*|kanaal volgers|kanaalabonnee*|volgers van ~ kanaal|abonnees van ~ kanaal",
        ],
      ],
      de: [
        [
          "exportier*|export|importier*|herunterlad*",
          "kanal abonnent*|kanalabonnent*|kanal follower*|kanalfollower*|follower ~ kanals|abonnenten ~ kanals",
        ],
      ],
    },
    clause: "privacy of followers",
    sources: ["WhatsApp Help Center, about Channels"],
  },
];
