#!/usr/bin/env bash
# Filters of LDAP in JavaScript, and an attribute that is named by its OID or with an option: ldapts 9.2.0, @ldapjs/filter
# 2.1.1, ldap-filter 0.3.3.
#
# Input: `(1.3.6.1.4.1.1466.0=\04\02\48\69)`, an example of RFC 4515, section 4, and `(cn;lang-en=app)`, an attribute with an
# option as RFC 4512, section 2.5, and RFC 3866 define it.
# Expected: both parse; `attr` of RFC 4515 is an attribute description of RFC 4512: a name or a numeric OID, and options.
# Seen: all three refuse both as invalid expressions.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact ldapts@9.2.0 @ldapjs/filter@2.1.1 ldap-filter@0.3.3 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const parsers = {
  ldapts: require('ldapts').FilterParser.parseString,
  '@ldapjs/filter': require('@ldapjs/filter').parseString,
  'ldap-filter': require('ldap-filter').parse,
};
const filters = { oid: '(1.3.6.1.4.1.1466.0=\\04\\02\\48\\69)', option: '(cn;lang-en=app)', name: '(cn=app)' };
for (const [library, parse] of Object.entries(parsers)) {
  for (const [title, filter] of Object.entries(filters)) {
    try {
      parse(filter);
      console.log(`${library} ${title}: parsed`);
    } catch ({ message }) {
      console.log(`${library} ${title}: ${message.slice(0, 18).toLowerCase()}`);
    }
  }
}
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'ldapts oid: invalid expression'
holds 'ldapts option: invalid expression'
holds 'ldapts name: parsed'
holds '@ldapjs/filter oid: invalid expression'
holds '@ldapjs/filter option: invalid expression'
holds '@ldapjs/filter name: parsed'
holds 'ldap-filter oid: invalid expression'
holds 'ldap-filter option: invalid expression'
holds 'ldap-filter name: parsed'
echo 'as described'
