#!/usr/bin/env bash
# cdktf 0.21.0, CDK for Terraform, and an output whose value has a null.
#
# Input: a `TerraformOutput` with the value `{ address: null }`.
# Expected: `{ "address": null }` in the configuration, as a `TerraformLocal` with the same value gives: `value` of an output
# takes any expression, and null is one in the JSON syntax of Terraform.
# Seen: the synthesis ends with a TypeError that names neither the output nor the key.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact cdktf@0.21.0 constructs@10.4.2 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const { TerraformLocal, TerraformOutput, TerraformStack, Testing } = require('cdktf');

for (const kind of [TerraformLocal, TerraformOutput]) {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const value = { address: null };
  new kind(stack, 'server', kind === TerraformOutput ? { value } : value);
  try {
    Testing.synth(stack);
    console.log(`${kind.name}: synthesised`);
  } catch (error) {
    console.log(`${kind.name}: ${error.name}: ${error.message}`);
  }
}
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'TerraformLocal: synthesised'
holds 'TerraformOutput: TypeError: Cannot convert undefined or null to object'
echo 'as described'
