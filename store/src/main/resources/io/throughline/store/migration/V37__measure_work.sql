-- For what is looked at every few seconds: what has not ended.
create index customer_order_open on customer_order (received_at) where status not in ('COMPLETED', 'CANCELLED', 'REJECTED');
create index journal_outstanding on journal (stored_at) where status not in ('CONFIRMED', 'REVERSED');
create index store_day_summary_open on store_day_summary (closed_at) where settled_at is null;

-- For the figures of a period.
create index journal_refunds on journal (stored_at) where kind = 'REVERSAL';
create index store_day_summary_by_age on store_day_summary (closed_at);
create index support_case_by_end on support_case (closed_at) where status = 'CLOSED';
create index store_sale_version_by_age on store_sale_version (heard_at);
create index stock_movement_counted on stock_movement (recorded_at)
    where kind = 'COUNT' and measure = 'ON_HAND' and part = 0 and corrects = 0;

-- Effects change several times within seconds, and an index of every row would be written each time; one of ranges is not.
create index effect_by_age on effect using brin (changed_at) with (pages_per_range = 16, autosummarize = on);

-- Requests to the API by quarters of an hour. within_ms: the lowest bound within which they were answered.
create table request_tally (
    slot timestamptz not null,
    method text not null,
    route text not null,
    within_ms integer not null check (within_ms > 0),
    failed boolean not null,
    requests bigint not null check (requests > 0),
    primary key (slot, method, route, within_ms, failed)
);
