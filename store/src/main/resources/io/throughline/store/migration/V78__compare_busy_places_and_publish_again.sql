-- Places where the comparisons of a system with the ledger find both apart: how often on end, on the same side, and the least by which they
-- were (told, ledger, observed_at are of that one). A row goes when they agree.
create table stock_apart (
    source text not null,
    sku text not null,
    facility text not null,
    measure text not null,
    told integer not null,
    ledger integer not null,
    observed_at timestamptz not null,
    times integer not null check (times > 0),
    primary key (source, sku, facility, measure)
);

-- Wishes that an account's system show again what the ledger has of a place, until they are carried out.
create table stock_republication (
    account text not null,
    sku text not null,
    facility text not null,
    asked_at timestamptz not null,
    asked_by text not null,
    primary key (account, sku, facility)
);
