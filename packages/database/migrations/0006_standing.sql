-- Good standing: what people agreed to and by which words, what they stopped, how each send was judged, the ledger that
-- proves it, and what the person who answers for the account looks at in the morning.

-- New foreign keys on closed tables are checked under the tables' own policies, which ask for an organisation. The
-- columns are new and empty, so there is nothing to check.
select set_config('loket.organisation_id', '00000000-0000-0000-0000-000000000000', true);

-- 1. Consent ------------------------------------------------------------------------------------------------------

-- The words people agreed to, as they were shown. A wording is never edited: other words are another version.
create table wording (
  organisation_id uuid not null references organisation,
  id uuid not null,
  version text not null,
  language text not null,
  text text not null check (text <> ''),
  purpose text not null check (purpose in ('marketing', 'transactional', 'service', 'survey', 'sales-call')),
  channels text[] not null,
  names_business boolean not null,
  names_channel boolean not null,
  -- Where it was shown, and the digest of the page as it stood then.
  landing_url text,
  landing_version text,
  published_at timestamptz not null,
  published_by uuid,
  primary key (organisation_id, id),
  unique (organisation_id, version, language)
);

create table consent_import (
  organisation_id uuid not null references organisation,
  id uuid not null,
  file_name text not null,
  file_sha256 bytea not null,
  -- Where the file lies until it is worked; then it goes, and its rows stay.
  storage_key text,
  -- Which column says what, and what holds for every row; known once somebody said so.
  mapping jsonb,
  attested_by uuid,
  attestation text,
  state text not null check (state in ('mapping', 'reading', 'done', 'failed')),
  total_count integer not null default 0,
  row_count integer not null default 0,
  accepted_count integer not null default 0,
  quarantined_count integer not null default 0,
  suppressed_count integer not null default 0,
  failure text,
  created_by uuid,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (organisation_id, id),
  check (state = 'mapping' or (attested_by is not null and attestation is not null and mapping is not null))
);

-- Rows without proof wait here with the reason why, and go nowhere until somebody attaches proof or discards them.
create table consent_import_row (
  organisation_id uuid not null references organisation,
  import_id uuid not null,
  line integer not null,
  state text not null check (state in ('accepted', 'quarantined', 'suppressed', 'discarded')),
  reasons text[] not null default '{}',
  fields jsonb not null,
  contact_id uuid,
  primary key (organisation_id, import_id, line),
  foreign key (organisation_id, import_id) references consent_import (organisation_id, id)
);
create index consent_import_row_state on consent_import_row (organisation_id, import_id, state, line);
create index consent_import_row_contact on consent_import_row (organisation_id, contact_id) where contact_id is not null;

alter table consent
  drop constraint consent_purpose_check,
  drop constraint consent_action_check,
  add constraint consent_purpose_check check (purpose in ('marketing', 'transactional', 'service', 'survey', 'sales-call')),
  add constraint consent_action_check check (action in ('requested', 'granted', 'confirmed', 'withdrawn')),
  add column topic text,
  add column kind text not null default 'express' check (kind in ('express', 'soft', 'implied')),
  -- A: a message of the person on that channel. B: double opt-in elsewhere. C: one step, page on record. D: an import.
  add column evidence_class text check (evidence_class in ('A', 'B', 'C', 'D')),
  add column wording_id uuid,
  add column landing_url text,
  add column landing_version text,
  add column names_channel boolean not null default false,
  add column flaws text[] not null default '{}',
  add column soft jsonb,
  add column receipt_id uuid,
  add column import_id uuid,
  add column by_member_id uuid,
  add constraint consent_wording_fkey foreign key (organisation_id, wording_id) references wording (organisation_id, id),
  add constraint consent_import_fkey foreign key (organisation_id, import_id) references consent_import (organisation_id, id);

alter table suppression
  drop constraint suppression_scope_check,
  drop constraint suppression_source_check,
  add constraint suppression_scope_check check (scope in ('all', 'marketing', 'transactional', 'service', 'survey', 'sales-call')),
  add constraint suppression_source_check check (source in ('keyword', 'button', 'link', 'agent', 'complaint', 'bounce', 'block', 'platform-preference', 'law-request')),
  add column topic text,
  add column by_member_id uuid,
  add column confirmation_sent_at timestamptz;

