-- Transactions of a refund that failed at the channel. What they were to give back is given by another refund, or otherwise: a person has decided.
create table return_refund_failure (
    return_id text not null references return_refund,
    transaction text not null,
    payment text not null,
    -- The channel's name of the refund, and the how many-th of the return's it was.
    reference text not null,
    refund integer not null check (refund > 0),
    failed_at timestamptz not null,
    primary key (return_id, transaction)
);

create trigger return_refund_failure_append_only before update or delete on return_refund_failure
    for each row execute function refuse_change();

-- A refund that was issued stays the one that counts, unless it has failed.
create function refuse_other_issue() returns trigger language plpgsql as $$
begin
    if new.issued_at is null and old.confirmed_at is null and exists (
            select from return_refund_failure f where f.return_id = old.return_id and f.reference = old.reference) then
        return new;
    end if;
    raise exception 'the refund % of % was issued and never becomes another', old.reference, old.return_id
        using errcode = 'integrity_constraint_violation';
end $$;

drop trigger return_refund_stays on return_refund;
create trigger return_refund_stays before update on return_refund for each row
    when ((old.body, old.needs_second_person) is distinct from (new.body, new.needs_second_person))
    execute function refuse_other_refund();
create trigger return_refund_issue_stays before update on return_refund for each row
    when (old.issued_at is not null and (old.reference, old.ours) is distinct from (new.reference, new.ours))
    execute function refuse_other_issue();

-- No more is given back of a payment than was captured, as before; but what has failed is still owed, so it is nobody else's.
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
    select coalesce(sum((t #>> '{amount,shop,minor}')::bigint), 0) into captured
        from jsonb_array_elements(tenders) t
        where t ->> 'id' = new.payment and t ->> 'status' = 'SUCCESS' and t ->> 'kind' in ('SALE', 'CAPTURE');
    select coalesce(sum((t #>> '{amount,shop,minor}')::bigint), 0) into told
        from jsonb_array_elements(tenders) t
        where t ->> 'kind' = 'REFUND' and t ->> 'status' <> 'FAILURE' and t ->> 'parent' = new.payment;
    select coalesce(sum(r.amount), 0) into pending from return_refund_tender r
        where r.order_id = new.order_id and r.payment = new.payment and not r.elsewhere
            and not exists (
                select from jsonb_array_elements(tenders) t
                where t ->> 'id' = r.transaction and t ->> 'status' <> 'FAILURE');
    if told + pending > captured then
        raise exception 'of payment % of % % was captured, and % shall be given back',
            new.payment, new.order_id, captured, told + pending
            using errcode = 'TL003';
    end if;
    return null;
end $$;
