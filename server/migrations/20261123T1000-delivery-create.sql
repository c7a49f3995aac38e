-- Products, channels, entitlements, releases with their artifacts, rollouts.
create schema delivery;

create table delivery.product (
  id text primary key,
  name text not null,
  is_public boolean not null,
  manifest_public_key text not null,
  -- Wrapped with FAIRWAY_SECRET.
  manifest_private_key text not null,
  last_sequence int not null default 0,
  -- How long an installation must be healthy with a fix before it counts as fixed.
  bake_seconds int not null,
  created_at timestamptz not null
);

create table delivery.channel (
  product_id text not null references delivery.product (id),
  name text not null,
  created_at timestamptz not null,
  primary key (product_id, name)
);

create table delivery.entitlement (
  organisation_id text not null,
  product_id text not null,
  channel text not null,
  created_at timestamptz not null,
  primary key (organisation_id, product_id, channel),
  foreign key (product_id, channel) references delivery.channel (product_id, name)
);

create table delivery.release (
  id text primary key,
  product_id text not null references delivery.product (id),
  version text not null,
  state text not null check (state in ('draft', 'published', 'withdrawn')),
  sequence int,
  notes text not null,
  fixes text[] not null,
  manifest jsonb,
  created_by text not null,
  created_at timestamptz not null,
  published_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  unique (product_id, version),
  unique (product_id, sequence),
  check (state = 'draft' or (sequence is not null and manifest is not null and published_at is not null))
);

create table delivery.artifact (
  id text primary key,
  release_id text not null references delivery.release (id),
  platform text not null,
  arch text not null,
  name text not null,
  kind text not null check (kind in ('tar.gz', 'tar.zst', 'zip', 'opaque')),
  size bigint not null,
  sha256 text not null,
  sha512 text not null,
  created_at timestamptz not null,
  unique (release_id, platform, arch),
  unique (release_id, name)
);

create table delivery.rollout (
  id text primary key,
  product_id text not null,
  channel text not null,
  release_id text not null references delivery.release (id),
  salt text not null,
  state text not null check (state in ('running', 'paused', 'halted', 'complete')),
  steps jsonb not null,
  step int not null,
  silent_after_seconds int not null,
  because text not null,
  created_by text not null,
  -- Numbers of its last judgement, for lists.
  tally jsonb not null,
  started_at timestamptz not null,
  -- Since when installations could speak: the start, or the end of the last pause.
  listened_since timestamptz not null,
  ended_at timestamptz,
  next_at timestamptz,
  lease_until timestamptz,
  epoch int not null default 0,
  foreign key (product_id, channel) references delivery.channel (product_id, name)
);
-- One unfinished rollout for each channel.
create unique index rollout_unfinished on delivery.rollout (product_id, channel) where state in ('running', 'paused');
create index rollout_next_at on delivery.rollout (next_at) where next_at is not null;
create index rollout_release on delivery.rollout (release_id);
create index rollout_started_at on delivery.rollout (started_at, id);
create index release_created_at on delivery.release (created_at, id);
create index rollout_by_channel on delivery.rollout (product_id, channel, started_at);
