#!/bin/sh
# The real Tryton 8.0 LTS on any PostgreSQL, with the company of company.json.
#
#   tryton.sh python                            which Python it would use; fails where there is none
#   tryton.sh install DIR                       a Python environment with the pinned packages (once)
#   tryton.sh setup   DIR URI DATABASE          the database, made once and copied from a pristine one afterwards
#   tryton.sh start   DIR URI DATABASE PORT     the server, in the foreground, on 127.0.0.1
#
# URI names the server without a database: postgresql://user[:password]@host:port
# DIR keeps the environment and, per database, DATABASE.secrets (ADMIN, PASSWORD and KEY of the integration user) and
# DATABASE.conf. THROUGHLINE_TRYTON_KEY and THROUGHLINE_TRYTON_PASSWORD choose the secrets of a first set-up; else they are random.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
umask 077

modules='ir res sale purchase web_shop sale_gift_card account_payment_clearing'

fail() {
    echo "tryton.sh: $*" >&2
    exit 1
}

find_python() {
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.10; do
        if command -v "$candidate" > /dev/null 2>&1 \
            && "$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))' 2> /dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

packages_digest() {
    "$1" -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$here/requirements.txt"
}

install_packages() {
    python=$(find_python) || fail "Python 3.10 or newer with its venv module is needed (on Debian: python3-venv)"
    mkdir -p "$dir"
    wanted=$(packages_digest "$python")
    if [ "$(cat "$dir/venv/installed" 2> /dev/null || true)" = "$wanted" ]; then
        return 0
    fi
    rm -rf "$dir/venv"
    "$python" -m venv "$dir/venv" 2> "$dir/venv.log" \
        || { cat "$dir/venv.log" >&2; fail "cannot make a Python environment; on Debian install python3-venv"; }
    "$dir/venv/bin/python" -m pip install --disable-pip-version-check --no-input --quiet --no-deps \
        -r "$here/requirements.txt"
    "$dir/venv/bin/python" -m pip check
    "$dir/venv/bin/python" -m compileall -q "$dir/venv/lib" > /dev/null 2>&1 || true
    echo "$wanted" > "$dir/venv/installed"
}

# Changes with anything that shapes the database, so that a pristine one of another version is not used.
setup_label() {
    "$python" - "$here" "$modules" << 'PY'
import hashlib, pathlib, sys
digest = hashlib.sha256(sys.argv[2].encode())
for name in ("requirements.txt", "company.json", "setup_company.py"):
    digest.update((pathlib.Path(sys.argv[1]) / name).read_bytes())
print("throughline " + digest.hexdigest()[:16])
PY
}

random_secret() {
    "$python" -c 'import secrets; print(secrets.token_urlsafe(32))'
}

write_secrets() {
    if [ ! -s "$dir/$database.secrets" ]; then
        {
            echo "ADMIN=$(random_secret)"
            echo "PASSWORD=${THROUGHLINE_TRYTON_PASSWORD:-$(random_secret)}"
            echo "KEY=${THROUGHLINE_TRYTON_KEY:-$(random_secret)}"
        } > "$dir/$database.secrets"
    fi
    sed -n 's/^ADMIN=//p' "$dir/$database.secrets" > "$dir/$database.admin"
}

write_configuration() {
    cat > "$dir/$database.conf" << CONF
[database]
uri = $uri/
path = $dir/$database.files
list = False
[web]
listen = 127.0.0.1:${port:-0}
[request]
timeout = 60
[session]
timeout = 3600
max_age = 86400
[password]
length = 8
CONF
}

make_pristine() {
    on_server drop "$pristine"
    on_server create "$pristine"
    TRYTONPASSFILE="$dir/$database.admin" "$python" "$dir/venv/bin/trytond-admin" -c "$dir/$database.conf" \
        -d "$pristine" --email admin@example.com -u $modules --activate-dependencies
    "$python" "$here/setup_company.py" "$dir/$database.conf" "$pristine" "$here/company.json" "$dir/$database.secrets"
    on_server drop "$database"
    on_server copy "$database" "$pristine" "$label"
    on_server label "$pristine" "$label"
}

on_server() {
    "$python" "$here/database.py" "$uri" "$@"
}

setup_database() {
    label="$(setup_label) $(cksum < "$dir/$database.secrets" | tr ' ' '-')"
    pristine="${database}_pristine"
    if [ "$(on_server state "$pristine")" = "$label" ]; then
        on_server drop "$database"
        on_server copy "$database" "$pristine" "$label"
    else
        make_pristine
    fi
}

command=${1:-}
if [ "$command" = python ]; then
    find_python
    exit
fi
dir=${2:-}
[ -n "$dir" ] || { sed -n '2,11p' "$0" | sed 's/^# \{0,1\}//' >&2; exit 2; }
case $dir in
    /*) ;;
    *) dir=$PWD/$dir ;;
esac
python=$dir/venv/bin/python
uri=${3:-}
uri=${uri%/}
database=${4:-}
case $command in
    install)
        install_packages
        ;;
    setup)
        [ -n "$database" ] || fail "setup needs DIR URI DATABASE"
        write_secrets
        write_configuration
        setup_database
        ;;
    start)
        port=${5:-}
        [ -n "$port" ] || fail "start needs DIR URI DATABASE PORT"
        write_configuration
        exec "$python" "$dir/venv/bin/trytond" -c "$dir/$database.conf" -d "$database"
        ;;
    *)
        fail "unknown command '$command'"
        ;;
esac
