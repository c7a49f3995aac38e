-- What installations told of releases, and how far each release came on each of them.
create table fleet.report (
  installation_id text not null references fleet.installation (id),
  report_id text not null,
  -- The order in which they were told.
  position bigint generated always as identity,
  release_id text not null,
  kind text not null,
  version text,
  reason text,
  received_at timestamptz not null,
  primary key (installation_id, report_id)
);
create index report_position on fleet.report (installation_id, position);

create table fleet.outcome (
  installation_id text not null references fleet.installation (id),
  release_id text not null,
  kind text not null check (kind in ('offered', 'downloaded', 'installed', 'healthy', 'failed', 'rolled_back')),
  offered_at timestamptz not null,
  at timestamptz not null,
  reason text,
  primary key (installation_id, release_id)
);
create index outcome_release on fleet.outcome (release_id);
