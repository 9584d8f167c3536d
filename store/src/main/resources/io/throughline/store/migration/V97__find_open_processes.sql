-- What should have a process, beside orders, for whoever goes through all of it page by page: only what is open is in these.
create index goods_return_open on goods_return (authorised_at, id) where closed_at is null;
create index counter_return_open on counter_return (taken_at, id) where closed_at is null;
create index reroute_open_by_age on reroute (opened_at, id) where ended_at is null;
create index store_day_waiting on store_day (waiting_since, id) where waiting_since is not null;
create index stock_import_booking on stock_import (received_at) where state = 'BOOKING';
