#!/bin/sh
# Makes the company's database at the first start, then serves it to the other containers.
set -eu

database=northwind
home=/var/lib/tryton
python=/opt/tryton/venv/bin/python

[ -e "$home/venv" ] || ln -s /opt/tryton/venv "$home/venv"
if [ -z "$("$python" /opt/tryton/real/database.py "$TRYTON_DATABASE_URI" state "$database")" ]; then
    sh /opt/tryton/real/tryton.sh setup "$home" "$TRYTON_DATABASE_URI" "$database"
fi
# The script's own configuration listens on loopback, which no other container reaches.
sed 's/^listen = .*/listen = 0.0.0.0:8000/' "$home/$database.conf" > "$home/server.conf"
exec "$python" /opt/tryton/venv/bin/trytond -c "$home/server.conf" -d "$database"
