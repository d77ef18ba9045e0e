-- One message to many. A campaign is written down person by person before it leaves, and everything that is told about
-- it is counted from those rows.

-- New foreign keys on closed tables are checked under the tables' own policies, which ask for an organisation. The
-- columns are new and empty, so there is nothing to check.
select set_config('loket.organisation_id', '00000000-0000-0000-0000-000000000000', true);

create table campaign (
  organisation_id uuid not null references organisation,
  id uuid not null,
  name text not null check (name <> ''),
  sender_id uuid not null,
  kind text not null check (kind in ('newsletter', 'marketing', 'survey', 'transactional')),
  template jsonb not null,
  audience jsonb not null,
  state text not null check (state in ('draft', 'freezing', 'running', 'paused', 'done', 'cancelled')),
  -- Why it stands still, and what exactly was said.
  brake text check (brake in ('member', 'failures', 'template', 'quality', 'restriction', 'payment', 'sender')),
  brake_detail text,
  -- Goes on by itself then: a limit is used up, or the hour is not one to write at.
  waits_until timestamptz,
  waits_for text,
  canary_count integer not null check (canary_count >= 0),
  -- Deliveries up to this priority may leave: 8 are the first few, 9 the rest.
  open_priority smallint not null default 9 check (open_priority in (8, 9)),
  starts_at timestamptz,
  expires_at timestamptz not null,
  -- How far the audience is written down: people up to this one; none later than the one it ended with when it began.
  frozen_to uuid,
  frozen_until uuid,
  is_frozen boolean not null default false,
  audience_count integer,
  approved_by uuid[] not null default '{}',
  created_by uuid,
  created_at timestamptz not null,
  started_at timestamptz,
  -- The last time somebody let it go on: what failed before that speaks against nothing any more.
  resumed_at timestamptz,
  ended_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, sender_id) references sender (organisation_id, id),
  check ((state = 'paused') = (brake is not null)),
  check ((state = 'draft') = (started_at is null) or state = 'cancelled'),
  check ((waits_until is null) = (waits_for is null)),
  check (state <> 'done' or ended_at is not null)
);
create index campaign_newest on campaign (organisation_id, created_at desc, id desc);
create index campaign_at_work on campaign (organisation_id, sender_id) where state in ('freezing', 'running') or (state = 'cancelled' and ended_at is null);

-- People of an audience who cannot be written to over this channel at all. Everybody else has a delivery.
create table campaign_exclusion (
  organisation_id uuid not null references organisation,
  campaign_id uuid not null,
  contact_id uuid not null,
  reason text not null check (reason in ('no-address')),
  primary key (organisation_id, campaign_id, contact_id),
  foreign key (organisation_id, campaign_id) references campaign (organisation_id, id),
  foreign key (organisation_id, contact_id) references contact (organisation_id, id)
);

alter table delivery
  add column campaign_id uuid,
  -- What the platform told after it took the message, for deliveries that no message in a conversation tells it of.
  add column reached text check (reached in ('sent', 'delivered', 'read', 'failed')),
  add constraint delivery_campaign_fkey foreign key (organisation_id, campaign_id) references campaign (organisation_id, id);
-- Nobody is written to twice, whatever dies in between.
create unique index delivery_once_per_campaign on delivery (organisation_id, campaign_id, contact_id) where campaign_id is not null;
create index delivery_of_campaign_due on delivery (organisation_id, campaign_id, priority, not_before, id) where campaign_id is not null and state in ('queued', 'held');
create index delivery_of_campaign_settled on delivery (organisation_id, campaign_id, settled_at desc) where campaign_id is not null and settled_at is not null;
create index delivery_of_campaign_to_contact on delivery (organisation_id, contact_id, settled_at desc) where campaign_id is not null;
-- What is nobody's campaign is looked for apart, so that a million rows that wait are in no answer's way.
drop index delivery_due;
create index delivery_due on delivery (organisation_id, sender_id, priority, id) where campaign_id is null and state in ('queued', 'held');

do $$
declare
  name text;
begin
  foreach name in array array['campaign', 'campaign_exclusion']
  loop
    execute format('alter table public.%I enable row level security', name);
    execute format('alter table public.%I force row level security', name);
    execute format(
      'create policy own_organisation on public.%I using (organisation_id = (select current_setting(''loket.organisation_id'')::uuid)) with check (organisation_id = (select current_setting(''loket.organisation_id'')::uuid))',
      name);
    execute format('grant select, insert, update, delete on public.%I to loket_app, loket_worker', name);
  end loop;
end $$;
revoke delete on campaign from loket_app, loket_worker;
