-- What a system told of a thing or place that nobody knew then. Once it was taken in or given up it is settled, and stays here so that it
-- isn't kept again when it is told again.
create table stock_unplaced (
    id bigint generated always as identity primary key,
    account text not null,
    source_id text not null,
    version bigint not null,
    thing text not null,
    raw text not null,
    told_at timestamptz not null,
    settled boolean not null default false,
    unique (account, source_id, version)
);

create index stock_unplaced_open on stock_unplaced (account, thing, id) where not settled;
