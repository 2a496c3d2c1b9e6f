#!/usr/bin/env bash
# java-properties 1.0.2 of npm, a reader of .properties files, and keys that end at a space or have one.
#
# Input: `broker.id 1`, `listeners<TAB>SSL://:9093` and `key\ with\ space=1`.
# Expected: the keys `broker.id`, `listeners` and `key with space`, as java.util.Properties documents and dot-properties
# 1.1.2 reads them: a space or a tab ends a key as `=` and `:` do, and a backslash makes it a part of the key.
# Seen: the keys `broker.id 1`, without a value, `listeners<TAB>SSL`, and one that keeps its backslashes.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact java-properties@1.0.2 dot-properties@1.1.2 >/dev/null 2>&1
printf 'broker.id 1\nlisteners\tSSL://:9093\nkey\\ with\\ space=1\n' >server.properties

cat >ask.cjs <<'JS'
const { readFileSync } = require('node:fs');
const { of } = require('java-properties');
const { parse } = require('dot-properties');

const show = (reader, values) => console.log(`${reader}: ${JSON.stringify(values)}`);
const properties = of('server.properties');
show('java-properties', Object.fromEntries(properties.getKeys().map((key) => [key, properties.get(key)])));
show('dot-properties', parse(readFileSync('server.properties', 'utf8')));
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'java-properties: {"broker.id 1":"","listeners\tSSL":"//:9093","key\\ with\\ space":"1"}'
holds 'dot-properties: {"broker.id":"1","listeners":"SSL://:9093","key with space":"1"}'
echo 'as described'
