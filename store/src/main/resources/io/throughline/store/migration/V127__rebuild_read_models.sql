-- By which names a line is found follows from the line from now on: each entry keeps the names that came with it. They stand beside the body and
-- outside of the hash, as the run does, so the chain of older entries and of newer ones is the same. Null where none came.
alter table trace_entry add column links text[];

-- Names that came without an entry of their own: those of before, and what was linked past an entry.
create table trace_named (
    subject text not null,
    id text not null,
    named_at timestamptz not null,
    primary key (subject, id)
);

create trigger trace_named_append_only before update or delete on trace_named
    for each row execute function refuse_change();
create trigger trace_named_never_emptied before truncate on trace_named
    for each statement execute function refuse_change();

insert into trace_named (subject, id, named_at) select subject, id, linked_at from trace_link;

-- Gives the entry's seq, or 0 when its key was there before. p_events: as what the entry is told to subscribers.
create or replace function trace_append(
    p_subject text, p_key text, p_at timestamptz, p_kind text, p_summary text, p_detail json, p_links text[],
    p_events text[] default '{}', p_workflow text default null, p_run uuid default null, p_activity text default null)
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
    if cardinality(p_links) > 0 then
        insert into trace_link (id, subject)
            select distinct link, p_subject from unnest(p_links) as link order by link
            on conflict do nothing;
    end if;
    if p_key is not null
        and exists (select from trace_entry where subject = p_subject and entry_key = p_key) then
        insert into trace_named (subject, id, named_at)
            select distinct p_subject, link, clock_timestamp() from unnest(p_links) as link
            where not exists (
                select from trace_entry e where e.subject = p_subject and e.entry_key = p_key and link = any(e.links))
            on conflict do nothing;
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
    insert into trace_entry (subject, seq, entry_key, body, hash, workflow_id, run_id, activity_id, links)
        values (p_subject, head.seq + 1, p_key, entry, digest, p_workflow, p_run, p_activity, nullif(p_links, '{}'));
    update trace_subject set seq = head.seq + 1, hash = digest where subject = p_subject;
    if cardinality(p_events) > 0 then
        insert into public_event (subject, seq, type, account, at)
            select p_subject, head.seq + 1, event,
                coalesce((select account from customer_order where id = p_subject), p_detail ->> 'account'), p_at
            from unnest(p_events) as event;
    end if;
    return head.seq + 1;
end $$;

-- That what follows from facts is to be made anew, or compared, and how far that has come: part and after say where the next turn goes on. facts is
-- about how many there are to look at; apart tells some of what differed.
create table rebuild (
    number bigint generated always as identity primary key,
    model text not null,
    asked_by text not null,
    asked_at timestamptz not null,
    facts bigint not null check (facts >= 0),
    part integer not null default 0 check (part >= 0),
    after text not null default '',
    checked bigint not null default 0,
    differed bigint not null default 0,
    mended bigint not null default 0 check (mended <= differed),
    apart text[] not null default '{}',
    ended_at timestamptz
);

create unique index rebuild_under_way on rebuild (model) where ended_at is null;
create index rebuild_newest on rebuild (model, number desc);
