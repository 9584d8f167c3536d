-- How far all lines of the trace have been checked: one row. Whoever has it locked goes on from after; null while a pass rests.
create table trace_check (
    only_one boolean primary key default true check (only_one),
    after text,
    began_at timestamptz,
    ended_at timestamptz,
    lines bigint not null default 0,
    check (after is null or began_at is not null)
);

insert into trace_check default values;

-- Lines that were found broken, and from which entry on; each is shown to somebody once.
create table trace_break (
    subject text primary key,
    seq bigint not null check (seq > 0),
    found_at timestamptz not null
);
