-- Whose database this is. An installation also remembers outside the database how far it had come; where the two disagree
-- the database was restored, copied, or belongs to somebody else, and nothing is handed over before a person has said so.

-- What is of the installation and of no organisation lies in a schema of its own, which the web role only reads.
create schema installation;
create table installation.identity (
  only_one boolean primary key default true check (only_one),
  id uuid not null,
  -- Grows with every start and every few seconds while Loket runs. A place that has seen more than this is told by it
  -- that the database is older than what was sent.
  epoch bigint not null check (epoch > 0),
  -- A mark of the keys the installation seals with, which does not give them away.
  keys_mark text not null,
  -- The cluster and the database's number in it: a dump that is restored elsewhere has others.
  server text not null
);
-- Where the installation runs: a data directory at a path of a machine. A copy of the directory is another place.
create table installation.place (
  place text primary key,
  beat bigint not null,
  seen_at timestamptz not null default now()
);
grant usage on schema installation to loket_app, loket_worker;
grant select on installation.identity to loket_app;
grant select, insert, update on installation.identity to loket_worker;
grant select, insert, update, delete on installation.place to loket_worker;

-- Nothing of this organisation is handed over until somebody of it has confirmed.
select set_config('loket.organisation_id', '00000000-0000-0000-0000-000000000000', true);
create table hand_over_hold (
  organisation_id uuid primary key references organisation,
  reason text not null check (reason in ('older', 'copied', 'foreign')),
  since timestamptz not null,
  -- Where it was found, in words for people.
  found_at text not null
);
alter table hand_over_hold enable row level security;
alter table hand_over_hold force row level security;
create policy own_organisation on hand_over_hold
  using (organisation_id = (select current_setting('loket.organisation_id')::uuid))
  with check (organisation_id = (select current_setting('loket.organisation_id')::uuid));
-- Whoever finds the disagreement holds every organisation.
create policy worker_holds_all on hand_over_hold to loket_worker using (true) with check (true);
grant select, delete on hand_over_hold to loket_app;
grant select, insert on hand_over_hold to loket_worker;
