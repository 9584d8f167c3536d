-- A refund with which a second person does not agree is put aside. Another is calculated of what was found, or none is given.
create table return_refund_put_aside (
    number bigint generated always as identity primary key,
    return_id text not null references goods_return,
    body jsonb not null,
    calculated_at timestamptz not null,
    put_aside_by text not null,
    put_aside_at timestamptz not null
);
create index return_refund_put_aside_by_return on return_refund_put_aside (return_id);
create trigger return_refund_put_aside_append_only before update or delete on return_refund_put_aside
    for each row execute function refuse_change();

-- Only what nobody has approved may be, and not before it is kept.
drop trigger return_refund_never_removed on return_refund;
create function check_refund_put_aside() returns trigger language plpgsql as $$
begin
    if not old.needs_second_person or old.approved_at is not null or old.issued_at is not null
        or not exists (select from return_refund_put_aside p
            where p.return_id = old.return_id and p.body = old.body and p.calculated_at = old.calculated_at) then
        raise exception 'the refund of % is not put aside', old.return_id
            using errcode = 'integrity_constraint_violation';
    end if;
    return old;
end $$;
create trigger return_refund_is_put_aside_first before delete on return_refund
    for each row execute function check_refund_put_aside();

-- Who keeps goods whose money a second person has refused.
alter table goods_return
    add column money_refused_at timestamptz,
    add column money_refused_by text,
    add check ((money_refused_at is null) = (money_refused_by is null)),
    add check (money_refused_at is null or money_ended_at is not null);

-- What the condition of units was said to be before somebody looked at them again.
create table return_regrading (
    number bigint generated always as identity primary key,
    inspection bigint not null references return_inspection,
    was text not null,
    grade text not null,
    regraded_by text not null,
    regraded_at timestamptz not null
);
create index return_regrading_by_inspection on return_regrading (inspection);
create trigger return_regrading_append_only before update or delete on return_regrading
    for each row execute function refuse_change();

-- What units went into stock as that go back to their customer after all: they are still to be taken out of it.
alter table return_inspection
    add column stocked_as text check (stocked_as in ('RESTOCK', 'REFURBISH', 'RETURN_TO_VENDOR')),
    add check (stocked_as is null or disposition = 'SEND_BACK');

-- The cost of units that had come back and leave for good, as it was turned back: they go to their customer again, or are thrown away.
alter table cost_taken add column again_of bigint references cost_reversed;
create index cost_taken_again on cost_taken (again_of) where again_of is not null;

create function check_cost_again() returns trigger language plpgsql as $$
declare
    back bigint;
    again bigint;
begin
    select units into back from cost_reversed where number = new.again_of for no key update;
    select sum(units) into again from cost_taken where again_of = new.again_of;
    if again > back then
        raise exception 'the cost of % units was turned back, and that of % is taken again', back, again
            using errcode = 'TL006';
    end if;
    return null;
end $$;
create constraint trigger cost_is_taken_again_once after insert on cost_taken
    deferrable initially deferred for each row when (new.again_of is not null) execute function check_cost_again();
