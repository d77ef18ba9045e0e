-- Who we talk to, and what they agreed to. Consent and suppression are histories: rows are added, never changed into
-- something else; today's answer is derived from them.

create table sender (
  organisation_id uuid not null references organisation,
  id uuid not null,
  channel text not null check (channel in ('whatsapp', 'telegram', 'email', 'webchat')),
  inbox_id uuid not null,
  name text not null,
  address text not null,
  country text not null,
  provider_account_id text,
  provider_sender_id text,
  portfolio_id text,
  credentials bytea,
  webhook_secret bytea,
  verify_token text,
  api_url text,
  state text not null check (state in ('connected', 'attention', 'disconnected')),
  state_reason text,
  quality text not null default 'UNKNOWN',
  messages_per_second integer not null default 80 check (messages_per_second > 0),
  portfolio_limit integer,
  restrictions jsonb not null default '[]',
  disabled boolean not null default false,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, channel, provider_sender_id),
  foreign key (organisation_id, inbox_id) references inbox (organisation_id, id)
);
create index sender_by_id on sender (id);

create table contact (
  organisation_id uuid not null references organisation,
  id uuid not null,
  name text not null,
  name_source text not null default 'profile' check (name_source in ('profile', 'agent', 'import')),
  locale text,
  region text,
  merged_into uuid,
  -- Grows with every consent or suppression change. A send reads it under a share lock in the transaction that
  -- commits its intent, so an opt-out and a send never pass each other unseen.
  consent_epoch integer not null default 0,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, merged_into) references contact (organisation_id, id)
);
create index contact_name on contact (organisation_id, lower(name));

create table address (
  organisation_id uuid not null references organisation,
  id uuid not null,
  contact_id uuid not null,
  channel text not null,
  kind text not null check (kind in ('phone', 'user-id', 'username', 'email', 'chat')),
  value text not null,
  current boolean not null default true,
  identity_hash text,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, contact_id) references contact (organisation_id, id)
);
-- A number is one person's at a time; a number given up may come back as somebody else's.
create unique index address_current on address (organisation_id, channel, kind, value) where current;
create index address_of_contact on address (organisation_id, contact_id);

create table consent (
  organisation_id uuid not null references organisation,
  id uuid not null,
  contact_id uuid not null,
  purpose text not null check (purpose in ('marketing', 'transactional')),
  channel text not null,
  action text not null check (action in ('granted', 'confirmed', 'withdrawn')),
  method text not null,
  express boolean not null default true,
  names_business boolean not null default true,
  wording_version text,
  evidence text,
  source_message_id uuid,
  at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, contact_id) references contact (organisation_id, id)
);
create index consent_of_contact on consent (organisation_id, contact_id, at);

create table suppression (
  organisation_id uuid not null references organisation,
  id uuid not null,
  contact_id uuid not null,
  scope text not null check (scope in ('all', 'marketing')),
  channel text not null,
  source text not null check (source in ('keyword', 'button', 'link', 'agent', 'complaint', 'bounce', 'platform-preference', 'law-request')),
  sender_id uuid,
  source_message_id uuid,
  at timestamptz not null,
  recorded_at timestamptz not null,
  lifted_at timestamptz,
  lifted_by text,
  primary key (organisation_id, id),
  foreign key (organisation_id, contact_id) references contact (organisation_id, id),
  foreign key (organisation_id, sender_id) references sender (organisation_id, id),
  check ((lifted_at is null) = (lifted_by is null))
);
create index suppression_of_contact on suppression (organisation_id, contact_id) where lifted_at is null;
