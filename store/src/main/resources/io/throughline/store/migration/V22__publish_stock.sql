-- The transaction that changed a balance last. It is written by a trigger, so that no statement can forget it.
alter table stock_balance add column changed_in xid8 not null default pg_current_xact_id();

create function note_change() returns trigger language plpgsql as $$
begin
    new.changed_in := pg_current_xact_id();
    return new;
end $$;

create trigger balance_notes_change before update on stock_balance for each row execute function note_change();

create index stock_balance_changes on stock_balance (changed_in, sku, facility);

-- How far an account has been told. What its snapshot (seen) shows has been told; a sweep tells what came up to another one (until) and
-- has come as far as (after_change, after_sku, after_facility). terms: by which rules. woken_at: somebody is at it since.
create table stock_sync (
    account text primary key,
    seen pg_snapshot,
    until pg_snapshot,
    after_change xid8,
    after_sku text,
    after_facility text,
    terms text not null default '',
    woken_at timestamptz,
    check (num_nulls(after_change, after_sku, after_facility) in (0, 3))
);

-- What an account's system shows of our stock, as far as we know. on_hand takes in the movements up to ordinal, but for the units owed.
create table stock_shown (
    account text not null,
    sku text not null,
    facility text not null,
    item text not null,
    on_hand integer not null,
    reserved integer not null,
    safety_stock integer not null,
    ordinal bigint not null,
    owed integer not null,
    standing text not null check (standing in ('KNOWN', 'UNSURE', 'REFUSED')),
    primary key (account, sku, facility)
);

-- The one call of an account of which it is not known yet what became of it.
create table stock_telling (
    account text primary key,
    number bigint generated always as identity unique,
    made_at timestamptz not null,
    sent boolean not null default false
);

create table stock_telling_line (
    account text not null references stock_telling on delete cascade,
    position integer not null,
    sku text not null,
    facility text not null,
    item text not null,
    state text not null check (state in ('ON_HAND', 'RESERVED', 'SAFETY_STOCK')),
    from_units integer not null,
    to_units integer not null,
    ordinal bigint not null,
    owed integer not null,
    version bigint not null,
    primary key (account, position)
);
