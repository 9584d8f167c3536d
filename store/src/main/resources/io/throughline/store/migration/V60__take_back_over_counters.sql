-- What was taken back over a store's counter of a till's sale. The goods are there; how far the money is, is derived from what is kept here, and never set.
create table counter_return (
    id text primary key,
    -- The client's key, which is never forgotten.
    client text not null,
    idempotency_key text not null,
    body_hash text not null,
    sale_facility text not null,
    sale_id text not null,
    store text not null,
    policy text not null,
    refund_to text not null,
    asked_by text not null,
    taken_at timestamptz not null,
    taxes_included boolean not null,
    refund jsonb not null,
    needs_second_person boolean not null,
    approved_by text,
    approved_at timestamptz,
    refused_by text,
    refused_at timestamptz,
    -- The version of it that its store's day has, in store_sale under the same id; 0: none yet.
    booked integer not null default 0 check (booked >= 0),
    closed_at timestamptz,
    unique (client, idempotency_key),
    foreign key (sale_facility, sale_id) references store_sale,
    check ((approved_at is null) = (approved_by is null)),
    check ((refused_at is null) = (refused_by is null)),
    check (refused_at is null or (approved_at is null and booked = 0)),
    check (booked = 0 or not needs_second_person or approved_at is not null)
);

create index counter_return_by_sale on counter_return (sale_facility, sale_id, taken_at);
create index counter_return_by_age on counter_return (taken_at desc, id);

create table counter_return_line (
    return_id text not null references counter_return,
    number integer not null check (number > 0),
    -- The line of the sale, counted from 1.
    sold_line integer not null check (sold_line > 0),
    sku text not null,
    title text not null,
    quantity integer not null check (quantity > 0),
    reason text not null,
    grade text not null,
    disposition text not null check (disposition in ('RESTOCK', 'REFURBISH', 'RETURN_TO_VENDOR', 'SCRAP')),
    primary key (return_id, number)
);

-- What goes back to one tender of the sale, counted from 1, or becomes store-credit; in minor units.
create table counter_return_part (
    return_id text not null references counter_return,
    number integer not null check (number > 0),
    payment text not null check (payment ~ '^[1-9][0-9]{0,3}$' or payment = 'store-credit'),
    gateway text not null,
    amount bigint not null check (amount > 0),
    currency text not null,
    way text not null check (way in ('SYSTEM', 'COUNTER')),
    -- The till system's name of its refund, or the store's of what it paid out; ours: nobody has given it at the till by itself.
    reference text,
    ours boolean,
    given_by text,
    given_at timestamptz,
    confirmed_at timestamptz,
    primary key (return_id, number),
    unique (return_id, payment),
    check (num_nulls(reference, ours, given_by, given_at) in (0, 4)),
    check (confirmed_at is null or given_at is not null)
);

create index counter_return_part_by_reference on counter_return_part (reference) where reference is not null;

create index counter_return_part_on_its_way on counter_return_part (return_id)
    where given_at is not null and confirmed_at is null;

-- Which sales a till has taken goods back of by itself, by its system's own names: external_id is what came back.
create table till_return (
    account text not null,
    external_id text not null,
    of_external_id text not null,
    primary key (account, external_id, of_external_id)
);

create index till_return_by_sale on till_return (account, of_external_id);

-- What tills have taken back by themselves of a sale, as it holds.
create function taken_back_at_tills(of_facility text, of_sale text) returns setof jsonb language sql stable as $$
    select v.body from till_sale source
        join till_return r on r.account = source.account and r.of_external_id = source.external_id
        join till_sale back on back.account = r.account and back.external_id = r.external_id
        join store_sale s on s.facility = back.facility and s.id = back.external_id
        join store_sale_version v on v.facility = s.facility and v.id = s.id and v.version = s.version
        where source.facility = of_facility and source.external_id = of_sale
$$;

-- No more of a line comes back over counters than was sold with it, and no more of a SKU over counters and at tills.
create function check_counter_returned() returns trigger language plpgsql as $$
declare
    taken counter_return;
    sale jsonb;
    sold bigint;
    returned bigint;
