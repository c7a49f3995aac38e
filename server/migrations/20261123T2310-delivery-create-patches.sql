-- Patches from versions that installations run, and what they are made between: the contents inside the compression.
alter table delivery.artifact
  -- Null where an archive cannot be read to its end, and for archives from before.
  add column plain_sha256 text,
  add column plain_size bigint,
  add check ((plain_sha256 is null) = (plain_size is null));
update delivery.artifact set plain_sha256 = sha256, plain_size = size where kind in ('zip', 'opaque');
create index artifact_plain on delivery.artifact (plain_sha256);

create table delivery.patch (
  artifact_id text not null references delivery.artifact (id),
  -- The plain contents that it leads from and to, hex; neither need be in the store.
  dictionary_sha256 text not null,
  target_sha256 text not null,
  state text not null check (state in ('wanted', 'made', 'useless', 'failed')),
  -- How many installations ran the old version when it was wanted: the most used comes first.
  uses int not null,
  attempts int not null default 0,
  -- The patch itself in the store, and its size in bytes.
  content_sha256 text,
  size bigint,
  cpu_ms int not null default 0,
  wanted_at timestamptz not null,
  made_at timestamptz,
  -- Why there is none, for people.
  because text,
  primary key (artifact_id, dictionary_sha256),
  check ((state = 'made') = (content_sha256 is not null and size is not null and made_at is not null))
);
create index patch_content on delivery.patch (content_sha256) where content_sha256 is not null;
