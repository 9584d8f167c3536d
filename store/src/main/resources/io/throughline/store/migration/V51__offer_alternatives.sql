-- What a customer is asked where something can't be done as ordered: one offer of a reroute, answered once, by the end of its time at the latest.
create table reroute_offer (
    reroute_id text primary key references reroute,
    choices text[] not null check (choices <> '{}'),
    stores text[] not null default '{}',
    by_default text not null,
    answer_by timestamptz not null,
    offered_at timestamptz not null,
    answer text,
    answer_store text,
    answered_at timestamptz,
    actor text,
    answer_key text,
    check (by_default = any (choices)),
    check (answer is null or answer = any (choices)),
    check (answer_store is null or answer_store = any (stores)),
    check (num_nulls(answer, answered_at, actor) in (0, 3))
);

create function refuse_second_answer() returns trigger language plpgsql as $$
begin
    if old.answer is not null then
        raise exception 'the offer of % is answered', old.reroute_id using errcode = 'check_violation';
    end if;
    return new;
end $$;

create trigger offer_is_answered_once before update on reroute_offer
    for each row execute function refuse_second_answer();
