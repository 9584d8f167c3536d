-- What somebody has given back at a channel becomes a return of ours, where a person wants that.
alter table goods_return drop constraint goods_return_kind_check;
alter table goods_return add constraint goods_return_kind_check
    check (kind in ('BY_CHOICE', 'PARCEL_REFUSED', 'PARCEL_LOST', 'CLAIM', 'APPEASEMENT', 'GIVEN_ELSEWHERE'));

-- What was calculated never becomes another, but once: where somebody has given another amount at the channel, and a person bears that, the refund is what
-- was given, from the moment at which it counts as issued. What was calculated is kept.
alter table return_refund add column calculated jsonb;

drop trigger return_refund_stays on return_refund;
create trigger return_refund_stays before update on return_refund for each row
    when (old.needs_second_person is distinct from new.needs_second_person
        or (old.body is distinct from new.body
            and not (old.calculated is null and new.calculated is not distinct from old.body
                and old.issued_at is null and new.issued_at is not null and not new.ours))
        or (old.calculated is not null and old.calculated is distinct from new.calculated))
    execute function refuse_other_refund();
