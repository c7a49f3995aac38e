-- Customer organisations, who belongs to them, the vendor's staff, invitations, and API tokens.
create table identity.organisation (
  id text primary key,
  name text not null,
  language text not null default 'en',
  created_at timestamptz not null,
  archived_at timestamptz
);
create index organisation_order on identity.organisation (name collate "C", id collate "C");

-- One person is staff or a member of one organisation: kept by a lock on the person (person-store.ts).
create table identity.staff (
  person_id text primary key references identity."user" (id),
  roles text[] not null check (cardinality(roles) > 0),
  joined_at timestamptz not null,
  removed_at timestamptz
);

create table identity.member (
  person_id text primary key references identity."user" (id),
  organisation_id text not null references identity.organisation (id),
  role text not null check (role in ('member', 'manager')),
  joined_at timestamptz not null,
  removed_at timestamptz
);
create index member_organisation on identity.member (organisation_id);

create table identity.invitation (
  id text primary key,
  token_sha256 bytea not null unique,
  email text not null,
  -- Staff with these roles, or a member of this organisation: never both.
  roles text[],
  organisation_id text references identity.organisation (id),
  role text check (role in ('member', 'manager')),
  invited_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  check ((roles is null) <> (organisation_id is null)),
  check ((role is null) = (organisation_id is null))
);
create index invitation_organisation on identity.invitation (organisation_id);
-- One open invitation for an address and a place; a new one is made by sending it again.
create unique index invitation_open on identity.invitation (email, coalesce(organisation_id, '')) where accepted_at is null and revoked_at is null;

create table identity.token (
  id text primary key,
  secret_sha256 bytea not null,
  person_id text not null references identity."user" (id),
  name text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index token_person on identity.token (person_id);

-- The link for the first administrator, while there is no staff at all; each start replaces it.
create table identity.setup_link (
  token_sha256 bytea primary key,
  created_at timestamptz not null
);
