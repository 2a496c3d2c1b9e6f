#!/usr/bin/env bash
# pygohcl 1.2.9, HCL 2 in Python by the Go library, and a template with an interpolation.
#
# Input: `path = "secret/${var.team}/app"` and the literal `path = "secret/var.team/app"`.
# Expected: two values that differ: by the specification of HCL the first is a template with an expression, the second a text
# without one.
# Seen: both give `secret/var.team/app`: the marks of the interpolation are dropped, and what is left cannot be told from a
# text. `$${`, which stands for a literal `${`, is the only way to get a `${`.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Python 3.11 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m pip install --quiet --no-compile --disable-pip-version-check --target lib pygohcl==1.2.9 >/dev/null 2>&1
export PYTHONPATH="$folder/lib"

cat >ask.py <<'PY'
import pygohcl

for title, value in {"template": "secret/${var.team}/app", "text": "secret/var.team/app", "escaped": "secret/$${var.team}/app"}.items():
    print(f"{title}: " + pygohcl.loads(f'path = "{value}"\n')["path"])
PY
output=$(timeout 60 python3 ask.py)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'template: secret/var.team/app'
holds 'text: secret/var.team/app'
holds 'escaped: secret/${var.team}/app'
echo 'as described'
