-- What is old is found by its age, to be forgotten in batches.
create index stock_observation_age on stock_observation (recorded_at);
create index stock_publication_age on stock_publication (published_at);
