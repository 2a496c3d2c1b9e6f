#!/usr/bin/env bash
# jks-js 1.1.7 of npm, a reader of Java's key stores, and a PKCS#12 file of OpenSSL with the certificate of the issuer.
#
# Input: `openssl pkcs12 -export -inkey broker.key -in broker.pem -certfile ca.pem -name broker`, the usual way from PEM
# files to a key store of Kafka. keytool lists the entry.
# Expected: key and certificate of `broker`, as without `-certfile`. The name is given to the entry of the key; the
# certificate of an issuer has no friendlyName, which RFC 7292 makes optional.
# Seen: a TypeError. A file whose certificates all have a name is read.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20, OpenSSL 3 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact jks-js@1.1.7 >/dev/null 2>&1
{
  ec=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)
  openssl req -x509 "${ec[@]}" -keyout ca.key -out ca.pem -subj /CN=ca -days 2
  openssl req "${ec[@]}" -keyout broker.key -out broker.csr -subj /CN=broker
  openssl x509 -req -in broker.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out broker.pem -days 1
  export=(openssl pkcs12 -export -inkey broker.key -in broker.pem -name broker -passout pass:example)
  "${export[@]}" -out alone.p12
  "${export[@]}" -certfile ca.pem -out issuer.p12
  "${export[@]}" -certfile ca.pem -caname ca -out named.p12
} >/dev/null 2>&1

cat >ask.cjs <<'JS'
const { readFileSync } = require('node:fs');
const { toPem } = require('jks-js');

for (const store of ['alone', 'named', 'issuer']) {
  try {
    const entries = Object.entries(toPem(readFileSync(`${store}.p12`), 'example'));
    console.log(`${store}: ${entries.map(([name, entry]) => `${name} with ${Object.keys(entry).sort().join(', ')}`).join('; ')}`);
  } catch (error) {
    console.log(`${store}: ${error.name}: ${error.message}`);
  }
}
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'alone: broker with cert, key'
holds 'named: broker with cert, key; ca with ca'
holds "issuer: TypeError: Cannot read properties of undefined (reading '0')"
echo 'as described'
