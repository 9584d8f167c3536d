-- When an order was first known to be paid in full. It is told then, and never again.
alter table customer_order add column paid_at timestamptz;

-- Of these it was told by the change of their payment.
update customer_order o set paid_at = told.at
from (select subject, min((entry ->> 'at')::timestamptz) as at
    from (select subject, body::jsonb as entry from trace_entry where body like '%order.payment%') payments
    where entry ->> 'kind' = 'order.payment' and entry -> 'detail' ->> 'to' = 'CAPTURED'
    group by subject) told
where told.subject = o.id;
