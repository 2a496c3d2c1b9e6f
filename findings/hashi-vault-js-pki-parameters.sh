#!/usr/bin/env bash
# hashi-vault-js 0.5.1, a client of Vault, and documented parameters of PKI.
#
# Input: `signIntermediateCA` with `ttl`, and `createPkiRole` with `externalKeyUsage`; its own documentation
# (docs/PKI-Functions.md) names both parameters.
# Expected: the requests have `ttl` and `ext_key_usage`, the names of the endpoints "Sign intermediate" and "Create/Update role"
# in the API documentation of the PKI secrets engine.
# Seen: `ttl` is not sent, so the server takes its default TTL for the intermediate CA; the usages are sent as
# `external_key_usage`, a name that the API does not have.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact hashi-vault-js@0.5.1 >/dev/null 2>&1

cat >ask.mjs <<'JS'
import { createServer } from 'node:http';

import Vault from 'hashi-vault-js';

const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    console.log(`${request.method} ${request.url} ${Object.keys(JSON.parse(body)).sort().join(',')}`);
    response.writeHead(204).end();
  });
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const vault = new Vault({ baseUrl: `http://127.0.0.1:${server.address().port}/v1`, timeout: 5000 });
await vault.signIntermediateCA('token', { csr: 'csr', commonName: 'Issuing CA', ttl: '43800h' }, 'pki');
await vault.createPkiRole('token', { name: 'mail', externalKeyUsage: ['EmailProtection'], maxTtl: '72h' }, 'pki');
server.close();
server.closeAllConnections();
JS
output=$(timeout 60 node ask.mjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'POST /v1/pki/root/sign-intermediate common_name,csr,format'
holds 'POST /v1/pki/roles/mail external_key_usage,max_ttl'
echo 'as described'
