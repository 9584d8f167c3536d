-- What somebody was shown of a change before it was made. A plan is asked for by its token, once; those that nobody asked for are
-- forgotten after a day, those that were carried out stay as what was agreed to.
create table change_plan (
    token text not null,
    order_id text not null references customer_order,
    plan jsonb not null,
    shown_at timestamptz not null,
    carried_out_at timestamptz,
    actor text,
    primary key (order_id, token)
);

create index change_plan_forgotten on change_plan (shown_at) where carried_out_at is null;
