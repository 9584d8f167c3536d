-- A movement says what a source states (stated), which version of it that is and which one it corrects, and by how much it changes the
-- stock (quantity). Rows of one SKU, facility and measure are numbered without gaps (ordinal) and carry the running sum (net).
alter table stock_movement rename column reason to kind;
alter table stock_movement
    add column measure text not null default 'ON_HAND'
        check (measure in ('ON_HAND', 'HELD', 'DAMAGED', 'IN_TRANSIT', 'SAFETY_STOCK')),
    add column reason text,
    add column version bigint not null default 1,
    add column corrects bigint not null default 0,
    -- 0: what this version states; 1: what an earlier version stated of another place, taken back.
    add column part smallint not null default 0 check (part in (0, 1)),
    add column stated integer,
    add column ordinal bigint,
    add column net bigint,
    add check (version > corrects and corrects >= 0),
    drop constraint stock_movement_quantity_check,
    drop constraint stock_movement_source_source_id_key;

alter table stock_movement disable trigger stock_movement_append_only;
update stock_movement m set stated = m.quantity, ordinal = chain.ordinal, net = chain.net
from (
    select id, row_number() over place as ordinal, sum(quantity) over place as net
    from stock_movement window place as (partition by sku, facility order by id)
) chain
where chain.id = m.id;
alter table stock_movement enable trigger stock_movement_append_only;

alter table stock_movement
    alter column stated set not null,
    alter column ordinal set not null,
    alter column net set not null;

-- The versions of one source id are a chain without forks: two that would correct the same one can't both be there.
create unique index stock_movement_versions on stock_movement (source, source_id, corrects, part);
create unique index stock_movement_chain on stock_movement (sku, facility, measure, ordinal) include (net);
create index stock_movement_times on stock_movement (sku, facility, measure, occurred_at);
create index stock_movement_counts on stock_movement (sku, facility, measure, occurred_at)
    where kind in ('OPENING', 'COUNT') and part = 0;

alter table stock_balance
    add column damaged integer not null default 0 check (damaged >= 0),
    add column in_transit integer not null default 0 check (in_transit >= 0),
    add check (facility <> 'UNROUTED' or (damaged = 0 and in_transit = 0));

-- One index answers a lookup by SKU without touching the table.
alter table reservation drop constraint reservation_sku_facility_fkey;
alter table stock_balance drop constraint stock_balance_pkey;
alter table stock_balance add primary key (sku, facility)
    include (on_hand, reserved, safety_stock, held, damaged, in_transit, shortfall);
alter table reservation add foreign key (sku, facility) references stock_balance (sku, facility);

create function check_movement_chain() returns trigger language plpgsql as $$
declare
    last_ordinal bigint;
    last_net bigint;
begin
    select ordinal, net into last_ordinal, last_net from stock_movement
        where sku = new.sku and facility = new.facility and measure = new.measure
        order by ordinal desc limit 1;
    if new.ordinal <> coalesce(last_ordinal, 0) + 1 or new.net <> coalesce(last_net, 0) + new.quantity then
        raise exception '% of % at %: movement % with net % does not follow movement % with net %',
            new.measure, new.sku, new.facility, new.ordinal, new.net, coalesce(last_ordinal, 0), coalesce(last_net, 0)
            using errcode = 'check_violation';
    end if;
    return new;
end $$;

create trigger stock_movement_follows before insert on stock_movement
    for each row execute function check_movement_chain();

-- By the chain the last net is the sum of all movements, so comparing it with the balance compares that sum, at the cost of one row.
create function check_moved(row_sku text, row_facility text, row_measure text) returns void language plpgsql as $$
declare
    in_balance bigint;
    moved bigint;
begin
    select case row_measure
            when 'ON_HAND' then on_hand::bigint - shortfall
            when 'HELD' then held
            when 'DAMAGED' then damaged
            when 'IN_TRANSIT' then in_transit
            else safety_stock end
        into in_balance from stock_balance where sku = row_sku and facility = row_facility;
    select net into moved from stock_movement
        where sku = row_sku and facility = row_facility and measure = row_measure order by ordinal desc limit 1;
    -- Only stock on hand can be less than nothing: a shortfall.
    if row_measure <> 'ON_HAND' then
        moved := greatest(0, moved);
    end if;
    if coalesce(in_balance, 0) <> coalesce(moved, 0) then
        raise exception '% of % at %: the balance says %, but movements come to %',
            row_measure, row_sku, row_facility, coalesce(in_balance, 0), coalesce(moved, 0)
            using errcode = 'check_violation';
    end if;
end $$;

create function check_moved_by_movement() returns trigger language plpgsql as $$
begin
    perform check_moved(new.sku, new.facility, new.measure);
    return null;
end $$;

create function check_moved_by_balance() returns trigger language plpgsql as $$
declare
    row_sku text := coalesce(new.sku, old.sku);
    row_facility text := coalesce(new.facility, old.facility);
begin
    if coalesce(new.on_hand, 0) - coalesce(new.shortfall, 0) <> coalesce(old.on_hand, 0) - coalesce(old.shortfall, 0) then
        perform check_moved(row_sku, row_facility, 'ON_HAND');
    end if;
    if coalesce(new.held, 0) <> coalesce(old.held, 0) then
        perform check_moved(row_sku, row_facility, 'HELD');
    end if;
    if coalesce(new.damaged, 0) <> coalesce(old.damaged, 0) then
        perform check_moved(row_sku, row_facility, 'DAMAGED');
    end if;
    if coalesce(new.in_transit, 0) <> coalesce(old.in_transit, 0) then
        perform check_moved(row_sku, row_facility, 'IN_TRANSIT');
    end if;
    if coalesce(new.safety_stock, 0) <> coalesce(old.safety_stock, 0) then
        perform check_moved(row_sku, row_facility, 'SAFETY_STOCK');
    end if;
    return null;
end $$;

create constraint trigger movement_sums_to_balance after insert on stock_movement
    deferrable initially deferred for each row execute function check_moved_by_movement();
create constraint trigger balance_is_sum_of_movements
    after insert or update of on_hand, shortfall, held, damaged, in_transit, safety_stock or delete on stock_balance
    deferrable initially deferred for each row execute function check_moved_by_balance();
