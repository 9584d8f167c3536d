-- What the ledger had when a system was last told: a bundle's level is no sum of movements, so it is compared with this one.
alter table stock_shown add column net integer not null default 0;
alter table stock_telling_line add column net integer not null default 0;
