#!/usr/bin/env bash
# constructs 10.4.2, the tree of CDK for Terraform, and ids that are names of inherited properties.
#
# Input: a new scope, and in it a construct with the id `constructor`, or `toString`; ids may be any text without a slash.
# Expected: the construct is a child of the scope, as with the id `builder`; `tryFindChild` of an id that nothing has returns
# undefined.
# Seen: the constructor throws that the scope already has a construct of this name, although it has none, and `tryFindChild`
# returns a function.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact constructs@10.4.2 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const { Construct, RootConstruct } = require('constructs');

for (const id of ['builder', 'constructor', 'toString']) {
  const root = new RootConstruct('root');
  const found = typeof root.node.tryFindChild(id);
  let outcome;
  try {
    new Construct(root, id);
    outcome = 'created';
  } catch (error) {
    outcome = error.message.split('\n')[0];
  }
  console.log(`${id}: found ${found}, ${root.node.children.length} children, ${outcome}`);
}
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'builder: found undefined, 1 children, created'
holds 'constructor: found function, 0 children, There is already a Construct with name'
holds 'toString: found function, 0 children, There is already a Construct with name'
echo 'as described'
