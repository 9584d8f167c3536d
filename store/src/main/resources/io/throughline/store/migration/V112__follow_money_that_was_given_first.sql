-- What a customer owes who was given the money first, and whose goods were worth less, or never came. In minor units of the shop's currency.
create table return_debt (
    return_id text primary key references goods_return,
    order_id text not null references customer_order,
    currency text not null,
    amount bigint not null check (amount > 0),
    owed_at timestamptz not null,
    -- Empty: nobody has decided yet, and it is owed until then.
    outcome text check (outcome in ('KEPT', 'WAIVED')),
    decided_by text,
    decided_at timestamptz,
    check (num_nulls(outcome, decided_by, decided_at) in (0, 3))
);
create index return_debt_owed on return_debt (order_id) where outcome is distinct from 'WAIVED';

create function refuse_other_debt() returns trigger language plpgsql as $$
begin
    raise exception 'what is owed for % never becomes another', old.return_id
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger return_debt_stays before update on return_debt for each row
    when ((old.return_id, old.order_id, old.currency, old.amount, old.owed_at)
            is distinct from (new.return_id, new.order_id, new.currency, new.amount, new.owed_at)
        or old.outcome is not null)
    execute function refuse_other_debt();
create trigger return_debt_never_removed before delete on return_debt
    for each row execute function refuse_change();
