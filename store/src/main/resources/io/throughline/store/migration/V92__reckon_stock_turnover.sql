-- How stock moves at each place: units sold a week of late, and since when the oldest of what lies there has lain there. Reckoned from the ledger
-- once a day; head is the last movement of stock on hand that oldest_since takes in, so that a place where nothing moved is not added up again.
create table stock_turnover (
    sku text not null,
    facility text not null,
    sold_a_week numeric(12, 3) not null check (sold_a_week >= 0),
    oldest_since timestamptz,
    head bigint not null,
    primary key (sku, facility) include (sold_a_week, oldest_since)
);

-- How far that has come: one row. Whoever has it locked goes on from after; null while a pass rests.
create table stock_turnover_pass (
    only_one boolean primary key default true check (only_one),
    after text,
    began_at timestamptz,
    check (after is null or began_at is not null)
);

insert into stock_turnover_pass default values;
