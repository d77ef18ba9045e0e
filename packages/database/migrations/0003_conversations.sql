-- What was said, and who cares for it.

create table conversation (
  organisation_id uuid not null references organisation,
  id uuid not null,
  inbox_id uuid not null,
  contact_id uuid not null,
  -- The sender and address the next answer leaves by: those the person used last.
  sender_id uuid not null,
  address_id uuid not null,
  state text not null check (state in ('needs-us', 'waiting', 'snoozed', 'done')),
  assignee_id uuid,
  snoozed_until timestamptz,
  waiting_since timestamptz,
  last_message_at timestamptz,
  last_message_id uuid,
  unread_count integer not null default 0 check (unread_count >= 0),
  version integer not null default 1,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, inbox_id) references inbox (organisation_id, id),
  foreign key (organisation_id, contact_id) references contact (organisation_id, id),
  foreign key (organisation_id, sender_id) references sender (organisation_id, id),
  foreign key (organisation_id, address_id) references address (organisation_id, id),
  foreign key (organisation_id, assignee_id) references member (organisation_id, id),
  check ((state = 'snoozed') = (snoozed_until is not null)),
  check ((state = 'done') = (closed_at is not null))
);
-- One open conversation per person and inbox, whatever arrives at once.
create unique index conversation_open on conversation (organisation_id, inbox_id, contact_id) where state <> 'done';
create index conversation_of_contact on conversation (organisation_id, contact_id);
create index conversation_by_state on conversation (organisation_id, state, last_message_at desc, id desc);
create index conversation_by_time on conversation (organisation_id, last_message_at desc, id desc);
create index conversation_snoozed on conversation (organisation_id, snoozed_until) where state = 'snoozed';

-- A conversation's leg on one sender and address. The service window runs from the person's own timestamps.
create table leg (
  organisation_id uuid not null references organisation,
  sender_id uuid not null,
  address_id uuid not null,
  last_inbound_at timestamptz,
  last_outbound_at timestamptz,
  marketing_stopped_at timestamptz,
  -- Whether the person's latest word was the opt-out itself: then it opens no room for anything but its confirmation.
  last_inbound_was_opt_out boolean not null default false,
  primary key (organisation_id, sender_id, address_id),
  foreign key (organisation_id, sender_id) references sender (organisation_id, id),
  foreign key (organisation_id, address_id) references address (organisation_id, id)
);

-- Ready to be partitioned by organisation_id, alone or in a cluster: it leads every key, and no key lacks it.
create table message (
  organisation_id uuid not null references organisation,
  id uuid not null,
  conversation_id uuid not null,
  sender_id uuid not null,
  channel text not null,
  direction text not null check (direction in ('in', 'out')),
  type text not null,
  content jsonb not null,
  text text,
  status text not null check (status in ('received', 'held', 'queued', 'uncertain', 'accepted', 'sent', 'delivered', 'read', 'played', 'failed')),
  status_times jsonb not null default '{}',
  provider_id text,
  client_id text,
  author_member_id uuid,
  author_name text,
  replies_to_provider_id text,
  delivery_id uuid,
  verdict jsonb,
  failure jsonb,
  origin jsonb,
  raw jsonb,
  sent_at timestamptz,
  received_at timestamptz,
  edited_at timestamptz,
  deleted_at timestamptz,
  created_at timestamptz not null,
  search tsvector generated always as (to_tsvector('simple', coalesce(text, ''))) stored,
  primary key (organisation_id, id),
  foreign key (organisation_id, conversation_id) references conversation (organisation_id, id),
  foreign key (organisation_id, sender_id) references sender (organisation_id, id),
  foreign key (organisation_id, author_member_id) references member (organisation_id, id),
  check ((direction = 'in') = (status = 'received')),
  check ((direction = 'in') = (received_at is not null))
);
create unique index message_provider on message (organisation_id, sender_id, provider_id) where provider_id is not null;
create unique index message_client on message (organisation_id, client_id) where client_id is not null;
create unique index message_delivery on message (organisation_id, delivery_id) where delivery_id is not null;
create index message_thread on message (organisation_id, conversation_id, created_at desc, id desc);
create index message_search on message using gin (organisation_id, search);

create table reaction (
  organisation_id uuid not null references organisation,
  sender_id uuid not null,
  target_provider_id text not null,
  direction text not null check (direction in ('in', 'out')),
  emoji text,
  at timestamptz not null,
  primary key (organisation_id, sender_id, target_provider_id, direction),
  foreign key (organisation_id, sender_id) references sender (organisation_id, id)
);

create table media (
  organisation_id uuid not null references organisation,
  id uuid not null,
  message_id uuid,
  sender_id uuid,
  kind text not null check (kind in ('image', 'video', 'audio', 'document', 'sticker')),
  mime_type text not null,
  size_bytes bigint,
  sha256 bytea,
  filename text,
  storage_key text,
  provider_media_id text,
  state text not null check (state in ('waiting', 'working', 'ready', 'failed')),
  reason text,
  attempts integer not null default 0,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, message_id) references message (organisation_id, id),
  check (state <> 'ready' or storage_key is not null)
);
create index media_of_message on media (organisation_id, message_id);

create table note (
  organisation_id uuid not null references organisation,
  id uuid not null,
  conversation_id uuid not null,
  member_id uuid not null,
  client_id text not null,
  text text not null,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, client_id),
  foreign key (organisation_id, conversation_id) references conversation (organisation_id, id),
  foreign key (organisation_id, member_id) references member (organisation_id, id)
);
create index note_of_conversation on note (organisation_id, conversation_id, created_at);

create table activity (
  organisation_id uuid not null references organisation,
  id uuid not null,
  conversation_id uuid not null,
  kind text not null,
  member_id uuid,
  detail jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, conversation_id) references conversation (organisation_id, id),
  foreign key (organisation_id, member_id) references member (organisation_id, id)
);
create index activity_of_conversation on activity (organisation_id, conversation_id, created_at);

create table label (
  organisation_id uuid not null references organisation,
  id uuid not null,
  name text not null,
  colour text not null,
  primary key (organisation_id, id),
  unique (organisation_id, name)
);

create table conversation_label (
  organisation_id uuid not null,
  conversation_id uuid not null,
  label_id uuid not null,
  primary key (organisation_id, conversation_id, label_id),
  foreign key (organisation_id, conversation_id) references conversation (organisation_id, id),
  foreign key (organisation_id, label_id) references label (organisation_id, id) on delete cascade
);

create table template (
  organisation_id uuid not null references organisation,
  id uuid not null,
  sender_id uuid not null,
  provider_id text not null,
  name text not null,
  language text not null,
  category text not null,
  status text not null,
  quality text not null default 'UNKNOWN',
  parameter_format text not null default 'POSITIONAL',
  components jsonb not null,
  paused_at timestamptz,
  pause_count integer not null default 0,
  synced_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, sender_id, name, language),
  foreign key (organisation_id, sender_id) references sender (organisation_id, id)
);
