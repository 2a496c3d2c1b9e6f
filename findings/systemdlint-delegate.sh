#!/usr/bin/env bash
# systemdlint 1.4.0, a linter of systemd units, and `Delegate=no`.
#
# Input: a unit with `Delegate=no`.
# Expected: no finding: systemd.resource-control(5) has a boolean or a list of controllers as value, and systemd.syntax(7) has
# `no` as a boolean. `systemd-analyze verify` accepts the unit.
# Seen: the value is reported as invalid, and also that `Delegate` should be set. `Delegate=yes` is accepted.
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
Delegate=no
ExecStart=/usr/bin/vault server -config=/etc/vault.d

[Install]
WantedBy=multi-user.target
UNIT

sed 's/Delegate=no/Delegate=yes/' vault.service >other.service
output=$(timeout 60 python3 -m systemdlint --norootfs vault.service other.service 2>&1 | sed "s|$PWD/||" || true)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'vault.service:6:error [InvalidValue] - Delegate=no'
holds 'vault.service:1:error [Security.Delegate] - Service should have Delegate being set'
echo 'as described'
