-- Which contents are in the store, so that those that nothing refers to any more can be taken away.
create table delivery.content (
  -- hex
  sha256 text primary key,
  size bigint not null,
  -- Not taken away before, also where nothing refers to it: what is under way refers to it in a moment.
  held_until timestamptz not null,
  -- Somebody is taking it away, who has given up by then in any case.
  going_until timestamptz
);
create index content_held_until on delivery.content (held_until);
create index artifact_sha256 on delivery.artifact (sha256);
insert into delivery.content (sha256, size, held_until) select distinct on (sha256) sha256, size, now() from delivery.artifact;
