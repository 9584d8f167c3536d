-- What marketplaces have given back for what came back, once for each name of ours. Their orders are told with it from then on.
create table marketplace_refund (
    order_id text not null references customer_order,
    reference text not null,
    -- The marketplace's own name of it.
    refund_id text not null,
    body jsonb not null,
    given_at timestamptz not null,
    primary key (order_id, reference),
    unique (order_id, refund_id)
);

create trigger marketplace_refund_append_only before update or delete on marketplace_refund
    for each row execute function refuse_change();
