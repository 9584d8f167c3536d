-- What we told another system, to know it again when it comes back.
create table stock_publication (
    account text not null,
    sku text not null,
    facility text not null,
    measure text not null,
    version bigint not null,
    units integer not null,
    published_at timestamptz not null,
    echoed_at timestamptz,
    primary key (account, sku, facility, measure, version)
);

-- What a system says that it has, when that system is not the one that moves this stock: compared, never booked.
create table stock_observation (
    id bigint generated always as identity primary key,
    source text not null,
    source_id text not null,
    version bigint not null,
    sku text not null,
    facility text not null,
    measure text not null,
    absolute boolean not null,
    units integer not null,
    observed_at timestamptz not null,
    recorded_at timestamptz not null,
    echo boolean not null,
    unique (source, source_id, version)
);

create index stock_observation_latest on stock_observation (source, sku, facility, measure, observed_at desc, id desc)
    where absolute;

-- When each system last told anything of a facility: silence is what makes its stock doubtful.
create table stock_feed (
    source text not null,
    facility text not null,
    heard_at timestamptz not null,
    primary key (facility, source)
);
