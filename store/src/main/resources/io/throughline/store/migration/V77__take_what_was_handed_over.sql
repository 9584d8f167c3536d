-- How much of its return's credit the order of an exchange has taken: what was handed over of it, which may be less than what the credit pays. Minor units.
alter table return_exchange add column taken bigint;

-- What has ended never changes, but what it has taken was known all the time.
alter table return_exchange disable trigger user;
update return_exchange set taken = case when exchanged then credit else 0 end where ended_at is not null;
alter table return_exchange enable trigger user;

alter table return_exchange
    add check (num_nulls(taken, ended_at) in (0, 2)),
    add check (taken between 0 and case when exchanged then credit else 0 end);

-- The order of an exchange is paid to the minor unit, and by no more than the return is worth. What it does not take is all given back.
create or replace function check_exchanged() returns trigger language plpgsql as $$
declare
    worth bigint;
    parts bigint;
    paid bigint;
begin
    select coalesce(sum(amount), 0), coalesce(sum(exchanged), 0) into worth, parts
        from return_refund_tender where return_id = new.return_id;
    select coalesce(sum(amount), 0) into paid from return_exchange_payment where return_id = new.return_id;
    if new.new_order is not null and (new.credit > worth or new.credit + paid <> new.total) then
        raise exception 'the order for % costs %: its credit pays % of %, the customer %',
            new.return_id, new.total, new.credit, worth, paid
            using errcode = 'TL004';
    end if;
    if parts <> coalesce(new.taken, 0) then
        raise exception 'of the credit of % % are exchanged, and an order has taken %', new.return_id, parts, new.taken
            using errcode = 'TL004';
    end if;
    return null;
end $$;
