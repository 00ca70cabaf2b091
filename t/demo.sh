#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A real job, recorded, checked, reported on and drawn: the job is our own tests.  demo.sh BUILD UNIT-TEST...
set -eu
cd "$(dirname "$0")/.."
build=$1
shift
PATH=$(cd "$build" && pwd)/bin:$PATH
export PATH
to=$build/demo
mkdir -p "$to"
rm -f "$to"/*

echo "Recording the unit tests and some of the end-to-end tests, a sample each 50 ms ..."
BENCHMARK_RECORDS=$to/tests.jsonl BUILD=$build memmon -i 50 -q -o "$to/memory.jsonl" -- \
    sh t/run.sh "$@" t/validate.t t/genreport.t t/memplot.t >"$to/job.log" 2>&1 ||
    { cat "$to/job.log" && exit 1; }
tail -n 3 "$to/job.log"

cat "$to/memory.jsonl" "$to/tests.jsonl" | validate | genreport >"$to/report.md"
cat "$to/memory.jsonl" "$to/tests.jsonl" | memplot -t "mlxk-bench, its own tests" >"$to/timeline.html"

echo
echo "Report:    $to/report.md"
echo "Timeline:  $to/timeline.html  (open it in a browser)"
echo "Data:      $to/memory.jsonl $to/tests.jsonl"
echo
sed -n '1,30p' "$to/report.md"
