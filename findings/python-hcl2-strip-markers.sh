#!/usr/bin/env bash
# python-hcl2 8.1.4, HCL 2 in Python, and strip markers of an interpolation.
#
# Input: `policy = "a ${~ var.name ~} b"` and the same with only the second marker.
# Expected: both parse: the specification of HCL (section "Template Interpolations") allows `~` right after the opening and
# right before the closing of an interpolation.
# Seen: both are refused as unexpected tokens. The markers of a directive, `%{~ if … ~}`, are accepted.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Python 3.11 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m pip install --quiet --no-compile --disable-pip-version-check --target lib python-hcl2==8.1.4 >/dev/null 2>&1
export PYTHONPATH="$folder/lib"

cat >ask.py <<'PY'
import hcl2

for title, template in {
    "both": "a ${~ var.name ~} b",
    "second": "a ${ var.name ~} b",
    "none": "a ${ var.name } b",
    "directive": "%{~ if var.on ~}a%{~ endif ~}",
}.items():
    try:
        hcl2.loads(f'policy = "{template}"\n')
        print(f"{title}: parsed")
    except Exception as error:
        print(f"{title}: {type(error).__name__}")
PY
output=$(timeout 60 python3 ask.py)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'both: UnexpectedToken'
holds 'second: UnexpectedToken'
holds 'none: parsed'
holds 'directive: parsed'
echo 'as described'
