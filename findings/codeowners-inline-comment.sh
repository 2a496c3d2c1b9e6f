#!/usr/bin/env bash
# codeowners 5.1.1 of npm, a reader of CODEOWNERS files, and a comment behind the owners of a line.
#
# Input: `/inventory/tenants/payments/ @example/payments # reviews every change`.
# Expected: one owner. The documentation of GitHub says that comments can stand at the end of a line, and its example has
# some; codeowners-utils 1.0.2 reads the same file so.
# Seen: five owners, `#` and the words of the comment among them.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact codeowners@5.1.1 codeowners-utils@1.0.2 >/dev/null 2>&1
echo '/inventory/tenants/payments/ @example/payments # reviews every change' >CODEOWNERS

cat >ask.cjs <<'JS'
const { readFileSync } = require('node:fs');
const Codeowners = require('codeowners');
const { matchFile, parse } = require('codeowners-utils');

const file = 'inventory/tenants/payments/ledger.yaml';
console.log(`codeowners: ${new Codeowners('.').getOwner(file).join(' ')}`);
console.log(`codeowners-utils: ${matchFile(file, parse(readFileSync('CODEOWNERS', 'utf8'))).owners.join(' ')}`);
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'codeowners: @example/payments # reviews every change'
holds 'codeowners-utils: @example/payments'
echo 'as described'
