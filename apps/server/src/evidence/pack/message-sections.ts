import { instant, toIso } from "@loket/kit";
import { leftOut } from "./consent-sections.ts";
import { type Cell, csv } from "./csv.ts";
import { type Block, type Section, tableOf } from "./document.ts";
import { absent, none, personIn, present, type Source, within } from "./source.ts";
import type { ItemId } from "./titles.ts";

type Titles = Readonly<Record<ItemId, string>>;

/** What went out and came in, and what the rules made of it: P8, P9, P10, P14, P19. */
export async function messageSections(source: Source, titles: Titles): Promise<Section[]> {
  return [
    await templates(source, titles.P8),
    await volumes(source, titles.P9),
    await windowProof(source, titles.P10),
    await refusals(source, titles.P14),
    await samples(source, titles.P19),
  ];
}

async function templates(source: Source, title: string): Promise<Section> {
  const { say } = source;
  if (source.subject.contactIds !== null) return absent("P8", title, leftOut(source));
  const rows = await source.rows<{
    name: string;
    language: string;
    category: string;
    status: string;
    quality: string;
    pause_count: number;
    paused_at: number | null;
    synced_at: number;
  }>(
    `select t.name, t.language, t.category, t.status, t.quality, t.pause_count, t.paused_at, t.synced_at from template t
     where t.organisation_id = $1 and ${within({ sender: "t.sender_id" })} order by t.name, t.language, t.id`,
  );
  if (rows.length === 0)
    return none(
      "P8",
      title,
      say("No templates are known.", "Er zijn geen sjablonen bekend.", "Es sind keine Vorlagen bekannt."),
    );
  const changes = await source.rows<{
    subject: string;
    field: string;
    before: string | null;
    after: string | null;
    reason: string | null;
    at: number;
  }>(
    `select c.subject, c.field, c.before, c.after, c.reason, c.at from standing_change c
     where c.organisation_id = $1 and c.subject <> 'sender' and ${within({ sender: "c.sender_id", at: "c.at" })} order by c.at, c.id`,
  );
  const files = [
    source.file(
      "data/templates.csv",
      csv(
        ["name", "language", "category", "status", "quality", "times_paused", "paused_at", "as_of"],
        rows.map((row): Cell[] => [
          row.name,
          row.language,
          row.category,
          row.status,
          row.quality,
          row.pause_count,
          row.paused_at === null ? null : source.time(row.paused_at),
          source.time(row.synced_at),
        ]),
      ),
    ),
  ];
  if (changes.length > 0) files.push(changesFile(source, "data/template-changes.csv", changes));
  return present(
    "P8",
    title,
    [
      tableOf(
        [
          { title: say("Name", "Naam", "Name"), wide: true },
          { title: say("Language", "Taal", "Sprache") },
          { title: say("Category", "Soort", "Kategorie") },
          { title: say("State", "Stand", "Stand") },
          { title: say("Quality", "Kwaliteit", "Qualität") },
          { title: say("Pauses", "Pauzes", "Pausen"), numeric: true },
        ],
        rows.map((row) => [row.name, row.language, row.category, row.status, row.quality, row.pause_count]),
      ),
      {
        kind: "text",
        text:
          changes.length === 0
            ? say(
                "No change of a template was told in this period.",
                "In deze periode is geen wijziging van een sjabloon gemeld.",
                "In diesem Zeitraum wurde keine Änderung einer Vorlage gemeldet.",
              )
            : say(
                `${changes.length} changes were told in this period.`,
                `In deze periode zijn ${changes.length} wijzigingen gemeld.`,
                `In diesem Zeitraum wurden ${changes.length} Änderungen gemeldet.`,
              ),
      },
    ],
    files,
  );
}

export function changesFile(
  source: Source,
  path: string,
  changes: readonly {
    subject: string;
    field: string;
    before: string | null;
    after: string | null;
    reason: string | null;
    at: number;
  }[],
): string {
  return source.file(
    path,
    csv(
      ["at", "of", "field", "before", "after", "reason"],
      changes.map((row): Cell[] => [source.time(row.at), row.subject, row.field, row.before, row.after, row.reason]),
    ),
  );
}