-- An opt-out binds the person. What is kept of an address is a keyed digest: enough to know it again when a list brings
-- it back, too little to read it. It outlives the contact, and an erasure.
create table suppressed_identity (
  organisation_id uuid not null references organisation,
  identity bytea not null,
  scope text not null,
  channel text not null,
  source text not null,
  topic text,
  sender_id uuid,
  at timestamptz not null,
  lifted_at timestamptz,
  primary key (organisation_id, identity, scope, channel, source)
);

alter table contact
  -- A word that may have been an opt-out: marketing waits until somebody knows.
  add column clarifying_since timestamptz,
  -- From a list, and nobody has shown yet that the person agreed.
  add column import_id uuid,
  add column evidence_missing boolean not null default false,
  add column birth_date date,
  add column time_zone text,
  add column erased_at timestamptz;

create table erasure (
  organisation_id uuid not null references organisation,
  id uuid not null,
  contact_id uuid not null,
  requested_by text not null check (requested_by in ('person', 'member')),
  member_id uuid,
  state text not null check (state in ('waiting', 'held', 'done')),
  -- What went, as counts per kind.
  removed jsonb,
  created_at timestamptz not null,
  executed_at timestamptz,
  primary key (organisation_id, id)
);
create unique index erasure_pending on erasure (organisation_id, contact_id) where state <> 'done';

-- 2. Verdicts -----------------------------------------------------------------------------------------------------

alter table decision
  drop constraint decision_stage_check,
  add constraint decision_stage_check check (stage in ('compose', 'enqueue', 'hand-over', 'import')),
  add column contact_id uuid,
  add column sender_id uuid,
  -- What the same send would have got from what runs in shadow, where that differs.
  add column shadow jsonb;
create index decision_at on decision (organisation_id, at desc);
create index decision_of_contact on decision (organisation_id, contact_id, at desc) where contact_id is not null;
create index decision_said_no on decision (organisation_id, at desc) where outcome <> 'allow';
create index decision_differs on decision (organisation_id, at desc) where shadow is not null;

-- How good the proof is of the consent a message rested on; none where none was needed or there is none.
alter table attempt add column consent_class text check (consent_class in ('A', 'B', 'C', 'D'));

-- No hand-over without a judgement that says yes, of this very send, at its last moment.
create function attempt_needs_a_yes() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1 from decision d where d.organisation_id = new.organisation_id and d.id = new.decision_id
      and d.outcome in ('allow', 'change') and d.stage = 'hand-over'
      and d.contact_id = new.contact_id and d.sender_id = new.sender_id
      and d.at between new.intent_at - interval '1 minute' and new.intent_at + interval '1 minute')
  then
    raise exception 'There is no judgement that lets this message go (decision %).', new.decision_id
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger attempt_needs_a_yes before insert on attempt for each row execute function attempt_needs_a_yes();

-- Rules an organisation adds for itself; they can only be stricter. A change is a new row, and ends the one before.
create table own_rule (
  organisation_id uuid not null references organisation,
  id uuid not null,
  kind text not null check (kind in ('quiet-hours', 'frequency-cap', 'forbidden-words', 'second-pair-of-eyes')),
  settings jsonb not null,
  state text not null check (state in ('shadow', 'active', 'ended')),
  created_by uuid,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (organisation_id, id),
  check ((state = 'ended') = (ended_at is not null))
);
create unique index own_rule_one_active on own_rule (organisation_id, kind) where state = 'active';

-- A send that a rule of the organisation's own would stop, let through by two people, with a reason and an end.
create table override (
  organisation_id uuid not null references organisation,
  id uuid not null,
  rule_id text not null,
  contact_id uuid,
  reason text not null check (length(reason) >= 10),
  requested_by uuid not null,
  requested_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  granted boolean,
  expires_at timestamptz not null,
  used_count integer not null default 0,
  primary key (organisation_id, id),
  check (decided_by is distinct from requested_by or decided_by is null),
  check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (granted is null))
);

-- Last month's judgements made again with other rules: without effect, to see what they would have changed.
create table shadow_run (
  organisation_id uuid not null references organisation,
  id uuid not null,
  what jsonb not null,
  since timestamptz not null,
  until timestamptz not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed')),
  judged integer not null default 0,
  total integer not null default 0,
  changed integer not null default 0,
  findings jsonb not null default '[]',
  failure text,
  created_by uuid,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (organisation_id, id)
);

