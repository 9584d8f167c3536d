-- Of transfers that an ERP keeps and says to be over: the units of which less or more has arrived than was sent. Those that came as they were
-- sent leave nothing here.
create table erp_transfer_difference (
    account text not null,
    transfer text not null,
    sku text not null,
    from_facility text not null,
    to_facility text not null,
    sent integer not null check (sent >= 0),
    arrived integer not null check (arrived >= 0 and arrived <> sent),
    -- By the policy's tolerance, or by somebody's decision.
    settled boolean not null,
    primary key (account, transfer, sku)
);
