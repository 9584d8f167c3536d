-- How often each system may be asked by what does not stand in this database: how many a second its task queue begins at most, by the configuration of
-- the workers (null: as many as come), and what the system itself has told last that may still be spent, where it tells such a thing. Workers write it
-- once a minute, and only what has changed.
create table system_pace (
    account text primary key,
    per_second double precision check (per_second > 0),
    points_left double precision,
    points_most double precision,
    points_a_second double precision,
    points_at timestamptz,
    told_at timestamptz not null,
    check (num_nulls(points_left, points_most, points_a_second, points_at) in (0, 4))
);
