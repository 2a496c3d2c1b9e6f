#!/usr/bin/env bash
# ssh-certificate-parser 1.6.0, a reader of SSH certificates in Python, and the RSA key of the authority.
#
# Input: a user certificate signed by an RSA key with exponent 65537. The README names certificates of RSA authorities as the
# ones that are supported.
# Expected: `ca.exponent` is 65537 and `ca.modulus` has 2048 bits: RFC 4253, section 6.6, has a key of ssh-rsa as exponent, then
# modulus.
# Seen: the two are swapped.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Python 3.11 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m pip install --quiet --no-compile --disable-pip-version-check --target lib \
  ssh-certificate-parser==1.6.0 cryptography==46.0.3 >/dev/null 2>&1
export PYTHONPATH="$folder/lib"

cat >ask.py <<'PY'
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import SSHCertificateBuilder, SSHCertificateType
from ssh_certificate_parser import SSHCertificate

authority, user = generate_private_key(65537, 2048), generate_private_key(65537, 2048)
certificate = (
    SSHCertificateBuilder()
    .public_key(user.public_key())
    .type(SSHCertificateType.USER)
    .serial(1)
    .key_id(b"deploy")
    .valid_principals([b"deploy"])
    .valid_after(0)
    .valid_before(4102444800)
    .sign(authority)
)
key = SSHCertificate.from_bytes(certificate.public_bytes()).ca
print(f"modulus of {int.from_bytes(key.modulus, 'big').bit_length()} bits")
print(f"exponent of {int.from_bytes(key.exponent, 'big').bit_length()} bits")
PY
output=$(timeout 60 python3 ask.py)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'modulus of 17 bits'
holds 'exponent of 2048 bits'
echo 'as described'
