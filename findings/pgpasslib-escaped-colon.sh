#!/usr/bin/env bash
# pgpasslib 1.1.0 of PyPI, a reader of the password file of PostgreSQL, and a colon that is escaped.
#
# Input: a file with the entries `*:*:*:vault:first` and `db.example.com:5432:app:us\:er:pass`.
# Expected: the password `first` for the user vault, and `pass` for the user `us:er`. The documentation of PostgreSQL says
# that `:` and `\` in an entry are escaped with a backslash.
# Seen: InvalidEntry for both, also for the user whose entry has no escape and comes first. Without the second entry, the
# first is found.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Python 3 with venv and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/pip install --quiet --disable-pip-version-check pgpasslib==1.1.0

cat >ask.py <<'PYTHON'
import os

import pgpasslib

os.environ['PGPASSFILE'] = 'passwords'
plain = '*:*:*:vault:first\n'
for title, text in (('plain', plain), ('escaped', plain + 'db.example.com:5432:app:us\\:er:pass\n')):
    with open('passwords', 'w') as file:
        file.write(text)
    os.chmod('passwords', 0o600)
    for user in ('vault', 'us:er'):
        try:
            print(f'{title}, {user}: {pgpasslib.getpass("db.example.com", 5432, "app", user)}')
        except pgpasslib.InvalidEntry:
            print(f'{title}, {user}: InvalidEntry')
PYTHON
output=$(timeout 60 environment/bin/python ask.py)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'plain, vault: first'
holds 'escaped, vault: InvalidEntry'
holds 'escaped, us:er: InvalidEntry'
echo 'as described'
