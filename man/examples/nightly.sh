#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A night's benchmark for cron: records a test suite, checks its records, reports and draws.
#
#     nightly.sh DIR COMMAND [ARG...]
#
# COMMAND is the suite; it writes its records to the file that $BENCHMARK_RECORDS names.  DIR gets
#
#     RUN.jsonl  RUN-memory.jsonl  RUN.log     records, samples, what the suite printed
#     RUN.md     RUN.html                      report and timeline
#
# It prints only what somebody should look at, and then exits with 1: cron mails what is printed (MAILTO), so no mail
# means that all is well.  cron's PATH is short; the tools are looked for in $MLXK_BENCH_BIN as well.
set -u
PATH=${MLXK_BENCH_BIN:-/usr/local/bin}:$PATH
export PATH
[ $# -ge 2 ] || { echo "usage: nightly.sh dir command [arg ...]" >&2 && exit 2; }
dir=$1
shift

trouble=
tell() { trouble="$trouble
- $*"; }
fail() { echo "nightly.sh: $*" >&2 && exit 1; }

mkdir -p "$dir" || exit 1
before=$(find "$dir" -name '*.md' ! -name 'BENCHMARK*' | sort | tail -n 1) # the last run that came to its report
mkdir "$dir/running" 2>/dev/null || fail "$dir/running is there: another run is going on, or was cut off"
trap 'rmdir "$dir/running"' EXIT
trap 'exit 1' HUP INT TERM
run=$dir/$(date +%Y-%m-%dT%H%M%S)
BENCHMARK_RECORDS=$run.jsonl
export BENCHMARK_RECORDS

memmon -q -o "$run-memory.jsonl" -- "$@" >"$run.log" 2>&1 </dev/null
status=$?
[ "$status" = 0 ] || tell "the suite exited with $status: $(tail -n 1 "$run.log")"
tail -n 1 "$run-memory.jsonl" 2>/dev/null | grep -q '"summary"' || tell "there is no whole recording"
[ -s "$run.jsonl" ] || fail "the suite wrote no records$trouble
See $run.log"
if validate "$run.jsonl" >/dev/null 2>"$run.invalid"; then
    rm "$run.invalid"
else
    tell "there are records that do not fit their schema: $run.invalid"
fi

# A genreport that compares judges this run by the one before.
set -- -o "$run.md" "$run.jsonl" "$run-memory.jsonl"
if [ -n "$before" ] && genreport -h | grep -q '^ *-g'; then
    set -- -c "${before%.md}.jsonl" -g regressed "$@"
fi
genreport "$@" 2>>"$run.log" || tell "the report says that something is wrong, or could not be made: $run.md"
memplot -o "$run.html" "$run.jsonl" "$run-memory.jsonl" 2>>"$run.log" || tell "the timeline could not be made"

[ -n "$trouble" ] || exit 0
echo "$run:$trouble"
[ ! -f "$run.md" ] || sed -n '/^## .*Executive Summary/,/^## .*Test Summary/{/^## /d;p;}' "$run.md"
exit 1
