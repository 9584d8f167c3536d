-- What a customer collects in a store that has it not is sent there by a transfer, which names the work that it is for. Until it has arrived the
-- goods are reserved for that order: at the giver, on their way (IN_TRANSIT, when they are on no shelf and count as reserved nowhere), and at the
-- store.
alter table stock_transfer add column for_work text references fulfillment_order;
create unique index stock_transfer_for_work on stock_transfer (for_work) where for_work is not null;

alter table fulfillment_order
    add column inbound_from text,
    add column inbound_arrived_at timestamptz,
    add check (inbound_arrived_at is null or inbound_from is not null);

alter table reservation
    drop constraint reservation_state_check,
    add constraint reservation_state_check check (
        state in ('HELD', 'ROUTED', 'CONFIRMED', 'CONSUMED', 'RELEASED', 'EXPIRED', 'BACKORDERED', 'IN_TRANSIT')),
    add check (state <> 'IN_TRANSIT' or (facility <> 'UNROUTED' and order_id is not null and displaced = 0));

-- As before, but for what its facility never got: who was to send it there has failed, and another may. And what lies ready in a store, of which a
-- part was collected, lies ready on as work of its own: it is given to nobody by that.
create or replace function refuse_return_of_work() returns trigger language plpgsql as $$
begin
    if new.status not in ('REJECTED', 'READY_FOR_PICKUP') and exists (
        select from fulfillment_order f, jsonb_array_elements(f.lines) as rejected, jsonb_array_elements(new.lines) as given
        where f.order_id = new.order_id and f.facility = new.facility and f.status = 'REJECTED'
            and f.reason is distinct from 'taken away, because its facility was paused'
            and f.reason is distinct from 'what was to be sent to its facility has not come'
            and rejected ->> 'lineId' = given ->> 'lineId') then
        raise exception '% has rejected a line of % before', new.facility, new.id using errcode = 'check_violation';
    end if;
    return new;
end $$;
