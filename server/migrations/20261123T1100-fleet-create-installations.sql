-- Installations: who they are, what runs on them, and the tokens that made them ours.
create schema fleet;

create table fleet.installation (
  id text primary key,
  organisation_id text not null,
  product_id text not null,
  channel text not null,
  name text not null,
  platform text not null,
  arch text not null,
  public_key text not null,
  state text not null check (state in ('active', 'retired', 'revoked')),
  version text,
  release_id text,
  health text not null check (health in ('healthy', 'unhealthy', 'unknown')),
  healthy_since timestamptz,
  refused_release_ids text[] not null default '{}',
  -- The run of the agent that spoke last, and those that it replaced: one of them speaking again means two machines.
  instance text,
  instance_since timestamptz,
  superseded_instances text[] not null default '{}',
  copied_at timestamptz,
  enrolled_at timestamptz not null,
  -- Written for every check-in, so no index may hold it.
  last_seen_at timestamptz,
  -- Grows with each change but that of last_seen_at; the newer row wins in the memory of each process.
  revision int not null default 1,
  updated_at timestamptz not null default now()
) with (fillfactor = 80);
create index installation_organisation on fleet.installation (organisation_id, name collate "C", id collate "C");
create index installation_name on fleet.installation (name collate "C", id collate "C");
create index installation_product on fleet.installation (product_id, channel);
create index installation_updated_at on fleet.installation (updated_at);
-- Looked at twice a second by each process: who lost access just now.
create index installation_closed on fleet.installation (updated_at) where state <> 'active';

create table fleet.enrolment (
  id text primary key,
  secret_sha256 text not null,
  organisation_id text not null,
  product_id text not null,
  channel text not null,
  name text not null,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- Set by its one use.
  public_key text,
  installation_id text references fleet.installation (id)
);
create index enrolment_expires_at on fleet.enrolment (expires_at);

create table fleet.used_nonce (
  id text primary key,
  expires_at timestamptz not null
);
create index used_nonce_expires_at on fleet.used_nonce (expires_at);
