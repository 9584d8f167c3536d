-- What one system says of products that others own, the latest first.
create index product_observation_by_source on product_observation (source, at desc);
