-- Units that returns had kept back are on the shelf again, have gone to their vendor, or were thrown away.
create table held_release (
    number bigint generated always as identity primary key,
    facility text not null,
    sku text not null,
    units integer not null check (units > 0),
    outcome text not null check (outcome in ('MADE_GOOD', 'TO_VENDOR', 'SCRAPPED')),
    client text not null,
    idempotency_key text not null,
    body_hash text not null,
    released_at timestamptz not null,
    unique (client, idempotency_key)
);
create index held_release_by_place on held_release (facility, sku);
create trigger held_release_append_only before update or delete on held_release
    for each row execute function refuse_change();

-- Of which inspection of an order's return, or line of a return over a counter, they were. Of what else was held a release has no part.
create table held_release_part (
    release bigint not null references held_release,
    source text not null,
    units integer not null check (units > 0),
    primary key (release, source)
);
create index held_release_part_by_source on held_release_part (source);
create trigger held_release_part_append_only before update or delete on held_release_part
    for each row execute function refuse_change();

create index return_inspection_held on return_inspection (facility) where disposition in ('REFURBISH', 'RETURN_TO_VENDOR');
create index return_inspection_to_be_taken_out on return_inspection (facility) where stocked_as is not null and booked_at is null;
create index counter_return_by_store on counter_return (store);

-- What was decided of goods that nobody had authorised. They lie where they were received until then.
create table return_unexpected_decision (
    number bigint generated always as identity primary key,
    return_id text not null references goods_return,
    line_id text not null,
    sku text not null,
    facility text not null,
    quantity integer not null check (quantity > 0),
    disposition text not null check (disposition in ('RESTOCK', 'REFURBISH', 'RETURN_TO_VENDOR', 'SCRAP', 'SEND_BACK')),
    decided_by text not null,
    decided_at timestamptz not null
);
create index return_unexpected_decision_by_return on return_unexpected_decision (return_id);
create index return_unexpected_decision_held on return_unexpected_decision (facility)
    where disposition in ('REFURBISH', 'RETURN_TO_VENDOR');
create trigger return_unexpected_decision_append_only before update or delete on return_unexpected_decision
    for each row execute function refuse_change();
