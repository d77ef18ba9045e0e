import { readFileSync, writeFileSync } from "node:fs";
import { createIds, type OrganisationId, systemClock, systemRandom } from "@loket/kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dumpSchema } from "./index.ts";
import { createTestDatabase, type TestDatabase } from "./testing.ts";

const ids = createIds(systemClock, systemRandom);
let database: TestDatabase;
let ours: OrganisationId;
let theirs: OrganisationId;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = ids.next<"organisation">();
  theirs = ids.next<"organisation">();
  for (const id of [ours, theirs]) {
    await database.app.inOrganisation(id, (tx) =>
      tx.query(
        "insert into organisation (organisation_id, kind, name, locale, time_zone, home_country, created_at) values ($1, 'business', 'x', 'en', 'Europe/Amsterdam', 'NL', now())",
        [id],
      ),
    );
  }
});
afterAll(() => database.drop());

const rows = async <Row>(sql: string) => (await database.admin.query(sql)).rows as Row[];

describe("the schema", () => {
  it("is the one in schema.sql (UPDATE_SCHEMA=1 writes it anew)", async () => {
    const file = new URL("../schema.sql", import.meta.url);
    const now = await dumpSchema(database.address);
    if (process.env.UPDATE_SCHEMA) writeFileSync(file, now);
    expect(now).toBe(readFileSync(file, "utf8"));
  });

  it("forces row-level security on every table that has an organisation, for every command", async () => {
    const open = await rows<{ name: string }>(`
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity) order by 1`);
    expect(open.map((row) => row.name)).toEqual(["migration"]);
    const closed = await rows<{ tablename: string }>(
      "select tablename from pg_policies where policyname = 'own_organisation' and cmd = 'ALL' and with_check is not null",
    );
    const tables = await rows<{ name: string }>(
      "select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname <> 'migration'",
    );
    expect(closed.map((row) => row.tablename).sort()).toEqual(tables.map((row) => row.name).sort());
  });

  it("has no door beside the organisation's but the ones listed here", async () => {
    const doors = await rows<{ door: string }>(
      "select tablename || ': ' || policyname || ' ' || cmd || ' ' || roles::text as door from pg_policies where schemaname = 'public' and policyname <> 'own_organisation' order by 1",
    );
    expect(doors.map((row) => row.door)).toEqual([
      "address: owner_searches SELECT {loket_owner}", // for the two functions below; the owner answers no request
      "api_token: token_finds_itself SELECT {loket_app}",
      "contact: owner_searches SELECT {loket_owner}",
      "conversation: worker_finds_snoozed SELECT {loket_worker}",
      "evidence_entry: worker_finds_waiting_entries SELECT {loket_worker}",
      "evidence_log: worker_finds_logs SELECT {loket_worker}",
      "evidence_pack: worker_finds_old_packs SELECT {loket_worker}",
      "hand_over_hold: worker_holds_all ALL {loket_worker}",
      "inbound_receipt: worker_takes_receipts ALL {loket_worker}",
      "lane: worker_walks_lanes ALL {loket_worker}",
      "member: person_finds_memberships SELECT {loket_app}",
      "message: owner_searches SELECT {loket_owner}",
      "organisation: person_finds_organisations SELECT {loket_app}",
      "organisation: worker_finds_organisations SELECT {loket_worker}",
      "sender: worker_finds_senders SELECT {loket_worker}",
    ]);
  });

  it("has no function with the owner's rights but the two that search, and those are not everybody's", async () => {
    const functions = await rows<{ name: string; everybody: boolean }>(
      "select p.proname as name, has_function_privilege('public', p.oid, 'execute') as everybody from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public' and p.prosecdef order by 1",
    );
    expect(functions).toEqual([
      { name: "contacts_called", everybody: false },
      { name: "conversations_saying", everybody: false },
    ]);
  });

  it("finds words, names and numbers of the own organisation alone, and nothing outside one", async () => {
    const made = [ours, theirs].map((organisation) => [organisation, ids.next(), ids.next(), ids.next()] as const);
    await database.admin.query("begin; set local session_replication_role = replica");
    for (const [organisation, conversation, contact, message] of made) {
      await database.admin.query(
        "insert into contact (organisation_id, id, name, created_at) values ($1, $2, 'Noor de Vries', now())",
        [organisation, contact],
      );
      await database.admin.query(
        "insert into address (organisation_id, id, contact_id, channel, kind, value, created_at) values ($1, $2, $3, 'whatsapp', 'phone', '+31612345678', now())",
        [organisation, ids.next(), contact],
      );
      await database.admin.query(
        `insert into message (organisation_id, id, conversation_id, sender_id, channel, direction, type, content, text, status, received_at, created_at)
         values ($1, $2, $3, $2, 'whatsapp', 'in', 'text', '{}', 'de kersttaart graag', 'received', now(), now())`,
        [organisation, message, conversation],
      );
    }
    await database.admin.query("commit");
    const search = `select (conversations_saying('kersttaart', 10)).ids as said, (contacts_called('{%vries%}', 10)).ids as called, (contacts_called('{x,%4567%}', 10)).ids as numbered`;
    for (const role of [database.app, database.worker])
      for (const [organisation, conversation, contact] of made)
        expect(await role.inOrganisation(organisation, (tx) => tx.one(search))).toEqual({
          said: [conversation],
          called: [contact],
          numbered: [contact],
        });
    await expect(database.worker.across(search)).resolves.toEqual([{ said: [], called: [], numbered: [] }]);
  });

  it("leads every primary key, unique key and foreign key with the organisation", async () => {
    const keys = await rows<{ key: string }>(`
      select c.relname || ': ' || k.conname as key from pg_constraint k
      join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
      where n.nspname = 'public' and k.contype in ('p', 'u', 'f') and a.attname <> 'organisation_id' and c.relname <> 'migration' order by 1`);
    expect(keys.map((row) => row.key)).toEqual([
      "agency_client: agency_client_client_organisation_id_fkey", // names another organisation, on purpose
      "member: member_person_id_fkey", // persons belong to no organisation
    ]);
    const unique = await rows<{ index: string }>(`
      select i.indexrelid::regclass::text as index from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where n.nspname = 'public' and i.indisunique and a.attname <> 'organisation_id' and c.relname <> 'migration'`);
    expect(unique).toEqual([]);
  });

  it("leads every index with the organisation, but for look-ups that come before it is known", async () => {
    const others = await rows<{ index: string }>(`
      select i.indexrelid::regclass::text as index from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where n.nspname = 'public' and a.attname <> 'organisation_id' and c.relname <> 'migration' order by 1`);
    expect(others.map((row) => row.index)).toEqual(["api_token_hash", "sender_by_id"]);
  });

  it("gives neither role a way past the policies", async () => {
    const roles = await rows<{ rolname: string }>(
      "select rolname from pg_roles where rolname like 'loket\\_%' and rolname <> 'loket_admin' and (rolsuper or rolbypassrls or rolcreaterole)",
    );
    expect(roles).toEqual([]);
    const owned = await rows(
      "select 1 from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in ('loket_app', 'loket_worker')",
    );
    expect(owned).toEqual([]);
  });
});

