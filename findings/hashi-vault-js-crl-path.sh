#!/usr/bin/env bash
# hashi-vault-js 0.5.1, a client of Vault, and the revocation list of a PKI mount in DER.
#
# Input: `readPkiCrl("der", "pki_int")`; the second argument is the mount.
# Expected: a request for /v1/pki_int/crl, the path that the API documentation of the PKI secrets engine gives for the list in
# DER, as `readPkiCrl("pem", "pki_int")` requests /v1/pki_int/crl/pem.
# Seen: the mount is missing: /v1/crl, which is no path of a PKI mount.
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
  console.log(`${request.method} ${request.url}`);
  response.end('{}');
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const vault = new Vault({ baseUrl: `http://127.0.0.1:${server.address().port}/v1`, timeout: 5000 });
await vault.readPkiCrl('pem', 'pki_int');
await vault.readPkiCrl('der', 'pki_int');
server.close();
server.closeAllConnections();
JS
output=$(timeout 60 node ask.mjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'GET /v1/pki_int/crl/pem'
holds 'GET /v1/crl'
echo 'as described'
