-- What people and facilities write in their own words (why an order shall end, a note on a decision, why work was given back) may name
-- anybody, so it is kept in the one erasable table, in rows of their own, and erased with the person of its order. Such a row is called
-- N-<what it is about>: an order, a case, or work at a facility. The content of a person is an object, that of words is a text.
alter table person add column line text;

update person set line = told.order_id
    from (select order_id, body ->> 'customer' as ref from order_version
        union select order_id, customer_ref from submitted_order) told
    where told.ref = person.ref;

create index person_by_line on person (line);

insert into person (ref, line, content)
    select 'N-' || id, id, to_jsonb(cancel_reason) from customer_order where cancel_reason is not null
    union all
    select 'N-C-' || number, subject, decision -> 'note' from support_case where decision ->> 'note' is not null
    union all
    select 'N-' || id, order_id, to_jsonb(reason) from fulfillment_order where reason is not null;

update person set content = null, erased_at = gone.erased_at
    from person gone
    where gone.line = person.line and gone.erased_at is not null and person.erased_at is null;

alter table customer_order drop column cancel_reason;
update support_case set decision = jsonb_set(decision, '{note}', 'null') where decision ->> 'note' is not null;
update fulfillment_order set reason = null where reason is not null;
