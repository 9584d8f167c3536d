-- The span (W3C traceparent) within which a message was stored, so that what becomes of it belongs to the same trace. Null where nothing is traced.
alter table inbox_message add column traceparent text;

-- Processes that carry out effects, and when each was last heard of by the clock that all share. Who falls silent in the midst of an effect leaves
-- a lease behind, which nobody else may touch before its time.
create table effect_holder (
    id text primary key,
    seen_at timestamptz not null
);
alter table effect add column holder text;

-- News that no process has taken in yet, and work that should have got on by now: both are few, and gone as soon as a process has looked.
create index customer_order_hinted on customer_order (hinted_at, id)
    where hinted_at is not null and status not in ('COMPLETED', 'CANCELLED', 'REJECTED');
create index fulfillment_order_hinted on fulfillment_order (hinted_at, order_id) where hinted_at is not null
    and status not in ('SHIPPED', 'PICKED_UP', 'DELIVERED', 'REJECTED', 'CANCELLED');
create index fulfillment_order_due on fulfillment_order (deadline, order_id) where deadline is not null
    and status not in ('SHIPPED', 'PICKED_UP', 'DELIVERED', 'REJECTED', 'CANCELLED');
