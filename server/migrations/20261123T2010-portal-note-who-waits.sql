-- Since when an inquiry waits for us without a break; null while it does not. Kept, so that lists can be sorted by it.
alter table portal.inquiry add column waits_since timestamptz;
update portal.inquiry set waits_since = coalesce(
  (select max(message.created_at) from portal.message where message.inquiry_id = inquiry.id and message.author_kind = 'member'),
  inquiry.created_at)
where status in ('new', 'with_us', 'reopened');
create index inquiry_changed on portal.inquiry (changed_at desc, number desc);
create index inquiry_closed on portal.inquiry (closed_at) where closed_at is not null;
create index inquiry_installation_installation on portal.inquiry_installation (installation_id);
