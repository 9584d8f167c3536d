#!/bin/bash
# Run once by the image, when its data directory is empty: a role and a database for each program, none of which reaches the others'.
set -euo pipefail

create() { # NAME PASSWORD ROLE-OPTIONS
    psql --no-psqlrc -v ON_ERROR_STOP=1 -v name="$1" -v password="$2" --username postgres <<SQL
CREATE ROLE :"name" LOGIN $3 PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE CONNECT ON DATABASE :"name" FROM PUBLIC;
SQL
}

create throughline "$THROUGHLINE_DATABASE_PASSWORD" NOCREATEDB
# Temporal's and Tryton's own set-ups make further databases.
create temporal "$TEMPORAL_DATABASE_PASSWORD" CREATEDB
create tryton "$TRYTON_DATABASE_PASSWORD" CREATEDB
