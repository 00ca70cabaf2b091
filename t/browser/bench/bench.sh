#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# memplot's page beside others: bench.sh BUILD.  The data is BUILD/bench's.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
chrome=$(sh "$here/../chromium.sh") ||
    { echo "bench: without pages: no Chromium (set CHROMIUM to its path)" >&2; exit 0; }
dir=$build/bench/page
mkdir -p "$dir"
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$here/bench.mjs" "$dir/"
(cd "$dir" && "${NPM:-npm}" ci --ignore-scripts --no-audit --no-fund --loglevel=error) >"$dir/log" 2>&1 ||
    { echo "bench: without pages: npm ci failed: $(head -n 1 "$dir/log")" >&2; exit 0; }
"$build/bin/memplot" -o "$dir/day.html" "$build/bench/day-memory.jsonl" "$build/bench/day-tests.jsonl"
"$build/bin/memplot" -o "$dir/week.html" "$build/bench/week-memory.jsonl" "$build/bench/week-tests.jsonl"
"${NODE:-node}" "$dir/bench.mjs" "$chrome" "$dir" "$build/bench/day-memory.jsonl"
