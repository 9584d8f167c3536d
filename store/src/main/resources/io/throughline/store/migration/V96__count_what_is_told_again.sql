-- When a comparison had a system told the ledger's number of a place again. Kept until a person decides about the place, and as long as it counts.
create table stock_told_again (
    account text not null,
    sku text not null,
    facility text not null,
    told_at timestamptz not null,
    primary key (account, sku, facility, told_at)
);
