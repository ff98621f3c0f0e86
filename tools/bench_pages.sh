#!/bin/sh
# Install what measuring the pages needs, build them, measure.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
. tools/node.sh

tools/venv.sh dev
command -v chromium >/dev/null || tools/apt.sh chromium
tools/web.sh build
use_node
install_modules web
install_modules bench/pages
export PATH
exec .venv/bin/python -m bench.pages "$@"
