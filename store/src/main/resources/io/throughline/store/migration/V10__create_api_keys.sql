create table api_key (
    id text primary key,
    secret_sha256 text not null,
    owner text not null,
    roles text[] not null,
    expires_at timestamptz,
    created_at timestamptz not null,
    revoked_at timestamptz
);
