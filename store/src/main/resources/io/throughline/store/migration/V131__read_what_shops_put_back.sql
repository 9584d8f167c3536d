-- When the channel was asked what it has put on a shelf with the refund that a return was made of: what it told has come.
alter table goods_return add column shelves_read_at timestamptz;
