-- What a store has sold for others to ship is listed by that store.
create index submitted_order_sold_at on submitted_order ((body ->> 'soldAt')) where body ->> 'soldAt' is not null;
