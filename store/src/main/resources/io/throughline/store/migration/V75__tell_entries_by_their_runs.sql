-- Which attempt of which run has written an entry. It leads to Temporal as long as Temporal remembers, and is no part of what happened: it
-- stands beside the body and outside of the hash, so the chain of older entries, which have none, and of newer ones is the same. Whoever
-- wrote without a step of a process leaves it empty.
alter table trace_entry add column workflow_id text;
alter table trace_entry add column run_id uuid;
alter table trace_entry add column activity_id text;

drop function trace_append(text, text, timestamptz, text, text, json, text[], text[]);

-- Gives the entry's seq, or 0 when its key was there before. p_events: as what the entry is told to subscribers.
create function trace_append(
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
    insert into trace_entry (subject, seq, entry_key, body, hash, workflow_id, run_id, activity_id)
        values (p_subject, head.seq + 1, p_key, entry, digest, p_workflow, p_run, p_activity);
    update trace_subject set seq = head.seq + 1, hash = digest where subject = p_subject;
    if cardinality(p_events) > 0 then
        insert into public_event (subject, seq, type, account, at)
            select p_subject, head.seq + 1, event,
                coalesce((select account from customer_order where id = p_subject), p_detail ->> 'account'), p_at
            from unnest(p_events) as event;
    end if;
    return head.seq + 1;
end $$;
