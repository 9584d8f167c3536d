-- What is shipped leaves in parcels. asked_at: when its carrier was heard of it, or asked about it, last.
create table parcel (
    id text primary key,
    work_id text not null references fulfillment_order,
    ordinal integer not null check (ordinal > 0),
    lines jsonb not null,
    weight_grams integer check (weight_grams > 0),
    status text not null check (status in ('TO_BE_LABELLED', 'LABELLED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY', 'DELIVERED',
        'REFUSED', 'LOST', 'VOIDED', 'UNLABELLED')),
    carrier text,
    tracking_number text,
    label text,
    bought_from text,
    at timestamptz not null,
    packed_at timestamptz not null,
    asked_at timestamptz not null,
    unique (work_id, ordinal),
    check ((carrier is null) = (tracking_number is null)),
    check (bought_from is null or tracking_number is not null)
);

create index parcel_by_number on parcel (tracking_number);
create index parcel_on_its_way on parcel (carrier, asked_at) where status in ('LABELLED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY');

-- What is delivered is not open any more.
drop index fulfillment_order_open;
create index fulfillment_order_open on fulfillment_order (facility)
    where status not in ('SHIPPED', 'PICKED_UP', 'DELIVERED', 'REJECTED', 'CANCELLED');

-- What was delivered was handed over, too.
create or replace function check_returned() returns trigger language plpgsql as $$
declare
    of_order text;
    handed_over bigint;
    returned bigint;
begin
    select order_id into of_order from goods_return where id = new.return_id;
    perform from customer_order where id = of_order for no key update;
    select coalesce(sum((part ->> 'quantity')::integer), 0) into handed_over
        from fulfillment_order f, jsonb_array_elements(f.lines) part
        where f.order_id = of_order and f.status in ('SHIPPED', 'PICKED_UP', 'DELIVERED')
            and part ->> 'lineId' = new.line_id;
    select coalesce(sum(l.authorised - l.missing), 0) into returned
        from goods_return r join return_line l on l.return_id = r.id
        where r.order_id = of_order and l.line_id = new.line_id and r.refused_at is null;
    if returned > handed_over then
        raise exception 'of line % of % % units were handed over, and % shall come back',
            new.line_id, of_order, handed_over, returned
            using errcode = 'TL002';
    end if;
    return null;
end $$;
