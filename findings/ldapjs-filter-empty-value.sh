#!/usr/bin/env bash
# @ldapjs/filter 2.1.1, the filters of ldapjs, and an empty value.
#
# Input: `(seeAlso=)`, an example of RFC 4515, section 4: an equality match with an empty value.
# Expected: it parses; ldap-filter 0.3.3, the package before it, parses it.
# Seen: an error of the class behind the filter, which takes the empty value for a missing one.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact @ldapjs/filter@2.1.1 ldap-filter@0.3.3 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const parsers = { '@ldapjs/filter': require('@ldapjs/filter').parseString, 'ldap-filter': require('ldap-filter').parse };

for (const [name, parse] of Object.entries(parsers)) {
  try {
    console.log(`${name}: ${parse('(seeAlso=)')}`);
  } catch ({ message }) {
    console.log(`${name}: error: ${message}`);
  }
}
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds '@ldapjs/filter: error: must either provide a buffer via `raw` or some `value`'
holds 'ldap-filter: (seeAlso=)'
echo 'as described'
