#!/usr/bin/env bash
# Installs the Pulumi CLI (of the SDK's version) and kubelogin for linux x64 into the directory $1.
# Each archive must have the checksum that its release publishes beside it: that finds a broken download, not a forged release.
set -euo pipefail

kubelogin=v0.2.18
cd "$(dirname "$0")/../.."
pulumi=$(node -p 'require("./package.json").dependencies["@pulumi/pulumi"]')

target=$1
mkdir -p "$target"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# fetch <address> <file>
fetch() {
    curl --fail --silent --show-error --location --proto '=https' --retry 3 --output "$work/$2" "$1"
}

# verify <file> <checksum>
verify() {
    echo "$2  $work/$1" | sha256sum --check --quiet || {
        echo "$1 is not what its release says: expected the SHA-256 checksum '$2'. Run the job again." >&2
        exit 1
    }
}

archive="pulumi-v$pulumi-linux-x64.tar.gz"
release="https://github.com/pulumi/pulumi/releases/download/v$pulumi"
fetch "$release/$archive" "$archive"
fetch "$release/pulumi-$pulumi-checksums.txt" pulumi-checksums
verify "$archive" "$(awk -v file="$archive" '$2 == file { print $1 }' "$work/pulumi-checksums")"
tar --extract --gzip --file "$work/$archive" --directory "$target" --strip-components 1

archive=kubelogin-linux-amd64.zip
release="https://github.com/Azure/kubelogin/releases/download/$kubelogin"
fetch "$release/$archive" "$archive"
fetch "$release/$archive.sha256" kubelogin-checksum
verify "$archive" "$(awk '{ print $1; exit }' "$work/kubelogin-checksum")"
unzip -q -o -j "$work/$archive" bin/linux_amd64/kubelogin -d "$target"
chmod +x "$target/kubelogin"
