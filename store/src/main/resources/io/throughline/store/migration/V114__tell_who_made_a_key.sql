-- The key by which a key was made, if it was made through the API: where two persons have to decide the same, these are not two.
alter table api_key add column made_by text references api_key;
