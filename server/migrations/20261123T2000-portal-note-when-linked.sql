-- When an inquiry was tied to its known error: the second station of its proof card.
alter table portal.inquiry add column linked_at timestamptz;
-- The log has known it all along.
update portal.inquiry set linked_at = (
  select max(occurred_at) from platform.event where event.name = 'portal.inquiry_linked' and event.subject = inquiry.id)
where known_error_id is not null;
