create table customer_order (
    id text primary key,
    account text not null,
    external_id text not null,
    channel text not null,
    name text not null,
    status text not null check (
        status in ('RECEIVED', 'VALIDATED', 'APPROVED', 'IN_FULFILLMENT', 'COMPLETED', 'CANCELLED', 'REJECTED')),
    payment text not null,
    posting text not null,
    version timestamptz,
    version_number integer not null default 0,
    hinted_at timestamptz,
    cancel_requested_at timestamptz,
    cancel_actor text,
    cancel_reason text,
    received_at timestamptz not null,
    changed_at timestamptz not null,
    unique (account, external_id),
    check ((version is null) = (version_number = 0)),
    check ((cancel_requested_at is null) = (cancel_actor is null))
);

create index customer_order_by_age on customer_order (received_at desc, id);

create table order_version (
    order_id text not null references customer_order,
    number integer not null check (number > 0),
    version timestamptz not null,
    body jsonb not null,
    stored_at timestamptz not null,
    primary key (order_id, number)
);

create trigger order_version_append_only before update or delete on order_version
    for each row execute function refuse_change();
create trigger order_version_never_emptied before truncate on order_version
    for each statement execute function refuse_change();

create table fulfillment_order (
    id text primary key,
    order_id text not null references customer_order,
    ordinal integer not null check (ordinal > 0),
    facility text not null check (facility <> 'UNROUTED'),
    method text not null,
    status text not null,
    lines jsonb not null,
    channel_work text,
    work_account text,
    work_reference text,
    carrier text,
    tracking_number text,
    reason text,
    deadline timestamptz,
    hinted_at timestamptz,
    unique (order_id, ordinal),
    check ((carrier is null) = (tracking_number is null)),
    check ((work_account is null) = (work_reference is null))
);

create index fulfillment_order_by_work on fulfillment_order (work_account, work_reference);