async function volumes(source: Source, title: string): Promise<Section> {
  const { say } = source;
  const [days, inbound, peak, limits] = await Promise.all([
    source.rows<{ day: string; begun: number; answers: number; people: number }>(
      `select to_char(a.intent_at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*) filter (where a.business_initiated)::int as begun,
         count(*) filter (where not a.business_initiated)::int as answers, count(distinct a.contact_id) filter (where a.business_initiated)::int as people
       from attempt a where a.organisation_id = $1 and a.outcome = 'accepted' and ${within({ contact: "a.contact_id", sender: "a.sender_id", at: "a.intent_at", delivery: "a.delivery_id" })} group by 1 order by 1`,
    ),
    source.rows<{ day: string; count: number }>(
      `select to_char(m.received_at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)::int as count from message m
       join conversation c on c.organisation_id = m.organisation_id and c.id = m.conversation_id
       where m.organisation_id = $1 and m.direction = 'in' and m.received_at is not null and ${within({ contact: "c.contact_id", sender: "m.sender_id", at: "m.received_at" })} group by 1 order by 1`,
    ),
    source.rows<{ peak: number | null }>(
      `select max(count)::int as peak from (select count(*) from attempt a where a.organisation_id = $1 and ${within({ contact: "a.contact_id", sender: "a.sender_id", at: "a.intent_at", delivery: "a.delivery_id" })}
       group by a.sender_id, date_trunc('second', a.intent_at)) as s`,
    ),
    source.rows<{ name: string; portfolio_limit: number | null; messages_per_second: number }>(
      `select s.name, s.portfolio_limit, s.messages_per_second from sender s where s.organisation_id = $1 and ${within({ sender: "s.id" })} order by s.name, s.id`,
    ),
  ]);
  const names = [...new Set([...days, ...inbound].map((row) => row.day))].sort();
  if (names.length === 0)
    return none(
      "P9",
      title,
      say(
        "Nothing was sent or received in this period.",
        "In deze periode is niets verzonden of ontvangen.",
        "In diesem Zeitraum wurde nichts gesendet oder empfangen.",
      ),
    );
  const byDay = new Map(days.map((row) => [row.day, row]));
  const inByDay = new Map(inbound.map((row) => [row.day, row.count]));
  const rows = names.map((day) => {
    const out = byDay.get(day);
    return {
      day,
      begun: out?.begun ?? 0,
      answers: out?.answers ?? 0,
      people: out?.people ?? 0,
      received: inByDay.get(day) ?? 0,
    };
  });
  const file = source.file(
    "data/volumes.csv",
    csv(
      ["day_utc", "begun_by_business", "people_reached", "answers", "received"],
      rows.map((row): Cell[] => [row.day, row.begun, row.people, row.answers, row.received]),
    ),
  );
  const limitWords = limits.map(({ name, portfolio_limit, messages_per_second }) =>
    say(
      `${name}: at most ${portfolio_limit === null ? "unlimited" : source.number(portfolio_limit)} people in 24 hours, ${messages_per_second} messages per second`,
      `${name}: hoogstens ${portfolio_limit === null ? "onbeperkt" : source.number(portfolio_limit)} mensen in 24 uur, ${messages_per_second} berichten per seconde`,
      `${name}: höchstens ${portfolio_limit === null ? "unbegrenzt" : source.number(portfolio_limit)} Menschen in 24 Stunden, ${messages_per_second} Nachrichten je Sekunde`,
    ),
  );
  const blocks: Block[] = [
    {
      kind: "bars",
      title: say("Messages per day", "Berichten per dag", "Nachrichten je Tag"),
      upright: true,
      series: [
        say("begun by us", "door ons begonnen", "von uns begonnen"),
        say("answers", "antwoorden", "Antworten"),
        say("received", "ontvangen", "empfangen"),
      ],
      bars: everyDay(rows).map(({ day, begun, answers, received }) => ({
        label: day,
        values: [begun, answers, received],
      })),
    },
    tableOf(
      [
        { title: say("Day (UTC)", "Dag (UTC)", "Tag (UTC)"), wide: true },
        { title: say("Begun by us", "Door ons begonnen", "Von uns begonnen"), numeric: true },
        { title: say("People", "Mensen", "Menschen"), numeric: true },
        { title: say("Answers", "Antwoorden", "Antworten"), numeric: true },
        { title: say("Received", "Ontvangen", "Empfangen"), numeric: true },
      ],
      rows.map((row) =>
        [row.day, row.begun, row.people, row.answers, row.received].map((cell) =>
          typeof cell === "number" ? source.number(cell) : cell,
        ),
      ),
    ),
    {
      kind: "facts",
      facts: [
        [
          say(
            "Most in one second, per sender",
            "Meest in één seconde, per afzender",
            "Meiste in einer Sekunde, je Absender",
          ),
          source.number(peak[0]?.peak ?? 0),
        ],
      ],
    },
  ];
  if (source.subject.contactIds === null) blocks.push({ kind: "list", items: limitWords });
  return present("P9", title, blocks, [file]);
}

