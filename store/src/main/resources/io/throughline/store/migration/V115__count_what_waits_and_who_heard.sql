-- For the tiles of the overview, which leave out what sleeps: from an index alone, as the queue they lead to.
create index support_case_in_queue on support_case (code) include (at_risk_at, due_at, snoozed_until) where status = 'OPEN';

-- Of which open cases somebody has heard that they are late: few, and counted every few seconds.
create index support_case_escalated on support_case (code, escalations) where status = 'OPEN' and escalations > 0;
