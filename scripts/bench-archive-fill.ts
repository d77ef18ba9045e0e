import type pg from "pg";
import { compoundsOf, languages } from "./bench-archive-words.ts";

/**
 * Fills a database that Loket has set up with an archive of three years: conversations of very unequal length, half of
 * all messages in the busiest tenth, written in three languages, stored in the order they would have come in.
 *
 * The rows are made inside PostgreSQL: from a skeleton of moments, sorted once, joined to a hundred thousand sentences.
 * Indexes that can be are left out and built at the end. Tried and left: COPY from a program (35,000 rows/s on one core,
 * against 60,000), and rows conversation by conversation, which puts a thread on one page and makes it look faster than
 * it can ever be.
 */
export interface ArchiveSize {
  readonly messages: number;
  readonly conversations: number;
}

export interface Filled {
  readonly seconds: number;
  readonly messages: number;
  readonly databaseBytes: number;
  readonly messageTableBytes: number;
  readonly searchIndexBytes: number;
}

const sentenceCount = 100_000;
const built = ["message_client", "message_delivery", "message_provider", "message_search", "message_thread"];

/** Fills the first organisation. `connection` is the administrator's; `more` opens another for the second core. */
export async function fillArchive(
  connection: pg.Client,
  more: () => Promise<pg.Client>,
  size: ArchiveSize,
  say: (text: string) => void,
): Promise<void> {
  const startedAt = performance.now();
  const run = async (what: string, text: string, values: unknown[] = []) => {
    const from = performance.now();
    await connection.query(text, values);
    say(`${what}: ${((performance.now() - from) / 1_000).toFixed(1)} s`);
  };
  // Foreign keys hold by how the rows are made; checking ten million of them says nothing about reading.
  for (const setting of [
    "session_replication_role = replica",
    "synchronous_commit = off",
    "work_mem = '512MB'",
    "maintenance_work_mem = '1GB'",
    "max_parallel_maintenance_workers = 2",
  ])
    await connection.query(`set ${setting}`);

  const { rows } = await connection.query<{ organisation_id: string; indexdef: string }>(
    "select (select organisation_id from sender where channel = 'whatsapp' order by created_at, id limit 1) as organisation_id",
  );
  const organisationId = rows[0]?.organisation_id;
  const indexes = (
    await connection.query<{ indexdef: string }>(
      "select indexdef from pg_indexes where schemaname = 'public' and tablename = 'message' and indexname = any($1)",
      [built],
    )
  ).rows;
  await connection.query(`drop index ${built.join(", ")}`);

  await run("sentences", "create unlogged table archive_sentence (n int, locale text, text text)");
  await connection.query(
    "insert into archive_sentence select * from json_to_recordset($1) as s(n int, locale text, text text)",
    [JSON.stringify(sentences())],
  );
  await run("conversations", conversations, [organisationId, size.conversations, size.messages]);
  await run("people", people, [organisationId, size.conversations, names()]);
  await run(
    "moments",
    `create unlogged table archive_moment as
       select row_number() over (order by at) as n, id, conversation_n, k, at, is_last from (
         select uuidv7(at - now()) as id, n as conversation_n, k, at, k = size as is_last from (
           select n, k, size, started_at + (ended_at - started_at) * (k::float8 / size) as at from archive_conversation cross join lateral generate_series(1, size) k) spread) made`,
  );
  await connection.query(
    "create index on archive_moment (n); analyze archive_moment, archive_conversation, archive_sentence",
  );
  const count = Number(
    (await connection.query<{ n: string }>("select max(n) as n from archive_moment")).rows[0]?.n ?? 0,
  );

  const from = performance.now();
  const other = await more();
  for (const setting of ["session_replication_role = replica", "synchronous_commit = off", "work_mem = '512MB'"])
    await other.query(`set ${setting}`);
  const step = 250_000;
  let next = 0;
  await Promise.all(
    [connection, other].map(async (client) => {
      while (next < count) {
        const first = next;
        next += step;
        await client.query(messages, [organisationId, first, first + step]);
      }
    }),
  );
  await other.end();
  say(`messages: ${((performance.now() - from) / 1_000).toFixed(1)} s`);

  for (const { indexdef } of indexes) await run(/INDEX (\w+)/.exec(indexdef)?.[1] ?? "index", indexdef);
  await run("last messages", lastMessages, [organisationId]);
  await run("labels", labels, [organisationId]);
  await connection.query("drop table archive_moment, archive_conversation, archive_sentence");
  await run("statistics", "vacuum (analyze) message, conversation, contact, address, leg, conversation_label");
  await connection.query("create table archive_filled as select $1::float8 as seconds, $2::bigint as messages", [
    (performance.now() - startedAt) / 1_000,
    count,
  ]);
}

