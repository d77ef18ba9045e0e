import { type Cell, csv } from "./csv.ts";
import { type Block, type Section, tableOf } from "./document.ts";
import { absent, median, none, personIn, present, type Source, within } from "./source.ts";
import type { ItemId } from "./titles.ts";

type Titles = Readonly<Record<ItemId, string>>;

/** What people agreed to, by which words, what it was good for, and how they stopped: P5, P6, P7, P11. */
export async function consentSections(source: Source, titles: Titles): Promise<Section[]> {
  return [
    await register(source, titles.P5),
    coverage(source, titles.P6),
    await imports(source, titles.P7),
    await optOuts(source, titles.P11),
  ];
}

interface ConsentRow {
  person: string;
  contact_id: string;
  purpose: string;
  channel: string;
  topic: string | null;
  action: string;
  method: string;
  kind: string;
  evidence_class: string | null;
  wording_id: string | null;
  wording_version: string | null;
  landing_url: string | null;
  landing_version: string | null;
  names_business: boolean;
  names_channel: boolean;
  flaws: string[];
  proof: string | null;
  at: number;
  address: string | null;
}

async function register(source: Source, title: string): Promise<Section> {
  const { say } = source;
  const rows = await source.rows<ConsentRow>(
    `select ${personIn("c.contact_id")} as person, c.contact_id, c.purpose, c.channel, c.topic, c.action, c.method, c.kind, c.evidence_class, c.wording_id,
       c.wording_version, c.landing_url, c.landing_version, c.names_business, c.names_channel, c.flaws, c.evidence as proof, c.at,
       (select a.value from address a where a.organisation_id = c.organisation_id and a.contact_id = c.contact_id and a.current and (c.channel = 'all' or a.channel = c.channel)
        order by a.created_at desc, a.id limit 1) as address
     from consent c where c.organisation_id = $1 and ${within({ contact: "c.contact_id", at: "c.at" })} order by c.at, c.id`,
  );
  const wordings = await addWordings(source, rows);
  if (rows.length === 0)
    return none(
      "P5",
      title,
      say(
        "No consent is on record in this period. Whoever was written to agreed earlier, or wrote first.",
        "In deze periode is geen toestemming vastgelegd. Wie een bericht kreeg, stemde eerder toe of schreef zelf eerst.",
        "In diesem Zeitraum ist keine Einwilligung aufgezeichnet. Wer eine Nachricht erhielt, hat früher eingewilligt oder zuerst geschrieben.",
      ),
    );
  const { isOwn } = source.subject;
  const addressOf = (row: ConsentRow) =>
    row.address === null ? null : isOwn ? row.address : source.addressHash(row.address);
  const file = source.file(
    "data/consents.csv",
    csv(
      [
        "person",
        isOwn ? "address" : "address_hash",
        "purpose",
        "channel",
        "topic",
        "action",
        "at",
        "method",
        "kind",
        "evidence_class",
        "wording_version",
        "wording_file",
        "page",
        "page_version",
        "names_business",
        "names_channel",
        "flaws",
        ...(isOwn ? ["proof"] : []),
      ],
      rows.map((row): Cell[] => [
        row.person,
        addressOf(row),
        row.purpose,
        row.channel,
        row.topic,
        row.action,
        source.time(row.at),
        row.method,
        row.kind,
        row.evidence_class,
        row.wording_version,
        row.wording_id === null ? null : (wordings.get(row.wording_id) ?? null),
        row.landing_url,
        row.landing_version,
        row.names_business,
        row.names_channel,
        row.flaws.join(" "),
        ...(isOwn ? [row.proof] : []),
      ]),
    ),
  );
  const agreed = rows.filter((row) => row.action === "granted" || row.action === "confirmed");
  const blocks: Block[] = [
    {
      kind: "text",
      text: isOwn
        ? say(
            "Every entry of what you agreed to, took back or were asked, with its source.",
            "Elke regel van wat je toestond, introk of gevraagd werd, met de bron.",
            "Jeder Eintrag dessen, was Sie erlaubt, widerrufen haben oder gefragt wurden, mit Quelle.",
          )
        : say(
            "One line per entry. People are called by their name in the log; addresses are shown as a keyed hash, which the business can make for any address it is asked about.",
            "Eén regel per gebeurtenis. Mensen heten zoals in het logboek; adressen staan er als hash met een sleutel, die het bedrijf voor elk gevraagd adres kan maken.",
            "Eine Zeile je Ereignis. Menschen heißen wie im Protokoll; Adressen stehen als Hash mit Schlüssel, den das Unternehmen für jede angefragte Adresse bilden kann.",
          ),
    },
    {
      kind: "bars",
      title: say(
        "Agreements by class of evidence",
        "Toestemmingen per bewijsklasse",
        "Einwilligungen je Nachweisklasse",
      ),
      upright: false,
      series: [say("entries", "regels", "Einträge")],
      bars: classBars(source, (name) => agreed.filter((row) => (row.evidence_class ?? "none") === name).length),
    },
    tableOf(
      [
        { title: say("Time (UTC)", "Tijd (UTC)", "Zeit (UTC)") },
        { title: say("Person", "Persoon", "Person"), wide: true },
        { title: say("What", "Wat", "Was") },
        { title: say("For", "Waarvoor", "Wofür") },
        { title: say("How", "Hoe", "Wie") },
        { title: say("Wording", "Tekst", "Text") },
        { title: say("Class", "Klasse", "Klasse") },
      ],
      rows.map((row) => [
        source.time(row.at),
        isOwn ? (row.address ?? row.person) : row.person,
        row.action,
        [row.purpose, row.topic, row.channel].filter(Boolean).join(", "),
        row.method,
        row.wording_version,
        row.evidence_class,
      ]),
    ),
  ];
  return present("P5", title, blocks, [file, ...wordings.values()]);
}

