-- The only road out, and the road in.

-- A judgement as it was made: what was asked, what was known, what the book said. No attempt exists without one.
create table decision (
  organisation_id uuid not null references organisation,
  id uuid not null,
  stage text not null check (stage in ('compose', 'enqueue', 'hand-over')),
  outcome text not null check (outcome in ('allow', 'change', 'hold', 'refuse')),
  request jsonb not null,
  request_digest bytea not null,
  facts jsonb not null,
  verdict jsonb not null,
  book_version text not null,
  consent_epoch integer not null,
  at timestamptz not null,
  primary key (organisation_id, id)
);

-- One message to one contact. States, and what leads from one to the next, are drawn in packages/delivery.
create table delivery (
  organisation_id uuid not null references organisation,
  id uuid not null,
  sender_id uuid not null,
  address_id uuid not null,
  contact_id uuid not null,
  message_id uuid,
  kind text not null,
  content jsonb not null,
  request jsonb not null,
  replies_to_provider_id text,
  priority smallint not null default 5,
  state text not null check (state in ('preparing', 'queued', 'held', 'handing-over', 'uncertain', 'accepted', 'refused', 'expired', 'cancelled')),
  not_before timestamptz not null,
  expires_at timestamptz not null,
  attempt_count integer not null default 0,
  decision_id uuid,
  provider_id text,
  failure jsonb,
  created_at timestamptz not null,
  settled_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, sender_id) references sender (organisation_id, id),
  foreign key (organisation_id, address_id) references address (organisation_id, id),
  foreign key (organisation_id, contact_id) references contact (organisation_id, id),
  foreign key (organisation_id, decision_id) references decision (organisation_id, id),
  check (state <> 'accepted' or provider_id is not null),
  check ((state in ('accepted', 'refused', 'expired', 'cancelled')) = (settled_at is not null))
);
create unique index delivery_provider on delivery (organisation_id, sender_id, provider_id) where provider_id is not null;
create index delivery_due on delivery (organisation_id, sender_id, priority, id) where state in ('queued', 'held');
create index delivery_in_flight on delivery (organisation_id, sender_id, address_id) where state in ('preparing', 'queued', 'held', 'handing-over');
create index delivery_uncertain on delivery (organisation_id, sender_id) where state in ('handing-over', 'uncertain');

-- One hand-over of a delivery. The row is committed before the first byte leaves; its id is the callback data the
-- platform gives back with every status, which is how an unknown outcome becomes known.
create table attempt (
  organisation_id uuid not null references organisation,
  id uuid not null,
  delivery_id uuid not null,
  decision_id uuid not null,
  sender_id uuid not null,
  address_id uuid not null,
  contact_id uuid not null,
  fence bigint not null,
  business_initiated boolean not null,
  intent_at timestamptz not null,
  outcome text check (outcome in ('accepted', 'refused', 'retryable', 'uncertain')),
  answered_at timestamptz,
  provider_id text,
  failure jsonb,
  primary key (organisation_id, id),
  foreign key (organisation_id, delivery_id) references delivery (organisation_id, id),
  foreign key (organisation_id, decision_id) references decision (organisation_id, id),
  check ((outcome is null) = (answered_at is null))
);
create index attempt_of_delivery on attempt (organisation_id, delivery_id);
create index attempt_of_address on attempt (organisation_id, sender_id, address_id, intent_at desc);
create index attempt_business_initiated on attempt (organisation_id, sender_id, intent_at) where business_initiated;
create index attempt_open on attempt (organisation_id, sender_id, fence) where outcome is null;

-- One lane per sender and direction. Whoever holds the lease works it; the fence grows with every change of hands, so
-- that a holder who was away too long finds every door shut.
create table lane (
  organisation_id uuid not null references organisation,
  sender_id uuid not null,
  direction text not null check (direction in ('in', 'out')),
  fence bigint not null default 0,
  holder text,
  leased_until timestamptz,
  paused_until timestamptz,
  pause_reason text,
  primary key (organisation_id, sender_id, direction),
  foreign key (organisation_id, sender_id) references sender (organisation_id, id),
  check ((holder is null) = (leased_until is null))
);

-- What the platform posted, byte for byte, before anything else is done with it.
create table inbound_receipt (
  organisation_id uuid not null references organisation,
  id uuid not null,
  sender_id uuid not null,
  channel text not null,
  headers jsonb not null,
  body bytea not null,
  digest bytea not null,
  received_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'done')),
  crash_count integer not null default 0,
  processed_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, sender_id) references sender (organisation_id, id),
  check ((state = 'done') = (processed_at is not null))
);
create index inbound_receipt_waiting on inbound_receipt (organisation_id, sender_id, id) where state = 'waiting';

-- The same element, however often it comes, has one effect: its key is written in the transaction of the effect.
create table inbound_element (
  organisation_id uuid not null references organisation,
  sender_id uuid not null,
  element_key text not null,
  receipt_id uuid not null,
  at timestamptz not null,
  primary key (organisation_id, sender_id, element_key),
  foreign key (organisation_id, sender_id) references sender (organisation_id, id)
);

-- Elements that could not be understood or worked: kept, shown, and in nobody's way.
create table inbound_quarantine (
  organisation_id uuid not null references organisation,
  id uuid not null,
  sender_id uuid not null,
  receipt_id uuid not null,
  path text not null,
  reason text not null,
  element jsonb,
  at timestamptz not null,
  resolved_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, receipt_id, path),
  foreign key (organisation_id, sender_id) references sender (organisation_id, id)
);

-- What the platform said about accounts, numbers and other things that are nobody's message; kept for standing.
create table platform_notice (
  organisation_id uuid not null references organisation,
  id uuid not null,
  sender_id uuid not null,
  kind text not null,
  detail jsonb not null,
  at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, sender_id) references sender (organisation_id, id)
);
