#!/usr/bin/env bash
# @hapic/vault 2.3.10, a client of Vault (the code of 3.0.2 does the same), and the update of a mount.
#
# Input: `mount.update("secret", …)` with another maximal TTL, for a mount that exists.
# Expected: POST /v1/sys/mounts/secret/tune, endpoint "Tune mount configuration" of the API documentation of /sys/mounts.
# Seen: POST /v1/sys/mounts/secret, which enables a secrets engine and which the server refuses for a path in use.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact @hapic/vault@2.3.10 hapic@2.8.2 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const { createServer } = require('node:http');
const { VaultClient } = require('@hapic/vault');

(async () => {
  const server = createServer((request, response) => {
    console.log(`${request.method} ${request.url} ${request.headers['content-type']}`);
    response.writeHead(204).end();
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const host = `http://127.0.0.1:${server.address().port}/v1/`;
  const client = new VaultClient({ connectionOptions: { host, token: 'token' } });
  await client.mount.update('secret', { config: { max_lease_ttl: '1h' } });
  server.close();
  server.closeAllConnections();
})();
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'POST /v1/sys/mounts/secret application/json'
echo 'as described'
