create table stock_balance (
    sku text not null,
    facility text not null,
    on_hand integer not null default 0 check (on_hand >= 0),
    reserved integer not null default 0 check (reserved >= 0),
    safety_stock integer not null default 0 check (safety_stock >= 0),
    held integer not null default 0 check (held >= 0),
    shortfall integer not null default 0 check (shortfall >= 0),
    primary key (sku, facility),
    check (on_hand = 0 or shortfall = 0),
    check (facility <> 'UNROUTED' or (on_hand = 0 and safety_stock = 0 and held = 0 and shortfall = 0))
);

create table stock_movement (
    id bigint generated always as identity primary key,
    sku text not null,
    facility text not null check (facility <> 'UNROUTED'),
    quantity integer not null check (quantity <> 0),
    reason text not null,
    source text not null,
    source_id text not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    unique (source, source_id)
);

create trigger stock_movement_append_only before update or delete on stock_movement
    for each row execute function refuse_change();
create trigger stock_movement_never_emptied before truncate on stock_movement
    for each statement execute function refuse_change();

-- HELD lies at the virtual facility; routing replaces it (ROUTED) by what is CONFIRMED at real ones.
create table reservation (
    id bigint generated always as identity primary key,
    order_id text not null references customer_order,
    line_id text not null,
    sku text not null,
    facility text not null,
    quantity integer not null check (quantity > 0),
    state text not null check (state in ('HELD', 'ROUTED', 'CONFIRMED', 'CONSUMED', 'RELEASED')),
    fulfillment_order_id text references fulfillment_order,
    foreign key (sku, facility) references stock_balance,
    check ((facility = 'UNROUTED') = (fulfillment_order_id is null)),
    check (state not in ('HELD', 'ROUTED') or facility = 'UNROUTED'),
    check (state not in ('CONFIRMED', 'CONSUMED') or facility <> 'UNROUTED')
);

create index reservation_by_order on reservation (order_id);
create index reservation_open on reservation (sku, facility) include (quantity) where state in ('HELD', 'CONFIRMED');

create function check_reserved() returns trigger language plpgsql as $$
declare
    row_sku text := coalesce(new.sku, old.sku);
    row_facility text := coalesce(new.facility, old.facility);
    in_balance bigint;
    in_reservations bigint;
begin
    select reserved into in_balance from stock_balance where sku = row_sku and facility = row_facility;
    select sum(quantity) into in_reservations from reservation
        where sku = row_sku and facility = row_facility and state in ('HELD', 'CONFIRMED');
    if coalesce(in_balance, 0) <> coalesce(in_reservations, 0) then
        raise exception '% at %: % reserved, but open reservations come to %',
            row_sku, row_facility, coalesce(in_balance, 0), coalesce(in_reservations, 0)
            using errcode = 'check_violation';
    end if;
    return null;
end $$;

create constraint trigger reservation_sums_to_balance after insert or update or delete on reservation
    deferrable initially deferred for each row execute function check_reserved();
create constraint trigger balance_is_sum_of_reservations after insert or update of reserved or delete on stock_balance
    deferrable initially deferred for each row execute function check_reserved();
