-- Who waits for a product that the catalogue does not know: an order, or a sale at a till, by the name that its channel has for it. subject is
-- what its cases are about. A row goes when its product is known, and whoever waits is woken in the same transaction.
create table awaited_product (
    sku text not null,
    subject text not null,
    account text not null,
    external_id text not null,
    since timestamptz not null,
    primary key (sku, subject)
);

create index awaited_product_of on awaited_product (subject);

-- Products of which their systems have told news, each once however often it was told, until they are read. told counts the news, so that what
-- comes while a product is read is not lost; tries lets one that can't be read keep no other waiting.
create table product_news (
    account text not null,
    product text not null,
    heard_at timestamptz not null,
    last_heard_at timestamptz not null,
    told bigint not null default 1,
    tries int not null default 0,
    primary key (account, product)
);

create index product_news_next on product_news (account, tries, heard_at);
