-- A hint about a subject that is known already waits a moment, for hints come in bursts and one look at the facts answers them all.
alter table inbox_message add column due_at timestamptz not null default clock_timestamp();
