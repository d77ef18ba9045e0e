-- Finding what was said, and who.
--
-- Under row-level security PostgreSQL asks an operator nothing before the policy has let the row through, unless it knows
-- that the operator cannot tell tales of it. Of `@@` and `ilike` it does not know, so under the policies no index for words
-- or for parts of a name is ever used: a search read all messages (ten million: 7 s; by the index 0.4 ms). The look-ups by
-- those two operators are therefore functions of the owner, whom a policy of its own lets read; each asks for the
-- organisation of its transaction itself, like the policies, and gives away nothing but ids. The policies give the owner
-- nothing it could not take, since it owns the tables; it answers no request.

create extension if not exists pg_trgm;
create index contact_name_parts on contact using gin (organisation_id, name gin_trgm_ops);
create index address_value_parts on address using gin (organisation_id, value gin_trgm_ops);

create policy owner_searches on message for select to loket_owner using (true);
create policy owner_searches on contact for select to loket_owner using (true);
create policy owner_searches on address for select to loket_owner using (true);

-- Conversations in which all these words are in one message; `is_all` is false where more messages hold them than were
-- looked at. Planned anew for its words each time: rare ones are found by the index, and of common ones enough by reading
-- on (of a word in one message of seventeen: 50 ms, by the index 700 ms). The memory is for the places found: with less,
-- whole pages are looked through for them.
create function conversations_saying(words text, at_most integer, out ids uuid[], out is_all boolean)
language plpgsql stable security definer
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan set work_mem = '32MB' as $$
begin
  select coalesce(array_agg(distinct found.conversation_id), '{}'), count(*) < at_most into ids, is_all from (
    select m.conversation_id from message m
    where m.organisation_id = current_setting('loket.organisation_id')::uuid and m.search @@ plainto_tsquery('simple', words) limit at_most) found;
end $$;

-- People whose name, number or address holds one of these; `is_all` as above.
create function contacts_called(patterns text[], at_most integer, out ids uuid[], out is_all boolean)
language plpgsql stable security definer
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
begin
  select coalesce(array_agg(distinct found.id), '{}'), count(*) < at_most into ids, is_all from (
    (select c.id from contact c
     where c.organisation_id = current_setting('loket.organisation_id')::uuid and c.name ilike any (patterns[:1]) limit at_most)
    union all
    (select a.contact_id from address a
     where a.organisation_id = current_setting('loket.organisation_id')::uuid and a.value ilike any (patterns) limit at_most)) found;
end $$;

revoke execute on function conversations_saying, contacts_called from public;
grant execute on function conversations_saying, contacts_called to loket_app, loket_worker;
