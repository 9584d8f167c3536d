-- What each ERP values one unit of a product at, as it has told last.
create table product_cost (
    sku text not null,
    source text not null,
    unit_cost numeric not null check (unit_cost >= 0),
    currency text not null,
    version timestamptz not null,
    at timestamptz not null,
    primary key (sku, source)
);

-- The cost of an order's goods, taken with the stock movement by which they left; of a bundle, that of each component.
create table cost_taken (
    number bigint generated always as identity primary key,
    order_id text not null references customer_order,
    line_id text not null,
    sku text not null,
    facility text not null,
    units integer not null check (units > 0),
    -- Empty: no ERP had told what a unit costs, or several had told several things.
    unit_cost numeric check (unit_cost >= 0),
    currency text,
    -- The movement's name. Where goods came back before anybody had told that they left, it is that by which they came back.
    source_id text not null unique,
    taken_at timestamptz not null,
    check ((unit_cost is null) = (currency is null))
);

create index cost_taken_by_line on cost_taken (order_id, line_id, sku);
create index cost_taken_by_facility on cost_taken (facility, taken_at);

-- What of it a return has brought back into stock. It names what was taken, so that its value can be no other.
create table cost_reversed (
    number bigint generated always as identity primary key,
    taken bigint not null references cost_taken,
    return_id text not null references goods_return,
    inspection bigint not null references return_inspection,
    facility text not null,
    units integer not null check (units > 0),
    reversed_at timestamptz not null,
    unique (inspection, taken)
);

create index cost_reversed_by_taken on cost_reversed (taken);
create index cost_reversed_by_return on cost_reversed (return_id);
create index cost_reversed_by_facility on cost_reversed (facility, reversed_at);

create trigger cost_taken_append_only before update or delete on cost_taken
    for each row execute function refuse_change();
create trigger cost_reversed_append_only before update or delete on cost_reversed
    for each row execute function refuse_change();

-- What left and came back before costs were kept did so at a cost that nobody had told.
insert into cost_taken (order_id, line_id, sku, facility, units, source_id, taken_at)
select f.order_id, substr(m.source_id, length(f.id) + 2, length(m.source_id) - length(f.id) - length(m.sku) - 2), m.sku,
    m.facility, - m.stated, m.source_id, m.recorded_at
from stock_movement m join fulfillment_order f on f.id = split_part(m.source_id, '/', 1)
where m.source = 'throughline' and m.kind = 'SALE' and m.measure = 'ON_HAND' and m.part = 0 and m.stated < 0
    and m.source_id like f.id || '/%/' || m.sku
order by m.id;

do $$
declare
    back record;
    lacking bigint;
begin
    for back in
        select m.sku, m.facility, m.stated, m.source_id, m.recorded_at, i.number as inspection, i.return_id, l.line_id, r.order_id
        from stock_movement m
        join return_inspection i
            on i.return_id = split_part(m.source_id, '/', 1) and i.number::text = split_part(m.source_id, '/', 2)
        join return_line l on l.return_id = i.return_id and l.number = i.line
        join goods_return r on r.id = i.return_id
        where m.source = 'throughline' and m.kind = 'RETURN' and m.measure = 'ON_HAND' and m.part = 0 and m.stated > 0
        order by m.id
    loop
        select back.stated - coalesce(sum(t.units - (
                select coalesce(sum(c.units), 0) from cost_reversed c where c.taken = t.number)), 0)
            into lacking from cost_taken t
            where t.order_id = back.order_id and t.line_id = back.line_id and t.sku = back.sku;
        if lacking > 0 then
            insert into cost_taken (order_id, line_id, sku, facility, units, source_id, taken_at)
            values (back.order_id, back.line_id, back.sku, back.facility, lacking, back.source_id, back.recorded_at);
        end if;
        insert into cost_reversed (taken, return_id, inspection, facility, units, reversed_at)
        select number, back.return_id, back.inspection, back.facility, least(free, back.stated - before), back.recorded_at
        from (
            select number, free, sum(free) over (order by number) - free as before
            from (
                select t.number, t.units - (
                    select coalesce(sum(c.units), 0) from cost_reversed c where c.taken = t.number) as free
                from cost_taken t
                where t.order_id = back.order_id and t.line_id = back.line_id and t.sku = back.sku) each_taken
            where free > 0) in_turn
        where before < back.stated;
    end loop;
