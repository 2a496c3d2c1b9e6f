#!/usr/bin/env bash
# parse-prometheus-text-format 1.1.1, a reader of metrics in JavaScript, and summaries and histograms with labels.
#
# Input: a summary of two label sets (two audit devices, as a server with several reports them), and a histogram of two label
# sets, in the text format of Prometheus 0.0.4.
# Expected: two metrics each, with labels, sum and count. The format documents them: sum and count are samples of the same
# labels, and the README shows labels, sums and counts of summaries without quantiles.
# Seen: one metric each, without labels, sum and count; its quantiles or buckets are those of the last label set, the others are
# lost.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact parse-prometheus-text-format@1.1.1 >/dev/null 2>&1

cat >metrics.txt <<'METRICS'
# TYPE log_request summary
log_request{device="file",quantile="0.5"} 1
log_request_sum{device="file"} 10
log_request_count{device="file"} 5
log_request{device="socket",quantile="0.5"} 2
log_request_sum{device="socket"} 20
log_request_count{device="socket"} 6
# TYPE log_size histogram
log_size_bucket{device="file",le="+Inf"} 5
log_size_sum{device="file"} 10
log_size_count{device="file"} 5
log_size_bucket{device="socket",le="+Inf"} 6
log_size_sum{device="socket"} 20
log_size_count{device="socket"} 6
METRICS

cat >ask.cjs <<'JS'
const { readFileSync } = require('node:fs');
const parse = require('parse-prometheus-text-format');

for (const { name, metrics } of parse(readFileSync('metrics.txt', 'utf8'))) console.log(`${name}: ${JSON.stringify(metrics)}`);
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'log_request: [{"quantiles":{"0.5":"2"}}]'
holds 'log_size: [{"buckets":{"+Inf":"6"}}]'
echo 'as described'
