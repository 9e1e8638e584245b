#!/usr/bin/env bash
# Applies the update plan $2 to the stack $1. What a guard would refuse is allowed by name, through the environment: names and
# URNs separated by spaces in ALLOW_REPLACE and ALLOW_DELETE, a number in MAX_DELETIONS. They count for the stack ALLOW_FOR only:
# the driver refuses a name of which nothing is to be lost, and one run deploys two stacks.
set -euo pipefail
# Names are names: no file name patterns.
set -f

stack=$1
arguments=("$stack" --plan "$2" --yes)
if [[ ${ALLOW_FOR:-} == "$stack" ]]; then
    for name in ${ALLOW_REPLACE:-}; do arguments+=(--allow-replace "$name"); done
    for name in ${ALLOW_DELETE:-}; do arguments+=(--allow-delete "$name"); done
    for number in ${MAX_DELETIONS:-}; do arguments+=(--max-deletions "$number"); done
fi
exec npm run --silent lz -- up "${arguments[@]}"
