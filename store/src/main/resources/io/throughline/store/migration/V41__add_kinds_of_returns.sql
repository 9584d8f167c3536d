-- Why money is given back, and how goods come back for it, if they do.
alter table goods_return
    add column cause jsonb not null default '{"kind": "BY_CHOICE"}',
    add column kind text not null generated always as (cause ->> 'kind') stored
        check (kind in ('BY_CHOICE', 'PARCEL_REFUSED', 'PARCEL_LOST', 'CLAIM', 'APPEASEMENT')),
    add column way text not null default 'BY_MAIL' check (way in ('BY_MAIL', 'IN_STORE', 'BY_CARRIER', 'NEVER'));

update goods_return set way = 'IN_STORE' where store is not null;

alter table goods_return
    add check ((way = 'IN_STORE') = (store is not null)),
    -- What nobody waits for is paid at once or not at all.
    add check (way <> 'NEVER' or refund_first);

-- How often somebody was granted what is limited.
create index goods_return_granted on goods_return (order_id, kind, authorised_at) where kind in ('CLAIM', 'APPEASEMENT');
