-- The rules that an order began with. An order from before this has none until its channel tells something new of it.
alter table customer_order
    add column policy_version text,
    add column local_queues text[],
    add constraint customer_order_rules_whole check ((policy_version is null) = (local_queues is null));
