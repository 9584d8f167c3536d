-- Why a facility's own system does not do its work, and since when it is known that it does not give it back.
alter table fulfillment_order
    add column ground text check (ground in ('NOT_FOUND', 'DAMAGED', 'NO_CAPACITY', 'OTHER')),
    add column kept_at timestamptz;

-- A cancellation that could not be had: the order goes on.
alter table customer_order add column cancel_declined_at timestamptz;

-- What nobody tells of counts as delivered one day.
alter table parcel drop constraint parcel_status_check;
alter table parcel add constraint parcel_status_check check (status in ('TO_BE_LABELLED', 'LABELLED', 'IN_TRANSIT',
    'OUT_FOR_DELIVERY', 'UNHEARD', 'DELIVERED', 'REFUSED', 'LOST', 'VOIDED', 'UNLABELLED'));
create index parcel_not_heard_of on parcel (at)
    where status in ('LABELLED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY', 'UNLABELLED');
