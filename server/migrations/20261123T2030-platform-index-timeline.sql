-- The log as people read it: by the time at which things happened, of all or of one customer.
create index event_occurred on platform.event (occurred_at, id);
create index event_organisation on platform.event (organisation_id, occurred_at, id) where organisation_id is not null;
