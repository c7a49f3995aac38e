-- The order to go back from a release to the one before it on a channel; signed into the channel's targets.
create table delivery.rollback (
  rollout_id text primary key references delivery.rollout (id),
  product_id text not null references delivery.product (id),
  channel text not null,
  from_release_id text not null references delivery.release (id),
  to_release_id text not null references delivery.release (id),
  ordered_at timestamptz not null,
  ordered_by text not null
);
create index rollback_channel on delivery.rollback (product_id, channel);
