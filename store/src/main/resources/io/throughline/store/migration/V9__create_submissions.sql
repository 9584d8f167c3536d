-- Orders that REST clients hand over: nobody but this table is their system of record. Keys are never forgotten.
create table submission_key (
    client text not null,
    idempotency_key text not null,
    body_hash text not null,
    order_id text not null,
    stored_at timestamptz not null,
    primary key (client, idempotency_key)
);

create table submitted_order (
    account text not null,
    external_id text not null,
    order_id text not null unique,
    body_hash text not null,
    version timestamptz not null,
    customer_ref text not null,
    body jsonb not null,
    primary key (account, external_id)
);

create index submitted_order_by_change on submitted_order (account, version, external_id);
