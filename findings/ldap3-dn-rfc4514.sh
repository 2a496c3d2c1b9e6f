#!/usr/bin/env bash
# ldap3 2.9.1, a client of LDAP in Python, and distinguished names of RFC 4514.
#
# Input: `1.3.6.1.4.1.1466.0=#04024869`, an example of RFC 4514, section 4; `cn=a=b,dc=example` and `cn=a#b,dc=example`, whose
# characters need no backslash by section 2.4 (`#` only at the beginning of a value, `=` never).
# Expected: `parse_dn` parses the three.
# Seen: it refuses each, also the example: with an error about `.` in an attribute type, and about `=` and `#` that "must be
# escaped".
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Python 3.11 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m pip install --quiet --no-compile --disable-pip-version-check --target lib ldap3==2.9.1 >/dev/null 2>&1
export PYTHONPATH="$folder/lib"

cat >ask.py <<'PY'
from ldap3.core.exceptions import LDAPInvalidDnError
from ldap3.utils.dn import parse_dn

for name in ["1.3.6.1.4.1.1466.0=#04024869", "cn=a=b,dc=example", "cn=a#b,dc=example", "cn=ab,dc=example"]:
    try:
        print(f"{name}: {len(parse_dn(name))} parts")
    except LDAPInvalidDnError as error:
        print(f"{name}: {error}")
PY
output=$(timeout 60 python3 ask.py)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds '1.3.6.1.4.1.1466.0=#04024869: character '\''.'\'' not allowed in attribute type'
holds 'cn=a=b,dc=example: special character = must be escaped'
holds 'cn=a#b,dc=example: special character # must be escaped'
holds 'cn=ab,dc=example: 2 parts'
echo 'as described'
