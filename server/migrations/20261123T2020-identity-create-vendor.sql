-- Who runs this Fairway: one row at most, and none until somebody has said the name.
create table identity.vendor (
  is_only boolean primary key default true check (is_only),
  name text not null,
  changed_at timestamptz not null
);
