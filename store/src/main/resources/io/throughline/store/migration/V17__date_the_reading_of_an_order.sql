-- When the reading began that gave the newest version, by our clock: a channel's versions are whole seconds, and two readings may differ within one.
alter table customer_order add column read_at timestamptz;
