-- What tills have handed over and could not be booked. It has happened, so each content of a sale is kept until the sale is booked or left out.
create table refused_sale (
    facility text not null,
    sale_id text not null,
    digest bytea not null check (length(digest) = 32),
    version bigint not null check (version >= 0),
    -- As the till has told it, as far as a sale may say it.
    told text not null,
    -- As it would be booked, where it is right in itself.
    sale jsonb,
    reason text not null,
    heard_at timestamptz not null,
    settled text check (settled in ('BOOKED', 'LEFT_OUT')),
    settled_at timestamptz,
    primary key (facility, sale_id, digest),
    check ((settled is null) = (settled_at is null))
);
