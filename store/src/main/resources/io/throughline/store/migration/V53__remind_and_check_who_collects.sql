-- Digests of the codes by which customers collect what lies ready. Each that was told is good.
create table pickup_code (
    work_id text not null references fulfillment_order,
    digest text not null,
    made_at timestamptz not null,
    primary key (work_id, digest)
);

alter table fulfillment_order add column reminded_at timestamptz;
