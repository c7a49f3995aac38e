-- What an update cost an installation: bytes that came over the line, and whether a patch was enough.
alter table fleet.outcome
  add column fetched_bytes bigint check (fetched_bytes >= 0),
  add column fetched_how text check (fetched_how in ('patch', 'whole')),
  add check ((fetched_bytes is null) = (fetched_how is null));
