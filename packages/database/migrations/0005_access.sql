-- Who may touch what. Every table with an organisation is closed to all but its organisation's transactions; the
-- policies after the loop are the only doors beside it, each for a look-up that comes before the organisation is known
-- or for work that walks over organisations.

do $$
declare
  name text;
begin
  for name in
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation_id'
    where n.nspname = 'public' and c.relkind in ('r', 'p')
  loop
    execute format('alter table public.%I enable row level security', name);
    execute format('alter table public.%I force row level security', name);
    execute format(
      'create policy own_organisation on public.%I using (organisation_id = (select current_setting(''loket.organisation_id'')::uuid)) with check (organisation_id = (select current_setting(''loket.organisation_id'')::uuid))',
      name);
    execute format('grant select, insert, update, delete on public.%I to loket_app, loket_worker', name);
  end loop;
end $$;

-- Histories are added to, not rewritten.
revoke update, delete on consent, decision, event, activity, platform_notice from loket_app, loket_worker;
revoke delete on suppression, attempt, delivery, message, contact, address from loket_app, loket_worker;

-- Doors.
create policy worker_walks_lanes on lane to loket_worker using (true) with check (true);
create policy worker_takes_receipts on inbound_receipt to loket_worker using (true) with check (true);
create policy worker_finds_senders on sender for select to loket_worker using (true);
create policy worker_finds_organisations on organisation for select to loket_worker using (true);
create policy worker_finds_snoozed on conversation for select to loket_worker using (state = 'snoozed');
create policy person_finds_memberships on member for select to loket_app
  using (person_id::text = current_setting('loket.person_id', true));
create policy person_finds_organisations on organisation for select to loket_app
  using (exists (select 1 from member m where m.organisation_id = organisation.organisation_id and m.person_id::text = current_setting('loket.person_id', true)));
create policy token_finds_itself on api_token for select to loket_app
  using (encode(token_hash, 'hex') = current_setting('loket.token_hash', true));

grant usage on schema auth to loket_app, loket_worker;
grant select, insert, update, delete on all tables in schema auth to loket_app;
grant select on auth."user" to loket_worker;
