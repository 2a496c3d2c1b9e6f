#!/usr/bin/env bash
# Readers of systemd units in Python, and a comment in a line that is continued: systemdunitparser 0.4, systemdlint 1.4.0,
# systemd-unit-edit 0.1.0.
#
# Input: a unit whose `ExecStart=` ends with a backslash, followed by a comment and the rest of the command.
# Expected: the command has the rest: systemd.syntax(7) has comment lines after a backslash ignored and the line continued after
# them. `systemd-analyze verify` accepts such a unit.
# Seen: systemdunitparser ends the command at the backslash and takes the rest for an option `-config`; systemdlint, which
# builds on it, reports that option as not supported; systemd-unit-edit refuses the unit.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Python 3.11 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m pip install --quiet --no-compile --disable-pip-version-check --target lib \
  systemdunitparser==0.4 systemdlint==1.4.0 systemd-unit-edit==0.1.0 >/dev/null 2>&1
export PYTHONPATH="$folder/lib"

cat >vault.service <<'UNIT'
[Unit]
Description=Vault server

[Service]
User=vault
ExecStart=/usr/bin/vault server \
# Every file of the folder is read.
  -config=/etc/vault.d

[Install]
WantedBy=multi-user.target
UNIT

cat >ask.py <<'PY'
from SystemdUnitParser import SystemdUnitParser
from systemd_unit_edit import SystemdUnit

parser = SystemdUnitParser()
parser.read("vault.service")
print("systemdunitparser: " + ", ".join(parser["Service"]))
try:
    SystemdUnit.from_file("vault.service")
    print("systemd-unit-edit: read")
except ValueError as error:
    print(f"systemd-unit-edit: {str(error).splitlines()[0]}")
PY
output=$(
  timeout 60 python3 ask.py
  timeout 60 python3 -m systemdlint --norootfs vault.service 2>&1 | sed 's/.*vault.service:[-0-9]*:[a-z]* /systemdlint: /' || true
)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'systemdunitparser: User, ExecStart, -config'
holds 'systemd-unit-edit: unexpected whitespace at start of line (should be indented continuation or blank line)'
holds 'systemdlint: [InvalidSetting] - -config is not supported in section Service'
echo 'as described'
