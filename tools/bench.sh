#!/bin/sh
# Install what the bench compares with (Python, Node and Debian packages), then run it.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
PATH=$PATH:/usr/sbin:/usr/local/sbin
. tools/node.sh

missing=
command -v mariadb-install-db >/dev/null || missing="$missing mariadb-server"
command -v redis-server >/dev/null || missing="$missing redis-server"
command -v ejabberdctl >/dev/null || missing="$missing ejabberd"
# shellcheck disable=SC2086 # a list of words
[ -z "$missing" ] || tools/apt.sh $missing
tools/venv.sh bench
use_node
install_modules bench/servers
export PATH
exec .venv/bin/python -m bench "$@"
