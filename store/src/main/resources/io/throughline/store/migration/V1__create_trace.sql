-- The line of each subject: entries are appended under the lock of their subject's row, so seq has no gaps, and each hash covers
-- the hash before it and the very bytes of the entry.

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;

create table trace_subject (
    subject text primary key,
    seq bigint not null default 0 check (seq >= 0),
    hash bytea not null default ''
);

create table trace_entry (
    subject text not null references trace_subject,
    seq bigint not null check (seq > 0),
    entry_key text,
    body text not null,
    hash bytea not null check (length(hash) = 32),
    primary key (subject, seq),
    unique (subject, entry_key)
);

create trigger trace_entry_append_only before update or delete on trace_entry
    for each row execute function refuse_change();
create trigger trace_entry_never_emptied before truncate on trace_entry
    for each statement execute function refuse_change();

create table trace_link (
    id text not null,
    subject text not null,
    linked_at timestamptz not null default clock_timestamp(),
    primary key (id, subject)
);

-- Gives the entry's seq, or 0 when its key was there before.
create function trace_append(
    p_subject text, p_key text, p_at timestamptz, p_kind text, p_summary text, p_detail json, p_links text[])
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
    return head.seq + 1;
end $$;