/** Days on which nothing happened have their place as well, as long as the period is one a chart can show. */
function everyDay(
  rows: readonly { day: string; begun: number; answers: number; received: number }[],
): { day: string; begun: number; answers: number; received: number }[] {
  const first = Date.parse(rows[0]?.day ?? "");
  const last = Date.parse(rows.at(-1)?.day ?? "");
  const count = Math.round((last - first) / 86_400_000) + 1;
  if (!(count > 0 && count <= 800)) return [...rows];
  const known = new Map(rows.map((row) => [row.day, row]));
  return Array.from({ length: count }, (_, index) => {
    const day = toIso(instant(first + index * 86_400_000)).slice(0, 10);
    return known.get(day) ?? { day, begun: 0, answers: 0, received: 0 };
  });
}

async function windowProof(source: Source, title: string): Promise<Section> {
  const { say } = source;
  const rows = await source.rows<{ person: string; at: number; age_ms: number | null }>(
    `select ${personIn("a.contact_id")} as person, d.at, extract(epoch from a.intent_at) * 1000 - (d.facts->>'lastInboundAt')::float8 as age_ms
     from attempt a join decision d on d.organisation_id = a.organisation_id and d.id = a.decision_id
     where a.organisation_id = $1 and d.request->>'payload' = 'free-form' and d.request->>'channel' = 'whatsapp' and ${within({ contact: "a.contact_id", sender: "a.sender_id", at: "a.intent_at", delivery: "a.delivery_id" })} order by a.intent_at, a.id`,
  );
  if (rows.length === 0)
    return none(
      "P10",
      title,
      say(
        "No free text was sent in this period.",
        "In deze periode is geen vrije tekst verzonden.",
        "In diesem Zeitraum wurde kein Freitext gesendet.",
      ),
    );
  const hours = rows.map((row) => (row.age_ms === null ? null : row.age_ms / 3_600_000));
  const known = hours.filter((value) => value !== null);
  const slices: [string, number][] = [
    ["< 1 h", 1],
    ["1–6 h", 6],
    ["6–12 h", 12],
    ["12–18 h", 18],
    ["18–24 h", 24],
    ["≥ 24 h", Number.POSITIVE_INFINITY],
  ];
  const file = source.file(
    "data/window.csv",
    csv(
      ["sent_at", "person", "hours_since_last_inbound"],
      rows.map((row, index): Cell[] => [
        source.time(row.at),
        row.person,
        hours[index] == null ? null : Math.round((hours[index] ?? 0) * 1_000) / 1_000,
      ]),
    ),
  );
  return present(
    "P10",
    title,
    [
      {
        kind: "text",
        text: say(
          "For every message in free words: how long before it the person had last written, when it was handed over. The platform allows 24 hours.",
          "Van elk bericht in vrije woorden: hoe lang daarvoor de persoon zelf had geschreven, toen het werd overgedragen. Het platform staat 24 uur toe.",
          "Zu jeder Nachricht in freien Worten: wie lange zuvor die Person geschrieben hatte, als sie übergeben wurde. Die Plattform erlaubt 24 Stunden.",
        ),
      },
      {
        kind: "facts",
        facts: [
          [say("Messages", "Berichten", "Nachrichten"), source.number(rows.length)],
          [say("Longest", "Langst", "Längste"), known.length === 0 ? "–" : `${source.number(Math.max(...known))} h`],
        ],
      },
      {
        kind: "bars",
        title: say("Age of the last message", "Leeftijd van het laatste bericht", "Alter der letzten Nachricht"),
        upright: false,
        series: [say("messages", "berichten", "Nachrichten")],
        bars: slices.map(([label, most], index) => ({
          label,
          values: [
            known.filter((value) => value < most && value >= (slices[index - 1]?.[1] ?? Number.NEGATIVE_INFINITY))
              .length,
          ],
        })),
      },
    ],
    [file],
  );
}

