-- One business date of one store. Its rule is that of the moment it was first heard of.
create table store_day (
    id text primary key,
    facility text not null,
    business_date date not null,
    policy text not null,
    closes_at timestamptz not null,
    grace interval not null check (grace >= interval '0'),
    late_sales text not null check (late_sales in ('SUPPLEMENT', 'NEXT_DAY')),
    closed_periods text not null,
    summaries integer not null default 0 check (summaries >= 0),
    -- Since when sales wait for the next summary; null: none does.
    waiting_since timestamptz,
    unique (facility, business_date)
);

create table store_day_summary (
    store_day text not null references store_day,
    number integer not null check (number > 0),
    closed_at timestamptz not null,
    settled_at timestamptz,
    primary key (store_day, number)
);

-- A till's own id of a sale, with the version that holds.
create table store_sale (
    facility text not null,
    id text not null,
    version bigint not null check (version > 0),
    primary key (facility, id)
);

create table store_sale_version (
    facility text not null,
    id text not null,
    version bigint not null check (version > 0),
    sold_on text not null references store_day,
    body jsonb not null,
    heard_at timestamptz not null,
    primary key (facility, id, version),
    foreign key (facility, id) references store_sale
);

create index store_sale_version_by_day on store_sale_version (sold_on);
create trigger store_sale_version_append_only before update or delete on store_sale_version
    for each row execute function refuse_change();
create trigger store_sale_version_never_emptied before truncate on store_sale_version
    for each statement execute function refuse_change();

-- A version of a sale is entered once in a day; the version that corrects it takes it back once.
create table store_day_entry (
    number bigint generated always as identity primary key,
    store_day text not null references store_day,
    facility text not null,
    sale_id text not null,
    version bigint not null,
    taken_back boolean not null,
    late boolean not null,
    summary integer,
    unique (facility, sale_id, version, taken_back),
    foreign key (facility, sale_id, version) references store_sale_version,
    foreign key (store_day, summary) references store_day_summary
);

create index store_day_entry_by_day on store_day_entry (store_day, summary);

create function refuse_other_entry() returns trigger language plpgsql as $$
begin
    raise exception 'entry % is in a summary and never becomes another', old.number
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger store_day_entry_stays before update on store_day_entry for each row
    when (old.summary is not null or (old.number, old.store_day, old.facility, old.sale_id, old.version, old.taken_back, old.late)
        is distinct from (new.number, new.store_day, new.facility, new.sale_id, new.version, new.taken_back, new.late))
    execute function refuse_other_entry();
create trigger store_day_entry_never_removed before delete on store_day_entry
    for each row execute function refuse_change();

-- A journal is about an order or about the day of a store.
alter table journal alter column order_id drop not null;
alter table journal add column store_day text references store_day;
alter table journal add constraint journal_has_one_subject check (num_nonnulls(order_id, store_day) = 1);
create index journal_by_store_day on journal (store_day, number) where store_day is not null;
drop trigger journal_stays on journal;
create trigger journal_stays before update on journal for each row
    when ((old.reference, old.order_id, old.store_day, old.kind, old.business_date, old.currency)
        is distinct from (new.reference, new.order_id, new.store_day, new.kind, new.business_date, new.currency))
    execute function refuse_other_journal();
