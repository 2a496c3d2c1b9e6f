#!/usr/bin/env bash
# hcl-to-json 0.1.1, HCL in JavaScript, and labels of blocks in policies of Vault.
#
# Input: a policy with a templated path, and a policy with a block in one line, both as the documentation of policies of Vault
# has paths.
# Expected: one label, the path in quotes: HCL 1 has a string in quotes as one key, and a block may be in one line.
# Seen: the path is split at its dots, even in quotes, and the block in one line becomes keys of its brackets and equals signs.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact hcl-to-json@0.1.1 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const parse = require('hcl-to-json');

console.log(`template: ${JSON.stringify(parse('path "secret/{{identity.entity.id}}" {\n  capabilities = ["read"]\n}\n'))}`);
console.log(`line: ${JSON.stringify(parse('path "secret/app" { capabilities = ["read"] }\n'))}`);
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'template: {"path":{"secret/{{identity":{"entity":{"id}}":{"capabilities":["read"]}}}}}'
holds 'line: {"path":{"secret/app":{"{":{"capabilities":{"=":{"read":{}}}}}}}'
echo 'as described'
