-- Lists of releases show what was published last first.
create index release_newest on delivery.release (coalesce(published_at, created_at), id);
drop index delivery.release_created_at;
