-- What the devices of stores report of their work. A report is kept with its answer, so that the same one again gets the same. What
-- somebody said in his own words is with the personal data.
alter table fulfillment_order
    add column reported boolean not null default false,
    add column arrived_at timestamptz,
    add column deadline_before_pause timestamptz;

create index fulfillment_order_at_facility on fulfillment_order (facility, status);

create table work_report (
    work_id text not null references fulfillment_order,
    name text not null,
    content_sha256 text not null,
    status text not null,
    given_back text references fulfillment_order,
    actor text not null,
    at timestamptz not null,
    primary key (work_id, name, content_sha256)
);

create trigger work_report_append_only before update or delete on work_report
    for each row execute function refuse_change();
create trigger work_report_never_emptied before truncate on work_report
    for each statement execute function refuse_change();

-- Whatever chooses the facilities, and however often: one that has rejected a line of an order is not given it again. What a pause took
-- from it, it has not rejected.
create function refuse_return_of_work() returns trigger language plpgsql as $$
begin
    if new.status <> 'REJECTED' and exists (
        select from fulfillment_order f, jsonb_array_elements(f.lines) as rejected, jsonb_array_elements(new.lines) as given
        where f.order_id = new.order_id and f.facility = new.facility and f.status = 'REJECTED'
            and f.reason is distinct from 'taken away, because its facility was paused'
            and rejected ->> 'lineId' = given ->> 'lineId') then
        raise exception '% has rejected a line of % before', new.facility, new.id using errcode = 'check_violation';
    end if;
    return new;
end $$;

create trigger work_never_returns before insert on fulfillment_order
    for each row execute function refuse_return_of_work();

-- Which facilities get no new work for the time being; the last pause of each, whose history is in the facility's trace.
create table facility_pause (
    facility text primary key,
    open_work text not null check (open_work in ('REROUTE', 'WAIT')),
    until timestamptz,
    actor text not null,
    paused_at timestamptz not null,
    resumed_at timestamptz,
    check (open_work <> 'WAIT' or until is not null)
);

-- A device of a store has a key that is good for its own work only.
alter table api_key add column facilities text[] not null default '{}';
