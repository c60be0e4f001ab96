#!/usr/bin/env bash
# Installs the browser of the page's tests and of `npm run pictures`, on Debian or Ubuntu, unless it is there.
set -euo pipefail
[ ! -x "${CHROMIUM:-/usr/bin/chromium}" ] || exit 0
root=()
[ "$(id -u)" = 0 ] || root=(sudo)
"${root[@]}" apt-get update -qq
"${root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core fonts-noto-color-emoji >/dev/null
