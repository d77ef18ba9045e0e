import {
  ask,
  assign,
  card,
  chose,
  claim,
  close,
  edit,
  label,
  note,
  offer,
  photo,
  picked,
  place,
  react,
  remove,
  signedUpOnline,
  snooze,
  type Told,
  tapped,
  template,
  they,
  wake,
  we,
} from "./story.ts";

const eva = "Eva Jansen";
const daan = "Daan Visser";
const fatima = "Fatima Yilmaz";
const bram = "Bram de Wit";
const sanne = "Sanne Bakker";
const ana = "Ana Kovač";

const wording = "korenaar-nieuwsbrief-2026-09";
const form = "https://korenaar.example/nieuwsbrief";

/** Four weeks at Bakkerij De Korenaar. */
export const bakeryPast: Told = {
  people: [
    // ---- waiting for us ----
    {
      name: "Marieke Hoekstra",
      phone: "+31612345001",
      language: "nl",
      consents: signedUpOnline("24d 20:41", "24d 20:47", wording, `${form}, inzending 1187`),
      conversations: [
        [
          they("17d 09:12", "Goedemorgen! Hebben jullie nog speculaasstaven voor {+1d}?"),
          we("+7m", sanne, "Goedemorgen Marieke, zeker. Hoeveel mag ik er apart leggen?"),
          they("+3m", "Twee graag, met amandelspijs"),
          we("+2m", sanne, "Staan genoteerd. Vanaf 8.00 uur liggen ze klaar.", { ref: "klaar" }),
          react("+4m", "klaar", "🙏"),
          label("+1m", sanne, "Bestelling"),
          close("+3h", sanne),
        ],
        [
          they("16m", "Hoi, mijn dochter wordt {+3d} zeven. Kunnen jullie nog een taart maken voor 14 personen?"),
          they("14m", photo("Zoiets, maar dan met een eenhoorn in plaats van kaarsjes?"), { picture: "cake" }),
          they("12m", "Ze is dol op framboos 😊"),
        ],
      ],
    },
    {
      name: "Emre Yıldız",
      phone: "+31612345002",
      language: "nl",
      conversations: [
        [they("6m", "Goedendag, zit er ei of melk in het desembrood? Mijn zoon is allergisch voor allebei.")],
      ],
    },
    {
      name: "Priya Shah",
      phone: "+447700900101",
      language: "en",
      consents: [
        {
          purpose: "transactional",
          action: "granted",
          method: "in-person",
          at: "9d 11:30",
          evidence: "Order form 2214, signed at the counter",
        },
      ],
      conversations: [
        [
          they(
            "9d 12:02",
            "Hello! I ordered the walnut loaves at the counter this morning. Could I still make it four instead of three?",
          ),
          we("+11m", bram, "Hi Priya, no problem at all. Four walnut loaves, ready {+1d} from 9."),
          they("+2m", "Wonderful, thank you!"),
          we("8d 09:03", bram, template("order_update", "en", "Priya", "K-2214")),
          close("+6h", bram),
        ],
        [
          they(
            "58m",
            "Hi again 👋 We have twelve colleagues visiting from London {+2d}. Do you deliver breakfast to the Wijnhaven?",
          ),
          they("57m", "Two of them are vegan, one is coeliac. I know that is a lot to ask!"),
          label("49m", fatima, "Bestelling"),
          label("+1m", fatima, "Allergie"),
          assign("+1m", fatima, bram),
          note(
            "+1m",
            fatima,
            "Glutenvrij kunnen we niet garanderen in onze bakkerij. Graag eerlijk zeggen en naar Glutenvrij & Zo op de Meent verwijzen.",
          ),
        ],
      ],
    },
    {
      name: "Joost van Leeuwen",
      phone: "+31612345003",
      language: "nl",
      conversations: [
        [
          they(
            "3h25m",
            "Ik heb vanochtend een rozijnenbrood gekocht en er zat een stukje plastic in. Daar schrok ik wel van.",
          ),
          they("3h24m", photo("Dit zat erin"), { picture: "bread", ref: "foto" }),
          claim("3h10m", sanne),
          label("+1m", sanne, "Klacht"),
          we(
            "+4m",
            sanne,
            "Wat vervelend, meneer Van Leeuwen, en goed dat u het meldt. Dit hoort niet. Wilt u het brood en het plastic bewaren? Dan zoek ik nu uit waar het vandaan komt.",
          ),
          they("2h50m", "Doe ik. Het is een stukje blauw folie, zo groot als een nagel."),
          note(
            "2h41m",
            sanne,
            "Blauwe folie = de nieuwe rozijnendozen. Charge 4471 apart gezet, Daan belt de leverancier.",
          ),
          they("2h20m", "Krijg ik nog bericht?", { repliesTo: "foto" }),
        ],
      ],
    },
    {
      name: "Hannah Vogel",
      phone: "+4915155500101",
      language: "de",
      conversations: [
        [
          they("22h52m", "Guten Tag, wir machen ein paar Tage Urlaub in Rotterdam. Haben Sie am Sonntag geöffnet?"),
          we(
            "22h44m",
            daan,
            "Guten Tag Frau Vogel, sonntags sind wir von 9 bis 13 Uhr da. Ab 11 Uhr werden die Croissants knapp 😉",
          ),
          they(
            "22h30m",
            "Herrlich! Könnten Sie uns sechs Croissants und zwei Roggenbrote zurücklegen? Wir kommen gegen 12.",
          ),
        ],
      ],
    },
    {
      name: "Wim de Groot",
      phone: "+31612345004",
      language: "nl",
      conversations: [
        [
          they(
            "23h47m",
            "Beste bakker, voor de kerstmarkt van de wijk zoek ik 200 kerstkransjes. Is dat te doen en wat kost dat?",
          ),
          they("23h40m", "Ophalen kan ik zelf, met de bakfiets."),
        ],
      ],
    },
    {
      name: "ليلى حداد",
      phone: "+31612345005",
      language: "ar",
      conversations: [
        [
          they("5h40m", "مرحبًا، هل يمكنني طلب كعكة بدون جيلاتين لحفلة يوم السبت؟"),
          they("5h38m", "Sorry, mijn Nederlands is nog niet zo goed. Een taart zonder gelatine, kan dat?"),
          note(
            "4h55m",
            fatima,
            "Ik spreek wel wat Arabisch, ik bel haar straks. Zonder gelatine kan: agar-agar in de bavarois.",
          ),
        ],
      ],
    },
    {
      name: "Kit",
      phone: "+31600000007",
      language: "en",
      hidden: true,
      conversations: [
        [
          they("6d 15:20", "Hi, is your sourdough starter for sale? A friend swears by it."),
          we("+24m", ana, "Hi Kit! We give it away: bring a small jar and ask for Dirk. That is the starter's name."),
          they("+5m", "Ha! Dirk it is. Thank you."),
          close("+2h", ana),
        ],
        [
          they("1h35m", "Dirk is alive and well. He doubled overnight! How often should I feed him?"),
          they("1h34m", "🍞🍞🍞"),
        ],
      ],
    },

    // ---- waiting for them ----
    {
      name: "Sophie van den Berg",
      phone: "+31612345006",
      language: "nl",
      consents: signedUpOnline("20d 13:05", "20d 13:06", wording, `${form}, inzending 1203`),
      conversations: [
        [
          they("4h40m", "Hallo, kan ik bij jullie terecht voor een bruidstaart in mei?"),
          we("4h31m", eva, "Wat leuk, gefeliciteerd! Jazeker. We beginnen altijd met een proeverij in de winkel.", {
            ref: "proeverij",
          }),
          they("4h20m", "Graag! Met z'n tweeën, als het kan 's middags.", { repliesTo: "proeverij" }),
          label("+3m", eva, "Taart"),
          we(
            "+2m",
            eva,
            offer(
              "Welke middag past jullie volgende week? Alle drie om 14.00 uur, het duurt een uurtje.",
              "Kies een middag",
              ["{+4d}", "Eva ontvangt jullie"],
              ["{+5d}", "Eva ontvangt jullie"],
              ["{+6d}", "Fatima ontvangt jullie"],
            ),
            { ref: "middagen" },
          ),
          they("3h58m", picked(2, "Woensdag", "Eva ontvangt jullie"), { repliesTo: "middagen" }),
          we(
            "+6m",
            eva,
            "Dan zien we elkaar woensdag om 14.00 uur. Neem vooral plaatjes mee van wat jullie mooi vinden.",
          ),
        ],
      ],
    },
    {
      name: "Kantoor Hartman & Zn.",
      phone: "+31612345007",
      language: "nl",
      enteredByHand: true,
      consents: [
        {
          purpose: "transactional",
          action: "granted",
          method: "email",
          at: "26d 10:02",
          evidence: "Raamovereenkomst lunch 2026, artikel 4",
        },
      ],
      conversations: [
        [
          they(
            "12d 16:05",
            "Goedemiddag, voor {+2d} graag weer 24 belegde broodjes, 12.15 uur op de Blaak 31. Factuur zoals altijd.",
          ),
          we("+9m", bram, "Staat genoteerd: 24 broodjes, 12.15 uur, Blaak 31. Weer zes zonder vlees?"),
          they("+4m", "Ja, en graag één zonder noten."),
          label("+1m", bram, "Bestelling"),
          label("+1m", bram, "Allergie"),
          we("+2m", bram, "Komt goed. De notenvrije zit apart, met naam erop."),
          we("10d 11:40", bram, template("order_update", "nl", "Iris", "K-2209"), { status: "delivered" }),
          close("10d 14:00", bram),
        ],
        [
          they("1d 15:31", "Goedemiddag! Morgen 30 broodjes in plaats van 24, lukt dat nog?", { ref: "dertig" }),
          edit("+2m", "dertig", "Goedemiddag! {+2d} 30 broodjes in plaats van 24, lukt dat nog?"),
          they("+1m", "Dat bedoelde ik natuurlijk 😅"),
          we("+11m", bram, "Dat lukt. 30 broodjes {+2d}, zelfde tijd en adres.", {
            repliesTo: "dertig",
            status: "delivered",
          }),
        ],
      ],
    },
    {
      name: "Thijs Brouwer",
      phone: "+31612345008",
      language: "nl",
      conversations: [
        [
          they("2h12m", "Hoi, ik sta bij Wijnhaven 12 met de bestelling van gisteren maar de naam klopt niet?"),
          we("2h08m", fatima, "Hoi Thijs, wat staat er op de doos?"),
          they("2h06m", "Familie Bos. Ik ben Brouwer 😅"),
          we(
            "2h02m",
            fatima,
            "Dan hebben we jullie dozen verwisseld, onze fout. Kun je even delen waar je staat? Dan komt Bram met de goede.",
          ),
          they("2h00m", place(51.91778, 4.48894, "Wijnhaven 12", "Wijnhaven 12, 3011 WP Rotterdam")),
          we("1h57m", fatima, "Bram is er over een kwartier, met iets lekkers erbij. Sorry!"),
          they("1h31m", "Gevonden! En dank voor de stroopwafels", { ref: "dank" }),
          we("1h29m", fatima, "Graag gedaan. Fijne middag!", { repliesTo: "dank" }),
        ],
      ],
    },
    {
      name: "Anke Smeets",
      phone: "+31612345009",
      language: "nl",
      consents: [
        {
          purpose: "marketing",
          action: "granted",
          method: "paper",
          at: "22d 12:15",
          wordingVersion: "korenaar-spaarkaart-2026-03",
          evidence: "Spaarkaart 0771, vakje aangekruist",
        },
      ],
      conversations: [
        [
          they("7d 10:22", "Dag, heeft u ook brood zonder zout? Mijn man moet op dieet."),
          we("+35m", sanne, "Dag mevrouw Smeets, op bestelling bakken we het graag. Een dag van tevoren is genoeg."),
          they("+8m", "Heel fijn. Dan graag twee voor {+2d}."),
          we("+5m", sanne, "Genoteerd, twee zoutloze voor {+2d}."),
          label("+1m", sanne, "Bestelling"),
          we("5d 08:10", sanne, template("order_update", "nl", "Anke", "K-2231")),
          we("2d 09:30", sanne, "Dag mevrouw Smeets, hoe beviel het zoutloze brood?", {
            status: "failed",
            failure: "131047",
          }),
          note("+2m", sanne, "Ging niet meer weg: ze schreef te lang geleden. Vraag het haar in de winkel."),
        ],
      ],
    },
    {
      name: "Mevrouw Van Rossum",
      phone: "+31612345010",
      language: "nl",
      enteredByHand: true,
      unreachable: true,
      conversations: [
        [
          claim("3d 11:02", sanne),
          we("+1m", sanne, template("order_update", "nl", "mevrouw Van Rossum", "K-2240"), {
            status: "failed",
            failure: "131026",
          }),
          note(
            "+4m",
            sanne,
            "Nummer klopt niet of ze heeft geen WhatsApp. Gebeld op de vaste lijn: ze komt {+1d} om 10 uur.",
          ),
        ],
      ],
    },
    {
      name: "Oliver Grant",
      phone: "+447700900102",
      language: "en",
      consents: [
        {
          purpose: "marketing",
          action: "granted",
          method: "web-form",
          at: "11d 18:20",
          wordingVersion: wording,
          evidence: `${form}, entry 1224`,
        },
      ],
      conversations: [
        [
          they("8h15m", "Good morning, do you ship stollen to the UK?"),
          we(
            "7h50m",
            ana,
            "Good morning Oliver! We do not ship, I am afraid: it would arrive as crumbs. But a stollen keeps for six weeks, so if anyone you know is passing through Rotterdam…",
          ),
          they("7h41m", "My sister is there next week. Could she pick one up?"),
          we("7h38m", ana, "Of course. What is her name, and which day? I will put one aside.", {
            status: "delivered",
          }),
        ],
      ],
    },

    // ---- snoozed ----
    {
      name: "Tess de Boer",
      phone: "+31612345011",
      language: "nl",
      conversations: [
        [
          they("2d 14:02", "Hoi! Kan ik de houten broodplank die bij jullie in de etalage ligt ook kopen?"),
          we("+20m", daan, "Hoi Tess, die maakt een meubelmaker om de hoek. Ik vraag het hem en laat het je weten."),
          they("+3m", "Top, geen haast"),
          snooze("+1m", daan, 18),
        ],
      ],
    },
    {
      name: "Restaurant De Kade",
      phone: "+31612345012",
      language: "nl",
      enteredByHand: true,
      consents: [
        {
          purpose: "transactional",
          action: "granted",
          method: "phone",
          at: "15d 09:40",
          evidence: "Gesprek met chef Marco, terugbelnotitie 88",
        },
      ],
      conversations: [
        [
          they("4d 17:45", "Marco hier. Vanaf december willen we 40 desembollen per dag. Offerte?"),
          we("+50m", eva, "Dag Marco, mooi nieuws. Ik reken het deze week uit."),
          they("3d 10:12", card("Marco Visconti", "+31612345013", "Restaurant De Kade")),
          they("+1m", "Dit is mijn eigen nummer, daar graag de offerte heen."),
          label("+20m", eva, "Bestelling"),
          note("+2m", eva, "Wacht op de meelprijs van de molen, die komt overmorgen. 40 × 0,62 is de ondergrens."),
          snooze("+1m", eva, 44),
        ],
      ],
    },
    // Woke from a snooze, and waits again.
    {
      name: "Bouwbedrijf Klaver",
      phone: "+31612345014",
      language: "nl",
      conversations: [
        [
          they(
            "6d 09:15",
            "Kunnen wij volgende week elke ochtend 20 krentenbollen krijgen op de bouwplaats, Maashaven?",
          ),
          we("+18m", bram, "Dat kan. Hoe laat beginnen jullie?"),
          they("+40m", "7.00 uur. Poort 3, vraag naar Kees. Het juiste aantal hoor je nog van me."),
          label("+2m", bram, "Bestelling"),
          we("+1m", bram, "Prima, ik hou een plek in de oven vrij."),
          snooze("+1m", bram, -7),
          wake("7h"),
        ],
      ],
    },

    // ---- done ----
    {
      name: "Fleur Kuipers",
      phone: "+31612345015",
      language: "nl",
      consents: [
        ...signedUpOnline("25d 19:12", "25d 19:20", wording, `${form}, inzending 1179`),
        { purpose: "marketing", action: "withdrawn", method: "inbound-message", at: "10d 18:40", said: "stop" },
      ],
      suppressions: [{ scope: "all", source: "keyword", at: "10d 18:40", said: "stop" }],
      conversations: [
        [
          we("10d 17:00", "Lotte Mulder", template("weekend_offer", "nl", "Fleur", "pepernotentaart")),
          they("10d 18:40", "STOP", { ref: "stop" }),
          close("9d 09:05", fatima),
        ],
      ],
    },
    {
      name: "Ruud Janssen",
      phone: "+31612345016",
      language: "nl",
      consents: signedUpOnline("23d 21:30", "23d 22:02", wording, `${form}, inzending 1191`),
      suppressions: [{ scope: "marketing", source: "platform-preference", at: "8d 20:11" }],
      conversations: [
        [
          we("9d 16:30", "Lotte Mulder", template("weekend_offer", "nl", "Ruud", "appelbollen")),
          they("9d 17:02", tapped("Reserveren")),
          we("+4m", sanne, "Leuk Ruud! Hoeveel appelbollen mag ik voor {+2d} bewaren?"),
          they("+1m", "4"),
          we("+1m", sanne, "Vier appelbollen, warm vanaf 10.00 uur."),
          label("+1m", sanne, "Bestelling"),
          close("7d 12:00", sanne),
        ],
      ],
    },
    {
      name: "Zeynep Demir",
      phone: "+31612345017",
      language: "tr",
      consents: [
        {
          purpose: "marketing",
          action: "granted",
          method: "in-person",
          at: "19d 15:50",
          wordingVersion: "korenaar-spaarkaart-2026-03",
          evidence: "Spaarkaart 0763, vakje aangekruist",
        },
        {
          purpose: "marketing",
          action: "withdrawn",
          method: "in-person",
          at: "5d 11:20",
          evidence: "Gevraagd aan de toonbank, bij Fatima",
        },
      ],
      suppressions: [{ scope: "marketing", source: "agent", at: "5d 11:20" }],
      conversations: [
        [
          they("19d 16:20", "Merhaba, simit var mı?"),
          we("+6m", fatima, "Merhaba Zeynep Hanım! {+1d} sabah taze simit olacak. Kaç tane ayırayım?"),
          they("+2m", "Altı tane lütfen 🌟"),
          we("+3m", fatima, "Altı tane ayırdım, afiyet olsun."),
          label("+1m", fatima, "Bestelling"),
          close("18d 13:10", fatima),
        ],
      ],
    },
    {
      name: "Lars Verhoeven",
      phone: "+31612345018",
      language: "nl",
      conversations: [
        [
          they(
            "14d 08:35",
            "De baguettes van gisteren waren echt niet goed. Taai en bleek. Voor 3,20 verwacht ik meer.",
          ),
          label("+12m", fatima, "Klacht"),
          we(
            "+1m",
            fatima,
            "Goedemorgen Lars, dank dat je het zegt, en dat spijt me. Gisteren viel onze grote oven een uur uit; de baguettes hadden we niet moeten verkopen.",
          ),
          we("+1m", fatima, "Mag ik je twee nieuwe geven? Geen bon nodig, zeg je naam maar."),
          they("+25m", "Nou, dat is netjes. Ik kom {+1d} langs."),
          they("12d 17:40", "Opgehaald, en weer zoals het hoort. Bedankt voor het oplossen.", { ref: "opgelost" }),
          react("+1m", "opgelost", "👍"),
          we("+14m", fatima, "Fijn om te horen! Tot de volgende keer."),
          note("+1m", fatima, "Netjes afgerond. Twee baguettes op de rekening van de oven 😉"),
          close("+1m", fatima),
        ],
      ],
    },
    {
      name: "Ingrid Dekker",
      phone: "+31612345019",
      language: "nl",
      consents: signedUpOnline("21d 09:14", "21d 09:30", wording, `${form}, inzending 1199`),
      conversations: [
        [
          they("21d 10:02", "Dag, wanneer zijn jullie open rond Sinterklaas?"),
          we(
            "+8m",
            daan,
            "Dag Ingrid, op 4 en 5 december van 7.00 tot 18.00 uur. Bestel letters liefst vóór de eerste.",
          ),
          they("+3m", "Fijn, dank je!"),
          close("+2h", daan),
        ],
        [
          they("5d 11:45", "Ik wil graag letters bestellen: 2× M, 1× J, 1× S. Alles puur", { ref: "letters" }),
          they("+1m", "En een S in wit", { ref: "wit" }),
          remove("+2m", "wit"),
          we("+9m", daan, ask("Vier letters, alles puur. Wanneer komt u ze halen?", "4 december", "5 december"), {
            ref: "wanneer",
          }),
          they("+6m", chose(1, "4 december"), { repliesTo: "wanneer" }),
          label("+2m", daan, "Bestelling"),
          we("+1m", daan, "Genoteerd voor 4 december. Betalen kan bij het ophalen.", { ref: "genoteerd" }),
          react("+3m", "genoteerd", "❤️"),
          close("+30m", daan),
        ],
      ],
    },
    {
      name: "Stichting Samen Eten",
      phone: "+31612345020",
      language: "nl",
      enteredByHand: true,
      conversations: [
        [
          they(
            "18d 13:20",
            "Beste mensen van De Korenaar,\n\nElke tweede donderdag koken wij met vrijwilligers voor zo'n tachtig buurtbewoners die het niet breed hebben. Wij doen dat nu drie jaar, in de kelder van de Paradijskerk, en het is gegroeid van een pan soep tot een driegangenmenu. Wat ons al die tijd ontbreekt is goed brood. Het brood dat wij krijgen is dat van de supermarkt, over de datum en meestal wit.\n\nOnze vraag is daarom of er bij u aan het eind van de dag brood overblijft dat wij zouden mogen ophalen. Wij hebben een bakfiets, een vriezer en een certificaat voor voedselveiligheid (bijgewerkt tot 2027). Wij halen op wanneer het u uitkomt, ook om zes uur 's ochtends als dat beter past.\n\nWij kunnen niets betalen, maar wij noemen u graag op ons bord bij de ingang, en u bent natuurlijk van harte welkom om mee te eten. Er is altijd plaats.\n\nMet hartelijke groet, ook namens de koks,\nAlida Romeijn",
            { ref: "brief" },
          ),
          assign("+40m", fatima, eva),
          we(
            "+35m",
            eva,
            "Beste Alida, wat een mooi initiatief. Ja, graag. Elke woensdag na 18.00 uur staan er twee kratten klaar, vanaf volgende week. En ik kom een keer mee-eten!",
            { repliesTo: "brief" },
          ),
          they("+20m", "Wat een geweldig bericht. Dank u wel!! 🙏🙏"),
          close("+1m", eva),
        ],
      ],
    },
    {
      name: "Jens Petersen",
      phone: "+4915155500102",
      language: "de",
      conversations: [
        [
          they("13d 17:30", "Hallo! Ist im Apfelstrudel Alkohol? Wir kommen mit Kindern."),
          we("+10m", daan, "Hallo Herr Petersen, nein, keiner. Die Rosinen liegen bei uns in Apfelsaft."),
          they("+4m", "Perfekt, vielen Dank!"),
          label("+1m", daan, "Allergie"),
          close("+5m", daan),
        ],
      ],
    },
    {
      name: "Femke Willems",
      phone: "+31612345021",
      language: "nl",
      conversations: [
        [
          they("3d 19:10", "Is er {+1d} nog plek in de workshop desem?"),
          we(
            "2d 08:45",
            ana,
            "Goedemorgen Femke, er was net één plek vrijgekomen. Ik heb je erop gezet: 19.00 uur, schort hebben wij.",
          ),
          they("+14m", "Yes! Tot dan"),
          close("+2m", ana),
          they("9h20m", "Wat was dat een leuke avond. Dankjewel!"),
          they("9h19m", "🥖❤️"),
          we("8h55m", ana, "Dank voor je komst! Stuur een foto van je eerste brood 😄"),
          close("8h54m", ana),
        ],
      ],
    },
    // ---- known, never written ----
    {
      name: "Pieter Schouten",
      phone: "+31612345022",
      language: "nl",
      consents: signedUpOnline("14d 22:01", "14d 22:03", wording, `${form}, inzending 1230`),
      conversations: [],
    },
    {
      name: "Chantal Meijer",
      phone: "+31612345023",
      language: "nl",
      consents: [
        {
          purpose: "marketing",
          action: "granted",
          method: "web-form",
          at: "4d 21:18",
          wordingVersion: wording,
          evidence: `${form}, inzending 1241`,
        },
      ],
      conversations: [],
    },
  ],
};
