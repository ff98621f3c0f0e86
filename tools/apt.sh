#!/bin/sh
# Install Debian packages where that is possible; elsewhere say in one line what is missing.
set -eu

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "fastim: please install: $* (as root on Debian this is done for you)" >&2
    exit 1
fi
echo "Installing $*" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get -qq -o Acquire::Retries=5 update
# RUNLEVEL=1 keeps the packages from starting their services: tests start private ones.
RUNLEVEL=1 apt-get -qq -o Acquire::Retries=5 -o Dpkg::Use-Pty=0 install -y --no-install-recommends "$@" >/dev/null
