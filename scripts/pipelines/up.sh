#!/usr/bin/env bash
# Applies the update plan $2 to the stack $1. What a guard would refuse is allowed by name, through the environment: names and
# URNs separated by spaces in ALLOW_REPLACE and ALLOW_DELETE, a number in MAX_DELETIONS.
set -euo pipefail
# Names are names: no file name patterns.
set -f

arguments=("$1" --plan "$2" --yes)
for name in ${ALLOW_REPLACE:-}; do arguments+=(--allow-replace "$name"); done
for name in ${ALLOW_DELETE:-}; do arguments+=(--allow-delete "$name"); done
for number in ${MAX_DELETIONS:-}; do arguments+=(--max-deletions "$number"); done
exec npm run --silent lz -- up "${arguments[@]}"
