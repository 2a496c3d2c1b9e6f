#!/usr/bin/env bash
# @microsoft/eslint-formatter-sarif 3.1.0, the formatter of ESLint for SARIF, and braces in a message.
#
# Input: the message of the rule `curly` of ESLint: Expected { after 'if' condition.
# Expected: `Expected {{ after` in the text: SARIF 2.1.0, section 3.11.5, has a single brace as part of a placeholder, and two
# for a brace in the text.
# Seen: the brace is written as it is. The text is no valid message string, and viewers that replace placeholders as specified
# lose it or fail.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact @microsoft/eslint-formatter-sarif@3.1.0 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const format = require('@microsoft/eslint-formatter-sarif');

const message = { ruleId: 'curly', severity: 2, message: "Expected { after 'if' condition.", line: 1, column: 1 };
const result = { filePath: '/folder/main.js', messages: [message], suppressedMessages: [], errorCount: 1, warningCount: 0 };
const docs = { description: 'braces', url: 'https://eslint.org/docs/latest/rules/curly' };
const { runs } = JSON.parse(format([result], { rulesMeta: { curly: { type: 'suggestion', docs } } }));
console.log(JSON.stringify(runs[0].results[0].message));
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds '{"text":"Expected { after '\''if'\'' condition."}'
echo 'as described'
