-- The parcels of returns for which a label of ours is bought: the one in which a customer sends the goods (the first), and those in which what was not taken
-- goes back to them. asked_at: when its carrier was heard of it, or asked about it, last. kept_at: its label was not used, and its carrier keeps it.
-- told_at: the customer knows that it goes back to them.
create table return_parcel (
    id text primary key,
    return_id text not null references goods_return,
    ordinal integer not null check (ordinal > 0),
    direction text not null check (direction in ('FROM_CUSTOMER', 'TO_CUSTOMER')),
    facility text not null,
    -- For how long it is waited for once it was scanned, and within what time it is received once it was delivered.
    under_way_seconds bigint not null check (under_way_seconds >= 0),
    received_within_seconds bigint not null check (received_within_seconds >= 0),
    status text not null check (status in ('TO_BE_LABELLED', 'LABELLED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY', 'DELIVERED',
        'REFUSED', 'LOST', 'VOIDED', 'UNLABELLED')),
    carrier text,
    tracking_number text,
    label text,
    bought_from text,
    at timestamptz not null,
    asked_at timestamptz not null,
    kept_at timestamptz,
    told_at timestamptz,
    unique (return_id, ordinal),
    check (num_nulls(carrier, tracking_number, label, bought_from) in (0, 4)),
    check ((tracking_number is null) = (status in ('TO_BE_LABELLED', 'UNLABELLED'))),
    check (told_at is null or direction = 'TO_CUSTOMER'),
    check (kept_at is null or direction = 'FROM_CUSTOMER')
);

-- One label of ours for what a customer sends, however often it is asked for.
create unique index return_parcel_from_customer on return_parcel (return_id) where direction = 'FROM_CUSTOMER';
create index return_parcel_by_number on return_parcel (tracking_number);
create index return_parcel_on_its_way on return_parcel (carrier, asked_at) where status in ('LABELLED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY');
create trigger return_parcel_never_removed before delete on return_parcel
    for each row execute function refuse_change();
