#!/usr/bin/env bash
# Writes what the stack $1 costs a month, beside what it costs on the base branch of a pull request, as Markdown into $2, for the
# comment. Needs no secret and no Azure: both are planned offline. What cannot be found out is said in the text; a preview does
# not fail for it.
set -euo pipefail
cd "$(dirname "$0")/../.."

stack=$1
target=$2
mkdir -p "$(dirname "$target")"
rm -f "$target"
work=$(mktemp -d)
trap 'git worktree remove --force "$work/base" 2> /dev/null || true; rm -rf "$work"' EXIT

# A pull request is checked out as it would be merged: its first parent is the base branch. That takes a check-out of two commits.
plan_base() {
    if ! git rev-parse --quiet --verify "HEAD^2" > /dev/null; then
        echo "The check-out is no merge of a pull request with its history." >&2
        return 1
    fi
    git worktree add --quiet --detach "$work/base" "HEAD^1"
    # Its own packages: those of the pull request may be others. npm's own output would stand in the log twice.
    (cd "$work/base" && npm ci --silent && npm run --silent plan -- "$stack" --json) > "$work/base.json" || true
    # A stack that cannot be planned, or does not hold a check, is in the document, too.
    node -e 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))' "$work/base.json" 2> /dev/null
}

compare=()
if plan_base; then
    compare=(--compare "$work/base.json")
fi
npm run --silent plan -- "$stack" "${compare[@]}" --cost-markdown "$target" > "$work/plan.txt" || true
if [ ! -s "$target" ]; then
    echo "**Cost:** could not be estimated; the log of the run says why." > "$target"
elif [ "${#compare[@]}" -eq 0 ]; then
    echo "Not compared with the base branch: it could not be planned; the log of the run says why." >> "$target"
fi
