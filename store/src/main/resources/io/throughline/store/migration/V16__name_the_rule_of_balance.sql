-- A state of its own tells a journal that does not balance from any other row that breaks a rule.
create or replace function check_balance() returns trigger language plpgsql as $$
declare
    difference numeric;
    lines bigint;
begin
    select count(*), coalesce(sum(debit), 0) - coalesce(sum(credit), 0) into lines, difference
        from journal_line where reference = new.reference and currency = new.currency;
    if lines < 2 or difference <> 0 then
        raise exception 'journal % has % lines and is out of balance by % %',
            new.reference, lines, difference, new.currency
            using errcode = 'TL001';
    end if;
    return null;
end $$;