/** What the database holds, and what it took to make. */
export async function readFilled(connection: pg.Client): Promise<Filled> {
  const { rows } = await connection.query<Record<keyof Filled, string>>(
    `select seconds, messages, pg_database_size(current_database()) as "databaseBytes", pg_table_size('message') as "messageTableBytes", pg_relation_size('message_search') as "searchIndexBytes"
     from archive_filled`,
  );
  const read = (name: keyof Filled) => Number(rows[0]?.[name] ?? 0);
  return {
    seconds: read("seconds"),
    messages: read("messages"),
    databaseBytes: read("databaseBytes"),
    messageTableBytes: read("messageTableBytes"),
    searchIndexBytes: read("searchIndexBytes"),
  };
}

/** A small generator of its own, so that every archive holds the same words. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function sentences(): { n: number; locale: string; text: string }[] {
  const draw = draws(1);
  const spoken = [languages.nl, languages.nl, languages.nl, languages.de, languages.de, languages.en] as const;
  const words = new Map(Object.values(languages).map((language) => [language, compoundsOf(language)]));
  return Array.from({ length: sentenceCount }, (_, n) => {
    const language = spoken[Math.floor(draw() * spoken.length)] ?? languages.nl;
    const compounds = words.get(language) ?? [];
    const frame = language.frames[Math.floor(draw() * language.frames.length)] ?? "";
    // Squared twice: the first words are used a hundred times as often as the last.
    const word = compounds[Math.floor(draw() ** 4 * compounds.length)] ?? "";
    return {
      n,
      locale: language === languages.de ? "de" : language === languages.en ? "en" : "nl",
      text: frame.replace("_", word),
    };
  });
}

/** First and last name together, of all three languages. */
function names(): string[] {
  const all = Object.values(languages);
  const firsts = all.flatMap(({ names: each }) => each.slice(0, 10));
  const lasts = all.flatMap(({ names: each }) => each.slice(10));
  return firsts.flatMap((first) => lasts.map((last) => `${first} ${last}`));
}

// One in five people has an older conversation that is done, and a newer one; nine of ten are done.
const conversations = `create unlogged table archive_conversation as
  with drawn as (
    select n, exp(2 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())) as weight, random() as luck, random() as begun from generate_series(0, $2::int - 1) n),
  sized as (
    select *, greatest(1, round(weight / sum(weight) over () * $3::float8))::int as size from drawn),
  inlet as (select row_number() over (order by s.created_at, s.id) - 1 as n, count(*) over () as count, s.id as sender_id, s.inbox_id from sender s where s.organisation_id = $1 and s.channel = 'whatsapp')
  select sized.n, uuidv7((now() - interval '3 years') + interval '3 years' * begun - now()) as id, n % ($2::int * 4 / 5) as person, size, luck,
    case when n < $2::int * 4 / 5 and (n < $2::int / 5 or luck < 0.9) then 'done' when luck < 0.92 then 'needs-us' when luck < 0.99 then 'waiting' else 'snoozed' end as state,
    (now() - interval '3 years') + interval '3 years' * begun as started_at,
    least(now() - interval '1 minute' * (1 + luck), (now() - interval '3 years') + interval '3 years' * begun + interval '2 hours' * size * (0.2 + luck)) as ended_at,
    (select i.sender_id from inlet i where i.n = sized.n % ($2::int * 4 / 5) % i.count) as sender_id, (select i.inbox_id from inlet i where i.n = sized.n % ($2::int * 4 / 5) % i.count) as inbox_id
  from sized`;