begin
    select * into taken from counter_return where id = new.return_id;
    perform from store_sale where facility = taken.sale_facility and id = taken.sale_id for no key update;
    select v.body into sale from store_sale s
        join store_sale_version v on v.facility = s.facility and v.id = s.id and v.version = s.version
        where s.facility = taken.sale_facility and s.id = taken.sale_id;
    select coalesce((sale -> 'lines' -> (new.sold_line - 1) ->> 'quantity')::integer, 0) into sold;
    select coalesce(sum(l.quantity), 0) into returned
        from counter_return r join counter_return_line l on l.return_id = r.id
        where r.sale_facility = taken.sale_facility and r.sale_id = taken.sale_id and r.refused_at is null
            and l.sold_line = new.sold_line;
    if returned > sold or sale -> 'lines' -> (new.sold_line - 1) ->> 'sku' is distinct from new.sku then
        raise exception 'of line % of % at % % units were sold, and % shall come back',
            new.sold_line, taken.sale_id, taken.sale_facility, sold, returned
            using errcode = 'TL002';
    end if;
    select coalesce(sum((l ->> 'quantity')::integer), 0) into sold
        from jsonb_array_elements(sale -> 'lines') l
        where l ->> 'sku' = new.sku and (l ->> 'quantity')::integer > 0;
    select coalesce(sum(l.quantity), 0) into returned
        from counter_return r join counter_return_line l on l.return_id = r.id
        where r.sale_facility = taken.sale_facility and r.sale_id = taken.sale_id and r.refused_at is null and l.sku = new.sku;
    returned := returned + coalesce((
        select -sum((l ->> 'quantity')::integer)
        from taken_back_at_tills(taken.sale_facility, taken.sale_id) back, jsonb_array_elements(back -> 'lines') l
        where l ->> 'sku' = new.sku and (l ->> 'quantity')::integer < 0), 0);
    if returned > sold then
        raise exception 'of % in % at % % units were sold, and % shall come back', new.sku, taken.sale_id, taken.sale_facility,
            sold, returned
            using errcode = 'TL002';
    end if;
    return null;
end $$;

create constraint trigger counter_returned_of_sold after insert on counter_return_line
    deferrable initially deferred for each row execute function check_counter_returned();

-- No more is given back of a tender than it paid, nor of all of them together, whoever gives it.
create function check_counter_refunded() returns trigger language plpgsql as $$
declare
    taken counter_return;
    sale jsonb;
    paid bigint;
    given bigint;
begin
    select * into taken from counter_return where id = new.return_id;
    perform from store_sale where facility = taken.sale_facility and id = taken.sale_id for no key update;
    select v.body into sale from store_sale s
        join store_sale_version v on v.facility = s.facility and v.id = s.id and v.version = s.version
        where s.facility = taken.sale_facility and s.id = taken.sale_id;
    if new.payment <> 'store-credit' then
        select coalesce((sale -> 'tenders' -> (new.payment::integer - 1) #>> '{amount,minor}')::bigint, 0) into paid;
        select coalesce(sum(p.amount), 0) into given
            from counter_return r join counter_return_part p on p.return_id = r.id
            where r.sale_facility = taken.sale_facility and r.sale_id = taken.sale_id and r.refused_at is null
                and p.payment = new.payment;
        if given > paid then
            raise exception 'tender % of % at % paid %, and % shall be given back',
                new.payment, taken.sale_id, taken.sale_facility, paid, given
                using errcode = 'TL003';
        end if;
    end if;
    select coalesce(sum((t #>> '{amount,minor}')::bigint), 0) into paid from jsonb_array_elements(sale -> 'tenders') t;
    select coalesce(sum(p.amount), 0) into given
        from counter_return r join counter_return_part p on p.return_id = r.id
        where r.sale_facility = taken.sale_facility and r.sale_id = taken.sale_id and r.refused_at is null;
    given := given - coalesce((
        select sum((t #>> '{amount,minor}')::bigint)
        from taken_back_at_tills(taken.sale_facility, taken.sale_id) back, jsonb_array_elements(back -> 'tenders') t
        where (t #>> '{amount,minor}')::bigint < 0), 0);
    if given > paid then
        raise exception '% at % was paid with %, and % shall be given back', taken.sale_id, taken.sale_facility, paid, given
            using errcode = 'TL003';
    end if;
    return null;
end $$;

create constraint trigger counter_refunded_of_paid after insert on counter_return_part
    deferrable initially deferred for each row execute function check_counter_refunded();

-- What came back and what is paid for it never becomes another; only who pays it, and in what, does.
create trigger counter_return_line_append_only before update or delete on counter_return_line
    for each row execute function refuse_change();
create trigger counter_return_part_never_removed before delete on counter_return_part
    for each row execute function refuse_change();
create function refuse_other_counter_return() returns trigger language plpgsql as $$
begin
    raise exception 'what was taken back over a counter never becomes another'
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger counter_return_part_stays before update on counter_return_part for each row
    when ((old.payment, old.amount, old.currency) is distinct from (new.payment, new.amount, new.currency)
        or (old.confirmed_at is not null and (old.reference, old.given_at) is distinct from (new.reference, new.given_at)))
    execute function refuse_other_counter_return();
create trigger counter_return_stays before update on counter_return for each row
    when ((old.sale_facility, old.sale_id, old.store, old.refund, old.needs_second_person, old.taken_at)
        is distinct from (new.sale_facility, new.sale_id, new.store, new.refund, new.needs_second_person, new.taken_at)
        or new.booked < old.booked)
    execute function refuse_other_counter_return();
create trigger counter_return_never_removed before delete on counter_return
    for each row execute function refuse_change();
