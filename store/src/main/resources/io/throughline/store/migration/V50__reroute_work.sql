-- That work is to go to another facility: written with what caused it, followed by a process of its own. One is open of a piece of work at a
-- time, and what has ended never changes again.
create table reroute (
    id text primary key,
    work_id text not null references fulfillment_order,
    number int not null check (number > 0),
    order_id text not null references customer_order,
    cause text not null check (cause in ('REJECTED', 'SHORT', 'SILENT', 'PAUSED', 'CAPACITY', 'CARRIER', 'REFUSED')),
    scope text check (scope in ('ITEM', 'GROUP', 'SKU')),
    lines jsonb not null,
    status text not null check (status in ('OPENED', 'TAKEN_AWAY', 'WAITING', 'OFFERED', 'ANSWERED',
        'REROUTED', 'KEPT', 'NOT_NEEDED', 'CALLED_OFF')),
    words text not null default '',
    considered text[] not null default '{}',
    excluded text[] not null default '{}',
    replaced_by text[] not null default '{}',
    look_again_at timestamptz,
    opened_at timestamptz not null,
    changed_at timestamptz not null,
    ended_at timestamptz,
    unique (work_id, number),
    check ((ended_at is not null) = (status in ('REROUTED', 'KEPT', 'NOT_NEEDED', 'CALLED_OFF'))),
    check ((status = 'REROUTED') = (replaced_by <> '{}'))
);

create unique index reroute_open on reroute (work_id) where ended_at is null;
create index reroute_of_order on reroute (order_id);

create function refuse_second_end() returns trigger language plpgsql as $$
begin
    if old.ended_at is not null then
        raise exception 'reroute % has ended', old.id using errcode = 'check_violation';
    end if;
    return new;
end $$;

create trigger reroute_ends_once before update on reroute
    for each row execute function refuse_second_end();
