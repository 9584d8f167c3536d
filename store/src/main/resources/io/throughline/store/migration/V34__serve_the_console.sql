-- Who is signed in to the console.
create table console_session (
    secret_sha256 text primary key,
    key_id text not null references api_key,
    began_at timestamptz not null,
    expires_at timestamptz not null
);

create index console_session_by_end on console_session (expires_at);

-- Queues of cases: by what they come from, and the most urgent first.
create index support_case_by_cause on support_case (status, code, account) include (opened_at, due_at);
create index support_case_by_urgency on support_case (status, due_at, number);

-- The health of a system: when it last did something, and what it has not done. What came from it last.
create index effect_by_state on effect (account, state, changed_at);
create index inbox_message_by_account on inbox_message (account, id);