async function refusals(source: Source, title: string): Promise<Section> {
  const { say } = source;
  const rows = await source.rows<{ rule: string; outcome: string; count: number; first: number; last: number }>(
    `select r->>'id' as rule, d.outcome, count(*)::int as count, min(d.at) as first, max(d.at) as last from decision d, jsonb_array_elements(d.verdict->'rules') r
     where d.organisation_id = $1 and d.outcome <> 'allow' and ${within({ contact: "d.contact_id", sender: "d.sender_id", at: "d.at", decision: "d.id" })} group by 1, 2 order by 3 desc, 1, 2`,
  );
  if (rows.length === 0)
    return none(
      "P14",
      title,
      say(
        "The rules stopped nothing in this period.",
        "De regels hielden in deze periode niets tegen.",
        "Die Regeln hielten in diesem Zeitraum nichts auf.",
      ),
    );
  const file = source.file(
    "data/refusals.csv",
    csv(
      ["rule", "outcome", "count", "first", "last"],
      rows.map((row): Cell[] => [row.rule, row.outcome, row.count, source.time(row.first), source.time(row.last)]),
    ),
  );
  return present(
    "P14",
    title,
    [
      {
        kind: "bars",
        title: say("By rule", "Per regel", "Je Regel"),
        upright: false,
        series: [say("verdicts", "oordelen", "Urteile")],
        bars: rows.slice(0, 20).map((row) => ({ label: `${row.rule} (${row.outcome})`, values: [row.count] })),
      },
      {
        kind: "text",
        text: say(
          "What each rule says, with its clause and its source, is in rules.json.",
          "Wat elke regel zegt, met artikel en bron, staat in rules.json.",
          "Was jede Regel besagt, mit Klausel und Quelle, steht in rules.json.",
        ),
      },
    ],
    [file],
  );
}

interface SampleRow {
  person: string;
  conversation: string;
  at: number;
  direction: string;
  type: string;
  status: string;
  text: string | null;
  outcome: string | null;
  rules: string[] | null;
}

/** What a campaign's message to this person said: the template, and the words put into it. */
const campaignWords = `(y.content->'template'->>'name') || coalesce(': ' || (
  select string_agg(p->>'text', ', ') from jsonb_path_query(y.content, '$.template.components[*].parameters[*]') p), '')`;

