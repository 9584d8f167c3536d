-- What a customer takes in place of the money of a return: a new order, paid by the return's credit as far as that goes. Amounts are minor units
-- of the shop's currency.
create table return_exchange (
    return_id text primary key references goods_return,
    account text not null,
    -- Its lines at the prices of the day, and where they are picked up.
    body jsonb not null,
    basket text not null unique references basket,
    total bigint not null check (total > 0),
    currency text not null,
    -- What the customer was told that the return is worth.
    expected_credit bigint not null check (expected_credit >= 0),
    owed bigint check (owed > 0),
    pay_until timestamptz,
    -- The order that was handed over, and how much of it the credit pays.
    new_order text unique,
    credit bigint check (credit between 0 and total),
    placed_at timestamptz,
    exchanged boolean,
    why text,
    ended_at timestamptz,
    check (num_nulls(owed, pay_until) in (0, 2)),
    check (num_nulls(new_order, credit, placed_at) in (0, 3)),
    check (num_nulls(exchanged, why, ended_at) in (0, 3)),
    -- Only what was ordered can be done.
    check (not coalesce(exchanged, false) or new_order is not null)
);

create table return_exchange_payment (
    return_id text not null references return_exchange,
    id text not null,
    gateway text not null check (gateway <> 'exchange'),
    amount bigint not null check (amount > 0),
    captured_at timestamptz not null,
    primary key (return_id, id)
);

create trigger return_exchange_payment_append_only before update or delete on return_exchange_payment
    for each row execute function refuse_change();

-- What of a part of a refund has paid a new order, and is not given back.
alter table return_refund_tender
    add column exchanged bigint not null default 0,
    add column exchanged_presentment bigint not null default 0,
    add check (exchanged between 0 and amount),
    add check (exchanged_presentment between 0 and presentment_amount);

create function refuse_other_exchange() returns trigger language plpgsql as $$
begin
    raise exception 'what is exchanged for % never becomes another', old.return_id
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger return_exchange_stays before update on return_exchange for each row
    when ((old.account, old.body, old.basket, old.total, old.currency, old.expected_credit)
            is distinct from (new.account, new.body, new.basket, new.total, new.currency, new.expected_credit)
        or (old.new_order is not null
            and (old.new_order, old.credit) is distinct from (new.new_order, new.credit))
        or old.ended_at is not null)
    execute function refuse_other_exchange();
create trigger return_exchange_never_removed before delete on return_exchange
    for each row execute function refuse_change();

-- The order of an exchange is paid to the minor unit, and by no more than the return is worth. What is not exchanged is all given back.
create function check_exchanged() returns trigger language plpgsql as $$
declare
    worth bigint;
    taken bigint;
    paid bigint;
begin
    select coalesce(sum(amount), 0), coalesce(sum(exchanged), 0) into worth, taken
        from return_refund_tender where return_id = new.return_id;
    select coalesce(sum(amount), 0) into paid from return_exchange_payment where return_id = new.return_id;
    if new.new_order is not null and (new.credit > worth or new.credit + paid <> new.total) then
        raise exception 'the order for % costs %: its credit pays % of %, the customer %',
            new.return_id, new.total, new.credit, worth, paid
            using errcode = 'TL004';
    end if;
    if taken <> (case when new.exchanged then new.credit else 0 end) then
        raise exception 'of the credit of % % are taken, and % pay an order', new.return_id, taken, new.credit
            using errcode = 'TL004';
    end if;
    return null;
end $$;

create constraint trigger exchanged_of_credit after insert or update on return_exchange
    deferrable initially deferred for each row execute function check_exchanged();

-- No order names the tender of an exchange but that of one, with just what its return's credit pays.
create function check_exchange_tender() returns trigger language plpgsql as $$
declare
    tendered bigint;
    credit bigint;
begin
    select coalesce(sum((t #>> '{amount,shop,minor}')::bigint), 0) into tendered
        from jsonb_array_elements(new.body -> 'tenders') t where t ->> 'gateway' = 'exchange';
    select coalesce(max(e.credit), 0) into credit from return_exchange e where e.new_order = new.order_id;
    if tendered <> credit then
        raise exception 'order % is paid by an exchange of %, and there is a credit of %', new.order_id, tendered, credit
            using errcode = 'TL004';
    end if;
    return null;
end $$;

create constraint trigger exchange_tender_is_credit after insert or update of body on submitted_order
    deferrable initially deferred for each row execute function check_exchange_tender();

-- No more is given back of a payment than was captured, as before; what has paid a new order counts as given, also where the channel tells of the rest.
create or replace function check_refunded() returns trigger language plpgsql as $$
declare
    tenders jsonb;
    captured bigint;
    told bigint;
    pending bigint;
begin
    perform from customer_order where id = new.order_id for no key update;
    select v.body -> 'tenders' into tenders from order_version v
        where v.order_id = new.order_id order by v.number desc limit 1;
    for captured, told, pending in
        select
            (select coalesce(sum((t #>> '{amount,shop,minor}')::bigint), 0) from jsonb_array_elements(tenders) t
                where (scope.payment is null or t ->> 'id' = scope.payment)
                    and t ->> 'status' = 'SUCCESS' and t ->> 'kind' in ('SALE', 'CAPTURE')),
            (select coalesce(sum((t #>> '{amount,shop,minor}')::bigint), 0) from jsonb_array_elements(tenders) t
                where (scope.payment is null or t ->> 'parent' = scope.payment)
                    and t ->> 'kind' = 'REFUND' and t ->> 'status' <> 'FAILURE'),
            (select coalesce(sum(case
                    when r.elsewhere or exists (
                        select from jsonb_array_elements(tenders) t
                        where t ->> 'id' = r.transaction and t ->> 'status' <> 'FAILURE')
                    then r.exchanged else r.amount end), 0)
                from return_refund_tender r
                where r.order_id = new.order_id and (scope.payment is null or r.payment = scope.payment))
        from (select new.payment as payment where new.payment <> 'store-credit' union all select null) scope
    loop
        if told + pending > captured then
            raise exception 'of payment % of % % was captured, and % shall be given back',
                new.payment, new.order_id, captured, told + pending
                using errcode = 'TL003';
        end if;
    end loop;
    return null;
end $$;
