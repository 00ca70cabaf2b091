#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs fuzz targets, two at a time, and says in one line each what came of it.
#
#   BUILD=DIR [T=SECONDS] run.sh TARGET…   targets built in DIR
#   BUILD=DIR RUNS=N run.sh TARGET…        the seeds, and what N runs make of them, always the same
#   BUILD=DIR run.sh --seeds TARGET…       makes the seeds alone, in DIR/seeds
#   run.sh --check CC                      is there a compiler with libFuzzer?
#
# JOBS: how many at a time, two if it is not set.  Without T, `line` runs for ten minutes and the others share ten.  Status 1: something was found, or nothing can run.
set -u
LC_ALL=C
export LC_ALL

if [ "$1" = --check ]; then
    dir=$(mktemp -d "${TMPDIR:-/tmp}/fuzz.XXXXXX") || exit 1
    trap 'rm -rf "$dir"' EXIT
    echo 'int LLVMFuzzerTestOneInput(const char *data, long size) { return data && size < 0; }' >"$dir/a.c"
    "$2" -fsanitize=fuzzer,address,undefined -o "$dir/a" "$dir/a.c" 2>"$dir/log" && exit 0
    echo "fuzz: $2 cannot build a fuzz target; it takes clang with its libFuzzer (sh .ci/deps fuzz installs both):" >&2
    head -n 3 "$dir/log" >&2
    exit 1
fi

cd "$(dirname "$0")/../.." || exit
fuzz=$BUILD
lines=$fuzz/lines
FUZZ_FINDINGS=$fuzz/findings
export FUZZ_FINDINGS
# New parsers and blocks are large, and made for each input: twice the speed, and what is freed is still watched.
ASAN_OPTIONS=clear_shadow_mmap_threshold=16777216:quarantine_size_mb=8:${ASAN_OPTIONS:-}
export ASAN_OPTIONS

# Files of one text each, from what other tests and the reports have.
seeds_make() { # NAME DIR
    case $1 in
    line | record | events | upgrade) # the first lines of each make, a few of them one after the other as `line` wants them
        for file in t/data/broken/*.jsonl t/data/golden/*/*/*.jsonl reports/*.jsonl; do
            [ -f "$file" ] || continue
            head -n 12 "$file" | cut -c 1-3000 | split -l 1 - "$2/$(echo "$file" | tr / -)-"
            head -n 3 "$file" | cut -c 1-900 | tr '\n' '\377' >"$2/$(echo "$file" | tr / -)-all"
        done
        ;;
    report | timeline) # after their options
        for file in t/data/golden/*/*/*.jsonl reports/*.jsonl; do
            [ -f "$file" ] && { printf AD && head -n 12 "$file" | cut -c 1-700 | head -c 4000; } >"$2/$(echo "$file" | tr / -)"
        done
        ;;
    reader)
        for file in t/data/broken/*.jsonl t/data/golden/*/*/*.jsonl; do
            head -c 2000 "$file" >"$2/$(echo "$file" | tr / -)"
        done
        ;;
    document | config | schema) # the first byte is an option of the target
        find t schemas -name '*.yaml' -o -name '*.schema.json' -size -8 | grep -v node_modules | while read -r file; do
            { printf A && cat "$file"; } >"$2/$(echo "$file" | tr / -)"
        done
        ;;
    esac
}

# All seeds of a target, and its dictionary beside them.
seeds_all() { # NAME DIR
    rm -rf "$2"
    mkdir -p "$2"
    seeds_make "$1" "$2"
    [ -d "t/fuzz/seeds/$1" ] && cp -R "t/fuzz/seeds/$1/." "$2"
    cat t/fuzz/json.dict >"$2.dict"
    case $1 in line | record | events | report | timeline | upgrade) cat t/fuzz/records.dict >>"$2.dict" ;; esac
}

if [ "$1" = --seeds ]; then
    shift
    for name; do seeds_all "$name" "$fuzz/seeds/$name"; done
    exit 0
fi

# One target in a process of its own, so that xargs can run two.
if [ "$1" = --one ]; then
    name=$2 seconds=$3
    corpus=$fuzz/corpus/$name seeds=$fuzz/seeds/$name log=$fuzz/$name.log limit=-max_total_time=$seconds
    dict=$seeds.dict
    if [ -n "${RUNS:-}" ]; then
        corpus=$fuzz/once/$name
        rm -rf "$corpus"
    fi
    mkdir -p "$corpus"
    seeds_all "$name" "$seeds"
    [ -z "${RUNS:-}" ] || limit="-seed=1 -runs=$((RUNS + $(find "$seeds" -type f | wc -l)))"
    start=$(date +%s)
    case $name in # bytes; where a reader can be slow or needs little, less finds more
    time | number) max=128 ;;
    reader | write) max=512 ;;
    line) max=1100 ;; # 512 brackets and what closes them
    report | timeline) max=4096 ;;
    queue) max=64 ;;
    *) max=2048 ;;
    esac
    # shellcheck disable=SC2086 # some words
    "$fuzz/t/fuzz/$name" $limit -timeout=10 -rss_limit_mb=2048 -max_len=$max -print_final_stats=1 \
        -dict="$dict" -artifact_prefix="$FUZZ_FINDINGS/$name-" "$corpus" "$seeds" >"$log" 2>&1
    status=$?
    took=$(($(date +%s) - start))
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    input=$(sed -n 's/^.*Test unit written to //p' "$log")
    found=0
    [ "$status" = 0 ] || found=1
    printf '%-10s %12s %8d %10d %8d %9d\n' "$name" "${runs:--}" "$took" $((${runs:-0} / (took > 0 ? took : 1))) \
        "$(find "$corpus" -type f | wc -l)" "$found" >"$lines/$name"
    [ "$found" = 0 ] && exit 0
    {
        echo "fuzz: $name: status $status; the last lines of $log:"
        grep -v '^stat::' "$log" | grep -E -A 12 'this must hold|ERROR|runtime error' | head -n 24 | sed 's/^/    /'
        if [ -n "$input" ]; then
            echo "fuzz: $name: the input lies in $input; it is repeated by"
            echo "    $fuzz/t/fuzz/$name $input"
        fi
    } >&2
    exit 1
fi

others=0
for name; do [ "$name" = line ] || others=$((others + 1)); done
rm -rf "$lines"
mkdir -p "$lines" "$FUZZ_FINDINGS"
{ # the longest first
    for name; do [ "$name" != line ] || echo "line ${T:-600}"; done
    for name; do [ "$name" = line ] || echo "$name ${T:-$((600 / others))}"; done
} | xargs -P "${JOBS:-2}" -L 1 sh t/fuzz/run.sh --one
status=$?
printf '%-10s %12s %8s %10s %8s %9s\n' target executions seconds exec/s corpus findings
for name; do cat "$lines/$name" 2>/dev/null || echo "$name did not run"; done
[ "$status" = 0 ]
