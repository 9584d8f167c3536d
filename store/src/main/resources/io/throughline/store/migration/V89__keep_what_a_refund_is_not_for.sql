-- What a known person has said of a refund that somebody has made at a till: it is for other goods than the return's. So it is when the till tells of it later, too.
create table counter_refund_for_others (
    return_id text not null references counter_return,
    reference text not null,
    told_at timestamptz not null,
    primary key (return_id, reference)
);

create trigger counter_refund_for_others_append_only before update or delete on counter_refund_for_others
    for each row execute function refuse_change();
