-- Work is taken back of which its order wants less, by an edit at its channel.
alter table reroute
    drop constraint reroute_cause_check,
    add constraint reroute_cause_check check (
        cause in ('REJECTED', 'SHORT', 'SILENT', 'PAUSED', 'CAPACITY', 'CARRIER', 'REFUSED', 'ADDRESS', 'MOVED', 'EDITED'));

-- As before, but for what was taken from its facility because its address has changed, it was moved, or less of it is wanted: that facility has not failed it.
create or replace function refuse_return_of_work() returns trigger language plpgsql as $$
begin
    if new.status not in ('REJECTED', 'READY_FOR_PICKUP') and exists (
        select from fulfillment_order f, jsonb_array_elements(f.lines) as rejected, jsonb_array_elements(new.lines) as given
        where f.order_id = new.order_id and f.facility = new.facility and f.status = 'REJECTED'
            and f.reason is distinct from 'taken away, because its facility was paused'
            and f.reason is distinct from 'taken away, because it goes to another address now'
            and f.reason is distinct from 'taken away, because it was moved at its channel'
            and f.reason is distinct from 'taken away, because less of it is wanted now'
            and f.reason is distinct from 'what was to be sent to its facility has not come'
            and rejected ->> 'lineId' = given ->> 'lineId') then
        raise exception '% has rejected a line of % before', new.facility, new.id using errcode = 'check_violation';
    end if;
    return new;
end $$;
