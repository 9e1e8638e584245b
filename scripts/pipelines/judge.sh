#!/usr/bin/env bash
# Has other tools judge the exports of both stacks (docs/judge.md), charts included: each in the version that the program pins,
# from where the program takes it. Needs helm and python3 with venv, which the hosted machines of GitHub and Azure DevOps have.
set -euo pipefail
cd "$(dirname "$0")/../.."

charts=$PWD/out/charts
mkdir -p "$charts"
pins=$(node --require ./speed/register.cjs --eval '
    const { chartLocation, charts } = require("./components/internal/charts");
    for (const pin of Object.values(charts)) {
        const { chart, version, repositoryOpts } = chartLocation(pin);
        console.log(`${chart} ${version} ${repositoryOpts?.repo ?? ""}`);
    }
')
while read -r chart version repository; do
    helm pull "$chart" --version "$version" ${repository:+--repo "$repository"} --destination "$charts"
done <<< "$pins"
export LANDING_ZONE_CHARTS=$charts
exec npm run --silent judge
