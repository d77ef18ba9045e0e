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
  we,
} from "./story.ts";

const katharina = "Katharina Brandt";
const sebastian = "Sebastian Krüger";
const miriam = "Miriam Aydın";
const tobias = "Tobias Winkler";
const clara = "Clara Neumann";
const ana = "Ana Kovač";

const wording = "isarwelle-morgen-2026-08";
const form = "https://isarwelle.example/newsletter";

/** Four weeks in the newsroom of Radio Isarwelle. */
export const radioPast: Told = {
  people: [
    // ---- waiting for us ----
    {
      name: "Florian Maier",
      phone: "+4915155500001",
      language: "de",
      conversations: [
        [
          they(
            "11d 17:12",
            "Servus, auf der A8 Richtung Salzburg liegt kurz vor Holzkirchen eine Leiter auf der linken Spur!",
          ),
          we("+2m", tobias, "Servus Florian, danke! Geht in zwei Minuten über den Sender.", { ref: "danke" }),
          react("+1m", "danke", "👍"),
          label("+1m", tobias, "Verkehr"),
          close("+20m", tobias),
        ],
        [
          they("4m", "Servus, Stau auf dem Mittleren Ring, Höhe Candidtunnel Richtung Osten. Nichts geht mehr."),
          they("3m", photo("Bin Beifahrer, keine Sorge"), { picture: "road" }),
        ],
      ],
    },
    {
      name: "Renate Obermüller",
      phone: "+4915155500002",
      language: "de",
      consents: signedUpOnline("23d 07:50", "23d 07:58", wording, `${form}, Eintrag 3310`),
      conversations: [
        [
          they(
            "37m",
            "Liebe Redaktion, im Beitrag über die Landtagswahl 1954 hieß es, Hoegner sei damals in der CSU gewesen. Er war natürlich in der SPD!",
          ),
          they("35m", "Ich bitte um eine Korrektur, sonst höre ich Sie sehr gern.", { ref: "korrektur" }),
          label("31m", miriam, "Hörerpost"),
          assign("+1m", miriam, clara),
          note("+1m", miriam, "Sie hat recht. Clara, bitte Korrektur für die nächste volle Stunde und im Onlinetext."),
        ],
      ],
    },
    {
      name: "Dominik Schuster",
      phone: "+4915155500003",
      language: "de",
      conversations: [
        [
          they(
            "1h48m",
            "Hier am Stachus sind gerade mindestens acht Feuerwehrautos, Rauch aus einem Dach in der Sonnenstraße",
          ),
          they("1h47m", place(48.13913, 11.56571, "Karlsplatz (Stachus)", "Karlsplatz, 80335 München")),
          claim("1h45m", sebastian),
          we(
            "+1m",
            sebastian,
            "Danke, Dominik. Wir prüfen das mit der Leitstelle. Sind Sie in sicherer Entfernung? Dürfen wir Sie anrufen?",
          ),
          they("1h41m", "Ja, bin auf der anderen Straßenseite. Anrufen geht."),
          note("1h38m", sebastian, "Leitstelle bestätigt: Dachstuhlbrand, keine Verletzten bekannt. O-Ton anfragen."),
          they("1h12m", "Sie haben jetzt die Trambahn gesperrt"),
        ],
      ],
    },
    {
      name: "Chiara Rossetti",
      phone: "+4915155500004",
      language: "it",
      conversations: [
        [
          they(
            "6h22m",
            "Buongiorno! Sono un'ascoltatrice di Torino che vive a Monaco. Potete mettere «Azzurro» stamattina?",
          ),
          they(
            "6h20m",
            "Entschuldigung, auf Deutsch: Können Sie heute „Azzurro“ spielen? Mein Vater wird 70 und hört über das Internet zu.",
          ),
          label("5h50m", tobias, "Hörerpost"),
        ],
      ],
    },
    {
      name: "Kathi Lechner",
      phone: "+4915155500005",
      language: "de",
      conversations: [
        [
          they("22h41m", "Hallo, ich habe beim Gewinnspiel das Lösungswort „Zugspitze“. Bin ich noch rechtzeitig?"),
          we("22h35m", clara, "Hallo Kathi, ja! Schreiben Sie uns noch, ob Sie zu zweit kommen würden."),
          label("+1m", clara, "Gewinnspiel"),
          they("22h30m", "Zu zweit, mit meiner Schwester. Sie sitzt im Rollstuhl, ist das Studio barrierefrei?"),
        ],
      ],
    },
    {
      name: "Georg Stadler",
      phone: "+4915155500006",
      language: "de",
      conversations: [
        [
          they(
            "23h44m",
            "Guten Tag, ich bin Lokführer bei der S-Bahn. Ab nächster Woche fallen auf der S7 Züge aus, es hängt intern schon aus.",
          ),
          they("23h40m", "Bitte ohne meinen Namen. Geht das?"),
          assign("23h20m", miriam, katharina),
          note(
            "23h18m",
            miriam,
            "Quellenschutz! Nichts davon in den Sendeplan, bevor Katharina mit ihm gesprochen hat.",
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
          they(
            "2h31m",
            "Hi, I listen from Utrecht while painting. What was the piano piece right after the ten o'clock news?",
          ),
        ],
      ],
    },
    {
      name: "נועה ברק",
      phone: "+4915155500007",
      language: "en",
      conversations: [
        [
          they("9h05m", "שלום! תודה על הכתבה על בית הכנסת ברייכנבאכשטראסה"),
          they(
            "9h03m",
            "Hello! Thank you for the report on the synagogue in Reichenbachstraße. Is there a recording I can send to my grandmother?",
          ),
        ],
      ],
    },

    // ---- waiting for them ----
    {
      name: "Lukas Wimmer",
      phone: "+4915155500008",
      language: "de",
      consents: [
        {
          purpose: "marketing",
          action: "granted",
          method: "inbound-message",
          at: "3h02m",
          wordingVersion: wording,
          said: "ja",
        },
        {
          purpose: "marketing",
          action: "confirmed",
          method: "inbound-message",
          at: "2h58m",
          wordingVersion: wording,
          said: "bestätigt",
        },
      ],
      conversations: [
        [
          they("3h02m", "Hallo, ich möchte das Wichtigste am Morgen bekommen", { ref: "ja" }),
          we(
            "3h00m",
            clara,
            ask(
              "Gern! Wir schreiben Ihnen werktags gegen 6.30 Uhr, und Sie können jederzeit mit STOP beenden. Sollen wir Sie eintragen?",
              "Ja, eintragen",
              "Lieber nicht",
            ),
            { ref: "frage" },
          ),
          they("2h58m", chose(1, "Ja, eintragen"), { ref: "bestätigt", repliesTo: "frage" }),
          we("2h57m", clara, template("subscription_confirmed", "de", "Lukas", "Das Wichtigste am Morgen"), {
            status: "delivered",
          }),
        ],
      ],
    },
    {
      name: "Megan O'Neill",
      phone: "+447700900201",
      language: "en",
      consents: signedUpOnline("19d 12:20", "19d 12:26", wording, `${form}, entry 3341`),
      conversations: [
        [
          they("19d 12:40", "Hi, I just subscribed. Is there an English edition as well?"),
          we("+8m", clara, "Hi Megan, there is! I have switched you over. It goes out at the same time."),
          they("+2m", "Brilliant, thank you"),
          close("+5m", clara),
        ],
        [
          we("7h10m", clara, template("morning_briefing", "en", "Megan", "Trams 16 and 17 are diverted until noon.")),
          they("6h51m", "The link to the tram map does not open on my phone"),
          we("6h44m", clara, "Sorry about that! Here it is again: https://isarwelle.example/tram", {
            status: "delivered",
          }),
        ],
      ],
    },
    {
      name: "Prof. Dr. Elisabeth Kern",
      phone: "+4915155500009",
      language: "de",
      conversations: [
        [
          they(
            "1d 10:05",
            "Guten Morgen, ich stehe für das Interview zum Isarhochwasser gern zur Verfügung. Wann brauchen Sie mich?",
          ),
          assign("+6m", miriam, sebastian),
          we(
            "+5m",
            sebastian,
            offer(
              "Vielen Dank, Frau Professor Kern. Wann passt es Ihnen?",
              "Zeit wählen",
              ["07.20 Uhr", "Live im Studio"],
              ["12.15 Uhr", "Telefonisch, live"],
              ["16.40 Uhr", "Telefonisch, aufgezeichnet"],
            ),
            { ref: "zeiten" },
          ),
          they("+15m", picked(2, "12.15 Uhr", "Telefonisch, live"), { repliesTo: "zeiten" }),
          we("+4m", sebastian, "Wunderbar, wir rufen Sie um 12.05 Uhr für die Tonprobe an. Unter welcher Nummer?"),
          they("+3m", card("Elisabeth Kern", "+49895550177", "Institut für Wasserbau")),
          we("+2m", sebastian, "Danke, notiert. Bis dahin!", { status: "delivered" }),
        ],
      ],
    },
    {
      name: "Xaver Huber",
      phone: "+4915155500010",
      language: "de",
      consents: [
        {
          purpose: "transactional",
          action: "granted",
          method: "phone",
          at: "8d 14:10",
          evidence: "Anruf in der Redaktion, Vermerk T. Winkler",
        },
      ],
      conversations: [
        [
          they("8d 14:30", "Grüß Gott, ich hab die Studioführung gewonnen!! Wann darf ich kommen?"),
          we(
            "+12m",
            tobias,
            "Glückwunsch, Herr Huber! Freitags um 14 Uhr führen wir durchs Haus. Der nächste freie Termin ist in zwei Wochen.",
          ),
          they("+6m", "Passt. Meine Enkelin kommt mit, sie ist neun und will Moderatorin werden 🎙️"),
          label("+1m", tobias, "Gewinnspiel"),
          we("+3m", tobias, "Dann darf sie einmal das Wetter ansagen. Versprochen."),
          we("5d 10:00", tobias, "Bringen Sie bitte beide einen Ausweis mit.", { status: "failed", failure: "131047" }),
          we("5d 10:04", tobias, template("studio_visit_reminder", "de", "Xaver", "Freitag", "14 Uhr"), {
            status: "delivered",
          }),
        ],
      ],
    },

    // ---- snoozed ----
    {
      name: "Bürgerinitiative Isarauen",
      phone: "+4915155500011",
      language: "de",
      conversations: [
        [
          they(
            "3d 09:30",
            "Guten Tag, am Ufer bei Baierbrunn werden Bäume gefällt, ohne Genehmigung, soweit wir wissen.",
          ),
          they("+2m", photo("Blick flussaufwärts, gestern. Rechts standen die Weiden."), { picture: "river" }),
          we("+25m", sebastian, "Danke für den Hinweis. Wir fragen beim Landratsamt nach und melden uns."),
          note("+3h", sebastian, "Landratsamt antwortet bis morgen Mittag. Akte 44/2026."),
          snooze("+1m", sebastian, 20),
        ],
      ],
    },
    {
      name: "Moritz Engel",
      phone: "+4915155500012",
      language: "de",
      conversations: [
        [
          they(
            "2d 20:15",
            "Macht ihr die Livesendung vom Weihnachtsmarkt auch dieses Jahr? Unsere Band würde gern spielen.",
          ),
          we("+40m", ana, "Hallo Moritz, wir planen gerade. Schick uns gern eine Hörprobe!"),
          they("+10m", "Mach ich, bis spätestens Ende der Woche."),
          snooze("+1m", ana, 70),
        ],
      ],
    },

    // ---- done ----
    {
      name: "Ingeborg Falk",
      phone: "+4915155500013",
      language: "de",
      consents: [
        ...signedUpOnline("26d 08:01", "26d 08:15", wording, `${form}, Eintrag 3302`),
        { purpose: "marketing", action: "withdrawn", method: "inbound-message", at: "6d 06:52", said: "stop" },
      ],
      suppressions: [{ scope: "all", source: "keyword", at: "6d 06:52", said: "stop" }],
      conversations: [
        [
          we("6d 06:31", clara, template("morning_briefing", "de", "Ingeborg", "Der Viktualienmarkt wird umgebaut.")),
          they("6d 06:52", "Stopp", { ref: "stop" }),
          close("+2h", miriam),
        ],
      ],
    },
    {
      name: "Sven Richter",
      phone: "+4915155500014",
      language: "de",
      consents: [
        ...signedUpOnline("22d 18:40", "22d 18:41", wording, `${form}, Eintrag 3318`),
        { purpose: "marketing", action: "withdrawn", method: "inbound-message", at: "4d 06:40", said: "knopf" },
      ],
      suppressions: [{ scope: "all", source: "button", at: "4d 06:40", said: "knopf" }],
      conversations: [
        [
          we("4d 06:30", clara, template("morning_briefing", "de", "Sven", "Die U6 fährt wieder durch."), {
            ref: "morgen",
          }),
          they("4d 06:40", tapped("Abbestellen"), { ref: "knopf", repliesTo: "morgen" }),
          close("+3h", miriam),
        ],
      ],
    },
    {
      name: "Ayşe Korkmaz",
      phone: "+4915155500015",
      language: "de",
      consents: signedUpOnline("18d 16:22", "18d 16:30", wording, `${form}, Eintrag 3347`),
      suppressions: [{ scope: "marketing", source: "platform-preference", at: "3d 12:05" }],
      conversations: [
        [
          they("16d 08:12", "Guten Morgen! Wer war die Sprecherin um 8? So eine schöne Stimme."),
          we(
            "+15m",
            miriam,
            "Guten Morgen Frau Korkmaz, das war Paula Seidl. Ich richte es ihr aus, sie wird strahlen.",
            { ref: "paula" },
          ),
          react("+4m", "paula", "❤️"),
          label("+1m", miriam, "Hörerpost"),
          close("+1m", miriam),
        ],
      ],
    },
    {
      name: "Peter Brunner",
      phone: "+4915155500016",
      language: "de",
      conversations: [
        [
          they(
            "15d 19:20",
            "Ihr habt heute dreimal denselben Song gespielt. DREIMAL. Hört sich das bei euch keiner an?",
            { ref: "dreimal" },
          ),
          edit("+1m", "dreimal", "Ihr habt heute dreimal denselben Song gespielt. Hört sich das bei euch keiner an?"),
          we(
            "+30m",
            miriam,
            "Guten Abend Herr Brunner, da haben Sie recht, das war ein Fehler in der Musikplanung. Morgen versprochen nur einmal 🙂",
            { repliesTo: "dreimal" },
          ),
          they("+5m", "War vielleicht etwas grantig", { ref: "grantig" }),
          remove("+1m", "grantig"),
          they("+1m", "Na gut. Danke für die schnelle Antwort!"),
          label("+1m", miriam, "Hörerpost"),
          close("+2m", miriam),
        ],
      ],
    },
    {
      name: "Hildegard Sommer",
      phone: "+4915155500017",
      language: "de",
      consents: [
        {
          purpose: "marketing",
          action: "granted",
          method: "paper",
          at: "27d 15:00",
          wordingVersion: "isarwelle-sommerfest-2026",
          evidence: "Postkarte vom Sommerfest, Nr. 212",
        },
      ],
      conversations: [
        [
          they(
            "20d 21:05",
            "Sehr geehrte Damen und Herren,\n\nich höre Sie seit 1987, damals noch auf einem Küchenradio, das mein verstorbener Mann aus zwei kaputten zusammengebaut hatte. Es steht heute noch auf dem Kühlschrank und läuft.\n\nIch schreibe Ihnen, weil mich Ihre Sendung über die Trümmerfrauen sehr bewegt hat. Meine Mutter war eine von ihnen, in der Maxvorstadt. Sie hat nie viel erzählt, aber sie hat ein Heft geführt, in dem jeder Tag einen Satz bekommen hat. „Heute zwei Eimer Ziegel und eine Kartoffel.“ „Heute hat jemand gesungen.“ So geht das über vierzehn Monate.\n\nWenn Sie möchten, bringe ich Ihnen das Heft einmal vorbei. Aus der Hand geben möchte ich es nicht, aber vorlesen würde ich daraus gern.\n\nMit herzlichen Grüßen aus Giesing\nHildegard Sommer",
            { ref: "brief" },
          ),
          label("20d 21:40", clara, "Hörerpost"),
          we(
            "+5m",
            clara,
            "Liebe Frau Sommer, haben Sie herzlichen Dank. Dieses Heft möchten wir unbedingt hören. Darf ich Sie nächste Woche anrufen?",
            { repliesTo: "brief" },
          ),
          they("19d 08:10", "Sehr gern, vormittags bin ich immer zu Hause. 🌷"),
          we("+20m", clara, "Dann bis nächste Woche, ich freue mich."),
          note("+2m", clara, "Vorschlag fürs Feature im Januar: „Jeder Tag ein Satz“."),
          close("+1m", clara),
        ],
      ],
    },
    {
      name: "Basti",
      phone: "+4915155500018",
      language: "de",
      conversations: [
        [
          they("5d 15:55", "🎸🤘"),
          they("+1m", "Könnt ihr was Lautes spielen? Sitze in der Bib und brauch Rettung"),
          we("+6m", tobias, "Halt durch. In zehn Minuten wird's laut."),
          they("+13m", "😂😂😂 ihr seid die Besten"),
          label("+1m", tobias, "Hörerpost"),
          close("+1m", tobias),
        ],
      ],
    },
    {
      name: "Autobahnmeisterei Süd",
      phone: "+4915155500019",
      language: "de",
      enteredByHand: true,
      consents: [
        {
          purpose: "transactional",
          action: "granted",
          method: "email",
          at: "25d 11:00",
          evidence: "Vereinbarung Verkehrsmeldungen, Anlage 2",
        },
      ],
      conversations: [
        [
          they("7d 05:20", "Sperrung A95 zwischen Schäftlarn und Wolfratshausen bis ca. 9 Uhr, Tanklaster quer."),
          we("+3m", tobias, "Danke, läuft ab 5.30 Uhr alle zehn Minuten."),
          label("+1m", tobias, "Verkehr"),
          they("7d 08:44", "Aufgehoben um 8.40 Uhr."),
          we("+1m", tobias, "Ist raus. Danke und gute Schicht!"),
          close("+1m", tobias),
        ],
      ],
    },
    {
      name: "Herr Pichler",
      phone: "+4915155500020",
      language: "de",
      enteredByHand: true,
      unreachable: true,
      conversations: [
        [
          we("10d 13:00", tobias, template("studio_visit_reminder", "de", "Herr Pichler", "Freitag", "14 Uhr"), {
            status: "failed",
            failure: "131026",
          }),
          note("+10m", tobias, "Nicht auf WhatsApp. Per Post geschrieben."),
          close("+1m", tobias),
        ],
      ],
    },
    // ---- known, never written ----
    {
      name: "Johanna Reiter",
      phone: "+4915155500021",
      language: "de",
      consents: [
        {
          purpose: "marketing",
          action: "granted",
          method: "web-form",
          at: "2d 22:14",
          wordingVersion: wording,
          evidence: `${form}, Eintrag 3388`,
        },
      ],
      conversations: [],
    },
  ],
};
