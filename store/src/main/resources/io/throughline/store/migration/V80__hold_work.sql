-- What is known of customers' disputes about payments, as their channel tells it.
create table dispute (
    order_id text not null references customer_order (id),
    id text not null,
    begun_as text not null check (begun_as in ('INQUIRY', 'CHARGEBACK', 'UNKNOWN')),
    status text not null check (status in ('NEEDS_RESPONSE', 'UNDER_REVIEW', 'PREVENTED', 'ACCEPTED', 'CHARGE_REFUNDED', 'LOST', 'WON',
        'UNKNOWN')),
    heard_at timestamptz not null,
    changed_at timestamptz not null,
    primary key (order_id, id)
);

-- Why nobody goes on with work for the time being: a dispute holds all work of its order, the channel what its own work item mirrors.
create table work_hold (
    order_id text not null references customer_order (id),
    source text not null check (source in ('DISPUTE', 'CHANNEL')),
    reference text not null,
    reason text not null,
    since timestamptz not null,
    ended_at timestamptz,
    check (ended_at >= since),
    primary key (order_id, source, reference)
);

-- Of what is held or let go at a channel, the open work, whoever has it: in place of that which no facility was given yet.
drop index fulfillment_order_waiting;
create index fulfillment_order_mirrored on fulfillment_order (channel_work)
    where status in ('ALLOCATED', 'RELEASED', 'ACKNOWLEDGED', 'PICKING', 'PACKED', 'READY_FOR_PICKUP');
