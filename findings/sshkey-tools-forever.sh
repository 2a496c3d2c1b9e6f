#!/usr/bin/env bash
# sshkey-tools 0.12.2, SSH keys and certificates in Python, and a certificate without an end.
#
# Input: a user certificate that is valid forever, which `ssh-keygen -s` makes without `-V`; here the library `cryptography`
# makes it.
# Expected: it is read: PROTOCOL.certkeys of OpenSSH has the times as unsigned 64-bit numbers, and ssh-keygen(1) says that a
# certificate has no end by default, which is the largest of these numbers. Writing such a certificate with "forever" is
# documented.
# Seen: reading it raises OverflowError, as the number is no timestamp of the platform. The same certificate with an end is
# read.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Python 3.11 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m pip install --quiet --no-compile --disable-pip-version-check --target lib \
  sshkey-tools==0.12.2 cryptography==46.0.3 >/dev/null 2>&1
export PYTHONPATH="$folder/lib"

cat >ask.py <<'PY'
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import SSHCertificateBuilder, SSHCertificateType
from sshkey_tools.cert import SSHCertificate

authority, user = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
for title, end in [("until 2100", 4102444800), ("forever", 2**64 - 1)]:
    certificate = (
        SSHCertificateBuilder()
        .public_key(user.public_key())
        .type(SSHCertificateType.USER)
        .serial(1)
        .key_id(b"deploy")
        .valid_principals([b"deploy"])
        .valid_after(0)
        .valid_before(end)
        .sign(authority)
    )
    try:
        SSHCertificate.from_string(certificate.public_bytes())
        print(f"{title}: read")
    except OverflowError:
        print(f"{title}: OverflowError")
PY
output=$(timeout 60 python3 ask.py)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'until 2100: read'
holds 'forever: OverflowError'
echo 'as described'
