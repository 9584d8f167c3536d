-- Whether the process whose step it is has heard of the case, as it is now.
alter table support_case add column told_at timestamptz;
