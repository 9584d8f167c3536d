-- Open cases by cause, read from the index alone.
create index support_case_open_by_cause on support_case (fingerprint)
    include (number, opened_at, due_at, snoozed_until, stake, stake_currency) where status = 'OPEN';

-- Whose line each case of a decision about many belongs to: what was said with it is erased with any of them.
alter table bulk_decision_case add column line text;

update bulk_decision_case told
    set line = coalesce(substring(c.subject from '^(?:return/[^/]*/)?(O-[0-9A-Z]{10})(?:-[FR][0-9]+)?$'), c.subject)
    from support_case c where c.number = told.number;

alter table bulk_decision_case alter column line set not null;
create index bulk_decision_case_by_line on bulk_decision_case (line);

-- What was decided about all cases of a cause, newest first.
create index bulk_decision_by_cause on bulk_decision (fingerprint, number);

-- What somebody did, newest first: entries that name an actor. Others are not in these indexes and cost them nothing.
create index trace_entry_of_people on trace_entry ((body::jsonb ->> 'at') desc) where body like '%"actor":"%';
create index trace_entry_by_actor on trace_entry ((body::jsonb -> 'detail' ->> 'actor'), (body::jsonb ->> 'at') desc)
    where body like '%"actor":"%';
