-- The newest outcome of each installation is read whenever its condition is judged.
create index outcome_newest on fleet.outcome (installation_id, at desc, release_id);
