#!/usr/bin/env bash
# Runs a command beside a PostgreSQL of its own and tells it the address: TEST_DATABASE_URL.
#   scripts/with-postgres.sh npm test
# Needs Debian or Ubuntu when PostgreSQL is not installed. Nothing is left when the command ends.
set -euo pipefail

newest() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }

if [ -z "$(newest)" ]; then
  root=()
  [ "$(id -u)" = 0 ] || root=(sudo)
  install() { "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$1" >/dev/null; }
  "${root[@]}" apt-get update -qq
  install postgresql-common
  # The package would make and start a server of its own.
  echo 'create_main_cluster = false' |
    "${root[@]}" tee -a /etc/postgresql-common/createcluster.conf >/dev/null
  install postgresql
fi
bin=$(newest)

# PostgreSQL refuses to run as root; its package brings a user.
as=()
[ "$(id -u)" != 0 ] || as=(runuser -u postgres --)

folder=$("${as[@]}" mktemp -d "${TMPDIR:-/tmp}/lifeguard-postgres.XXXXXX")
# From a folder that its user may enter, whatever folder this is called in.
run() { (cd "$folder" && "${as[@]}" "$bin/$1" "${@:2}"); }

stop() {
  run pg_ctl stop --silent --mode=immediate -D "$folder/data" 2>/dev/null || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
port=$(node -e '
  const server = require("net").createServer().listen(0, "127.0.0.1", () => {
    console.log(server.address().port)
    server.close()
  })')
"${as[@]}" tee "$folder/password" >/dev/null <<<"$password"
run initdb -D "$folder/data" --username=lifeguard --pwfile="$folder/password" \
  --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 >/dev/null
run pg_ctl start --silent --wait -D "$folder/data" -l "$folder/log" \
  -o "-c listen_addresses=127.0.0.1 -p $port -k $folder" >/dev/null || {
  cat "$folder/log" >&2
  exit 1
}

export TEST_DATABASE_URL="postgres://lifeguard:$password@127.0.0.1:$port/postgres"
status=0
"$@" || status=$?
exit "$status"
