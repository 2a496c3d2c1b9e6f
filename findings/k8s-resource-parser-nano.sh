#!/usr/bin/env bash
# k8s-resource-parser 0.2.2 of npm, a reader of quantities of Kubernetes, and the usage that the metrics API reports.
#
# Input: `137482919n`, the form in which `metrics.k8s.io` reports the use of processors, and `500000u`.
# Expected: 0.137482919 and 0.5 processors: the suffixes n, u and m are in the reference of Quantity.
# Seen: an error, `Invalid quanity provided.`, for both; `250m` is read.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact k8s-resource-parser@0.2.2 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const { cpuParser } = require('k8s-resource-parser');

for (const cpu of ['250m', '500000u', '137482919n']) {
  try {
    console.log(`${cpu}: ${cpuParser(cpu)}`);
  } catch (error) {
    console.log(`${cpu}: ${error.message}`);
  }
}
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds '250m: 0.25'
holds '500000u: Invalid quanity provided.'
holds '137482919n: Invalid quanity provided.'
echo 'as described'
