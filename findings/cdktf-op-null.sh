#!/usr/bin/env bash
# cdktf 0.21.0, CDK for Terraform, and a comparison with null.
#
# Input: `Op.eq(variable.stringValue, null)`, and the same with `Token.nullValue()`.
# Expected: `var.name == null` for both: `Op.eq` takes expressions of any type, and null is a value of the language of
# Terraform, which JavaScript has too; a map in the same version renders it as null.
# Seen: null becomes `undefined`, which Terraform reads as a reference to a resource type and refuses. Only the token becomes
# null.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact cdktf@0.21.0 constructs@10.4.2 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const { Op, TerraformStack, TerraformVariable, Testing, Token, TerraformLocal } = require('cdktf');

const stack = new TerraformStack(Testing.app(), 'stack');
const { stringValue } = new TerraformVariable(stack, 'name', { type: 'string' });
new TerraformLocal(stack, 'null', Op.eq(stringValue, null));
new TerraformLocal(stack, 'token', Op.eq(stringValue, Token.nullValue()));
for (const [title, value] of Object.entries(JSON.parse(Testing.synth(stack)).locals)) console.log(`${title}: ${value}`);
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'null: ${(var.name == undefined)}'
holds 'token: ${(var.name == null)}'
echo 'as described'
