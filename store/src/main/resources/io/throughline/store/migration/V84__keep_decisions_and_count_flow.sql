-- What a refused document says by itself stands beside the decision that amends it. In the decision itself a worker of an older version would
-- meet a field that it does not know, and could read neither the case nor anything with it.
alter table support_case add column decision_was jsonb;
alter table support_case add column proposal_was jsonb;

update support_case
    set decision_was = coalesce(decision -> 'was', decision_was), decision = decision - 'was',
        proposal_was = coalesce(proposal -> 'was', proposal_was), proposal = proposal - 'was'
    where decision ? 'was' or proposal ? 'was';

-- How many orders got into the books in a time, for the overview: as what came in and what was given out, from an index alone.
create index journal_invoiced on journal (stored_at) where kind = 'INVOICE' and order_id is not null;
