#!/bin/sh
# Brings both of Temporal's databases to the schema of this server's version; may be repeated.
set -eu

prepare() { # DATABASE SCHEMA
    tool="temporal-sql-tool --plugin postgres12 --ep postgres --port 5432 --user temporal --db $1"
    $tool create
    # Refused when the schema is there already, which is as well.
    $tool setup-schema -v 0.0 || echo "$1 has a schema already"
    $tool update-schema -d "/etc/temporal/schema/postgresql/v12/$2/versioned"
}

prepare temporal temporal
prepare temporal_visibility visibility
