-- GIVEN_UP: nobody wants it any more, and it was not heard whether it has happened; must_probe says that it may have, and is to be looked for.
alter table effect
    drop constraint effect_state_check,
    add constraint effect_state_check check (
        state in ('PENDING', 'LEASED', 'UNKNOWN', 'SUCCEEDED', 'REFUSED', 'SHADOWED', 'GIVEN_UP'));

create index effect_given_up on effect (account, operation, changed_at) where state = 'GIVEN_UP' and must_probe;

-- How much is disputed, where the channel tells.
alter table dispute
    add column amount_minor bigint,
    add column currency text,
    add check ((amount_minor is null) = (currency is null)),
    add check (amount_minor >= 0);
