-- Where the photos of a claim are kept may tell who is on them, so it is kept in the one erasable table, and erased with the person of the
-- return's order. Such a row is called F-<return>; its content is a list of texts.
insert into person (ref, line, content)
    select 'F-' || r.id, r.order_id, r.cause -> 'photos' from goods_return r
    where r.kind = 'CLAIM' and jsonb_array_length(r.cause -> 'photos') > 0
        and not exists (select from person gone where gone.line = r.order_id and gone.erased_at is not null);

update goods_return set cause = jsonb_set(cause, '{photos}', '[]') where kind = 'CLAIM';
