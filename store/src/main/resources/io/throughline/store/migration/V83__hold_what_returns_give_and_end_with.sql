-- A refund that somebody has made at a till is of one return over a counter. Several parts of it may have it: a till's return is told as a whole.
create function check_till_refund() returns trigger language plpgsql as $$
declare
    taken counter_return;
    other text;
begin
    select * into taken from counter_return where id = new.return_id;
    perform from store_sale where facility = taken.sale_facility and id = taken.sale_id for no key update;
    select p.return_id into other from counter_return r join counter_return_part p on p.return_id = r.id
        where r.sale_facility = taken.sale_facility and r.sale_id = taken.sale_id and r.id <> new.return_id
            and p.reference = new.reference
        limit 1;
    if other is not null then
        raise exception 'the refund % at a till is of %, and % would have it, too', new.reference, other, new.return_id
            using errcode = 'TL003';
    end if;
    return null;
end $$;

create trigger counter_refund_of_one_return after update of reference on counter_return_part
    for each row when (not new.ours) execute function check_till_refund();

-- A return ends when both of its legs have: nothing lies there that nobody has looked at or that its stock has not heard of, and the money is in the books, or
-- somebody bears that it is not. What its tenders get is what its steps come to, fees and all.
create function check_return_closed() returns trigger language plpgsql as $$
declare
    steps bigint;
    given bigint;
begin
    if new.refused_at is not null then
        return null;
    end if;
    if new.money_ended_at is null then
        raise exception '% is to be closed, and its money has not ended', new.id using errcode = 'TL005';
    end if;
    if exists (select from return_line l where l.return_id = new.id and l.inspected < l.received)
        or exists (select from return_inspection i where i.return_id = new.id and i.booked_at is null) then
        raise exception '% is to be closed, and its stock has not heard of all that has come', new.id using errcode = 'TL005';
    end if;
    select coalesce(sum((step #>> '{amount,minor}')::bigint), 0) into steps
        from return_refund r, jsonb_array_elements(r.body -> 'entries') step where r.return_id = new.id;
    select coalesce(sum(t.amount), 0) into given from return_refund_tender t where t.return_id = new.id;
    if steps <> given then
        raise exception 'the steps of the refund of % come to %, and its tenders get %', new.id, steps, given
            using errcode = 'TL005';
    end if;
    return null;
end $$;

create trigger return_closes_when_its_legs_have_met after update of closed_at on goods_return
    for each row when (old.closed_at is null and new.closed_at is not null) execute function check_return_closed();
