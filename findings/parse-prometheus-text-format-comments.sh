#!/usr/bin/env bash
# parse-prometheus-text-format 1.1.1, a reader of metrics in JavaScript, and comments.
#
# Input: a line `#updated every minute`, without a space after `#`, and a line `# HELP up` without a text.
# Expected: the first is ignored and the second is a help text that is empty. The text format of Prometheus 0.0.4 says that
# lines with `#` as first character are comments, ignored unless the first token after it is HELP or TYPE; the text of HELP may
# be any sequence of characters.
# Seen: the first is returned as a metric of the name `#updated`, the second raises an error.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact parse-prometheus-text-format@1.1.1 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const parse = require('parse-prometheus-text-format');

for (const [title, comment] of Object.entries({ comment: '#updated every minute', help: '# HELP up' })) {
  try {
    console.log(`${title}: ${JSON.stringify(parse(`${comment}\nup 1\n`).map(({ name }) => name))}`);
  } catch ({ message }) {
    console.log(`${title}: ${message}`);
  }
}
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'comment: ["#updated","up"]'
holds 'help: Encountered invalid line: # HELP up'
echo 'as described'
