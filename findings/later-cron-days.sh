#!/usr/bin/env bash
# later 1.2.0 of npm, a scheduler, and days in its cron expressions.
#
# Input: `0 3 * * 7`, the form in which many crontabs write Sunday, and `0 3 1,15 * 5`, from Saturday 2026-11-28 on.
# Expected: Sunday 2026-11-29, and Tuesday 2026-12-01: crontab(5) says that 0 and 7 are Sunday, and that a command runs
# when either the day of the month or the day of the week matches, if both are restricted.
# Seen: Saturday 2026-11-28, without an error: the 7 is ignored, and the schedule is of every day. And Friday 2027-01-01:
# both have to match.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Node.js 20 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts --save-exact later@1.2.0 >/dev/null 2>&1

cat >ask.cjs <<'JS'
const later = require('later');

later.date.UTC();
for (const cron of ['0 3 * * 0', '0 3 * * 7', '0 3 1,15 * 5']) {
  const next = later.schedule(later.parse.cron(cron)).next(1, new Date('2026-11-28T00:00:00Z'));
  console.log(`${cron}: ${next.toISOString()}`);
}
JS
output=$(timeout 60 node ask.cjs)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds '0 3 * * 0: 2026-11-29T03:00:00.000Z'
holds '0 3 * * 7: 2026-11-28T03:00:00.000Z'
holds '0 3 1,15 * 5: 2027-01-01T03:00:00.000Z'
echo 'as described'