describe("a transaction", () => {
  it("sees its own organisation alone, whatever the query says", async () => {
    const seen = await database.app.inOrganisation(ours, (tx) =>
      tx.query<{ organisation_id: string }>("select organisation_id from organisation"),
    );
    expect(seen.map((row) => row.organisation_id)).toEqual([ours]);
  });

  it("cannot write into another organisation", async () => {
    const write = database.app.inOrganisation(ours, (tx) =>
      tx.query("insert into inbox (organisation_id, id, name, created_at) values ($1, $2, 'theirs', now())", [
        theirs,
        ids.next(),
      ]),
    );
    await expect(write).rejects.toThrow(/row-level security/);
  });

  it("fails loudly without an organisation", async () => {
    await expect(database.app.pool.query("select * from organisation")).rejects.toThrow();
    await expect(database.app.across("select * from inbox")).resolves.toEqual([]);
  });

  it("ends in one failure where several of its statements fail in one flight", async () => {
    const failed = database.app.inOrganisation(ours, async (tx) => {
      const ahead = tx.query("select 1 / 0");
      await tx.one("select nonsense");
      await ahead; // nobody comes this far; a rejection that nobody hears would end the process
    });
    await expect(failed).rejects.toThrow();
  });

  it("keeps nothing when it throws, nor when a failure inside it was swallowed", async () => {
    const insert = "insert into inbox (organisation_id, id, name, created_at) values ($1, $2, $3, now())";
    await expect(
      database.app.inOrganisation(ours, async (tx) => {
        await tx.query(insert, [ours, ids.next(), "lost"]);
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    await expect(
      database.app.inOrganisation(ours, async (tx) => {
        await tx.query(insert, [ours, ids.next(), "lost"]);
        await tx.query("select 1 / 0").catch(() => []);
      }),
    ).rejects.toThrow(/rolled back/);
    expect(
      await database.app.inOrganisation(ours, (tx) => tx.query("select 1 from inbox where name = 'lost'")),
    ).toEqual([]);
  });

  it("writes events in commit order, without gaps, however many write at once, and wakes listeners", async () => {
    const heard: string[] = [];
    let heardEnough = () => {};
    const enough = new Promise<void>((resolve) => {
      heardEnough = resolve;
    });
    const listener = await database.app.listen((topic, key) => {
      heard.push(`${topic} ${key}`);
      heardEnough();
    });
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        database.app.inOrganisation(ours, async (tx) => {
          tx.emit({ type: "a", inboxId: null, subject: { n: String(index) }, at: Date.now() });
          await tx.query("select 1");
          tx.emit({ type: "b", inboxId: null, subject: { n: String(index) }, at: Date.now() });
        }),
      ),
    );
    const events = await database.app.inOrganisation(ours, (tx) =>
      tx.query<{ sequence: number; type: string }>("select sequence, type from event order by sequence"),
    );
    expect(events.map((event) => event.sequence)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(events.map((event) => event.type).join("")).toBe("ab".repeat(20));
    await enough;
    expect(heard).toContain(`event ${ours}`);
    await listener.close();
  });
});
