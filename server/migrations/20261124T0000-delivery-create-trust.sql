-- The TUF repository of each product: who must sign what, with which keys, and the documents that were signed.
create table delivery.repository (
  id text primary key references delivery.product (id),
  next_at timestamptz,
  lease_until timestamptz,
  epoch integer not null default 0
);

create table delivery.trust_key (
  product_id text not null references delivery.product (id),
  keyid text not null check (keyid ~ '^[0-9a-f]{64}$'),
  public_key text not null,
  -- Wrapped; null where the key is kept elsewhere.
  private_key text,
  created_at timestamptz not null,
  created_by text not null,
  primary key (product_id, keyid)
);

-- What is wanted; the documents follow as soon as enough keys have signed.
create table delivery.trust_role (
  product_id text not null references delivery.product (id),
  role text not null,
  keyids text[] not null check (cardinality(keyids) between 1 and 20),
  threshold integer not null check (threshold between 1 and cardinality(keyids)),
  primary key (product_id, role)
);

create table delivery.trust_document (
  product_id text not null references delivery.product (id),
  role text not null,
  version integer not null check (version > 0),
  -- As it is served, byte for byte.
  body text not null,
  expires_at timestamptz not null,
  -- False while signatures are missing: at most the newest of a role.
  is_complete boolean not null,
  made_at timestamptz not null,
  primary key (product_id, role, version)
);

insert into delivery.repository (id, next_at) select id, now() from delivery.product;
