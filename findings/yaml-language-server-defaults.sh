#!/usr/bin/env bash
# yaml-language-server 1.25.0, the program behind YAML in most editors, and the defaults of a JSON Schema.
#
# Input: a valid schema (draft 2020-12) of three keys, all with a description and a default, and a valid YAML file with its
# `# yaml-language-server: $schema=` line.
# Expected: hovering over a key shows its default, as completion uses it; the snippet that completion inserts is valid YAML that
# has the default; a Markdown description is preferred wherever there is one.
# Seen: hovering shows no default at all. Completion of a key whose default is a list of maps inserts the text `[object Object]`.
# Hovering over a key with `anyOf` whose value fits none of the shapes yet shows `description`, although there is a
# `markdownDescription`.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --save-exact yaml-language-server@1.25.0 vscode-jsonrpc@8.2.0 >/dev/null 2>&1

cat >schema.json <<'JSON'
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "properties": {
    "level": { "type": "string", "enum": ["info", "warn"], "default": "warn", "description": "Level of the log." },
    "logins": {
      "type": "array",
      "default": [{ "type": "approle" }],
      "description": "Ways to log in.",
      "items": { "type": "object", "properties": { "type": { "type": "string" } } }
    },
    "seal": {
      "default": "shamir",
      "description": "plain text",
      "markdownDescription": "Markdown text",
      "anyOf": [
        { "type": "string", "enum": ["shamir"] },
        { "type": "object", "properties": { "transit": { "type": "object" } }, "required": ["transit"] }
      ]
    }
  }
}
JSON

cat >ask.cjs <<'JS'
const { spawn } = require('node:child_process');
const { pathToFileURL } = require('node:url');
const rpc = require('vscode-jsonrpc/node');

const child = spawn(process.execPath, ['node_modules/yaml-language-server/bin/yaml-language-server', '--stdio']);
const connection = rpc.createMessageConnection(
  new rpc.StreamMessageReader(child.stdout),
  new rpc.StreamMessageWriter(child.stdin),
);
const yaml = { hover: true, completion: true, validate: true, schemaStore: { enable: false } };
connection.onRequest('workspace/configuration', ({ items }) => items.map(({ section }) => (section === 'yaml' ? yaml : {})));
connection.onRequest('client/registerCapability', () => null);
connection.listen();

const markdown = ['markdown'];
const uri = pathToFileURL(`${process.cwd()}/file.yaml`).href;
const ask = (method, line, character) =>
  connection.sendRequest(`textDocument/${method}`, { textDocument: { uri }, position: { line, character } });

(async () => {
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(process.cwd()).href,
    workspaceFolders: null,
    capabilities: {
      textDocument: {
        hover: { contentFormat: markdown },
        completion: { completionItem: { documentationFormat: markdown, snippetSupport: true } },
      },
      workspace: { configuration: true },
    },
  });
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('workspace/didChangeConfiguration', { settings: { yaml } });
  const text = '# yaml-language-server: $schema=schema.json\nlevel: info\n\nseal: \n';
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'yaml', version: 1, text },
  });
  const shown = async (line) => JSON.stringify((await ask('hover', line, 1)).contents.value);
  console.log(`hover level: ${await shown(1)}`);
  console.log(`hover seal: ${await shown(3)}`);
  const { items } = await ask('completion', 2, 0);
  console.log(`complete logins: ${JSON.stringify(items.find(({ label }) => label === 'logins').insertText)}`);
  child.kill();
  process.exit();
})();
JS

output=$(timeout 60 node ask.cjs)
printf '%s\n' "$output"
holds() { grep -q -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
lacks() { if grep -q -- "$1" <<<"$output"; then echo "changed: now seen: $1"; exit 1; fi; }
holds '^hover level: .*Level of the log'
lacks '^hover level: .*[Dd]efault'
holds '^hover seal: .*plain text'
lacks '^hover seal: .*Markdown text'
holds '^complete logins: .*\[object Object\]'
echo 'as described'
