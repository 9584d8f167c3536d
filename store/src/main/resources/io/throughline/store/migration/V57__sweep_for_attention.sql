-- Work that one of all processes does at a time, again and again: when it is due next, by the clock that they share, and how far it has come.
create table sweep (
    name text primary key,
    due_at timestamptz not null,
    mark text
);

-- Effects that nobody knows the outcome of, the longest first; there are few.
create index effect_unknown on effect (changed_at) where state = 'UNKNOWN';
