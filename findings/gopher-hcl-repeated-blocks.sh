#!/usr/bin/env bash
# gopher-hcl 0.2.0, HCL 1 in JavaScript, and blocks and objects that are repeated.
#
# Input: two `retry_join` blocks of a server configuration of Vault, and a list of two objects.
# Expected: both blocks and both objects. The README of HCL 1 has a repeated block as another way to write a list of objects,
# and the documentation of integrated storage of Vault allows several `retry_join`.
# Seen: only the last block, and instead of the list only its last object.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact gopher-hcl@0.2.0 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const { parse } = require('gopher-hcl');

const blocks = 'retry_join {\n  leader_api_addr = "a"\n}\nretry_join {\n  leader_api_addr = "b"\n}\n';
const objects = 'list = [{ name = "a" }, { name = "b" }]\n';
console.log(`blocks: ${JSON.stringify(parse(blocks))}`);
console.log(`objects: ${JSON.stringify(parse(objects))}`);
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'blocks: {"retry_join":{"leader_api_addr":"b"}}'
holds 'objects: {"list":{"name":"b"}}'
echo 'as described'
