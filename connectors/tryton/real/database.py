"""Makes, copies and drops databases of the PostgreSQL server behind Tryton.

usage: database.py URI state|create|copy|label|drop DATABASE [SOURCE] [LABEL]

`state` prints the label of the database, `-` when it has none, and nothing when it does not exist.
"""

import sys

import psycopg
from psycopg import sql


def connect(uri):
    return psycopg.connect(uri.rstrip("/") + "/postgres", autocommit=True)


def state(connection, name):
    row = connection.execute(
        "SELECT coalesce(shobj_description(oid, 'pg_database'), '-') FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    return row[0] if row else ""


def drop(connection, name):
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def create(connection, name, source="template0", label="-"):
    connection.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'").format(sql.Identifier(name), sql.Identifier(source))
    )
    attach_label(connection, name, label)


def attach_label(connection, name, label):
    connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(label)))


def main():
    uri, action, name, *more = sys.argv[1:]
    with connect(uri) as connection:
        if action == "state":
            print(state(connection, name))
        elif action == "create":
            create(connection, name)
        elif action == "copy":
            create(connection, name, *more)
        elif action == "label":
            attach_label(connection, name, *more)
        elif action == "drop":
            drop(connection, name)
        else:
            sys.exit(f"unknown action {action}")


if __name__ == "__main__":
    main()
