-- Tokens only grow, over all effects: an attempt that was overtaken can never look like the newest one.
create sequence effect_token;

create table effect (
    account text not null,
    subject text not null,
    line text not null,
    operation text not null,
    intent integer not null check (intent > 0),
    purpose text not null,
    state text not null default 'PENDING' check (
        state in ('PENDING', 'LEASED', 'UNKNOWN', 'SUCCEEDED', 'REFUSED', 'SHADOWED')),
    system text,
    request_hash text,
    token bigint,
    lease_until timestamptz,
    generation integer not null default 1 check (generation > 0),
    must_probe boolean not null default false,
    attempts integer not null default 0,
    receipt jsonb,
    code text,
    detail text,
    first_failed_at timestamptz,
    changed_at timestamptz not null,
    primary key (account, subject, operation, intent),
    unique (account, subject, operation, purpose),
    check ((state = 'LEASED') = (lease_until is not null)),
    check ((state in ('SUCCEEDED', 'SHADOWED')) = (receipt is not null)),
    check (state not in ('REFUSED', 'UNKNOWN') or code is not null),
    check (state = 'PENDING' or (token is not null and system is not null))
);

create index effect_by_line on effect (line);
create index effect_by_subject on effect (subject);
