-- The time in which a facility is to send goods to where they are collected is that facility's: it stops while that is paused, as it does while
-- the store is that waits for them. awaited_from is who has still to send them.
alter table fulfillment_order
    add column inbound_sent_at timestamptz,
    add check (inbound_sent_at is null or inbound_from is not null);

update fulfillment_order f set inbound_sent_at = t.changed_at
from stock_transfer t
where t.for_work = f.id and f.inbound_from is not null and t.status not in ('REQUESTED', 'CANCELLED');

alter table fulfillment_order
    add column awaited_from text generated always as (
        case when inbound_sent_at is null and inbound_arrived_at is null then inbound_from end) stored;
create index fulfillment_order_awaited_from on fulfillment_order (awaited_from) where awaited_from is not null;

-- When the last pause ends that one of two facilities is in, of which the second may be nobody; infinity while nobody knows that end, null where
-- neither is paused.
create function end_of_pauses(of_facility text, and_of text, at timestamptz) returns timestamptz language sql stable as $$
    select max(coalesce(p.until, 'infinity')) from facility_pause p
    where p.facility in (of_facility, and_of) and p.resumed_at is null and (p.until is null or p.until > at)
$$;

-- What is left until a deadline that is set at an instant at which one of them is paused; null where its time runs.
create function stopped_time(of_facility text, and_of text, wanted timestamptz, at timestamptz)
returns interval language sql stable as $$
    select case when end_of_pauses(of_facility, and_of, at) is not null then seconds_between(at, wanted) end
$$;

-- The same deadline as it is kept: it runs from the end of the pauses, and is null while nobody knows that.
create function running_deadline(of_facility text, and_of text, wanted timestamptz, at timestamptz)
returns timestamptz language sql stable as $$
    select case when p.ends is null then wanted else nullif(p.ends, 'infinity') + seconds_between(at, wanted) end
    from (select end_of_pauses(of_facility, and_of, at) as ends) as p
$$;

-- For how long of a time one of them was in the pause that it is in now, or was in last.
create function paused_within(of_facility text, and_of text, since timestamptz, until_then timestamptz)
returns interval language sql stable as $$
    select coalesce(sum(seconds_between(lower(spans.span), upper(spans.span))), interval '0')
    from (select unnest(range_agg(tstzrange(
                greatest(since, p.paused_at),
                greatest(since, p.paused_at, least(until_then, p.resumed_at, p.until))))) as span
            from facility_pause p where p.facility in (of_facility, and_of)) as spans
$$;

drop function stopped_time(text, timestamptz, timestamptz);
drop function running_deadline(text, timestamptz, timestamptz);
drop function paused_within(text, timestamptz, timestamptz);
