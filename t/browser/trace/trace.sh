#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A trace by memplot in a viewer of somebody else's: trace.sh BUILD.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
chrome=$(sh "$here/../chromium.sh") ||
    { echo "check-trace: needs Chromium (set CHROMIUM to its path)" >&2; exit 1; }
dir=$build/browser/trace
mkdir -p "$dir"
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$here/trace.mjs" "$dir/"
(cd "$dir" && "${NPM:-npm}" ci --ignore-scripts --no-audit --no-fund --loglevel=error) >&2
run=$here/../../../reports/2026-11-23-v2.0.4
"$build/bin/memplot" -f trace -o "$dir/trace.json" "$run-memory.jsonl" "$run-benchmark.jsonl" "$run-server.jsonl"
"${NODE:-node}" "$dir/trace.mjs" "$chrome" "$dir/trace.json" "$run-benchmark.jsonl" >"$dir/tap"
cat "$dir/tap"
! grep -q '^not ok' "$dir/tap"
