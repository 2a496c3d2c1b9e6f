#!/usr/bin/env bash
# systemdlint 1.4.0, a linter of systemd units, and an assignment that resets a list.
#
# Input: a unit with `ExecStart=` without a value, followed by one with a command, and `Environment=` without a value: the way
# to replace the lists of a unit that is extended.
# Expected: no finding about them. systemd.service(5) and systemd.exec(5) say that the empty string resets the list of commands
# and of variables; `systemd-analyze verify` accepts the unit.
# Seen: both lines are invalid values, and the reset command still counts: the unit "can only have 1 ExecStart setting".
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Python 3.11 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m pip install --quiet --no-compile --disable-pip-version-check --target lib systemdlint==1.4.0 >/dev/null 2>&1
export PYTHONPATH="$folder/lib"

cat >vault.service <<'UNIT'
[Unit]
Description=Vault server

[Service]
User=vault
Environment=VAULT_LOG_LEVEL=info
Environment=
ExecStart=/usr/bin/vault server -config=/etc/vault.hcl
ExecStart=
ExecStart=/usr/bin/vault server -config=/etc/vault.d

[Install]
WantedBy=multi-user.target
UNIT

output=$(timeout 60 python3 -m systemdlint --norootfs vault.service 2>&1 | sed 's/.*vault.service:[-0-9]*:[a-z]* //' || true)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds '[InvalidValue] - Environment='
holds '[InvalidValue] - ExecStart='
holds '[Multiplicity] - This type of unit can only have 1 ExecStart setting'
echo 'as described'
