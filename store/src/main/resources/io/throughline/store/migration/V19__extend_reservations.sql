-- What a cart or a quote keeps until it is ordered, given up or too old.
create table basket (
    id text primary key,
    state text not null check (state in ('HELD', 'ORDERED', 'RELEASED', 'EXPIRED')),
    expires_at timestamptz not null,
    made_at timestamptz not null,
    order_id text references customer_order,
    check ((state = 'ORDERED') = (order_id is not null))
);

create index basket_by_expiry on basket (expires_at) where state = 'HELD';

-- BACKORDERED waits for incoming supply and is no part of what is reserved. displaced: units without stock behind them, because a sale
-- that had already happened took it.
alter table reservation
    alter column order_id drop not null,
    add column basket_id text references basket,
    add column displaced integer not null default 0,
    add column among text[],
    add column promised_at timestamptz,
    drop constraint reservation_state_check,
    add constraint reservation_state_check check (
        state in ('HELD', 'ROUTED', 'CONFIRMED', 'CONSUMED', 'RELEASED', 'EXPIRED', 'BACKORDERED')),
    add check (num_nonnulls(order_id, basket_id) = 1),
    add check (displaced between 0 and quantity),
    add check (displaced = 0 or facility <> 'UNROUTED'),
    add check (state <> 'BACKORDERED' or (facility = 'UNROUTED' and among is not null)),
    add check (state <> 'EXPIRED' or basket_id is not null);

-- What a reservation waits for, and what lies behind it, changes no sum.
drop trigger reservation_sums_to_balance on reservation;
create constraint trigger reservation_sums_to_balance
    after insert or delete or update of sku, facility, quantity, state on reservation
    deferrable initially deferred for each row execute function check_reserved();

create index reservation_by_basket on reservation (basket_id) where basket_id is not null;
create index reservation_waiting on reservation (sku, id) where state = 'BACKORDERED';

create table incoming_supply (
    source text not null,
    source_id text not null,
    version bigint not null,
    sku text not null,
    facility text not null check (facility <> 'UNROUTED'),
    outstanding integer not null check (outstanding >= 0),
    expected_at timestamptz not null,
    primary key (source, source_id)
);

create index incoming_supply_open on incoming_supply (sku, expected_at) where outstanding > 0;
