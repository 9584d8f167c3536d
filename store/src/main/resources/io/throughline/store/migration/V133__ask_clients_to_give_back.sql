-- What REST clients, who have taken the money of their orders, were asked to give back of them, once for each name of ours. Their orders are told with it from then on.
create table client_refund (
    order_id text not null references customer_order,
    reference text not null,
    return_id text not null references goods_return,
    -- The units that are off the order with it.
    units jsonb not null,
    asked_at timestamptz not null,
    primary key (order_id, reference)
);

create index client_refund_by_return on client_refund (return_id);

create trigger client_refund_append_only before update or delete on client_refund
    for each row execute function refuse_change();

-- What of it goes back to one payment ('store-credit': to none), and what became of that, as its client or whoever has paid it by hand says. told_as is their name of it.
-- What goes back to 'exchange' is asked of nobody: it stands as what the credit was made of does.
create table client_refund_part (
    order_id text not null,
    reference text not null,
    payment text not null,
    number integer not null,
    body jsonb not null,
    amount bigint not null check (amount > 0),
    standing text not null default 'ASKED' check (standing in ('ASKED', 'GIVEN', 'FAILED')),
    told_by text,
    told_as text,
    told_at timestamptz,
    primary key (order_id, reference, payment),
    foreign key (order_id, reference) references client_refund,
    check ((standing = 'ASKED') = (told_at is null)),
    check (num_nulls(told_by, told_as, told_at) in (0, 3)),
    check (payment <> 'exchange' or standing = 'ASKED')
);

create trigger client_refund_part_stays before update on client_refund_part for each row
    when (old.standing <> 'ASKED'
        or (old.order_id, old.reference, old.payment, old.number, old.body, old.amount)
            is distinct from (new.order_id, new.reference, new.payment, new.number, new.body, new.amount))
    execute function refuse_change();
create trigger client_refund_part_never_removed before delete on client_refund_part
    for each row execute function refuse_change();

-- No client is asked for more of a payment than it has captured, nor for more than that of all of them. What could not be given is asked for anew.
create function check_client_refund() returns trigger language plpgsql as $$
declare
    tenders jsonb;
    captured bigint;
    asked bigint;
begin
    perform from customer_order where id = new.order_id for no key update;
    select s.body -> 'tenders' into tenders from submitted_order s where s.order_id = new.order_id;
    for captured, asked in
        select
            (select coalesce(sum((t #>> '{amount,shop,minor}')::bigint), 0) from jsonb_array_elements(tenders) t
                where (scope.payment is null or t ->> 'id' = scope.payment)
                    and t ->> 'status' = 'SUCCESS' and t ->> 'kind' in ('SALE', 'CAPTURE')),
            (select coalesce(sum(p.amount), 0) from client_refund_part p
                where p.order_id = new.order_id and (scope.payment is null or p.payment = scope.payment)
                    and p.standing <> 'FAILED' and p.payment <> 'exchange')
        from (select new.payment as payment where new.payment not in ('store-credit', 'exchange') union all select null) scope
    loop
        if asked > captured then
            raise exception 'of payment % of % % was captured, and % shall be given back', new.payment, new.order_id, captured, asked
                using errcode = 'TL003';
        end if;
    end loop;
    return null;
end $$;

create constraint trigger client_gives_what_it_captured after insert on client_refund_part
    deferrable initially deferred for each row execute function check_client_refund();

-- Where a refund needs a second person, whoever has approved it does not say, too, that it is paid.
create function check_told_refund() returns trigger language plpgsql as $$
begin
    if exists (
        select from client_refund c join return_refund f on f.return_id = c.return_id
        where c.order_id = new.order_id and c.reference = new.reference and f.needs_second_person
            and f.approved_by = new.told_by) then
        raise exception '% has approved the refund %, and would have paid it, too', new.told_by, new.reference
            using errcode = 'TL003';
    end if;
    return null;
end $$;

create trigger told_refund_by_another_person after update of standing on client_refund_part
    for each row when (new.standing = 'GIVEN') execute function check_told_refund();