const people = `with person as (
    select n, gen_random_uuid() as id, gen_random_uuid() as address_id from generate_series(0, $2::int * 4 / 5 - 1) n),
  made as (
    insert into contact (organisation_id, id, name, name_source, locale, region, created_at)
    select $1, id, ($3::text[])[1 + n % array_length($3::text[], 1)] || case when n % 7 = 0 then ' ' || n else '' end, 'profile', 'nl', 'NL', now() - interval '3 years' from person),
  reached as (
    insert into address (organisation_id, id, contact_id, channel, kind, value, created_at)
    select $1, address_id, id, 'whatsapp', 'phone', '+3198' || lpad(((n::bigint * 7919) % 10000000)::text, 7, '0'), now() - interval '3 years' from person),
  leg as (
    insert into leg (organisation_id, sender_id, address_id, last_inbound_at, last_outbound_at)
    select distinct on (v.person) $1::uuid, v.sender_id, p.address_id, v.ended_at, v.ended_at from archive_conversation v join person p on p.n = v.person order by v.person, v.ended_at desc),
  held as (select array_agg(id order by id) as ids from member where organisation_id = $1)
  insert into conversation (organisation_id, id, inbox_id, contact_id, sender_id, address_id, state, assignee_id, snoozed_until, waiting_since, last_message_at, unread_count, opened_at, closed_at)
  select $1, v.id, v.inbox_id, p.id, v.sender_id, p.address_id, v.state, case when v.n % 10 < 6 then held.ids[1 + v.n / 10 % array_length(held.ids, 1)] end,
    case when v.state = 'snoozed' then now() + interval '2 days' end, case when v.state = 'needs-us' then v.ended_at end, v.ended_at,
    case when v.state = 'needs-us' then v.n % 4 else 0 end, v.started_at, case when v.state = 'done' then v.ended_at end
  from archive_conversation v join person p on p.n = v.person cross join held`;

// One message in ten names an order, and no two the same: most words of a real index are like that.
const messages = `insert into message (organisation_id, id, conversation_id, sender_id, channel, direction, type, content, text, status, status_times, provider_id, author_name, sent_at, received_at, created_at)
  select $1, t.id, v.id, v.sender_id, 'whatsapp', t.direction, 'text', jsonb_build_object('type', 'text', 'text', jsonb_build_object('body', t.text)), t.text,
    case t.direction when 'in' then 'received' else 'read' end, case t.direction when 'in' then '{}'::jsonb else '{"sent": 1750000000000, "delivered": 1750000001000}'::jsonb end,
    'wamid.archive-' || t.n, case t.direction when 'out' then 'Sanne' end, t.at, case t.direction when 'in' then t.at end, t.at
  from (
    select m.n, m.id, m.conversation_n, m.at, case when m.k % 2 = 1 then 'in' else 'out' end as direction,
      a.text || case when m.n % 3 = 0 then '. ' || b.text else '' end || case when m.n % 10 = 0 then ' K-' || (100000 + m.n * 7) else '' end as text
    from archive_moment m
    join archive_sentence a on a.n = (m.n * 48271) % ${sentenceCount} join archive_sentence b on b.n = (m.n * 16807 + 11) % ${sentenceCount}
    where m.n > $2 and m.n <= $3) t
  join archive_conversation v on v.n = t.conversation_n`;

const lastMessages = `update conversation v set last_message_id = m.id, last_message_at = m.at
  from archive_moment m join archive_conversation a on a.n = m.conversation_n where m.is_last and v.organisation_id = $1 and v.id = a.id`;

const labels = `insert into conversation_label (organisation_id, conversation_id, label_id)
  select $1, v.id, l.ids[1 + a.n % array_length(l.ids, 1)] from archive_conversation a join conversation v on v.organisation_id = $1 and v.id = a.id
  cross join (select array_agg(id order by id) as ids from label where organisation_id = $1) l where a.n % 3 = 0 on conflict do nothing`;