function classBars(source: Source, count: (name: string) => number): { label: string; values: number[] }[] {
  const { say } = source;
  const names: [string, string][] = [
    ["A", say("A: the person wrote to us", "A: de persoon schreef zelf", "A: die Person schrieb selbst")],
    ["B", say("B: confirmed twice", "B: twee keer bevestigd", "B: zweimal bestätigt")],
    ["C", say("C: once, page on record", "C: één keer, pagina bewaard", "C: einmal, Seite aufbewahrt")],
    ["D", say("D: from a list", "D: uit een lijst", "D: aus einer Liste")],
    ["none", say("none", "geen", "keine")],
  ];
  return names
    .map(([name, label]) => ({ label, values: [count(name)] }))
    .filter(({ values }, index) => index < 4 || (values[0] ?? 0) > 0);
}

/** The words people agreed to, each as a file: letter by letter what the log committed to when they were published. */
async function addWordings(source: Source, rows: readonly ConsentRow[]): Promise<Map<string, string>> {
  const used = source.subject.contactIds === null ? null : [...new Set(rows.flatMap((row) => row.wording_id ?? []))];
  const wordings = await source.tx.query<{ id: string; version: string; language: string; text: string }>(
    "select id, version, language, text from wording where organisation_id = $1 and ($2::uuid[] is null or id = any($2)) order by published_at, id",
    [source.tx.organisationId, used],
  );
  return new Map(
    wordings.map(({ id, version, language, text }) => {
      const name = `${version}-${language}`
        .replaceAll(/[^A-Za-z0-9._-]+/g, "-")
        .replace(/^\.+/, "")
        .slice(0, 60);
      return [id, source.file(`wordings/${name}-${id.slice(-4)}.txt`, Buffer.from(text, "utf8"))];
    }),
  );
}

function coverage(source: Source, title: string): Section {
  const { say, entries } = source;
  const sends = entries.filter(({ type, body }) => type === "attempt.intent" && body.businessInitiated === true);
  if (sends.length === 0)
    return none(
      "P6",
      title,
      say(
        "No message was sent on the business's own initiative in this period.",
        "In deze periode is geen bericht op initiatief van het bedrijf verzonden.",
        "In diesem Zeitraum wurde keine Nachricht auf Initiative des Unternehmens gesendet.",
      ),
    );
  const countOf = (name: string) => sends.filter(({ body }) => (body.consentClass ?? "none") === name).length;
  const file = source.file(
    "data/consent-coverage.csv",
    csv(
      ["at", "person", "attempt", "kind", "category", "template", "consent_class", "consent"],
      sends.map(({ at, subject, body }): Cell[] => [
        source.time(at),
        subject,
        ...["attempt", "kind", "category", "template", "consentClass", "consent"].map((name) => textOf(body[name])),
      ]),
    ),
  );
  return present(
    "P6",
    title,
    [
      {
        kind: "text",
        text: say(
          "The evidence each message rested on that the business began, as the verdict before it found it. Messages that need no consent (a parcel on its way, say) count as none.",
          "Het bewijs waarop elk bericht rustte dat het bedrijf begon, zoals het oordeel vooraf het vond. Berichten die geen toestemming nodig hebben (een pakje onderweg, bijvoorbeeld) tellen als geen.",
          "Der Nachweis, auf dem jede vom Unternehmen begonnene Nachricht beruhte, wie das Urteil vorab ihn fand. Nachrichten, die keine Einwilligung brauchen (ein Paket unterwegs etwa), zählen als keine.",
        ),
      },
      {
        kind: "bars",
        title,
        upright: false,
        series: [say("messages", "berichten", "Nachrichten")],
        bars: classBars(source, countOf),
      },
    ],
    [file],
  );
}

