#!/bin/sh
# Make .venv and keep it at the pinned requirements: `tools/venv.sh` for the application, `tools/venv.sh dev`
# for everything that tests and checks need too, `tools/venv.sh bench` for the servers that are compared.
set -eu
cd "$(dirname "$0")/.."

requirements=requirements.txt
[ -n "${1:-}" ] && requirements=requirements-$1.txt
python=${PYTHON:-python3}

stop() {
    echo "fastim: $1" >&2
    exit 1
}

command -v "$python" >/dev/null || stop "Python 3.11 or newer is needed: install python3, or name it in PYTHON"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "$("$python" -V) is too old: Python 3.11 or newer is needed; name one in PYTHON"

# Debian keeps the module that fills a virtual environment in a package of its own.
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        package="$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
        tools/apt.sh "$package"
    fi
    rm -rf .venv
    "$python" -m venv .venv
fi

# The stamp is the checksum of what was installed, so a second start asks nobody.
checksum() {
    cat requirements.txt requirements-parser.txt "$1" | cksum
}
if [ "$(cat ".venv/installed-$requirements" 2>/dev/null)" != "$(checksum "$requirements")" ]; then
    echo "Installing $requirements into .venv" >&2
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
        --retries 5 --timeout 60 -r "$requirements"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
        -r requirements-parser.txt >/dev/null 2>&1 ||
        echo "fastim: nothing compiles C here, so requests are parsed in Python: each takes a tenth more CPU" >&2
    checksum requirements.txt >.venv/installed-requirements.txt
    checksum "$requirements" >".venv/installed-$requirements"
fi
