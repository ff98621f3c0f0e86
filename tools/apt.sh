#!/bin/sh
# Install Debian packages where that is possible; elsewhere say in one line what is missing.
set -eu

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "fastim: please install: $* (as root on Debian this is done for you)" >&2
    exit 1
fi
echo "Installing $*" >&2
export DEBIAN_FRONTEND=noninteractive
quietly() {
    said=$("$@" 2>&1 </dev/null) || {
        echo "$said" >&2
        echo "fastim: could not install: $packages" >&2
        exit 1
    }
}
packages=$*
quietly apt-get -q -o Acquire::Retries=5 update
# RUNLEVEL=1 keeps the packages from starting their services: tests start private ones.
RUNLEVEL=1 quietly apt-get -q -o Acquire::Retries=5 install -y --no-install-recommends "$@"
