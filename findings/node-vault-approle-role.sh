#!/usr/bin/env bash
# node-vault 0.12.0, a client of Vault, and the role of an AppRole.
#
# Input: `addApproleRole` with the documented parameters of endpoint "Create/Update AppRole": once `token_policies`, once
# `token_ttl` as "1h".
# Expected: both are sent. The API documentation of AppRole has `token_policies` as list of policies, and takes a TTL as number
# of seconds or as duration string.
# Seen: `token_policies` is left out without an error, so that tokens have no policy but `default`; the duration string is
# refused before a request is made.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact node-vault@0.12.0 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const { createServer } = require('node:http');

(async () => {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      console.log(`${request.method} ${request.url} ${body}`);
      response.writeHead(204).end();
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const vault = require('node-vault')({ endpoint: `http://127.0.0.1:${server.address().port}`, token: 'token' });
  await vault.addApproleRole({ role_name: 'app', token_policies: ['app-read'], token_ttl: 3600 });
  await vault
    .addApproleRole({ role_name: 'app', token_policies: ['app-read'], token_ttl: '1h' })
    .catch(({ message }) => console.log(`1h: ${message}`));
  server.close();
  server.closeAllConnections();
})();
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'POST /v1/auth/approle/role/app {"token_ttl":3600}'
holds '1h: Invalid type: string (expected integer)'
echo 'as described'
