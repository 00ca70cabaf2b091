#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run-fuzz.sh SECONDS JOBS: all fuzz targets of a kit (make fuzz-kit) on a machine with as many cores, and nothing else.
#
# Each job runs one target after another's finding for what is left of the time; a target with several jobs shares what
# leads anywhere among them.  Prints a line for each target; findings lie in `findings`.  Status 1: there are some.
set -u
LC_ALL=C ASAN_OPTIONS=clear_shadow_mmap_threshold=16777216:quarantine_size_mb=8
export LC_ALL ASAN_OPTIONS
[ $# = 2 ] || { echo "usage: run-fuzz.sh seconds jobs" >&2 && exit 2; }
seconds=$1 jobs=$2
cd "$(dirname "$0")" || exit
kit=$PWD
work=${FUZZ_WORK:-$kit/work}
mkdir -p "$work/findings" "$work/logs" "$work/corpus" || exit
[ -d "$work/bin" ] || tar -C "$work" -xzf bin.tar.gz || exit
[ -d "$work/seeds" ] || tar -C "$work" -xzf seeds.tar.gz || exit
cd "$work" || exit
rm -f logs/*

run_one() { # JOB NAME
    end=$(($(date +%s) + seconds)) try=0
    case $2 in # as in run.sh
    time | number) max=128 ;;
    reader | write) max=512 ;;
    line) max=1100 ;;
    report | timeline) max=4096 ;;
    queue) max=64 ;;
    *) max=2048 ;;
    esac
    while left=$((end - $(date +%s))) && [ "$left" -gt 0 ] && [ "$try" -lt 20 ]; do
        try=$((try + 1))
        "bin/$2" -max_total_time="$left" -seed=$(($1 * 100 + try)) -timeout=10 -rss_limit_mb=3000 -max_len=$max \
            -print_final_stats=1 -reload=10 -dict="seeds/$2.dict" -artifact_prefix="findings/$2-" "corpus/$2" "seeds/$2" \
            >"logs/$2.$1.$try" 2>&1 && break
    done
}

# The larger a target, the earlier it gets a second job.
names='report timeline schema line document upgrade record events config format reader write table procfs gpu paths queue time number'
job=0
while [ "$job" -lt "$jobs" ]; do
    for name in $names; do
        [ "$job" -lt "$jobs" ] || break
        job=$((job + 1))
        mkdir -p "corpus/$name"
        run_one "$job" "$name" &
    done
done
[ "$job" -ge 19 ] || echo "run-fuzz: with $jobs jobs only the first of 19 targets run" >&2
wait

printf '%-10s %12s %6s %10s %8s %9s\n' target executions jobs exec/s corpus findings
found=0
for name in $names; do
    runs=0 n=0 own=0
    for log in logs/"$name".*; do
        [ -f "$log" ] || continue
        one=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
        runs=$((runs + ${one:-0}))
        case $log in *.1) n=$((n + 1)) ;; esac
    done
    [ "$n" -gt 0 ] || continue
    for file in findings/"$name"-*; do [ ! -f "$file" ] || own=$((own + 1)); done
    found=$((found + own))
    printf '%-10s %12d %6d %10d %8d %9d\n' "$name" "$runs" "$n" $((runs / seconds)) \
        "$(find "corpus/$name" -type f | wc -l)" "$own"
done
for log in logs/*; do grep -h -A 3 -E 'this must hold|ERROR: |runtime error' "$log" | head -n 4; done | head -n 80
[ "$found" = 0 ]
