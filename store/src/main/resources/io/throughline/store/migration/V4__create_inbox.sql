-- A subject's row is what a dispatcher locks. Storing a message never touches the row of a subject that exists already, so a
-- webhook is never kept waiting by a message that is just being handled; for the same reason there is no foreign key.
create table inbox_subject (
    subject text primary key,
    due_at timestamptz not null default clock_timestamp(),
    parked boolean not null default false
);

create table inbox_message (
    id bigint generated always as identity primary key,
    account text not null,
    topic text not null,
    event_id text not null,
    subject text not null,
    body text not null,
    received_at timestamptz not null,
    attempts integer not null default 0,
    state text not null default 'PENDING' check (state in ('PENDING', 'DONE', 'DEAD')),
    reason text,
    unique (account, topic, event_id)
);

create index inbox_message_pending on inbox_message (id) where state = 'PENDING';
create index inbox_message_pending_by_subject on inbox_message (subject, id) where state = 'PENDING';
create index inbox_message_dead on inbox_message (id) where state = 'DEAD';
