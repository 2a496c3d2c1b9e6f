#!/usr/bin/env bash
# @hapic/vault 2.3.10, a client of Vault (the code of 3.0.2 does the same), and the update of a secret of KV version 2.
#
# Input: `keyValueV2.update("secret", "app", …)` with one changed value.
# Expected: PATCH with the content type application/merge-patch+json, as endpoint "Patch secret" of the API documentation of KV
# version 2 requires.
# Seen: PATCH with application/json, a content type that the documented endpoint does not take.
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
  await client.keyValueV2.update('secret', 'app', { data: { user: 'app' } });
  server.close();
  server.closeAllConnections();
})();
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'PATCH /v1/secret/data/app application/json'
echo 'as described'