-- 3. Ledger -------------------------------------------------------------------------------------------------------

-- A person as the ledger knows them: a random handle, and a key that opens what was written about them. Where the key
-- is gone, the entries remain and say nothing.
create table evidence_subject (
  organisation_id uuid not null references organisation,
  handle text not null check (handle ~ '^[A-Za-z0-9_-]{22}$'),
  contact_id uuid,
  sealed_key bytea,
  head bytea,
  created_at timestamptz not null,
  erased_at timestamptz,
  primary key (organisation_id, handle),
  check ((sealed_key is null) = (erased_at is not null))
);
create unique index evidence_subject_contact on evidence_subject (organisation_id, contact_id) where contact_id is not null;

-- Written in the transaction of its cause; takes its place in the tree within a second.
create table evidence_entry (
  organisation_id uuid not null references organisation,
  id uuid not null,
  type text not null,
  at timestamptz not null,
  subject text,
  refs text[] not null default '{}',
  commitment bytea not null check (length(commitment) = 32),
  sealed_body bytea,
  position bigint,
  leaf text,
  leaf_hash bytea,
  primary key (organisation_id, id),
  foreign key (organisation_id, subject) references evidence_subject (organisation_id, handle),
  check ((position is null) = (leaf is null) and (position is null) = (leaf_hash is null))
);
create unique index evidence_entry_position on evidence_entry (organisation_id, position) where position is not null;
create index evidence_entry_waiting on evidence_entry (organisation_id, id) where position is null;
create index evidence_entry_subject on evidence_entry (organisation_id, subject, position) where subject is not null;
create index evidence_entry_type on evidence_entry (organisation_id, type, at);

create table evidence_tile (
  organisation_id uuid not null references organisation,
  level smallint not null,
  number bigint not null,
  hashes bytea not null,
  primary key (organisation_id, level, number)
);

create table evidence_log (
  organisation_id uuid not null references organisation,
  origin text not null,
  size bigint not null default 0,
  -- The latest time of an entry with a place: one that lies far before it is announced as a jump of the clock.
  latest_at timestamptz,
  -- Keys the log was signed with, the one of today first.
  keys text[] not null default '{}',
  signed_size bigint not null default 0,
  signed_at timestamptz,
  -- Why the signer does not sign any more, until somebody has looked: { reason, words, size, at }.
  refusal jsonb,
  mailed_size bigint not null default 0,
  mailed_at timestamptz,
  mail_tried_at timestamptz,
  mail_failure text,
  stamped_at timestamptz,
  stamp_tried_at timestamptz,
  stamp_failure text,
  primary key (organisation_id)
);

-- Installations that we ask to witness our log.
create table evidence_witness (
  organisation_id uuid not null references organisation,
  id uuid not null,
  url text not null,
  key text not null,
  witnessed_size bigint not null default 0,
  witnessed_at timestamptz,
  failure text,
  created_by uuid,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, url)
);

-- Logs of others that this installation witnesses.
create table witnessed_log (
  organisation_id uuid not null references organisation,
  origin text not null,
  key text not null,
  trusted_by uuid,
  created_at timestamptz not null,
  primary key (organisation_id, origin)
);

create table evidence_checkpoint (
  organisation_id uuid not null references organisation,
  size bigint not null,
  root bytea not null,
  note text not null,
  at timestamptz not null,
  primary key (organisation_id, size)
);

-- Where a checkpoint was laid down outside this installation.
create table evidence_anchor (
  organisation_id uuid not null references organisation,
  id uuid not null,
  size bigint not null,
  kind text not null check (kind in ('mail', 'witness', 'timestamp')),
  place text not null,
  proof bytea,
  at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, size) references evidence_checkpoint (organisation_id, size)
);

create table evidence_pack (
  organisation_id uuid not null references organisation,
  id uuid not null,
  subject jsonb not null,
  locale text not null check (locale in ('en', 'nl', 'de')),
  since timestamptz,
  until timestamptz,
  state text not null check (state in ('waiting', 'working', 'ready', 'failed', 'deleted')),
  step text,
  done integer not null default 0,
  total integer not null default 0,
  -- The time it is made as of: the same when the work is taken up again.
  made_at timestamptz,
  storage_key text,
  size_bytes bigint,
  sha256 bytea,
  manifest_sha256 bytea,
  failure text,
  requested_by uuid,
  demand_id uuid,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (organisation_id, id)
);
create index evidence_pack_newest on evidence_pack (organisation_id, created_at desc);

