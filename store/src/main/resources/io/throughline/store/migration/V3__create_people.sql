-- The one table with personal data. An erased row stays, so that its reference stays valid, and is never filled again.
create table person (
    ref text primary key,
    content jsonb,
    erased_at timestamptz,
    check ((content is null) = (erased_at is not null))
);
