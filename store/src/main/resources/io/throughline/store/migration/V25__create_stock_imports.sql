-- A warehouse feed that was handed over, and how far its booking has come: position is that of the last row that was taken, in the
-- transaction of what it led to. RECEIVING is not there for anybody yet, and has no digest.
create table stock_import (
    number bigint generated always as identity primary key,
    account text not null,
    facility text not null,
    name text not null,
    sequence bigint not null check (sequence >= 1),
    mode text not null check (mode in ('FULL', 'DELTA')),
    as_of timestamptz check ((mode = 'FULL') = (as_of is not null)),
    unnamed text not null check (unnamed in ('UNTOUCHED', 'ZERO')),
    state text not null check (state in ('RECEIVING', 'BOOKING', 'DONE')),
    digest text check ((state = 'RECEIVING') = (digest is null)),
    rows integer not null default 0,
    position integer not null default 0,
    booked integer not null default 0,
    covered integer not null default 0,
    observed integer not null default 0,
    known integer not null default 0,
    refused integer not null default 0,
    -- How many SKUs that the feed doesn't name were counted as none, and the last of them.
    zeroed integer not null default 0,
    zeroed_up_to text not null default '',
    received_at timestamptz not null,
    began_at timestamptz,
    ended_at timestamptz check ((state = 'DONE') = (ended_at is not null)),
    check (position between 0 and rows),
    check (state = 'RECEIVING' or position = booked + covered + observed + known + refused)
);

create unique index stock_import_name on stock_import (account, facility, name, sequence) where state <> 'RECEIVING';
create index stock_import_receiving on stock_import (received_at) where state = 'RECEIVING';

-- The rows as they were written; those of an import that is done are removed.
create table stock_import_row (
    import bigint not null references stock_import on delete cascade,
    position integer not null,
    line integer not null,
    sku text,
    quantity text,
    measure text,
    id text,
    version text,
    kind text,
    reason text,
    occurred_at text,
    unreadable text,
    primary key (import, position)
);

create index stock_import_row_names on stock_import_row (import, sku);

-- The first rows that were refused, with what to do about them.
create table stock_import_refusal (
    import bigint not null references stock_import on delete cascade,
    position integer not null,
    line integer not null,
    reason text not null,
    primary key (import, position)
);

create index stock_balance_by_facility on stock_balance (facility, sku);
