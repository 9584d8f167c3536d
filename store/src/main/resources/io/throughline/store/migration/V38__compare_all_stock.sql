-- By how much a system's word about a place may differ from the ledger's, because somebody has accepted just that.
create table stock_difference_accepted (
    source text not null,
    sku text not null,
    facility text not null,
    measure text not null,
    units integer not null,
    accepted_at timestamptz not null,
    primary key (source, sku, facility, measure)
);

-- Up to where the places of a system have been compared, while a comparison is under way.
create table stock_comparison (
    source text primary key,
    sku text not null,
    facility text not null,
    measure text not null
);

-- Products of which an ERP has told and that nobody sold then.
create table stock_passed_over (
    account text not null,
    sku text not null,
    primary key (account, sku)
);
