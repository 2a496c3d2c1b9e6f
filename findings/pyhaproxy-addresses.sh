#!/usr/bin/env bash
# pyhaproxy 0.3.7, a parser of configurations of HAProxy, and addresses.
#
# Input: a frontend with `bind :8200`, and a backend with three servers, by IPv4 address, by IPv6 address in brackets and by
# socket.
# Expected: a frontend on all addresses and three servers: the configuration manual has the address of `bind` as optional, and
# IPv6 addresses and absolute paths of sockets as addresses of a server.
# Seen: the frontend raises an error that it has no host and port; of the servers only the first is there, without an error.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Python 3.11 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m pip install --quiet --no-compile --disable-pip-version-check --target lib pyhaproxy==0.3.7 >/dev/null 2>&1
export PYTHONPATH="$folder/lib"

cat >bind.cfg <<'CFG'
global
    maxconn 1000

frontend vault
    bind :8200
    default_backend vault
CFG

cat >servers.cfg <<'CFG'
global
    maxconn 1000

backend vault
    server vault-0 10.0.0.1:8200 check
    server vault-1 [2001:db8::1]:8200 check
    server vault-2 /run/vault/vault.sock check
CFG

cat >ask.py <<'PY'
from pyhaproxy.parse import Parser

try:
    print(f"frontends: {len(Parser('bind.cfg').build_configuration().frontends)}")
except Exception as error:
    print(f"frontends: {error}")
for backend in Parser("servers.cfg").build_configuration().backends:
    print("servers: " + ", ".join(server.name for server in backend.servers()))
PY
output=$(timeout 60 python3 ask.py)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'frontends: Not specify host and port in `frontend` definition'
holds 'servers: vault-0'
echo 'as described'
