-- Room on each page for the versions a row goes through, so that a step that changes no index stays on its page; and
-- statistics and clean-up that keep up with a campaign, which adds more rows in a minute than a quiet month.
alter table delivery set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
alter table attempt set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
alter table decision set (autovacuum_analyze_scale_factor = 0.05);
alter table evidence_entry set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
alter table evidence_subject set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- Who of one address comes first. With every column the question names, it is the cheapest way to the answer whatever the
-- statistics say.
drop index delivery_in_flight;
create index delivery_in_line on delivery (organisation_id, sender_id, address_id, priority, id) where state in ('preparing', 'queued', 'handing-over');
