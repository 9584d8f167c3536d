-- Goods that are not taken go back to their customer: why, and in which parcel.
alter table return_inspection
    drop constraint return_inspection_disposition_check,
    add constraint return_inspection_disposition_check
        check (disposition in ('RESTOCK', 'REFURBISH', 'RETURN_TO_VENDOR', 'SCRAP', 'SEND_BACK')),
    add column reason text,
    add column parcel text references return_parcel,
    add check ((disposition = 'SEND_BACK') = (reason is not null)),
    add check ((reason is null) = (parcel is null));

-- They are the customer's as they were before, so they do not count as returned.
alter table return_line
    add column sent_back integer not null default 0 check (sent_back >= 0),
    add check (sent_back <= inspected);

create or replace function check_returned() returns trigger language plpgsql as $$
declare
    of_order text;
    handed_over bigint;
    returned bigint;
begin
    select order_id into of_order from goods_return where id = new.return_id;
    perform from customer_order where id = of_order for no key update;
    select coalesce(sum((part ->> 'quantity')::integer), 0) into handed_over
        from fulfillment_order f, jsonb_array_elements(f.lines) part
        where f.order_id = of_order and f.status in ('SHIPPED', 'PICKED_UP', 'DELIVERED')
            and part ->> 'lineId' = new.line_id;
    select coalesce(sum(l.authorised - l.missing - l.sent_back), 0) into returned
        from goods_return r join return_line l on l.return_id = r.id
        where r.order_id = of_order and l.line_id = new.line_id and r.refused_at is null;
    if returned > handed_over then
        raise exception 'of line % of % % units were handed over, and % shall come back',
            new.line_id, of_order, handed_over, returned
            using errcode = 'TL002';
    end if;
    return null;
end $$;

-- What was paid for before it came is not sent back.
create function check_sent_back() returns trigger language plpgsql as $$
begin
    if exists (select from goods_return where id = new.return_id and refund_first) then
        raise exception 'the goods of % were paid for before they came, and are to be sent back', new.return_id
            using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;

create trigger return_sends_back_what_is_not_paid after insert on return_inspection
    for each row when (new.disposition = 'SEND_BACK') execute function check_sent_back();
