-- As of which reading a sale is known that its till's own system tells of, by that system's name of it. facility: where it is booked,
-- in store_sale under the same id; null: it could not be booked as it was read. read_at is by our clock, version by the till's.
create table till_sale (
    account text not null,
    external_id text not null,
    version timestamptz not null,
    read_at timestamptz not null,
    facility text,
    primary key (account, external_id),
    foreign key (facility, external_id) references store_sale deferrable initially deferred
);
