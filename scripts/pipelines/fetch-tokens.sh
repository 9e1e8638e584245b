#!/usr/bin/env bash
# Gets a token for everything that a run talks to, while the assertion that the az session began with is still valid: GitHub's
# lives for minutes, and az cannot ask for another. az keeps the tokens, and gives them out for about an hour.
set -euo pipefail

scopes=(
    https://management.azure.com/.default
    https://storage.azure.com/.default
    https://vault.azure.net/.default
    # The API servers of all AKS clusters, as in components/internal/kubeconfig.ts.
    6dae42f8-4368-4678-94ff-3960e28e3630/.default
)
for scope in "${scopes[@]}"; do
    az account get-access-token --scope "$scope" --output none
done
