-- Cases of a few codes that a sweep goes through from the first on, however many others are open.
create index support_case_unclosed_by_code on support_case (code, number) where status <> 'CLOSED';
