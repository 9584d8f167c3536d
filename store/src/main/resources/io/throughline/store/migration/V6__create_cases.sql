create sequence case_number start with 1001;

create table support_case (
    number bigint primary key default nextval('case_number'),
    account text not null,
    subject text not null,
    step text not null,
    code text not null,
    detail text not null,
    status text not null default 'OPEN' check (status in ('OPEN', 'DECIDED', 'CLOSED')),
    opened_at timestamptz not null,
    due_at timestamptz not null,
    decision jsonb,
    outcome text,
    closed_at timestamptz,
    check (status <> 'DECIDED' or decision is not null),
    check ((status = 'CLOSED') = (closed_at is not null))
);

create unique index support_case_current on support_case (subject, step) where status <> 'CLOSED';
create index support_case_by_subject on support_case (subject);
create index support_case_by_age on support_case (status, opened_at desc);
