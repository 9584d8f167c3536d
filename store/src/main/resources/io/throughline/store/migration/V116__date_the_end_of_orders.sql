-- When an order came to its end as it should: changed_at goes on with what is heard of it later. Of orders from before, it is the best that is known.
alter table customer_order add column completed_at timestamptz;
update customer_order set completed_at = changed_at where status = 'COMPLETED';

create function date_completion() returns trigger language plpgsql as $$
begin
    new.completed_at := new.changed_at;
    return new;
end $$;

create trigger customer_order_completes before insert or update of status on customer_order
    for each row when (new.status = 'COMPLETED' and new.completed_at is null) execute function date_completion();

-- What has gone through the stages in a time, for the overview: each from an index alone.
create index customer_order_completed on customer_order (completed_at) where completed_at is not null;
create index fulfillment_order_handed_over on fulfillment_order (handed_over_at) where handed_over_at is not null;
create index journal_paid on journal (stored_at) where kind = 'PAYMENT' and order_id is not null;
