import { instant } from "@loket/kit";
import { bookVersion, rulesInForce, termsBook } from "@loket/policy";
import { leftOut } from "./consent-sections.ts";
import { type Cell, csv } from "./csv.ts";
import { type Section, tableOf } from "./document.ts";
import { absent, none, present, type Source, within } from "./source.ts";
import type { ItemId } from "./titles.ts";

type Titles = Readonly<Record<ItemId, string>>;

/** What the organisation looks after by itself: P15 to P18, P20, P21. */
export async function houseSections(source: Source, titles: Titles): Promise<Section[]> {
  const { say } = source;
  const isOfOne = source.subject.contactIds !== null;
  const aside = (id: ItemId) => absent(id, titles[id], leftOut(source));
  return [
    none(
      "P15",
      titles.P15,
      say(
        "No bot answers people in this installation.",
        "In deze installatie antwoordt geen bot.",
        "In dieser Installation antwortet kein Bot.",
      ),
    ),
    isOfOne ? aside("P16") : await claims(source, titles.P16),
    await dataProtection(source, titles.P17),
    await peopleAndRules(source, titles.P18),
    isOfOne ? aside("P20") : corrections(source, titles.P20),
    howToCheck(source, titles.P21),
  ];
}

async function claims(source: Source, title: string): Promise<Section> {
  const { say } = source;
  const rows = await source.rows<{ source: string; sha256: string; hits: number; at: number }>(
    `select c.source, encode(c.text_sha256, 'hex') as sha256, jsonb_array_length(c.hits) as hits, c.at from claims_check c where c.organisation_id = $1 and ${within({ at: "c.at" })} order by c.at, c.id`,
  );
  if (rows.length === 0)
    return absent(
      "P16",
      title,
      say(
        "No public page was searched for claims in this period.",
        "In deze periode is geen openbare pagina op beweringen doorzocht.",
        "In diesem Zeitraum wurde keine öffentliche Seite auf Aussagen durchsucht.",
      ),
    );
  const file = source.file(
    "data/claims.csv",
    csv(
      ["at", "page", "sha256_of_text", "claims_found"],
      rows.map((row): Cell[] => [source.time(row.at), row.source, row.sha256, row.hits]),
    ),
  );
  return present(
    "P16",
    title,
    [
      tableOf(
        [
          { title: say("Time (UTC)", "Tijd (UTC)", "Zeit (UTC)") },
          { title: say("Page", "Pagina", "Seite"), wide: true },
          { title: say("Claims found", "Beweringen gevonden", "Aussagen gefunden"), numeric: true },
        ],
        rows.map((row) => [source.time(row.at), row.source, row.hits]),
      ),
    ],
    [file],
  );
}

async function dataProtection(source: Source, title: string): Promise<Section> {
  const { say } = source;
  const erased = await source.rows<{ state: string; requested_by: string; count: number }>(
    `select e.state, e.requested_by, count(*)::int as count from erasure e where e.organisation_id = $1 and ${within({ contact: "e.contact_id", at: "e.created_at" })} group by 1, 2 order by 1, 2`,
  );
  const restrictions = source.entries.filter(({ type }) => type.startsWith("restriction."));
  const issued = source.entries.filter(({ type }) => type === "export.issued");
  const count = (state: string) => erased.filter((row) => row.state === state).reduce((sum, row) => sum + row.count, 0);
  return present("P17", title, [
    {
      kind: "facts",
      facts: [
        [
          say("Erasures asked for", "Gevraagde verwijderingen", "Verlangte Löschungen"),
          source.number(erased.reduce((sum, row) => sum + row.count, 0)),
        ],
        [say("of which carried out", "waarvan uitgevoerd", "davon ausgeführt"), source.number(count("done"))],
        [
          say("held because of a demand", "aangehouden wegens een sommatie", "wegen einer Aufforderung ausgesetzt"),
          source.number(count("held")),
        ],
        [
          say("Restrictions of use", "Beperkingen van gebruik", "Einschränkungen der Verarbeitung"),
          source.number(restrictions.length),
        ],
        [
          say("Packs handed out before", "Eerder uitgegeven pakketten", "Zuvor ausgegebene Pakete"),
          source.number(issued.length),
        ],
      ],
    },
    {
      kind: "text",
      text: say(
        "The record of processing, retention periods and the basis for transfers are not kept in Loket; attach them.",
        "Het register van verwerkingen, bewaartermijnen en de grondslag voor doorgifte staan niet in Loket; voeg ze bij.",
        "Das Verzeichnis der Verarbeitungen, Aufbewahrungsfristen und die Grundlage von Übermittlungen liegen nicht in Loket; fügen Sie sie bei.",
      ),
    },
  ]);
}

