#!/usr/bin/env bash
# cdktf 0.21.0, CDK for Terraform, and a backslash in `Fn.rawString`.
#
# Input: `Fn.rawString` of the regular expression ^\d+$ and of a text with a quote; its documentation says that it escapes a
# string for the use in Terraform.
# Expected: `"^\\d+$"`, with two backslashes: a quoted template of HCL has the backslash as the beginning of an escape sequence.
# Seen: quotes get a backslash, backslashes do not. HCL refuses the expression (here by @cdktf/hcl2json 0.21.0, which has the
# parser of Terraform): `\d` is no escape sequence.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact cdktf@0.21.0 constructs@10.4.2 @cdktf/hcl2json@0.21.0 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const { parse } = require('@cdktf/hcl2json');
const { Fn, TerraformLocal, TerraformStack, Testing } = require('cdktf');

(async () => {
  for (const [title, text] of Object.entries({ backslash: '^\\d+$', quote: 'a "b"' })) {
    const stack = new TerraformStack(Testing.app(), 'stack');
    new TerraformLocal(stack, 'text', Fn.trimspace(Fn.rawString(text)));
    const expression = JSON.parse(Testing.synth(stack)).locals.text.slice(2, -1);
    const read = await parse('main.tf', `locals {\n  text = ${expression}\n}\n`).then(
      () => 'accepted',
      ({ message }) => (message.includes('Invalid escape sequence') ? 'Invalid escape sequence' : message),
    );
    console.log(`${title}: ${expression}: ${read}`);
  }
  process.exit();
})();
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'backslash: trimspace("^\d+$"): Invalid escape sequence'
holds 'quote: trimspace("a \"b\""): accepted'
echo 'as described'
