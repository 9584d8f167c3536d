-- A return of an order. How far its goods and its money are is derived from what is kept here, and never set.
create table goods_return (
    id text primary key,
    order_id text not null references customer_order,
    ordinal integer not null check (ordinal > 0),
    -- What was known of the order when the return was authorised: what has changed since may be somebody else's doing.
    order_version integer not null check (order_version > 0),
    store text,
    policy text not null,
    refund_first boolean not null,
    asked_by text not null,
    authorised_at timestamptz not null,
    due_at timestamptz not null,
    refused_at timestamptz,
    refused_by text,
    money_ended_at timestamptz,
    closed_at timestamptz,
    unique (order_id, ordinal),
    check ((refused_at is null) = (refused_by is null))
);

create index goods_return_by_age on goods_return (authorised_at desc, id);

create table return_line (
    return_id text not null references goods_return,
    number integer not null check (number > 0),
    line_id text not null,
    sku text not null,
    reason text not null,
    claimed text,
    authorised integer not null check (authorised > 0),
    received integer not null default 0 check (received >= 0),
    -- Authorised, and not waited for any more.
    missing integer not null default 0 check (missing >= 0),
    inspected integer not null default 0 check (inspected >= 0),
    primary key (return_id, number),
    check (received + missing <= authorised),
    check (inspected <= received)
);

create table return_receipt (
    number bigint generated always as identity primary key,
    return_id text not null references goods_return,
    facility text not null,
    received_by text not null,
    received_at timestamptz not null
);

create table return_receipt_line (
    receipt bigint not null references return_receipt,
    line_id text not null,
    sku text not null,
    quantity integer not null check (quantity > 0),
    unexpected boolean not null,
    primary key (receipt, line_id, unexpected)
);

create index return_receipt_by_return on return_receipt (return_id);

create table return_inspection (
    number bigint generated always as identity primary key,
    return_id text not null,
    line integer not null,
    facility text not null,
    quantity integer not null check (quantity > 0),
    grade text not null,
    disposition text not null check (disposition in ('RESTOCK', 'REFURBISH', 'RETURN_TO_VENDOR', 'SCRAP')),
    inspected_by text not null,
    inspected_at timestamptz not null,
    booked_at timestamptz,
    foreign key (return_id, line) references return_line
);

create index return_inspection_by_return on return_inspection (return_id);

create table return_refund (
    return_id text primary key references goods_return,
    body jsonb not null,
    needs_second_person boolean not null,
    calculated_at timestamptz not null,
    approved_by text,
    approved_at timestamptz,
    -- The channel's name of it; ours: nobody has made it there by hand.
    reference text,
    ours boolean,
    issued_at timestamptz,
    confirmed_at timestamptz,
    check ((approved_by is null) = (approved_at is null)),
    check (num_nulls(reference, ours, issued_at) in (0, 3)),
    check (confirmed_at is null or issued_at is not null)
);

-- What is given back of a payment of the order, in minor units of the shop's currency and of the one that the customer was shown.
create table return_refund_tender (
    return_id text not null references return_refund,
    order_id text not null references customer_order,
    payment text not null,
    amount bigint not null check (amount > 0),
    presentment_amount bigint not null check (presentment_amount >= 0),
    -- Somebody has given it back at the channel already, which tells of it among its own.
    elsewhere boolean not null,
    -- The channel's transaction, once it is known.
    transaction text,
    primary key (return_id, payment),
    -- One refund of the channel pays one return.
    unique (order_id, transaction)
);

-- A client's keys for what it tells of returns. They are never forgotten.
create table return_submission (
    client text not null,
    idempotency_key text not null,
    body_hash text not null,
    return_id text not null references goods_return,
    stored_at timestamptz not null,
    primary key (client, idempotency_key)
);

-- No more of a line comes back, over all returns of its order, than was handed over.
create function check_returned() returns trigger language plpgsql as $$
declare
    of_order text;
    handed_over bigint;
    returned bigint;
