#!/bin/sh
# What the tests need beside Python packages: databases, proxies, browsers, systemd-analyze, fonts for what they show.
set -eu
cd "$(dirname "$0")/.."
PATH=$PATH:/usr/sbin:/usr/local/sbin

missing=
need() { # PACKAGE COMMAND...: the package is missing if the command fails
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}

has_font() {
    fc-list ":lang=$1" family | grep -q .
}

need mariadb-server command -v mariadb-install-db
need redis-server command -v redis-server
need nginx command -v nginx
need iproute2 command -v ip
need systemd command -v systemd-analyze
need caddy command -v caddy
need chromium command -v chromium
need chromium-headless-shell command -v chromium-headless-shell
need firefox-esr command -v firefox-esr
need webkit2gtk-driver command -v WebKitWebDriver
need xvfb command -v Xvfb
need fontconfig command -v fc-list
need fonts-noto-cjk has_font zh-cn
need fonts-noto-color-emoji has_font und-zsye
# shellcheck disable=SC2086 # a list of words
[ -z "$missing" ] || tools/apt.sh $missing
