#!/bin/sh
# Node, and the pages that it builds: `tools/web.sh build` makes fastim/static/dist when web/ changed,
# `tools/web.sh check` and `tools/web.sh test` check and test the sources.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
. tools/node.sh

checksum_of_sources() {
    find web -name node_modules -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 cksum | cksum
}

build() {
    built=fastim/static/dist/.built
    sources=$(checksum_of_sources)
    if [ "$(cat "$built" 2>/dev/null)" != "$sources" ]; then
        use_node
        install_modules web
        echo "Building the pages" >&2
        (cd web && npm run --silent build)
        echo "$sources" >"$built"
    fi
}

case ${1:-} in
build) build ;;
check | test)
    use_node
    install_modules web
    cd web && npm run --silent "$1"
    ;;
*)
    echo "usage: tools/web.sh build|check|test" >&2
    exit 2
    ;;
esac
