import pg from "pg";
import type { DatabaseAddress } from "./migrate.ts";

/**
 * The schema as the catalogue tells it, one line per fact, in a fixed order: kept in `schema.sql` beside the migrations,
 * so that a diff shows what a migration really did. (The built-in server brings no pg_dump.)
 */
export async function dumpSchema(address: DatabaseAddress): Promise<string> {
  const client = new pg.Client({ ...address });
  await client.connect();
  const list = async (sql: string) => (await client.query<{ line: string }>(sql)).rows.map((row) => row.line);
  const ours = "n.nspname in ('public', 'auth', 'installation') and c.relname not like 'pg_%'";
  try {
    const lines = [
      ...(await list(`
        select format('column %s.%s %s%s%s%s', n.nspname, c.relname, a.attname || ' ', format_type(a.atttypid, a.atttypmod),
          case when a.attnotnull then ' not null' else '' end,
          coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) as line
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
        where ${ours} and c.relkind in ('r', 'p') order by n.nspname, c.relname, a.attnum`)),
      ...(await list(`
        select format('constraint %s.%s %s: %s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid)) as line
        from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
        where ${ours} and k.contype <> 'n' order by n.nspname, c.relname, k.conname`)),
      ...(await list(`
        select format('index %s', pg_get_indexdef(i.indexrelid)) as line
        from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
        where ${ours} order by i.indexrelid::regclass::text`)),
      ...(await list(`
        select format('policy %s.%s %s for %s to %s using (%s) check (%s)', schemaname, tablename, policyname, cmd, roles, qual, with_check) as line
        from pg_policies where schemaname in ('public', 'auth') order by schemaname, tablename, policyname`)),
      ...(await list(`
        select format('security %s.%s enabled %s forced %s', n.nspname, c.relname, c.relrowsecurity, c.relforcerowsecurity) as line
        from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours} and c.relkind in ('r', 'p') order by n.nspname, c.relname`)),
      ...(await list(`
        select format('grant %s.%s to %s: %s', table_schema, table_name, grantee, string_agg(lower(privilege_type), ', ' order by privilege_type)) as line
        from information_schema.role_table_grants where table_schema in ('public', 'auth', 'installation') and grantee in ('loket_app', 'loket_worker')
        group by table_schema, table_name, grantee order by table_schema, table_name, grantee`)),
    ];
    return `${lines.map((line) => line.replace(/\s+/g, " ").trim()).join("\n")}\n`;
  } finally {
    await client.end();
  }
}
