-- What people want another of what stopped a step, kept before it is decided. What is personal of it, and what that was before, is a row of person
-- by the amendment's name, and erased with the order whose line this is. body: the rest.
create table amendment (
    number bigint generated always as identity primary key,
    case_number bigint not null,
    line text not null,
    body jsonb not null,
    actor text not null,
    made_at timestamptz not null,
    applied_at timestamptz
);

create index amendment_of_case on amendment (case_number, number desc);
create index amendment_applied on amendment (line, number) where applied_at is not null;

-- Which product of ours is meant by a name that a channel has for it: for one order, or (order_id '') for all of the account. An order keeps those that
-- it was taken in with, whatever becomes of the account's.
create table product_name (
    account text not null,
    order_id text not null,
    name text not null,
    sku text not null,
    actor text not null,
    since timestamptz not null,
    primary key (account, order_id, name)
);

-- Whether something of the order was amended, so that what its channel tells of it is not taken in as it comes.
alter table customer_order add column amended boolean not null default false;
