#!/usr/bin/env bash
# sshpk 1.18.0, a parser and writer of SSH keys and certificates in JavaScript, and certificates of Ed25519 keys.
#
# Input: two OpenSSH certificates made by `ssh-keygen -s`, which differ in the user key: its first byte is below 0x80 in one,
# and 0xc9 in the other. Both are read and written again.
# Expected: the bytes are the same, as they are for RSA and ECDSA keys. PROTOCOL.certkeys of OpenSSH has the key as a string of
# its bytes, and RFC 8032 has a key of 32 bytes.
# Seen: a key that begins with 0x80 or more is written like a number, with a zero before it: 33 bytes, a certificate that
# OpenSSH refuses as of invalid format, and whose signature no longer fits. That is every second key.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact sshpk@1.18.0 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const { parseCertificate } = require('sshpk');

const certificates = {
  below: [
    'AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29tAAAAINmTpvN0PK6ZY/+NgHiAD8wQc+n96uMsB1w8+uRVvwScAAAA',
    'IBP3n5ovZq+BH2rXufYV8RFfq7V2gjsoorqLXFnKrPiMAAAAAAAAAAEAAAABAAAABmRlcGxveQAAAAoAAAAGZGVwbG95AAAAAAAA',
    'AAD//////////wAAAAAAAACCAAAAFXBlcm1pdC1YMTEtZm9yd2FyZGluZwAAAAAAAAAXcGVybWl0LWFnZW50LWZvcndhcmRpbmcA',
    'AAAAAAAAFnBlcm1pdC1wb3J0LWZvcndhcmRpbmcAAAAAAAAACnBlcm1pdC1wdHkAAAAAAAAADnBlcm1pdC11c2VyLXJjAAAAAAAA',
    'AAAAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIFn62vDy75ZqS0jMhhvN7Pna2Hm88g8tzfx5JAHiA7bkAAAAUwAAAAtzc2gtZWQyNTUx',
    'OQAAAEB2Rv1g33dkbIGxwnll6nZPC9sy1dCJ8Jiuz6lLe44UGlSyucdTv9AL7DiquzsICVAyjiphXQk/ZZVnqPAAyT8I',
  ],
  above: [
    'AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29tAAAAIDFTbKnLxn6kJlJlMnO9nkZZ3EIOyh3D2jlfYHADTGxsAAAA',
    'IMm5AgZaSHXgJEz+Tq6pjQmIi5PGdKVhdusOB2O1HFA4AAAAAAAAAAEAAAABAAAABmRlcGxveQAAAAoAAAAGZGVwbG95AAAAAAAA',
    'AAD//////////wAAAAAAAACCAAAAFXBlcm1pdC1YMTEtZm9yd2FyZGluZwAAAAAAAAAXcGVybWl0LWFnZW50LWZvcndhcmRpbmcA',
    'AAAAAAAAFnBlcm1pdC1wb3J0LWZvcndhcmRpbmcAAAAAAAAACnBlcm1pdC1wdHkAAAAAAAAADnBlcm1pdC11c2VyLXJjAAAAAAAA',
    'AAAAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIFn62vDy75ZqS0jMhhvN7Pna2Hm88g8tzfx5JAHiA7bkAAAAUwAAAAtzc2gtZWQyNTUx',
    'OQAAAEDVaaZlV6OCH1I3wxJ9u0jIZ3IcfYjuRk/RrL8vM8Y6BhEHV877D2Pso9B0jpQ77CbUnpePeOhGAso9vu7XaVAO',
  ],
};
for (const [title, parts] of Object.entries(certificates)) {
  const text = `ssh-ed25519-cert-v01@openssh.com ${parts.join('')}`;
  const written = parseCertificate(Buffer.from(text), 'openssh').toBuffer('openssh').toString().trim();
  const length = (line) => Buffer.from(line.split(' ')[1], 'base64').length;
  console.log(`${title}: ${written === text ? 'the same' : 'another'} certificate, ${length(written) - length(text)} bytes longer`);
}
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'below: the same certificate, 0 bytes longer'
holds 'above: another certificate, 1 bytes longer'
echo 'as described'
