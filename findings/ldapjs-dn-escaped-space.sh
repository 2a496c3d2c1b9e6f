#!/usr/bin/env bash
# @ldapjs/dn 1.1.0, the distinguished names of ldapjs, and a value that begins or ends with a space.
#
# Input: `cn=\ app,dc=example` and `cn=app\ ,dc=example`: a leading or trailing space of a value has a backslash before it, as
# RFC 4514, section 2.4, requires. The README of the package names RFC 4514.
# Expected: the values " app" and "app ", and names that print to names with the same values.
# Seen: the escaped leading space is lost together with the letter after it, and the escaped trailing space too:
# `cn=pp,dc=example` and `cn=app,dc=example`.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact @ldapjs/dn@1.1.0 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const { DN } = require('@ldapjs/dn');

for (const name of ['cn=\\ app,dc=example', 'cn=app\\ ,dc=example']) console.log(`${name} -> ${DN.fromString(name)}`);
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'cn=\ app,dc=example -> cn=pp,dc=example'
holds 'cn=app\ ,dc=example -> cn=app,dc=example'
echo 'as described'