async function peopleAndRules(source: Source, title: string): Promise<Section> {
  const { say } = source;
  const from = source.since ?? instant(0);
  const overlaps = (version: { readonly from: string | null; readonly to: string | null }) =>
    (version.to === null || Date.parse(version.to) > from) &&
    (version.from === null || Date.parse(version.from) < source.until);
  const rules = termsBook.rules.flatMap((rule) => {
    const versions = rule.versions.filter(overlaps);
    return versions.length === 0
      ? []
      : [
          {
            id: rule.id,
            title: rule.title[source.locale],
            explanation: rule.explanation[source.locale],
            versions: versions.map(({ from: since, to, verdict, clause, sources, confidence, reviewed }) => ({
              from: since,
              to,
              verdict,
              clause,
              sources,
              confidence,
              reviewed,
            })),
          },
        ];
  });
  const file = source.file(
    "rules.json",
    Buffer.from(`${JSON.stringify({ termsBook: bookVersion, rules }, null, 1)}\n`, "utf8"),
  );
  const members = await source.tx.query<{ role: string; active: boolean; count: number }>(
    "select role, active, count(*)::int as count from member where organisation_id = $1 group by 1, 2 order by 1, 2 desc",
    [source.tx.organisationId],
  );
  const changed = rules.filter(({ versions }) =>
    versions.some((version) => version.from !== null && Date.parse(version.from) >= from && source.since !== null),
  );
  return present(
    "P18",
    title,
    [
      {
        kind: "facts",
        facts: [
          [say("Terms book", "Regelboek", "Regelbuch"), bookVersion],
          [
            say("Rules in force at the end", "Regels van kracht aan het eind", "Am Ende geltende Regeln"),
            source.number(rulesInForce(source.until).length),
          ],
          [
            say("Rules that began in the period", "Regels die in de periode ingingen", "Im Zeitraum begonnene Regeln"),
            source.number(changed.length),
          ],
          ...members
            .filter(({ active }) => active)
            .map(({ role, count }): [string, string] => [
              say(`Members: ${role}`, `Leden: ${role}`, `Mitglieder: ${role}`),
              source.number(count),
            ]),
        ],
      },
      {
        kind: "text",
        text: say(
          "Each rule with its clause, its sources and the dates between which it held is in rules.json. Training dates and policy texts are not kept in Loket; attach them.",
          "Elke regel met artikel, bronnen en de data waartussen hij gold staat in rules.json. Data van scholing en beleidsteksten staan niet in Loket; voeg ze bij.",
          "Jede Regel mit Klausel, Quellen und Geltungsdaten steht in rules.json. Schulungstermine und Richtlinien liegen nicht in Loket; fügen Sie sie bei.",
        ),
      },
    ],
    [file],
  );
}

function corrections(source: Source, title: string): Section {
  const { say } = source;
  const noted = source.entries.filter(({ type }) => type === "correction.noted");
  const refused = source.entries.filter(
    ({ type }) => type === "signer.refused" || type === "key.rotated" || type === "clock.anomaly",
  );
  if (noted.length + refused.length === 0)
    return none(
      "P20",
      title,
      say(
        "None is on record in this period.",
        "In deze periode is er geen vastgelegd.",
        "In diesem Zeitraum ist keiner aufgezeichnet.",
      ),
    );
  return present("P20", title, [
    tableOf(
      [
        { title: say("Time (UTC)", "Tijd (UTC)", "Zeit (UTC)") },
        { title: say("Kind", "Soort", "Art") },
        { title: say("What", "Wat", "Was"), wide: true },
      ],
      [...noted, ...refused]
        .sort((a, b) => a.position - b.position)
        .map(({ at, type, body }) => [
          source.time(at),
          type,
          Object.entries(body)
            .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
            .join("; "),
        ]),
    ),
  ]);
}

function howToCheck(source: Source, title: string): Section {
  const { say } = source;
  return present(
    "P21",
    title,
    [
      {
        kind: "list",
        items: [
          say(
            "Open verify.html in a browser, also without a network, and choose the ZIP file. Nothing is sent anywhere.",
            "Open verify.html in een browser, ook zonder netwerk, en kies het ZIP-bestand. Er wordt niets verstuurd.",
            "Öffnen Sie verify.html in einem Browser, auch ohne Netz, und wählen Sie die ZIP-Datei. Es wird nichts übertragen.",
          ),
          say(
            "Or run verify.py with Python 3, which needs nothing installed, or write a program of your own from FORMAT.md.",
            "Of draai verify.py met Python 3, zonder iets te installeren, of schrijf zelf een programma volgens FORMAT.md.",
            "Oder führen Sie verify.py mit Python 3 aus, ohne etwas zu installieren, oder schreiben Sie nach FORMAT.md ein eigenes Programm.",
          ),
          say(
            "Compare the fingerprint on the cover with one you were given by another way: on the telephone, in an earlier letter, in a mail of earlier days. The pack cannot vouch for it.",
            "Vergelijk de vingerafdruk op de voorkant met een die u langs een andere weg kreeg: door de telefoon, in een eerdere brief, in een mail van eerder. Het pakket kan er niet voor instaan.",
            "Vergleichen Sie den Fingerabdruck auf dem Deckblatt mit einem, den Sie auf anderem Weg erhielten: am Telefon, in einem früheren Schreiben, in einer früheren E-Mail. Das Paket kann nicht dafür bürgen.",
          ),
          say(
            "The program says what is proven and what is not. What the tables in data/ say is the business's own count; what the log's entries say is proven to be what was written down at the time.",
            "Het programma zegt wat bewezen is en wat niet. Wat de tabellen in data/ zeggen is de eigen telling van het bedrijf; van wat de regels van het logboek zeggen is bewezen dat het destijds zo is opgeschreven.",
            "Das Programm sagt, was bewiesen ist und was nicht. Was die Tabellen in data/ sagen, ist die eigene Zählung des Unternehmens; was die Einträge des Protokolls sagen, wurde nachweislich damals so niedergeschrieben.",
          ),
        ],
      },
    ],
    [
      "VERIFY.md",
      "verify.html",
      "verify.py",
      "FORMAT.md",
      "manifest.json",
      "checkpoint",
      "leaves.jsonl",
      "bodies.jsonl",
    ],
  );
}
