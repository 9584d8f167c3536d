-- Public entries of the trace. What they say stays in the trace; here is only which they are, and in which order they are told. An entry
-- comes without a position, in the transaction of the change. Its id is given under the lock of its subject, so that ids follow the seq
-- of each line; but not the order of commits, so one process at a time gives the positions to what is committed.
create table public_event (
    id bigint generated always as identity primary key,
    subject text not null,
    seq bigint not null,
    type text not null,
    account text,
    at timestamptz not null,
    position bigint unique
);

create index public_event_to_place on public_event (id) where position is null;
create index public_event_by_subject on public_event (subject, position);
create index public_event_by_time on public_event (at);

create table public_event_head (
    one boolean primary key default true check (one),
    position bigint not null
);

insert into public_event_head (position) values (0);

-- Every event up to position is delivered, or has a line.
create table event_subscription (
    id text primary key,
    url text not null,
    types text[] not null,
    account text,
    state text not null check (state in ('ACTIVE', 'PAUSED', 'DISABLED')),
    state_reason text,
    secret text not null,
    previous_secret text,
    previous_until timestamptz,
    position bigint not null,
    created_by text not null,
    created_at timestamptz not null,
    check ((previous_secret is null) = (previous_until is null))
);

create sequence event_token;

-- A subject of which a subscriber may not have everything yet: what follows after_position is next. A lane is the subject itself, or a
-- dead letter that is tried again beside it and ends at until_position.
create table event_line (
    subscription text not null references event_subscription on delete cascade,
    lane text not null,
    subject text not null,
    after_position bigint not null,
    until_position bigint,
    attempts integer not null default 0,
    due_at timestamptz not null default clock_timestamp(),
    lease_until timestamptz,
    token bigint not null default 0,
    last_error text,
    tried_at timestamptz,
    primary key (subscription, lane)
);

create index event_line_due on event_line (subscription, due_at);

create table event_dead_letter (
    subscription text not null references event_subscription on delete cascade,
    position bigint not null,
    attempts integer not null,
    last_error text not null,
    tried_at timestamptz not null,
    primary key (subscription, position)
);

drop function trace_append(text, text, timestamptz, text, text, json, text[]);

-- Gives the entry's seq, or 0 when its key was there before. p_events: as what the entry is told to subscribers.
create function trace_append(
    p_subject text, p_key text, p_at timestamptz, p_kind text, p_summary text, p_detail json, p_links text[],
    p_events text[] default '{}')
returns bigint language plpgsql as $$
declare
    head trace_subject;
    entry text;
    digest bytea;
begin
    select * into head from trace_subject where subject = p_subject for no key update;
    if not found then
        insert into trace_subject (subject) values (p_subject) on conflict do nothing;
        select * into strict head from trace_subject where subject = p_subject for no key update;
    end if;
    insert into trace_link (id, subject)
        select distinct link, p_subject from unnest(p_links) as link order by link
        on conflict do nothing;
    if p_key is not null
        and exists (select from trace_entry where subject = p_subject and entry_key = p_key) then
        return 0;
    end if;
    entry := json_build_object(
        'subject', p_subject,
        'seq', head.seq + 1,
        'key', p_key,
        'at', to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'kind', p_kind,
        'summary', p_summary,
        'detail', p_detail)::text;
    digest := sha256(head.hash || convert_to(entry, 'UTF8'));
    insert into trace_entry (subject, seq, entry_key, body, hash)
        values (p_subject, head.seq + 1, p_key, entry, digest);
    update trace_subject set seq = head.seq + 1, hash = digest where subject = p_subject;
    if cardinality(p_events) > 0 then
        insert into public_event (subject, seq, type, account, at)
            select p_subject, head.seq + 1, event,
                coalesce((select account from customer_order where id = p_subject), p_detail ->> 'account'), p_at
            from unnest(p_events) as event;
    end if;
    return head.seq + 1;
end $$;
