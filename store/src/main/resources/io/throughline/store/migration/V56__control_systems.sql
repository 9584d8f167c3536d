-- What people have said about how outside systems are to be asked, as it holds now. Where nothing was said there is no row. The next turn is
-- that of the next operation of a system that is asked only so often, by the clock that all processes share.
create table system_control (
    account text primary key,
    pause_actor text,
    pause_reason text,
    paused_at timestamptz,
    resumed_at timestamptz,
    per_second double precision check (per_second > 0),
    limit_actor text,
    limit_reason text,
    limited_at timestamptz,
    next_turn_at timestamptz not null,
    check ((paused_at is null) = (pause_actor is null) and (paused_at is null) = (pause_reason is null)),
    check ((per_second is null) = (limited_at is null) and (per_second is null) = (limit_actor is null)
        and (per_second is null) = (limit_reason is null))
);

-- All that was ever said, with its reason, which is people's own words and so not in the trace.
create table system_act (
    number bigint generated always as identity primary key,
    account text not null,
    kind text not null check (kind in ('PAUSED', 'RESUMED', 'LIMITED', 'UNLIMITED')),
    per_second double precision,
    actor text not null,
    reason text not null,
    acted_at timestamptz not null,
    check ((kind = 'LIMITED') = (per_second is not null))
);
create index system_act_by_account on system_act (account, number desc);

create trigger system_act_append_only before update or delete on system_act
    for each row execute function refuse_change();
create trigger system_act_never_emptied before truncate on system_act
    for each statement execute function refuse_change();
