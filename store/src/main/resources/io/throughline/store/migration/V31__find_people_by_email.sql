-- The orders of one person, for the limits of a policy. The rows of orders only; what is erased is not in it.
create index person_by_email on person (lower(content ->> 'email')) where starts_with(ref, 'P-');
