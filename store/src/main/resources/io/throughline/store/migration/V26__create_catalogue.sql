-- The canonical catalogue: each attribute and price with the account whose word it is and that account's own version of it.
create table product (
    sku text primary key,
    introduced_by text not null,
    since timestamptz not null
);

create table product_attribute (
    sku text not null references product,
    attribute text not null,
    value text,
    source text not null,
    version timestamptz not null,
    at timestamptz not null,
    primary key (sku, attribute)
);

-- A change is a row of its own, so that what a product cost at any time can be told. channel may be an ERP: its list.
create table price (
    sku text not null references product,
    channel text not null,
    currency text not null,
    valid_from timestamptz not null,
    minor bigint not null,
    source text not null,
    version timestamptz not null,
    at timestamptz not null,
    primary key (sku, channel, currency, valid_from)
);

create index price_by_channel on price (channel, currency, sku, valid_from desc);

-- What an account says that does not own it: compared, never taken.
create table product_observation (
    sku text not null,
    about text not null,
    source text not null,
    value text,
    version timestamptz not null,
    at timestamptz not null,
    primary key (sku, about, source)
);

-- The last taking in of each account's catalogue. The place that it has come to changes together with what was taken in up to there.
create table catalog_sync (
    account text primary key,
    started_at timestamptz not null,
    export text,
    cursor text,
    read bigint not null default 0,
    size bigint not null default 0,
    products integer not null default 0,
    changed integer not null default 0,
    refused integer not null default 0,
    unusable integer not null default 0,
    finished_at timestamptz
);

-- Who a channel's customer is to us. name is what they would be called by themselves; after a merge several are one customer.
create table customer_link (
    account text not null,
    external_id text not null,
    name text not null,
    customer text not null,
    version timestamptz,
    at timestamptz not null,
    primary key (account, external_id)
);

create index customer_link_by_customer on customer_link (customer);
create index customer_link_by_name on customer_link (name);
