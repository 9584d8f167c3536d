create table watermark (
    account text not null,
    feed text not null,
    complete_up_to timestamptz not null,
    primary key (account, feed)
);
