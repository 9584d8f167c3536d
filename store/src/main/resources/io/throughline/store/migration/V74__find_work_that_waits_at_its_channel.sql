-- Of what is let go at a channel, the work that no facility has been given yet.
create index fulfillment_order_waiting on fulfillment_order (channel_work) where status = 'ALLOCATED';
