-- What the ledger has adjusted where an ERP keeps the books of the stock and does not move it: found (positive) or lost, as it was booked.
create table stock_adjustment (
    number bigint generated always as identity primary key,
    company text not null,
    facility text not null,
    sku text not null,
    units integer not null check (units <> 0),
    -- Empty: no ERP had told what a unit costs, or several had told several things.
    unit_cost numeric check (unit_cost >= 0),
    currency text,
    -- Of all units, rounded once, in minor units of the currency.
    worth bigint check (worth >= 0),
    -- It has been taken by itself, as the cost of goods: no journal says it again.
    cost_taken boolean not null,
    reason text not null,
    source text not null,
    source_id text not null,
    version bigint not null,
    -- In the facility's zone, by when it was booked: a day that is over never changes.
    business_date date not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    check ((unit_cost is null) = (currency is null) and (unit_cost is null) = (worth is null)),
    -- A statement that moves from one place to another adjusts both.
    unique (source, source_id, version, facility, sku)
);

create index stock_adjustment_by_day on stock_adjustment (facility, business_date);

-- What an ERP is told of them: one document for each facility, business date and direction; a late one has a number of its own.
create table stock_adjustment_document (
    reference text primary key,
    company text not null,
    facility text not null,
    business_date date not null,
    direction text not null check (direction in ('LOST', 'FOUND')),
    number integer not null check (number > 0),
    gathered_at timestamptz not null,
    state text not null default 'OPEN' check (state in ('OPEN', 'POSTED', 'NOT_SENT', 'GIVEN_UP')),
    document_number text,
    ended_at timestamptz,
    unique (company, facility, business_date, direction, number),
    check ((state = 'OPEN') = (ended_at is null)),
    check ((state = 'POSTED') = (document_number is not null))
);

create index stock_adjustment_document_open on stock_adjustment_document (company, gathered_at, reference) where state = 'OPEN';

create index stock_adjustment_document_untold on stock_adjustment_document (company, facility)
    where state in ('OPEN', 'NOT_SENT');

-- How an ERP hears of an adjustment, once: by a document of ours, or because its own people have counted since.
create table stock_adjustment_told (
    adjustment bigint primary key references stock_adjustment,
    document text references stock_adjustment_document,
    counted_by text,
    check (num_nonnulls(document, counted_by) = 1)
);

create index stock_adjustment_told_by_document on stock_adjustment_told (document);

-- What nobody has gathered yet, so that it is found without a look at all that ever was.
create table stock_adjustment_waiting (
    adjustment bigint primary key references stock_adjustment,
    company text not null,
    facility text not null,
    business_date date not null
);

create index stock_adjustment_waiting_by_day on stock_adjustment_waiting (company, facility, business_date);

create trigger stock_adjustment_append_only before update or delete on stock_adjustment
    for each row execute function refuse_change();
create trigger stock_adjustment_told_append_only before update or delete on stock_adjustment_told
    for each row execute function refuse_change();

create function refuse_other_adjustment_document() returns trigger language plpgsql as $$
begin
    raise exception '% is % and never becomes another', old.reference, old.state
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger stock_adjustment_document_stays before update on stock_adjustment_document for each row
    when (old.state <> 'OPEN' or (old.reference, old.company, old.facility, old.business_date, old.direction, old.number)
        is distinct from (new.reference, new.company, new.facility, new.business_date, new.direction, new.number))
    execute function refuse_other_adjustment_document();
create trigger stock_adjustment_document_never_removed before delete on stock_adjustment_document
    for each row execute function refuse_change();

-- A journal may be about the stock of a place, too.
alter table journal add column stock_place text;
alter table journal drop constraint journal_has_one_subject;
alter table journal add constraint journal_has_one_subject
    check (num_nonnulls(order_id, store_day, return_id, stock_place) = 1);
alter table journal add constraint journal_of_an_adjustment
    check ((kind = 'STOCK_ADJUSTMENT') = (stock_place is not null));
create index journal_by_stock_place on journal (stock_place, number) where stock_place is not null;
drop trigger journal_stays on journal;
create trigger journal_stays before update on journal for each row
    when ((old.reference, old.order_id, old.store_day, old.return_id, old.stock_place, old.kind, old.business_date, old.currency)
        is distinct from (new.reference, new.order_id, new.store_day, new.return_id, new.stock_place, new.kind, new.business_date, new.currency))
    execute function refuse_other_journal();

-- One document tells of many adjustments.
drop index journal_document_once;
create unique index journal_document_once on journal (kind, document_number)
    where document_number <> 'not-sent' and kind <> 'STOCK_ADJUSTMENT';

-- Where a unit's cost was known when it was adjusted, its journal is stored in the same transaction, and comes to just that.
create function check_adjustment_journal() returns trigger language plpgsql as $$
declare
    booked bigint;
begin
    select sum(case when role = 'STOCK_ADJUSTMENT' then debit - credit end) into booked
        from journal_line where reference = 'adjustment/' || new.number and currency = new.currency;
    if booked is distinct from - sign(new.units)::bigint * new.worth then
        raise exception 'adjustment % of % % is worth % %, and its journal comes to %',
            new.number, new.units, new.sku, new.worth, new.currency, booked
            using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger adjustment_has_journal after insert on stock_adjustment
    deferrable initially deferred for each row
    when (new.worth > 0 and not new.cost_taken) execute function check_adjustment_journal();