end $$;

-- No more of a cost is reversed than was taken, and only by a return of the line that it was taken for.
create function check_cost_reversed() returns trigger language plpgsql as $$
declare
    of_taken cost_taken;
    reversed bigint;
begin
    select * into of_taken from cost_taken where number = new.taken for no key update;
    select sum(units) into reversed from cost_reversed where taken = new.taken;
    if reversed > of_taken.units then
        raise exception 'of line % of % the cost of % % was taken with %, and that of % is reversed',
            of_taken.line_id, of_taken.order_id, of_taken.units, of_taken.sku, of_taken.source_id, reversed
            using errcode = 'TL006';
    end if;
    if not exists (
        select from return_inspection i
        join return_line l on l.return_id = i.return_id and l.number = i.line
        join goods_return r on r.id = i.return_id
        where i.number = new.inspection and i.return_id = new.return_id
            and r.order_id = of_taken.order_id and l.line_id = of_taken.line_id) then
        raise exception '% has found nothing of line % of %', new.return_id, of_taken.line_id, of_taken.order_id
            using errcode = 'TL006';
    end if;
    return null;
end $$;

create constraint trigger cost_is_reversed_once after insert on cost_reversed
    deferrable initially deferred for each row execute function check_cost_reversed();

-- As many units of a SKU as an inspection has brought into stock are those whose cost it has reversed: of what is scrapped, none.
create function check_restock(of_inspection bigint, of_sku text) returns void language plpgsql as $$
declare
    restocked bigint;
    reversed bigint;
begin
    select coalesce(sum(m.stated), 0) into restocked
        from return_inspection i
        join stock_movement m on m.source = 'throughline'
            and m.source_id in (
                i.return_id || '/' || i.number || '/ON_HAND', i.return_id || '/' || i.number || '/ON_HAND/' || of_sku)
        where i.number = of_inspection and m.kind = 'RETURN' and m.sku = of_sku and m.part = 0;
    select coalesce(sum(c.units), 0) into reversed
        from cost_reversed c join cost_taken t on t.number = c.taken
        where c.inspection = of_inspection and t.sku = of_sku;
    if restocked <> reversed then
        raise exception 'inspection % has brought % % into stock, and reversed the cost of %',
            of_inspection, restocked, of_sku, reversed
            using errcode = 'TL006';
    end if;
end $$;

create function check_restocked() returns trigger language plpgsql as $$
begin
    perform check_restock(i.number, new.sku) from return_inspection i
        where i.return_id = split_part(new.source_id, '/', 1) and i.number::text = split_part(new.source_id, '/', 2);
    return null;
end $$;

create constraint trigger restock_reverses_cost after insert on stock_movement
    deferrable initially deferred for each row
    when (new.source = 'throughline' and new.kind = 'RETURN' and new.measure = 'ON_HAND'
        and new.source_id ~ '^O-[0-9A-Z]{10}-R[1-9][0-9]{0,3}/[0-9]+/ON_HAND')
    execute function check_restocked();

create function check_reversal_restocks() returns trigger language plpgsql as $$
begin
    perform check_restock(new.inspection, t.sku) from cost_taken t where t.number = new.taken;
    return null;
end $$;

create constraint trigger cost_is_reversed_by_restock after insert on cost_reversed
    deferrable initially deferred for each row execute function check_reversal_restocks();

-- A return ends with the two equal, whatever became of the tables since.
create function check_return_costs() returns trigger language plpgsql as $$
begin
    perform check_restock(i.number, t.sku)
        from return_inspection i
        join return_line l on l.return_id = i.return_id and l.number = i.line
        join (select distinct line_id, sku from cost_taken where order_id = new.order_id) t on t.line_id = l.line_id
        where i.return_id = new.id;
    return null;
end $$;

create trigger return_closes_with_its_costs after update of closed_at on goods_return
    for each row when (old.closed_at is null and new.closed_at is not null) execute function check_return_costs();
