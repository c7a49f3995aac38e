-- Why a rollout is where it is, as a code with its numbers beside the sentence, and who ended it; who published a release.
alter table delivery.rollout
  add column reason jsonb,
  add column ended_by text;
alter table delivery.release add column published_by text;
