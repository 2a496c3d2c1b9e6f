#!/usr/bin/env bash
# @litehex/node-vault 1.1.4, a typed client of Vault, and an answer with a warning.
#
# Input: the answer of a server to a read of KV version 2, once with `"warnings": null` and once with a warning.
# Expected: both times the secret. `warnings` is a list of strings: `Warnings []string` of `Secret` in
# github.com/hashicorp/vault/api.
# Seen: the library checks that `warnings` is a map. With a warning it returns only the error "Failed to parse response", and
# the secret is lost.
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

const metadata = {
  created_time: '2026-01-01T00:00:00Z',
  custom_metadata: null,
  deletion_time: '',
  destroyed: false,
  version: 1,
};
const answer = (warnings) => ({
  request_id: '00000000-0000-0000-0000-000000000000',
  lease_id: '',
  renewable: false,
  lease_duration: 0,
  data: { data: { user: 'app' }, metadata },
  wrap_info: null,
  warnings,
  auth: null,
});

(async () => {
  const answers = [null, ['The key is deprecated.']];
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer(answers.shift())));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const client = new Client({ endpoint: `http://127.0.0.1:${server.address().port}`, token: 'token' });
  for (const title of ['without', 'with']) {
    const { data, error } = await client.kv2.read({ mountPath: 'secret', path: 'app' });
    console.log(`${title} a warning: ${JSON.stringify(data?.data.data ?? null)} ${error?.message ?? 'no error'}`);
  }
  server.close();
  server.closeAllConnections();
})();
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'without a warning: {"user":"app"} no error'
holds 'with a warning: null Failed to parse response'
echo 'as described'
