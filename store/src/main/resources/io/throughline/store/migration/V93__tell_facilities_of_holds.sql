-- What the system of its facility was told of holds of the work: numbered, an odd number for a hold, the even one after it for its end.
alter table fulfillment_order
    add column hold_asked integer not null default 0,
    add column hold_told integer not null default 0,
    add check (hold_told >= 0 and hold_told <= hold_asked);
