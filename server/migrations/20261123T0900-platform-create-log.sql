-- The log, the positions of its readers, idempotency, and mail.
create table platform.event (
  -- Transaction ids begin again in a restored database; the epoch keeps the order (decisions/0004).
  epoch int not null default 1,
  tx xid8 not null default pg_current_xact_id(),
  id bigint generated always as identity,
  event_id text not null,
  name text not null,
  subject text not null,
  actor text not null,
  organisation_id text,
  occurred_at timestamptz not null,
  body jsonb not null,
  primary key (epoch, tx, id)
);
create unique index event_event_id on platform.event (event_id);
create index event_subject on platform.event (subject, epoch, tx, id);

create table platform.reaction (
  name text primary key,
  epoch int not null,
  tx xid8 not null,
  id bigint not null,
  lease_owner text,
  lease_until timestamptz
);

-- What a reaction could not do yet, and what waits behind it for the same subject.
create table platform.reaction_backlog (
  reaction text not null,
  event_id text not null,
  subject text not null,
  epoch int not null,
  tx xid8 not null,
  id bigint not null,
  state text not null check (state in ('waiting', 'parked')),
  attempts int not null default 0,
  next_at timestamptz not null,
  last_error text,
  primary key (reaction, event_id)
);
create index reaction_backlog_order on platform.reaction_backlog (reaction, subject, epoch, tx, id);

create table platform.idempotency (
  caller text not null,
  route text not null,
  key text not null,
  request_sha256 text not null,
  process text not null,
  status int,
  body text,
  created_at timestamptz not null default now(),
  primary key (caller, route, key)
);
create index idempotency_created_at on platform.idempotency (created_at);

create table platform.mail (
  id text primary key,
  recipient text not null,
  subject text not null,
  -- Wrapped: a mail may carry a sign-in link.
  content text,
  state text not null check (state in ('waiting', 'sent', 'failed', 'kept')),
  attempts int not null default 0,
  last_error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index mail_created_at on platform.mail (created_at);
