-- When the goods left, as their facility tells it: what is counted after that has seen them leave.
alter table fulfillment_order add column handed_over_at timestamptz;
