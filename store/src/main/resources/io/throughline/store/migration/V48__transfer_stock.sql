-- Goods that go from one facility to another because somebody asked for it here. What they move is in the ledger; these rows say how far they
-- have come, and by which terms. An ERP's own transfers are known by their movements only.
create table stock_transfer (
    id text primary key,
    client text not null,
    idempotency_key text not null,
    body_hash text not null,
    from_facility text not null,
    to_facility text not null check (to_facility <> from_facility),
    status text not null default 'REQUESTED' check (status in ('REQUESTED', 'SENT', 'RECEIVED', 'CANCELLED')),
    policy text not null,
    rule text not null,
    within_seconds bigint not null check (within_seconds >= 0),
    keep integer not null check (keep >= 0),
    tolerance integer not null check (tolerance >= 0),
    -- When whoever asked wants it to be there, and when it is expected.
    wished_at timestamptz,
    expected_at timestamptz not null,
    receipts integer not null default 0 check (receipts >= 0),
    -- What arrived is what was sent, or the difference is accounted for.
    settled boolean not null default false,
    requested_by text not null,
    requested_at timestamptz not null,
    changed_at timestamptz not null,
    unique (client, idempotency_key)
);

create table stock_transfer_line (
    transfer text not null references stock_transfer,
    sku text not null,
    requested integer not null check (requested > 0),
    sent integer not null default 0 check (sent between 0 and requested),
    received integer not null default 0 check (received >= 0),
    primary key (transfer, sku)
);

create index stock_transfer_newest on stock_transfer (requested_at desc, id desc);
create index stock_transfer_out on stock_transfer (from_facility, requested_at desc);
create index stock_transfer_in on stock_transfer (to_facility, requested_at desc);
create index stock_transfer_line_by_sku on stock_transfer_line (sku, transfer);
