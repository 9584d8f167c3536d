-- Versions of the routing policy that were handed in, beside those of the configuration's files; and which version was put in force when, by
-- whom and why. What orders follow must stay what it was, so nothing of it ever changes.
create table routing_policy (
    version text primary key,
    body text not null,
    actor text not null,
    stored_at timestamptz not null
);

create table routing_activation (
    number bigint generated always as identity primary key,
    version text not null,
    kind text not null check (kind in ('ACTIVATION', 'ROLLBACK')),
    author text not null,
    reason text not null,
    actor text not null,
    activated_at timestamptz not null unique
);

create trigger routing_policy_append_only before update or delete on routing_policy
    for each row execute function refuse_change();
create trigger routing_policy_never_emptied before truncate on routing_policy
    for each statement execute function refuse_change();
create trigger routing_activation_append_only before update or delete on routing_activation
    for each row execute function refuse_change();
create trigger routing_activation_never_emptied before truncate on routing_activation
    for each statement execute function refuse_change();
