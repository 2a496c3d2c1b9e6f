#!/usr/bin/env bash
# kubernetes-resource-parser 0.1.0 of npm, a reader of quantities of Kubernetes, and what is not an integer with a unit.
#
# Input: the quantities of memory `1.5Gi` and `129e6`, and of processors `500000u`.
# Expected: 1610612736 bytes, 129000000 bytes and 0.5 processors. Kubernetes documents fractions and exponents, `129e6` is
# an example on its page about resources, and `u` (micro) is among the suffixes of its API reference.
# Seen: 1 byte, 129 bytes and 500000 processors, without an error.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact kubernetes-resource-parser@0.1.0 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const { cpuParser, memoryParser } = require('kubernetes-resource-parser');

for (const memory of ['512Mi', '1.5Gi', '129e6']) console.log(`${memory}: ${memoryParser(memory)}`);
for (const cpu of ['250m', '500000u']) console.log(`${cpu}: ${cpuParser(cpu)}`);
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds '512Mi: 536870912'
holds '1.5Gi: 1'
holds '129e6: 129'
holds '250m: 0.25'
holds '500000u: 500000'
echo 'as described'
