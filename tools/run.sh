#!/bin/sh
# Start FastIM: everything that it needs, the database's schema, then gunicorn. HOST, PORT and
# FASTIM_* are honoured; README.md lists them.
set -eu
cd "$(dirname "$0")/.."

tools/venv.sh
.venv/bin/python -m fastim.preflight
tools/web.sh build
FASTIM_LOG_LEVEL=warning .venv/bin/flask --app wsgi db upgrade
exec .venv/bin/gunicorn -c gunicorn.conf.py wsgi:app