async function imports(source: Source, title: string): Promise<Section> {
  const { say } = source;
  if (source.subject.contactIds !== null) return absent("P7", title, leftOut(source));
  const rows = await source.rows<{
    file_name: string;
    sha256: string;
    attestation: string | null;
    state: string;
    row_count: number;
    accepted_count: number;
    quarantined_count: number;
    suppressed_count: number;
    created_at: number;
  }>(
    `select i.file_name, encode(i.file_sha256, 'hex') as sha256, i.attestation, i.state, i.row_count, i.accepted_count, i.quarantined_count, i.suppressed_count, i.created_at
     from consent_import i where i.organisation_id = $1 and ${within({ at: "i.created_at" })} order by i.created_at, i.id`,
  );
  if (rows.length === 0)
    return none(
      "P7",
      title,
      say(
        "No list was imported in this period.",
        "In deze periode is geen lijst geïmporteerd.",
        "In diesem Zeitraum wurde keine Liste importiert.",
      ),
    );
  const file = source.file(
    "data/imports.csv",
    csv(
      ["at", "file", "sha256", "state", "rows", "accepted", "quarantined", "suppressed", "attestation"],
      rows.map((row): Cell[] => [
        source.time(row.created_at),
        row.file_name,
        row.sha256,
        row.state,
        row.row_count,
        row.accepted_count,
        row.quarantined_count,
        row.suppressed_count,
        row.attestation,
      ]),
    ),
  );
  return present(
    "P7",
    title,
    [
      tableOf(
        [
          { title: say("Time (UTC)", "Tijd (UTC)", "Zeit (UTC)") },
          { title: say("File", "Bestand", "Datei"), wide: true },
          { title: say("Rows", "Rijen", "Zeilen"), numeric: true },
          { title: say("Taken", "Opgenomen", "Übernommen"), numeric: true },
          { title: say("Held back", "Achtergehouden", "Zurückgehalten"), numeric: true },
          { title: say("Opted out", "Afgemeld", "Abgemeldet"), numeric: true },
        ],
        rows.map((row) => [
          source.time(row.created_at),
          row.file_name,
          row.row_count,
          row.accepted_count,
          row.quarantined_count,
          row.suppressed_count,
        ]),
      ),
    ],
    [file],
  );
}

interface StopRow {
  person: string;
  contact_id: string;
  scope: string;
  channel: string;
  topic: string | null;
  source: string;
  at: number;
  recorded_at: number;
  lifted_at: number | null;
  confirmation_sent_at: number | null;
  later: number;
}

