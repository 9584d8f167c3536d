-- What each facility itself said last: an account's system answers for all of its facilities, also for one whose own tills are dark. Of those that
-- were heard of before, the last that was told counts for it.
create table facility_word (
    facility text primary key,
    source text not null,
    said_at timestamptz not null
);

insert into facility_word (facility, source, said_at)
select distinct on (facility) facility, source, heard_at from stock_feed order by facility, heard_at desc, source;
