-- The order that was handed over for a basket. It takes the basket over when it reserves its stock, if that has not ended by then.
alter table basket add column claimed_by text;

create index basket_by_claim on basket (claimed_by) where state = 'HELD' and claimed_by is not null;
