-- When one case of a cause is tried again by itself, to see whether the cause has gone; how often that was done in vain.
create table cause_probe (
    fingerprint text primary key,
    tries int not null default 0,
    next_at timestamptz not null
);

-- A pause that ends by its date is told once, as one that somebody ends: then whoever has found no facility is tried again.
alter table facility_pause add column end_told_at timestamptz;
