#!/usr/bin/env bash
# ldapts 9.2.0, a client of LDAP, and a filter with escaped UTF-8.
#
# Input: `(sn=Lu\c4\8di\c4\87)`, an example of RFC 4515, section 4: the UTF-8 bytes of two letters, each written as two escaped
# bytes. The README of ldapts says that a filter must conform to RFC 4515.
# Expected: the value in the request has the 8 bytes 4c 75 c4 8d 69 c4 87, as an unescaped filter with the same letters has.
# Seen: every escaped byte is taken for a character of its own and encoded once more: 4c 75 c3 84 c2 8d 69 c3 84 c2 87. The
# search finds nothing.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact ldapts@9.2.0 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const { BerWriter, FilterParser } = require('ldapts');

const escaped = '(sn=Lu\\c4\\8di\\c4\\87)';
const plain = '(sn=Lu\u010di\u0107)';
for (const [title, filter] of Object.entries({ escaped, plain })) {
  const writer = new BerWriter();
  FilterParser.parseString(filter).write(writer);
  console.log(`${title}: ${writer.buffer.toString('hex').slice(16)}`);
}
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'escaped: 4c75c384c28d69c384c287'
holds 'plain: 4c75c48d69c487'
echo 'as described'
