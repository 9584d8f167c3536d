-- The work to be shipped that was there when its customer's address became another; the address itself is with the personal data only. elsewhere:
-- it goes to another country, province, postal code or point. Until it is settled somebody has still to see to it.
create table work_readdressed (
    work_id text primary key references fulfillment_order,
    order_id text not null references customer_order,
    number int not null check (number > 0),
    elsewhere boolean not null,
    heard_at timestamptz not null,
    settled_at timestamptz
);
create index work_readdressed_open on work_readdressed (order_id) where settled_at is null;

-- Where somebody has moved work to at its channel, which is where its reroute sends it.
create table work_moved (
    work_id text primary key references fulfillment_order,
    target text not null,
    item text not null,
    heard_at timestamptz not null
);

alter table reroute
    drop constraint reroute_cause_check,
    add constraint reroute_cause_check check (
        cause in ('REJECTED', 'SHORT', 'SILENT', 'PAUSED', 'CAPACITY', 'CARRIER', 'REFUSED', 'ADDRESS', 'MOVED'));

-- All work of an order waits, too, while money that was authorised for it is not there any more.
alter table work_hold
    drop constraint work_hold_source_check,
    add constraint work_hold_source_check check (source in ('DISPUTE', 'PAYMENT', 'CHANNEL'));

-- As before, but for what was taken from its facility because its address has changed or it was moved: that facility has not failed it.
create or replace function refuse_return_of_work() returns trigger language plpgsql as $$
begin
    if new.status not in ('REJECTED', 'READY_FOR_PICKUP') and exists (
        select from fulfillment_order f, jsonb_array_elements(f.lines) as rejected, jsonb_array_elements(new.lines) as given
        where f.order_id = new.order_id and f.facility = new.facility and f.status = 'REJECTED'
            and f.reason is distinct from 'taken away, because its facility was paused'
            and f.reason is distinct from 'taken away, because it goes to another address now'
            and f.reason is distinct from 'taken away, because it was moved at its channel'
            and f.reason is distinct from 'what was to be sent to its facility has not come'
            and rejected ->> 'lineId' = given ->> 'lineId') then
        raise exception '% has rejected a line of % before', new.facility, new.id using errcode = 'check_violation';
    end if;
    return new;
end $$;