/** Of one person: all that was said. Of one message: that message. Of many: conversations taken by their digest, without words. */
async function samples(source: Source, title: string): Promise<Section> {
  const { say, subject } = source;
  const chosen =
    subject.contactIds === null
      ? `and m.conversation_id in (select v.id from conversation v where v.organisation_id = $1 and ($3::uuid is null or v.sender_id = $3)
           order by sha256(convert_to(v.id::text, 'UTF8')) limit 20)`
      : "";
  const rows = await source.rows<SampleRow & { id: string }>(
    `select m.id, ${personIn("c.contact_id")} as person, m.conversation_id as conversation, coalesce(m.sent_at, m.received_at, m.created_at) as at, m.direction, m.type, m.status, m.text, d.outcome,
       array(select r->>'id' from jsonb_array_elements(d.verdict->'rules') r) as rules
     from message m join conversation c on c.organisation_id = m.organisation_id and c.id = m.conversation_id
     left join delivery y on y.organisation_id = m.organisation_id and y.id = m.delivery_id
     left join decision d on d.organisation_id = m.organisation_id and d.id = y.decision_id
     where m.organisation_id = $1 and ${within({ contact: "c.contact_id", sender: "m.sender_id", at: "coalesce(m.sent_at, m.received_at, m.created_at)", delivery: "m.delivery_id" })} ${chosen}
     union all
     select y.id, ${personIn("y.contact_id")}, y.campaign_id, coalesce(y.settled_at, y.created_at), 'out', y.content->>'type', coalesce(y.reached, y.state), ${campaignWords}, d.outcome,
       array(select r->>'id' from jsonb_array_elements(d.verdict->'rules') r)
     from delivery y left join decision d on d.organisation_id = y.organisation_id and d.id = y.decision_id
     where y.organisation_id = $1 and y.campaign_id is not null and $2::uuid[] is not null
       and ${within({ contact: "y.contact_id", sender: "y.sender_id", at: "coalesce(y.settled_at, y.created_at)" })}
     order by 3, 4, 1`,
  );
  const shown = subject.message ? rows.filter((row) => row.id === subject.message?.id) : rows;
  if (shown.length === 0)
    return none(
      "P19",
      title,
      say(
        "There are no messages in this period.",
        "Er zijn geen berichten in deze periode.",
        "In diesem Zeitraum gibt es keine Nachrichten.",
      ),
    );
  const withWords = subject.contactIds !== null;
  const file = source.file(
    withWords ? "data/messages.csv" : "data/samples.csv",
    csv(
      [
        "person",
        "conversation",
        "at",
        "direction",
        "type",
        "status",
        withWords ? "text" : "characters",
        "verdict",
        "rules",
      ],
      shown.map((row): Cell[] => [
        row.person,
        row.conversation,
        source.time(row.at),
        row.direction,
        row.type,
        row.status,
        withWords ? row.text : (row.text?.length ?? null),
        row.outcome,
        (row.rules ?? []).join(" "),
      ]),
    ),
  );
  const blocks: Block[] = [];
  if (!withWords)
    blocks.push({
      kind: "text",
      text: say(
        "Twenty conversations, taken by the digest of their ids, so that nobody chose them. Without the words of the people; with the verdict on everything that was sent.",
        "Twintig gesprekken, gekozen op de hash van hun kenmerk, zodat niemand ze uitzocht. Zonder de woorden van de mensen; met het oordeel over alles wat verzonden is.",
        "Zwanzig Gespräche, nach dem Hash ihrer Kennung genommen, so dass niemand sie ausgesucht hat. Ohne die Worte der Menschen; mit dem Urteil über alles, was gesendet wurde.",
      ),
    });
  blocks.push(
    tableOf(
      [
        { title: say("Time (UTC)", "Tijd (UTC)", "Zeit (UTC)") },
        { title: say("Direction", "Richting", "Richtung") },
        { title: withWords ? say("Words", "Woorden", "Worte") : say("Person", "Persoon", "Person"), wide: true },
        { title: say("State", "Stand", "Stand") },
        { title: say("Verdict", "Oordeel", "Urteil") },
      ],
      shown.map((row) => [
        source.time(row.at),
        row.direction === "in" ? "→" : "←",
        withWords ? (row.text ?? `(${row.type})`) : row.person,
        row.status,
        row.outcome,
      ]),
    ),
  );
  if (!withWords)
    blocks.push({
      kind: "text",
      text: say(
        "Pictures of opt-in flows are not kept by Loket; wordings and pages are (P5).",
        "Beelden van aanmeldstromen bewaart Loket niet; teksten en pagina's wel (P5).",
        "Bilder von Anmeldeabläufen bewahrt Loket nicht auf; Texte und Seiten schon (P5).",
      ),
    });
  return present("P19", title, blocks, [file]);
}
