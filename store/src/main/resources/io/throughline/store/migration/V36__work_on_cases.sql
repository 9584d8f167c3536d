-- What a case comes from, how it stands by its clock, and what people do about it. A fingerprint of before tells equal words apart from
-- others and knows no ids; at_risk_at is four fifths of the time. Who has not been told yet is told by the next look.
alter table support_case
    add column fingerprint text,
    add column at_risk_at timestamptz,
    add column escalate_at timestamptz,
    add column escalations integer not null default 0,
    add column stake bigint,
    add column stake_currency text,
    add column assignee text,
    add column snoozed_until timestamptz,
    add column proposal jsonb,
    add column words integer not null default 0,
    add column opened_seq bigint not null default 0,
    add check ((stake is null) = (stake_currency is null));

update support_case set
    fingerprint = left(encode(sha256(convert_to(concat_ws(e'\n', code, split_part(step, ' ', 1), detail), 'UTF8')), 'hex'), 16),
    at_risk_at = opened_at + (due_at - opened_at) * 0.8,
    escalate_at = due_at;

alter table support_case alter column fingerprint set not null, alter column at_risk_at set not null;

create index support_case_at_work on support_case (number desc) where status <> 'CLOSED';
create index support_case_by_fingerprint on support_case (fingerprint, number);
create index support_case_relieved on support_case (closed_at) where outcome in ('the step is through', 'it works again');
create index support_case_by_assignee on support_case (assignee, number desc) where assignee is not null;
create index support_case_to_escalate on support_case (escalate_at) where status = 'OPEN';

-- Decisions about many cases, worked off one after the other. next_at is by the database's clock, which all processes share.
create table bulk_decision (
    number bigint generated always as identity primary key,
    fingerprint text not null,
    decision jsonb not null,
    state text not null default 'RUNNING' check (state in ('RUNNING', 'STOPPED', 'DONE')),
    per_second integer not null check (per_second > 0),
    begun_at timestamptz not null,
    next_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    stopped_by text,
    check ((state = 'RUNNING') = (ended_at is null))
);

create unique index bulk_decision_running on bulk_decision (fingerprint) where state = 'RUNNING';
create index bulk_decision_next on bulk_decision (next_at) where state = 'RUNNING';

create table bulk_decision_case (
    bulk bigint not null references bulk_decision,
    number bigint not null references support_case,
    state text not null default 'PENDING' check (state in ('PENDING', 'DECIDED', 'PROPOSED', 'SKIPPED')),
    reason text,
    primary key (bulk, number)
);

create index bulk_decision_case_pending on bulk_decision_case (bulk, number) where state = 'PENDING';
