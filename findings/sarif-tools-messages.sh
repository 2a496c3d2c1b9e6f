#!/usr/bin/env bash
# sarif-tools 3.0.5, a reader of SARIF, and messages and locations that refer to other places of the file.
#
# Input: a log of SARIF 2.1.0 with two results: a message of a text with placeholders and arguments, and a message by the id of
# a string of its rule, with a location by the index of an artifact.
# Expected: "Path secret/* grants sudo." twice, and policies/app.hcl: SARIF 2.1.0, sections 3.11.5 and 3.11.7, has a viewer
# replace the placeholders and look the string up, and section 3.4.5 has the index stand for the artifact.
# Seen: the placeholders as they are, the id instead of its string, and `-` for the file.
#
# Exits with 0 while that is so, with 1 once it has changed. Needs Python 3.11 and a package registry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m pip install --quiet --no-compile --disable-pip-version-check --target lib \
  --no-deps sarif-tools==3.0.5 jsonpath-ng==1.16.0 PyYAML==6.0.4 >/dev/null 2>&1
export PYTHONPATH="$folder/lib"

cat >log.sarif <<'JSON'
{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "linter",
          "rules": [{ "id": "sudo", "messageStrings": { "grants": { "text": "Path {0} grants {1}." } } }]
        }
      },
      "artifacts": [{ "location": { "uri": "policies/app.hcl" } }],
      "results": [
        {
          "ruleId": "sudo",
          "ruleIndex": 0,
          "message": { "text": "Path {0} grants {1}.", "arguments": ["secret/*", "sudo"] },
          "locations": [
            { "physicalLocation": { "artifactLocation": { "uri": "policies/app.hcl" }, "region": { "startLine": 1 } } }
          ]
        },
        {
          "ruleId": "sudo",
          "ruleIndex": 0,
          "message": { "id": "grants", "arguments": ["secret/*", "sudo"] },
          "locations": [{ "physicalLocation": { "artifactLocation": { "index": 0 }, "region": { "startLine": 2 } } }]
        }
      ]
    }
  ]
}
JSON

cat >ask.py <<'PY'
from sarif.loader import load_sarif_file

for record in load_sarif_file("log.sarif").get_records():
    print(f"{record['Location']}:{record['Line']}: {record['Description']}")
PY
output=$(timeout 60 python3 ask.py)

printf '%s\n' "$output"
holds() { grep -qxF -- "$1" <<<"$output" || { echo "changed: no longer seen: $1"; exit 1; }; }
holds 'policies/app.hcl:1: Path {0} grants {1}.'
holds '-:2: grants'
echo 'as described'
