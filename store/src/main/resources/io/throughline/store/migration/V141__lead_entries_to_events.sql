-- The event of a run's history that belongs to a step which has written entries: the one that scheduled it, or its marker. A worker looks it up
-- behind the entries. Null: it was looked for, and there is none, or Temporal has forgotten the run. It is a signpost, as the run beside an entry is.
create table trace_step (
    run_id uuid not null,
    activity_id text not null,
    event bigint check (event > 0),
    primary key (run_id, activity_id)
);

-- Steps whose event is still looked for: one row for each entry, so that no writer waits for another. A worker that takes one puts off when it is due.
create table trace_step_sought (
    number bigint generated always as identity primary key,
    workflow_id text not null,
    run_id uuid not null,
    activity_id text not null,
    told_at timestamptz not null default clock_timestamp(),
    due_at timestamptz not null default clock_timestamp() + interval '20 seconds'
);

create function seek_trace_step() returns trigger language plpgsql as $$
begin
    insert into trace_step_sought (workflow_id, run_id, activity_id)
        values (new.workflow_id, new.run_id, new.activity_id);
    return null;
end $$;

create trigger trace_entry_seeks_its_step after insert on trace_entry
    for each row when (new.run_id is not null) execute function seek_trace_step();
