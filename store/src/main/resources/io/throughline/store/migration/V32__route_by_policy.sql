-- The version of the routing policy that an order keeps to; null: it was heard of before there was a choice.
alter table customer_order add column routing_version text;

-- How an order was routed last, or why it was not; its trace tells of the times before. An order that waits is looked at again.
create table routing_decision (
    order_id text primary key references customer_order,
    summary text not null,
    considered text[] not null,
    decided_at timestamptz not null,
    look_again_at timestamptz,
    cancel_at timestamptz
);

-- When a facility was given the work; null: what was done already when we heard of it, or so long ago that this was not kept.
alter table fulfillment_order add column allocated_at timestamptz;

-- What a facility has to do, and what it was given within the hour.
create index fulfillment_order_open on fulfillment_order (facility)
    where status not in ('SHIPPED', 'PICKED_UP', 'REJECTED', 'CANCELLED');
create index fulfillment_order_by_allocation on fulfillment_order (allocated_at);
