-- What a marketplace wants of its order, and what it was told. The times at risk are stored so that what presses is found by an index;
-- acknowledge_noted and ship_noted: how bad it was when it was said last (0 nothing, 1 at risk, 2 missed).
create table marketplace_order (
    order_id text primary key,
    account text not null,
    external_id text not null,
    placed_at timestamptz not null,
    acknowledge_by timestamptz not null,
    acknowledge_at_risk timestamptz not null,
    ship_by timestamptz not null,
    ship_at_risk timestamptz not null,
    acknowledged_at timestamptz,
    shipped_at timestamptz,
    cancellation_asked_at timestamptz,
    called_off_at timestamptz,
    called_off_reason text check (called_off_reason in ('BUYER_REQUEST', 'OUT_OF_STOCK', 'OTHER')),
    called_off_reference text,
    acknowledge_noted smallint not null default 0 check (acknowledge_noted between 0 and 2),
    ship_noted smallint not null default 0 check (ship_noted between 0 and 2),
    unique (account, external_id),
    check (placed_at < acknowledge_at_risk and acknowledge_at_risk < acknowledge_by),
    check (placed_at < ship_at_risk and ship_at_risk < ship_by),
    check ((called_off_at is null) = (called_off_reason is null)),
    check ((called_off_at is null) = (called_off_reference is null))
);

create index marketplace_order_to_acknowledge on marketplace_order (acknowledge_at_risk)
    where acknowledged_at is null and called_off_at is null and acknowledge_noted < 2;
create index marketplace_order_to_ship on marketplace_order (ship_at_risk)
    where shipped_at is null and called_off_at is null and ship_noted < 2;
