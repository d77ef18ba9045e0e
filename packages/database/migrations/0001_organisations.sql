-- Who works here. Sign-in belongs to persons (schema auth, kept by the sign-in library); everything else belongs to an
-- organisation and is invisible outside it.
--
-- Row-level security, the same on every tenant table: a transaction sees the rows of the organisation it was opened
-- for (setting loket.organisation_id), and without one every query fails loudly, because '' is no uuid. The few
-- look-ups that come before an organisation is known have policies of their own, named for what they let through.

create extension if not exists btree_gin;

create schema auth;

create table auth."user" (
  id uuid primary key,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null default false,
  image text,
  locale text,
  "twoFactorEnabled" boolean not null default false,
  "createdAt" timestamptz not null,
  "updatedAt" timestamptz not null
);

create table auth.session (
  id uuid primary key,
  token text not null unique,
  "userId" uuid not null references auth."user" (id) on delete cascade,
  "expiresAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "createdAt" timestamptz not null,
  "updatedAt" timestamptz not null
);
create index session_of_user on auth.session ("userId");

create table auth.account (
  id uuid primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references auth."user" (id) on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null,
  "updatedAt" timestamptz not null
);
create index account_of_user on auth.account ("userId");

create table auth.verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null,
  "updatedAt" timestamptz not null
);
create index verification_identifier on auth.verification (identifier);

create table auth."twoFactor" (
  id uuid primary key,
  secret text not null,
  "backupCodes" text not null,
  "userId" uuid not null references auth."user" (id) on delete cascade,
  verified boolean not null default true,
  "failedVerificationCount" integer not null default 0,
  "lockedUntil" timestamptz
);
create index two_factor_of_user on auth."twoFactor" ("userId");

create table organisation (
  organisation_id uuid primary key,
  kind text not null check (kind in ('business', 'agency')),
  name text not null,
  locale text not null check (locale in ('en', 'nl', 'de')),
  time_zone text not null,
  home_country text not null,
  settings jsonb not null default '{}',
  created_at timestamptz not null
);

create table agency_client (
  organisation_id uuid not null references organisation,
  client_organisation_id uuid not null references organisation (organisation_id),
  created_at timestamptz not null,
  primary key (organisation_id, client_organisation_id)
);

create table member (
  organisation_id uuid not null references organisation,
  id uuid not null,
  person_id uuid not null references auth."user" (id),
  role text not null check (role in ('owner', 'admin', 'supervisor', 'agent', 'editor', 'auditor')),
  active boolean not null default true,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, person_id)
);

create table team (
  organisation_id uuid not null references organisation,
  id uuid not null,
  name text not null,
  primary key (organisation_id, id),
  unique (organisation_id, name)
);

create table team_member (
  organisation_id uuid not null,
  team_id uuid not null,
  member_id uuid not null,
  primary key (organisation_id, team_id, member_id),
  foreign key (organisation_id, team_id) references team (organisation_id, id) on delete cascade,
  foreign key (organisation_id, member_id) references member (organisation_id, id) on delete cascade
);

create table inbox (
  organisation_id uuid not null references organisation,
  id uuid not null,
  name text not null,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, name)
);

-- An inbox without teams is everybody's; with teams it is theirs, and of those who see everything by role.
create table inbox_team (
  organisation_id uuid not null,
  inbox_id uuid not null,
  team_id uuid not null,
  primary key (organisation_id, inbox_id, team_id),
  foreign key (organisation_id, inbox_id) references inbox (organisation_id, id) on delete cascade,
  foreign key (organisation_id, team_id) references team (organisation_id, id) on delete cascade
);

create table api_token (
  organisation_id uuid not null references organisation,
  id uuid not null,
  name text not null,
  token_hash bytea not null,
  scopes text[] not null,
  created_by uuid,
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, created_by) references member (organisation_id, id)
);
-- Finding a token by what it hashes to comes before the organisation is known. 256 random bits do not collide, and
-- the row-level policy below shows only the one row whose hash the request brought.
create index api_token_hash on api_token (token_hash);

create table idempotency_key (
  organisation_id uuid not null references organisation,
  key text not null,
  caller text not null,
  request_digest bytea not null,
  status integer,
  body jsonb,
  created_at timestamptz not null,
  primary key (organisation_id, caller, key)
);

-- The ordered record of what changed. The sequence has no gaps and follows commit order, because its counter row stays
-- locked from the moment a transaction takes numbers until it commits; so a reader that remembers the last number it
-- saw never misses one.
create table event_sequence (
  organisation_id uuid primary key references organisation,
  last bigint not null default 0
);

create table event (
  organisation_id uuid not null references organisation,
  sequence bigint not null,
  type text not null,
  inbox_id uuid,
  subject jsonb not null,
  at timestamptz not null,
  primary key (organisation_id, sequence)
);
