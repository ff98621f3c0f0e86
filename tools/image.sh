#!/bin/sh
# What the image runs: `all` brings the schema up to date and serves, `migrate` and `serve` do one of these, and
# anything else is a command, such as `flask fastim doctor`. Where several processes start, one migrates.
set -eu
cd "$(dirname "$0")/.."
mkdir -p "${TMPDIR:-/tmp}"

migrate() {
    python -m fastim.preflight
    FASTIM_LOG_LEVEL=warning flask --app wsgi db upgrade
}

case ${1:-all} in
all)
    migrate
    exec gunicorn -c gunicorn.conf.py wsgi:app
    ;;
migrate) migrate ;;
serve) exec gunicorn -c gunicorn.conf.py wsgi:app ;;
*) exec "$@" ;;
esac
