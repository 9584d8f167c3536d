-- While a facility is paused no time of its work runs: what is left of it is kept, and the deadline is the end of the pause and so much more,
-- or empty while nobody knows that end. What a pause had made overdue has its time again.
alter table fulfillment_order add column time_left interval;

update fulfillment_order f
set time_left = make_interval(secs => extract(epoch from greatest(f.deadline_before_pause, p.paused_at) - p.paused_at)::double precision),
    deadline = p.until + make_interval(secs => extract(epoch from greatest(f.deadline_before_pause, p.paused_at) - p.paused_at)::double precision)
from facility_pause p
where p.facility = f.facility and p.resumed_at is null and (p.until is null or p.until > now())
    and f.deadline_before_pause is not null
    and f.status in ('ALLOCATED', 'RELEASED', 'ACKNOWLEDGED', 'PICKING', 'PACKED', 'READY_FOR_PICKUP');

alter table fulfillment_order drop column deadline_before_pause;

-- Counted in seconds, so that no day has another length where clocks are put forward.
create function seconds_between(earlier timestamptz, later timestamptz) returns interval language sql immutable strict as $$
    select make_interval(secs => extract(epoch from greatest(later, earlier) - earlier)::double precision)
$$;

-- What is left until a deadline that is set at an instant at which its facility is paused; null where its time runs.
create function stopped_time(of_facility text, wanted timestamptz, at timestamptz) returns interval language sql stable strict as $$
    select seconds_between(at, wanted) from facility_pause p
    where p.facility = of_facility and p.resumed_at is null and (p.until is null or p.until > at)
$$;

-- The same deadline as it is kept: it runs from the end of the pause, and is null while nobody knows that.
create function running_deadline(of_facility text, wanted timestamptz, at timestamptz) returns timestamptz language sql stable strict as $$
    select case when p.facility is null then wanted else p.until + seconds_between(at, wanted) end
    from (select) as always
        left join facility_pause p on p.facility = of_facility and p.resumed_at is null and (p.until is null or p.until > at)
$$;

-- For how long of a time the facility was in the pause that it is in now, or was in last.
create function paused_within(of_facility text, since timestamptz, until_then timestamptz) returns interval language sql stable as $$
    select coalesce(
        (select seconds_between(greatest(since, p.paused_at), least(until_then, p.resumed_at, p.until))
            from facility_pause p where p.facility = of_facility),
        interval '0')
$$;
