#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A night's benchmark for cron: records a test suite, checks its records, reports and draws.
#
#     nightly.sh DIR COMMAND [ARG...]
#
# COMMAND is the suite; it writes its records to the file that $BENCHMARK_RECORDS names.  DIR gets
#
#     RUN-benchmark.jsonl  RUN-memory.jsonl  RUN.log     records, samples, what the suite printed
#     RUN.md               RUN.html                      report, by the five runs before, and timeline
#
# It prints only what somebody should look at, and then exits with 1: cron mails what is printed (MAILTO), so no mail
# means that all is well.  cron's PATH is short, so the tools are looked for in $MLXK_BENCH_BIN as well;
# $MLXK_BENCH_PREFIX stands before their names, as they were installed.
set -u
PATH=${MLXK_BENCH_BIN:-/usr/local/bin}:$PATH
export PATH
prefix=${MLXK_BENCH_PREFIX-}
[ $# -ge 2 ] || {
    echo "usage: nightly.sh dir command [arg ...]" >&2
    exit 2
}
case $1 in -*) dir=./$1 ;; *) dir=$1 ;; esac
shift

trouble=
tell() { trouble="$trouble
- $*"; }
beginning() { awk 'NR <= 20; END { if (NR > 20) print "... and " NR - 20 " lines more" }'; }
fail() {
    echo "nightly.sh: $*" >&2
    exit 1
}

mkdir -p "$dir" || exit 1
before=$(for old in "$dir"/*-benchmark.jsonl; do [ ! -s "$old" ] || printf '%s\n' "$old"; done | tail -n 5)
# One run at a time.  The lock is a link to "PID COMMAND", made in one step; after a power cut its owner is gone, or that
# PID is another's, and the lock is taken over.  Where there is no ps to tell, a person has to remove it.
lock=$dir/running
command_of() { ps -o args= -p "$1" 2>/dev/null | cut -c 1-200; }
take_lock() { [ ! -d "$lock" ] && ln -s "$$ $(command_of $$)" "$lock" 2>/dev/null; }
take_lock || {
    owner=$(readlink "$lock")
    if [ -z "${owner#* }" ] || [ "$(command_of "${owner%% *}")" = "${owner#* }" ]; then
        fail "$lock is there: another run is going on${owner:+, process ${owner%% *}}; if it was cut off, remove the lock"
    fi
    # Of several that find it so, one takes it over, if nobody has meanwhile.
    mkdir "$lock.taking" 2>/dev/null || fail "$lock.taking is there: another run takes the lock over; if it was cut off, remove both"
    [ "$(readlink "$lock")" != "$owner" ] || rm -f "$lock"
    rmdir "$lock.taking"
    take_lock || fail "$lock is there: another run has just begun"
}
trap 'rm -f "$lock"' EXIT
trap 'exit 1' HUP INT TERM
run=
while [ -z "$run" ] || [ -e "$run.log" ]; do # no two of one second
    [ -z "$run" ] || sleep 1
    run=$dir/$(date +%Y-%m-%dT%H%M%S)
done
BENCHMARK_RECORDS=$run-benchmark.jsonl
export BENCHMARK_RECORDS

"${prefix}memmon" -q -o "$run-memory.jsonl" -- "$@" >"$run.log" 2>&1 </dev/null
status=$?
[ "$status" = 0 ] || tell "the suite exited with $status: $(tail -n 1 "$run.log")"
tail -n 1 "$run-memory.jsonl" 2>/dev/null | grep -q '"summary"' || tell "there is no whole recording"
[ -s "$BENCHMARK_RECORDS" ] || fail "the suite wrote no records$trouble
See $run.log"
if "${prefix}validate" "$BENCHMARK_RECORDS" >/dev/null 2>"$run.invalid"; then
    rm "$run.invalid"
else
    tell "there are records that do not fit their schema: $run.invalid"
fi

gates=failed,degraded
[ -z "$before" ] || gates=regressed,$gates
set -- -g "$gates" -o "$run.md" "$BENCHMARK_RECORDS" "$run-memory.jsonl"
IFS='
'
for old in $(printf '%s\n' "$before" | sort -r); do set -- -c "$old" "$@"; done # the oldest comes first
findings=$("${prefix}genreport" "$@" 2>&1) || tell "$(printf '%s\n' "$findings" | beginning)"
"${prefix}memplot" -o "$run.html" "$BENCHMARK_RECORDS" "$run-memory.jsonl" 2>>"$run.log" || tell "the timeline could not be made"

[ -n "$trouble" ] || exit 0
echo "$run:$trouble"
[ ! -f "$run.md" ] || awk '/^<details>|^## / { on = 0 } on; /^## .*Executive Summary/ { on = 1 }' "$run.md"
exit 1
