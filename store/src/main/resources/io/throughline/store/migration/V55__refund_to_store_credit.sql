-- To what the money of a return goes, as it was settled when the return was authorised.
alter table goods_return
    add column refund_to text not null default 'ORIGINAL' check (refund_to in ('ORIGINAL', 'STORE_CREDIT'));

-- No more is given back of a payment than was captured, nor of all of them. Credit ('store-credit' in place of a payment) goes back to none of
-- them, so it counts for the whole only; so does what the channel tells without naming a payment.
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
            (select coalesce(sum(r.amount), 0) from return_refund_tender r
                where r.order_id = new.order_id and (scope.payment is null or r.payment = scope.payment)
                    and not r.elsewhere
                    and not exists (
                        select from jsonb_array_elements(tenders) t
                        where t ->> 'id' = r.transaction and t ->> 'status' <> 'FAILURE'))
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
