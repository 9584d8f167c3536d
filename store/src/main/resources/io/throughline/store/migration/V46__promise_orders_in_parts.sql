-- Whether an order takes each part of it as soon as that can be had, so that it is told of each; and when all that an order waits for is
-- expected: what was said first, what is said now, and what its customer was told.
alter table customer_order add column in_parts boolean not null default false;

create table order_promise (
    order_id text primary key references customer_order,
    number integer not null,
    waits boolean not null,
    first_at timestamptz,
    promised_at timestamptz,
    told_at timestamptz
);

-- Whoever waits already was promised what stands there.
insert into order_promise (order_id, number, waits, first_at, promised_at, told_at)
select order_id, 1, true, promised, promised, promised
from (
    select order_id, case when count(*) = count(promised_at) then max(promised_at) end as promised
    from reservation where state = 'BACKORDERED' and order_id is not null group by order_id) waiting;
