create table journal (
    reference text primary key,
    number bigint generated always as identity unique,
    order_id text not null references customer_order,
    kind text not null,
    business_date date not null,
    currency text not null,
    status text not null default 'PENDING' check (
        status in ('PENDING', 'POSTED', 'CONFIRMED', 'REJECTED', 'BLOCKED_PERIOD', 'OUT_OF_BALANCE', 'REVERSED')),
    document_number text,
    stored_at timestamptz not null,
    unique (reference, currency),
    check (status not in ('POSTED', 'CONFIRMED') or document_number is not null)
);

create index journal_by_order on journal (order_id, number);
-- A document that was only computed and not sent has no number of its own.
create unique index journal_document_once on journal (kind, document_number) where document_number <> 'not-sent';

create table journal_line (
    reference text not null,
    number integer not null check (number > 0),
    role text not null,
    detail text not null,
    currency text not null,
    debit bigint not null check (debit >= 0),
    credit bigint not null check (credit >= 0),
    primary key (reference, number),
    foreign key (reference, currency) references journal (reference, currency),
    check ((debit > 0) <> (credit > 0))
);

create trigger journal_line_append_only before update or delete on journal_line
    for each row execute function refuse_change();
create trigger journal_line_never_emptied before truncate on journal_line
    for each statement execute function refuse_change();

create function check_balance() returns trigger language plpgsql as $$
declare
    difference numeric;
    lines bigint;
begin
    select count(*), coalesce(sum(debit), 0) - coalesce(sum(credit), 0) into lines, difference
        from journal_line where reference = new.reference and currency = new.currency;
    if lines < 2 or difference <> 0 then
        raise exception 'journal % has % lines and is out of balance by % %',
            new.reference, lines, difference, new.currency
            using errcode = 'check_violation';
    end if;
    return null;
end $$;

create constraint trigger journal_balances after insert on journal
    deferrable initially deferred for each row execute function check_balance();
create constraint trigger journal_line_balances after insert on journal_line
    deferrable initially deferred for each row execute function check_balance();
create function refuse_other_journal() returns trigger language plpgsql as $$
begin
    raise exception 'journal % is stored and never becomes another', old.reference
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger journal_stays before update on journal for each row
    when ((old.reference, old.order_id, old.kind, old.business_date, old.currency)
        is distinct from (new.reference, new.order_id, new.kind, new.business_date, new.currency))
    execute function refuse_other_journal();
create trigger journal_never_removed before delete on journal for each row execute function refuse_change();
