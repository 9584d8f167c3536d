-- How much of what each facility has is offered to an account's channel, in percent: less, when it has not been heard of for long. Where there is no
-- row it is all. told_after: since this changed last the account has been told of its SKUs up to here; null: of all of them. round counts the changes.
create table stock_offer (
    account text not null,
    facility text not null,
    percent integer not null check (percent between 0 and 100),
    told_after text,
    round bigint not null default 1,
    primary key (account, facility)
);
