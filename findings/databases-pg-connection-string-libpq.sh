#!/usr/bin/env bash
# @databases/pg-connection-string 2.0.0, a parser of connection URIs of PostgreSQL, and examples of the documentation of libpq.
#
# Input: `postgresql://[2001:db8::1234]/database`, a host that is an IPv6 address, and
# `postgresql:///dbname?host=/var/lib/postgresql`, a directory of sockets: examples of section "Connection URIs" of libpq.
# Expected: the host 2001:db8::1234 and the host /var/lib/postgresql.
# Seen: the address is refused, as everything after its first colon is taken for the port; the directory is refused for its `/`,
# which a query may contain by RFC 3986.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact @databases/pg-connection-string@2.0.0 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const { default: parse } = require('@databases/pg-connection-string');

for (const uri of ['postgresql://[2001:db8::1234]/database', 'postgresql:///dbname?host=/var/lib/postgresql']) {
  try {
    console.log(`${uri}: ${JSON.stringify(parse(uri).host)}`);
  } catch ({ message }) {
    console.log(`${uri}: ${message.slice(0, 36)}`);
  }
}
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'postgresql://[2001:db8::1234]/database: Expected "port" to be an integer'
holds 'postgresql:///dbname?host=/var/lib/postgresql: Unexpected character "/". All specia'
echo 'as described'
