#!/usr/bin/env bash
# @litehex/node-vault 1.1.4, a typed client of Vault, and roles of the AWS secrets engine.
#
# Input: `aws.role` with the name and the policies of a role, then `aws.roleInfo` of that name; `aws.lease`.
# Expected: POST /v1/aws/roles/deploy, GET /v1/aws/roles/deploy and GET /v1/aws/config/lease: endpoints "Create/Update role",
# "Read role" and "Read lease" in the API documentation of the AWS secrets engine.
# Seen: the role is written to /v1/aws/config/role, which does not exist, and the lease is read with POST, which the API
# documents as writing it.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact @litehex/node-vault@1.1.4 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const { createServer } = require('node:http');
const { Client } = require('@litehex/node-vault');

(async () => {
  const server = createServer((request, response) => {
    console.log(`${request.method} ${request.url}`);
    response.writeHead(204).end();
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const client = new Client({ endpoint: `http://127.0.0.1:${server.address().port}`, token: 'token' });
  const policy = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  await client.aws.role({ name: 'deploy', credential_type: 'iam_user', policy_arns: [policy] });
  await client.aws.roleInfo({ name: 'deploy' });
  await client.aws.lease({});
  server.close();
  server.closeAllConnections();
})();
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'POST /v1/aws/config/role'
holds 'GET /v1/aws/roles/deploy'
holds 'POST /v1/aws/config/lease'
echo 'as described'
