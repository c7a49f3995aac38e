-- Inquiries of customers, what was said about them, and the known errors that they come from.
create schema portal;

-- Numbers that people read out begin where they look grown up.
create sequence portal.inquiry_number start 1001;
create sequence portal.known_error_number start 101;

create table portal.known_error (
  id text primary key,
  number int not null unique,
  product_id text not null,
  title text not null,
  description text not null,
  affected_range text not null,
  workaround text not null,
  -- What we found out; never shown to customers.
  cause text not null,
  state text not null check (state in ('draft', 'open', 'closed')),
  created_by text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index known_error_product on portal.known_error (product_id, number);

create table portal.inquiry (
  id text primary key,
  number int not null unique,
  organisation_id text not null,
  opened_by text not null,
  kind text not null check (kind in ('question', 'incident_report', 'service_request')),
  title text not null,
  text text not null,
  status text not null check (status in ('new', 'with_us', 'waits_for_customer', 'fix_on_its_way', 'closed', 'closed_by_itself', 'reopened')),
  assignee_id text,
  known_error_id text references portal.known_error (id),
  -- What the whole fleet of the customer ran at that moment, where no installation was named.
  fleet_at_opening jsonb not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  closed_at timestamptz,
  -- A person, or `itself`.
  closed_by text,
  -- Version, installations and times that closed it by itself.
  proof jsonb
);
create index inquiry_organisation on portal.inquiry (organisation_id, number desc);
create index inquiry_known_error on portal.inquiry (known_error_id) where known_error_id is not null;
create index inquiry_open on portal.inquiry (number desc) where status not in ('closed', 'closed_by_itself');

-- What was known of each named installation when the inquiry was opened.
create table portal.inquiry_installation (
  inquiry_id text not null references portal.inquiry (id),
  installation_id text not null,
  position int not null,
  name text not null,
  product_id text not null,
  channel text not null,
  version text,
  health text not null,
  last_seen_at timestamptz,
  last_report jsonb,
  primary key (inquiry_id, installation_id)
);

-- Said in public: the customer sees all of it.
create table portal.message (
  id text primary key,
  inquiry_id text not null references portal.inquiry (id),
  number bigint generated always as identity,
  author_kind text not null check (author_kind in ('member', 'staff', 'system')),
  author_id text,
  text text not null,
  created_at timestamptz not null
);
create index message_inquiry on portal.message (inquiry_id, number);

-- Said among ourselves: a table of its own, so that no query of messages can ever bring one along.
create table portal.note (
  id text primary key,
  inquiry_id text not null references portal.inquiry (id),
  number bigint generated always as identity,
  author_id text not null,
  text text not null,
  created_at timestamptz not null
);
create index note_inquiry on portal.note (inquiry_id, number);

create table portal.attachment (
  id text primary key,
  inquiry_id text not null references portal.inquiry (id),
  name text not null,
  media_type text not null,
  size int not null,
  sha256 text not null,
  added_by text not null,
  created_at timestamptz not null
);
create index attachment_inquiry on portal.attachment (inquiry_id, created_at, id);