-- 4. Standing -----------------------------------------------------------------------------------------------------

-- What the platform changed about a sender or a template, and when: the trend beside today's value.
create table standing_change (
  organisation_id uuid not null references organisation,
  id uuid not null,
  sender_id uuid not null,
  subject text not null,
  field text not null,
  before text,
  after text,
  reason text,
  at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, sender_id) references sender (organisation_id, id)
);
create index standing_change_of_sender on standing_change (organisation_id, sender_id, at desc);

alter table sender
  -- Stopped by a person here: nothing goes out on our initiative, or nothing at all.
  add column stopped text check (stopped in ('marketing', 'business-initiated', 'all')),
  add column stopped_at timestamptz,
  add column stopped_by uuid,
  add column stop_reason text,
  add column webhook_fields text[],
  add column webhook_fields_at timestamptz,
  add constraint sender_stopped_whole check ((stopped is null) = (stopped_at is null));

create table claims_check (
  organisation_id uuid not null references organisation,
  id uuid not null,
  source text not null,
  text_sha256 bytea not null,
  text text not null,
  hits jsonb not null,
  checked_by uuid,
  at timestamptz not null,
  primary key (organisation_id, id)
);
create index claims_check_newest on claims_check (organisation_id, source, at desc);

-- A letter that demands to stop: what it names, what was done, and the hold on deleting anything it may be about.
create table demand (
  organisation_id uuid not null references organisation,
  id uuid not null,
  from_name text not null,
  received_at timestamptz not null,
  answer_due_at timestamptz,
  allegations jsonb not null default '[]',
  sender_ids uuid[] not null default '{}',
  stopped text check (stopped in ('marketing', 'business-initiated', 'all')),
  holds_evidence boolean not null default true,
  steps jsonb not null default '{}',
  created_by uuid,
  created_at timestamptz not null,
  closed_at timestamptz,
  primary key (organisation_id, id)
);

-- 5. Who may touch what -------------------------------------------------------------------------------------------

do $$
declare
  name text;
begin
  foreach name in array array[
    'wording', 'consent_import', 'consent_import_row', 'suppressed_identity', 'erasure', 'own_rule', 'override',
    'shadow_run', 'evidence_subject', 'evidence_entry', 'evidence_tile', 'evidence_log', 'evidence_checkpoint',
    'evidence_anchor', 'evidence_pack', 'evidence_witness', 'witnessed_log', 'standing_change', 'claims_check', 'demand']
  loop
    execute format('alter table public.%I enable row level security', name);
    execute format('alter table public.%I force row level security', name);
    execute format(
      'create policy own_organisation on public.%I using (organisation_id = (select current_setting(''loket.organisation_id'')::uuid)) with check (organisation_id = (select current_setting(''loket.organisation_id'')::uuid))',
      name);
    execute format('grant select, insert, update, delete on public.%I to loket_app, loket_worker', name);
  end loop;
end $$;

revoke update, delete on wording, standing_change, claims_check, evidence_checkpoint, evidence_anchor from loket_app, loket_worker;
revoke delete on evidence_entry, evidence_subject, evidence_log, evidence_tile, suppressed_identity, override, own_rule, demand, erasure from loket_app, loket_worker;
-- An entry gets its place in the tree once, and may lose its contents; what it committed to stays as it was.
revoke update on evidence_entry from loket_app, loket_worker;
grant update (position, leaf, leaf_hash, sealed_body) on evidence_entry to loket_worker;
revoke update on evidence_tile, evidence_log from loket_app;
-- What an erasure takes out of histories: words and identifiers of the person, never that something happened.
grant update (facts, request) on decision to loket_worker;
grant update (evidence, landing_url) on consent to loket_worker;
grant update (detail) on platform_notice to loket_worker;
grant update (detail) on activity to loket_worker;

create policy worker_finds_waiting_entries on evidence_entry for select to loket_worker using (position is null);
create policy worker_finds_logs on evidence_log for select to loket_worker using (true);
create policy worker_finds_old_packs on evidence_pack for select to loket_worker using (state = 'ready');