async function optOuts(source: Source, title: string): Promise<Section> {
  const { say } = source;
  const rows = await source.rows<StopRow>(
    `select ${personIn("s.contact_id")} as person, s.contact_id, s.scope, s.channel, s.topic, s.source, s.at, s.recorded_at, s.lifted_at, s.confirmation_sent_at,
       (select count(*)::int from attempt a join sender d on d.organisation_id = a.organisation_id and d.id = a.sender_id join decision j on j.organisation_id = a.organisation_id and j.id = a.decision_id
        where a.organisation_id = s.organisation_id and a.contact_id = s.contact_id and a.business_initiated and a.intent_at > s.recorded_at
          and (s.lifted_at is null or a.intent_at < s.lifted_at) and (s.channel = 'all' or d.channel = s.channel) and (s.sender_id is null or s.sender_id = a.sender_id)
          and j.request->>'kind' <> 'opt-out-confirmation'
          and (s.scope in ('all', j.request->>'kind') or (s.scope = 'marketing' and j.request->>'kind' = 'newsletter')) and (s.topic is null or j.request->>'topic' = s.topic)) as later
     from suppression s where s.organisation_id = $1 and ${within({ contact: "s.contact_id", at: "s.at" })} and ($3::uuid is null or s.sender_id is null or s.sender_id = $3)
     order by s.at, s.id`,
  );
  if (rows.length === 0)
    return none(
      "P11",
      title,
      say(
        "Nobody opted out in this period.",
        "Niemand meldde zich in deze periode af.",
        "In diesem Zeitraum hat sich niemand abgemeldet.",
      ),
    );
  const effectMs = rows.map((row) => Math.max(0, row.recorded_at - row.at));
  const later = rows.reduce((sum, row) => sum + row.later, 0);
  const file = source.file(
    "data/opt-outs.csv",
    csv(
      [
        "person",
        "scope",
        "channel",
        "topic",
        "source",
        "said_at",
        "in_effect_at",
        "ms_to_effect",
        "lifted_at",
        "confirmed_at",
        "messages_begun_after",
      ],
      rows.map((row): Cell[] => [
        row.person,
        row.scope,
        row.channel,
        row.topic,
        row.source,
        source.time(row.at),
        source.time(row.recorded_at),
        Math.max(0, row.recorded_at - row.at),
        row.lifted_at === null ? null : source.time(row.lifted_at),
        row.confirmation_sent_at === null ? null : source.time(row.confirmation_sent_at),
        row.later,
      ]),
    ),
  );
  const seconds = (ms: number | null) => (ms === null ? "–" : `${source.number(ms / 1_000)} s`);
  const bySource = [...new Set(rows.map((row) => row.source))].sort();
  const slices: [string, number][] = [
    ["≤ 2 s", 2_000],
    ["≤ 10 s", 10_000],
    ["≤ 1 min", 60_000],
    ["≤ 1 h", 3_600_000],
    ["> 1 h", Number.POSITIVE_INFINITY],
  ];
  return present(
    "P11",
    title,
    [
      {
        kind: "facts",
        facts: [
          [say("Opt-outs", "Afmeldingen", "Abmeldungen"), source.number(rows.length)],
          [say("Until it held, median", "Tot het gold, mediaan", "Bis es galt, Median"), seconds(median(effectMs))],
          [
            say("Until it held, longest", "Tot het gold, langst", "Bis es galt, längste"),
            seconds(Math.max(...effectMs)),
          ],
          [
            say(
              "Messages begun after an opt-out",
              "Berichten begonnen na een afmelding",
              "Nach einer Abmeldung begonnene Nachrichten",
            ),
            source.number(later),
          ],
        ],
      },
      {
        kind: "bars",
        title: say("By source", "Per bron", "Je Quelle"),
        upright: false,
        series: [say("opt-outs", "afmeldingen", "Abmeldungen")],
        bars: bySource.map((name) => ({ label: name, values: [rows.filter((row) => row.source === name).length] })),
      },
      {
        kind: "bars",
        title: say("Until it held", "Tot het gold", "Bis es galt"),
        upright: false,
        series: [say("opt-outs", "afmeldingen", "Abmeldungen")],
        bars: slices.map(([label, most], index) => ({
          label,
          values: [effectMs.filter((ms) => ms <= most && ms > (slices[index - 1]?.[1] ?? -1)).length],
        })),
      },
      {
        kind: "text",
        text: say(
          "Time runs from when the person said it, by the platform's clock, to when no message could be begun any more. A stop that came while Loket was not reachable counts in full.",
          "De tijd loopt van wanneer de persoon het zei, volgens de klok van het platform, tot er geen bericht meer begonnen kon worden. Een afmelding terwijl Loket onbereikbaar was, telt geheel mee.",
          "Die Zeit läuft von der Äußerung der Person, nach der Uhr der Plattform, bis keine Nachricht mehr begonnen werden konnte. Eine Abmeldung, während Loket nicht erreichbar war, zählt ganz.",
        ),
      },
    ],
    [file],
  );
}

/** Of items about the whole organisation, in a pack about one person or message. */
export function leftOut({ say }: Source): string {
  return say(
    "Left out: it concerns the organisation as a whole, and this pack is about one person.",
    "Weggelaten: het gaat over de hele organisatie, en dit pakket over één persoon.",
    "Weggelassen: es betrifft die ganze Organisation, und dieses Paket eine einzelne Person.",
  );
}

function textOf(value: unknown): string | null {
  return value === undefined || value === null ? null : typeof value === "string" ? value : JSON.stringify(value);
}