begin
    select order_id into of_order from goods_return where id = new.return_id;
    perform from customer_order where id = of_order for no key update;
    select coalesce(sum((part ->> 'quantity')::integer), 0) into handed_over
        from fulfillment_order f, jsonb_array_elements(f.lines) part
        where f.order_id = of_order and f.status in ('SHIPPED', 'PICKED_UP') and part ->> 'lineId' = new.line_id;
    select coalesce(sum(l.authorised - l.missing), 0) into returned
        from goods_return r join return_line l on l.return_id = r.id
        where r.order_id = of_order and l.line_id = new.line_id and r.refused_at is null;
    if returned > handed_over then
        raise exception 'of line % of % % units were handed over, and % shall come back',
            new.line_id, of_order, handed_over, returned
            using errcode = 'TL002';
    end if;
    return null;
end $$;

create constraint trigger returned_of_handed_over after insert or update of authorised, missing on return_line
    deferrable initially deferred for each row execute function check_returned();

-- No more is given back of a payment than was captured: what the channel tells, and what returns add that it does not tell of yet.
create function check_refunded() returns trigger language plpgsql as $$
declare
    tenders jsonb;
    captured bigint;
    told bigint;
    pending bigint;
begin
    perform from customer_order where id = new.order_id for no key update;
    select v.body -> 'tenders' into tenders from order_version v
        where v.order_id = new.order_id order by v.number desc limit 1;
    select coalesce(sum((t #>> '{amount,shop,minor}')::bigint), 0) into captured
        from jsonb_array_elements(tenders) t
        where t ->> 'id' = new.payment and t ->> 'status' = 'SUCCESS' and t ->> 'kind' in ('SALE', 'CAPTURE');
    select coalesce(sum((t #>> '{amount,shop,minor}')::bigint), 0) into told
        from jsonb_array_elements(tenders) t
        where t ->> 'kind' = 'REFUND' and t ->> 'status' <> 'FAILURE' and t ->> 'parent' = new.payment;
    select coalesce(sum(r.amount), 0) into pending from return_refund_tender r
        where r.order_id = new.order_id and r.payment = new.payment and not r.elsewhere
            and not exists (select from jsonb_array_elements(tenders) t where t ->> 'id' = r.transaction);
    if told + pending > captured then
        raise exception 'of payment % of % % was captured, and % shall be given back',
            new.payment, new.order_id, captured, told + pending
            using errcode = 'TL003';
    end if;
    return null;
end $$;

create constraint trigger refunded_of_captured after insert on return_refund_tender
    deferrable initially deferred for each row execute function check_refunded();

-- What was calculated, received or found never becomes another.
create function refuse_other_refund() returns trigger language plpgsql as $$
begin
    raise exception 'the refund of % was calculated and never becomes another', old.return_id
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger return_refund_stays before update on return_refund for each row
    when ((old.body, old.needs_second_person) is distinct from (new.body, new.needs_second_person)
        or (old.issued_at is not null and (old.reference, old.ours) is distinct from (new.reference, new.ours)))
    execute function refuse_other_refund();
create trigger return_refund_never_removed before delete on return_refund
    for each row execute function refuse_change();
create trigger return_receipt_line_append_only before update or delete on return_receipt_line
    for each row execute function refuse_change();
create trigger return_inspection_never_removed before delete on return_inspection
    for each row execute function refuse_change();

-- A journal may be about a return, too.
alter table journal add column return_id text references goods_return;
alter table journal drop constraint journal_has_one_subject;
alter table journal add constraint journal_has_one_subject check (num_nonnulls(order_id, store_day, return_id) = 1);
create index journal_by_return on journal (return_id, number) where return_id is not null;
drop trigger journal_stays on journal;
create trigger journal_stays before update on journal for each row
    when ((old.reference, old.order_id, old.store_day, old.return_id, old.kind, old.business_date, old.currency)
        is distinct from (new.reference, new.order_id, new.store_day, new.return_id, new.kind, new.business_date, new.currency))
    execute function refuse_other_journal();
