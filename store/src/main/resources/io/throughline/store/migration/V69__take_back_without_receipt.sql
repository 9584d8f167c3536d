-- What was taken back over a counter without a receipt is of no sale that anybody knows: blind says at which account credit is given for it, and by what it was
-- judged. Who brought it is in the one erasable table, as T-<return>. A line of it is line 0 of no sale.
alter table counter_return
    alter column sale_facility drop not null,
    alter column sale_id drop not null,
    add column blind jsonb,
    add check ((sale_facility is null) = (sale_id is null)),
    add check ((sale_id is null) = (blind is not null)),
    add check (blind is null or refund_to = 'STORE_CREDIT');

alter table counter_return_line
    drop constraint counter_return_line_sold_line_check,
    add check (sold_line >= 0),
    -- What the manufacturer has written on this one unit.
    add column serial text,
    add check (serial is null or quantity = 1);

create index counter_return_blind on counter_return (store, taken_at) where blind is not null;
create index counter_return_line_by_serial on counter_return_line (sku, serial) where serial is not null;
create index person_by_token on person ((content #>> '{}')) where starts_with(ref, 'T-');

-- What is of a line of a sale is counted as before.
drop trigger counter_returned_of_sold on counter_return_line;
create constraint trigger counter_returned_of_sold after insert on counter_return_line
    deferrable initially deferred for each row when (new.sold_line > 0) execute function check_counter_returned();

create function check_counter_unsold() returns trigger language plpgsql as $$
begin
    if exists (select from counter_return where id = new.return_id and sale_id is not null) then
        raise exception '% is of a sale, and its line % of none of its lines', new.return_id, new.number
            using errcode = 'TL002';
    end if;
    return null;
end $$;

create constraint trigger counter_returned_of_no_sale after insert on counter_return_line
    deferrable initially deferred for each row when (new.sold_line = 0) execute function check_counter_unsold();

-- Where nobody knows the sale, nothing but credit is given, and no more of it than the refund comes to.
create function check_counter_credit() returns trigger language plpgsql as $$
declare
    taken counter_return;
    worth bigint;
    given bigint;
begin
    select * into taken from counter_return where id = new.return_id;
    if taken.blind is null then
        return null;
    end if;
    select coalesce(sum((e #>> '{amount,minor}')::bigint), 0) into worth
        from jsonb_array_elements(taken.refund -> 'entries') e;
    select coalesce(sum(amount), 0) into given from counter_return_part where return_id = new.return_id;
    if new.payment <> 'store-credit' or given > worth then
        raise exception '% without a receipt is worth % of credit, and % shall be given to %',
            new.return_id, worth, given, new.payment
            using errcode = 'TL003';
    end if;
    return null;
end $$;

create constraint trigger counter_credit_of_worth after insert on counter_return_part
    deferrable initially deferred for each row execute function check_counter_credit();

create trigger counter_return_blind_stays before update on counter_return for each row
    when (old.blind is distinct from new.blind)
    execute function refuse_other_counter_return();
