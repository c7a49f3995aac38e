-- The oldest version that can go to this release directly; an older one goes over a bridge.
alter table delivery.release add column minimum_version text;
