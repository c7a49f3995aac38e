-- The loop that closes: one row for each inquiry that comes from a known error.
create table portal.watch (
  -- The id of the inquiry.
  id text primary key references portal.inquiry (id),
  known_error_id text not null references portal.known_error (id),
  product_id text not null,
  -- `watching` until its fix runs, `guarding` for a while after it closed by itself, then `done`.
  state text not null check (state in ('watching', 'guarding', 'done')),
  -- Health counts only if it began after this moment: when the inquiry was reopened.
  trust_from timestamptz,
  -- Releases whose fix turned out to be none for this inquiry.
  distrusted_release_ids text[] not null default '{}',
  -- The release for which the customer was told that a fix is on its way.
  announced_release_id text,
  guard_until timestamptz,
  -- Why it waits, and for which installations; for the screens.
  because text not null,
  waits_for jsonb not null,
  next_at timestamptz,
  lease_until timestamptz,
  epoch int not null default 0
);
create index watch_due on portal.watch (next_at) where next_at is not null;
create index watch_known_error on portal.watch (known_error_id) where state = 'watching';
create index watch_product on portal.watch (product_id) where state = 'watching';

-- Installations that the inquiry is about, with what they ran when it was opened or linked: once they are updated nobody could tell any more.
create table portal.watched_installation (
  watch_id text not null references portal.watch (id),
  installation_id text not null,
  is_named boolean not null,
  versions text[] not null,
  primary key (watch_id, installation_id)
);
create index watched_installation_installation on portal.watched_installation (installation_id);
