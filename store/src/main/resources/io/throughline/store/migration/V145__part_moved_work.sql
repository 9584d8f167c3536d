-- As what somebody has cut work up at its channel: each part with the facility where it lies, the item of it, and its lines. None: it was moved whole.
alter table work_moved add column parts jsonb not null default '[]';
