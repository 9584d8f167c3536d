-- The credit of a return has paid for other goods; now these come back, and so much of what the credit had taken of a payment is given back after all. of_return is the
-- return of the credit, by_return that of the goods which were taken for it. Minor units.
create table return_passed_on (
    of_return text not null,
    payment text not null,
    reference text not null,
    by_return text not null references goods_return,
    amount bigint not null check (amount > 0),
    presentment_amount bigint not null check (presentment_amount >= 0),
    -- The channel gives it, by this transaction; a channel to which nothing is sent has none.
    passed_at timestamptz,
    transaction text,
    failed boolean not null default false,
    primary key (of_return, payment, reference),
    foreign key (of_return, payment) references return_refund_tender (return_id, payment),
    check (transaction is null or passed_at is not null),
    check (of_return <> by_return)
);

create index return_passed_on_by on return_passed_on (by_return);
create index return_passed_on_transaction on return_passed_on (transaction) where transaction is not null;

create trigger return_passed_on_stays before update on return_passed_on for each row
    when ((old.of_return, old.payment, old.reference, old.by_return, old.amount, old.presentment_amount)
            is distinct from (new.of_return, new.payment, new.reference, new.by_return, new.amount, new.presentment_amount)
        or (old.passed_at is not null and (old.passed_at, old.transaction) is distinct from (new.passed_at, new.transaction))
        or (old.failed and not new.failed))
    execute function refuse_change();
create trigger return_passed_on_never_removed before delete on return_passed_on
    for each row execute function refuse_change();

-- Of what a credit took of a payment no more goes back than that.
create function check_passed_on() returns trigger language plpgsql as $$
declare
    taken bigint;
    back bigint;
begin
    select t.exchanged into taken from return_refund_tender t
        where t.return_id = new.of_return and t.payment = new.payment for no key update;
    select coalesce(sum(p.amount), 0) into back from return_passed_on p
        where p.of_return = new.of_return and p.payment = new.payment and not p.failed;
    if back > taken then
        raise exception 'the credit of % took % of payment %, and % shall go back', new.of_return, taken, new.payment, back
            using errcode = 'TL003';
    end if;
    return null;
end $$;

create constraint trigger no_more_passed_on_than_taken after insert on return_passed_on
    deferrable initially deferred for each row execute function check_passed_on();

-- No more is given back of a payment than was captured, as before. What has paid a new order counts as given for as long as it does not go back after all, which the channel
-- tells by itself then; and what an order did not take of the credit that had paid it is none of its money.
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
                    and t ->> 'status' = 'SUCCESS' and t ->> 'kind' in ('SALE', 'CAPTURE'))
                - (select coalesce(sum(e.credit - e.taken), 0) from return_exchange e
                    where e.new_order = new.order_id and e.exchanged and (scope.payment is null or scope.payment = 'exchange')),
            (select coalesce(sum((t #>> '{amount,shop,minor}')::bigint), 0) from jsonb_array_elements(tenders) t
                where (scope.payment is null or t ->> 'parent' = scope.payment)
                    and t ->> 'kind' = 'REFUND' and t ->> 'status' <> 'FAILURE'),
            (select coalesce(sum(case
                    when r.elsewhere or exists (
                        select from jsonb_array_elements(tenders) t
                        where t ->> 'id' = r.transaction and t ->> 'status' <> 'FAILURE')
                    then r.exchanged else r.amount end
                    - (select coalesce(sum(p.amount), 0) from return_passed_on p
                        where p.of_return = r.return_id and p.payment = r.payment and exists (
                            select from jsonb_array_elements(tenders) t
                            where t ->> 'id' = p.transaction and t ->> 'status' <> 'FAILURE'))), 0)
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
