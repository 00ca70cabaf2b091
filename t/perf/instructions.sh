#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Counts the instructions that parsing takes, by callgrind: the same figure whatever else the machine does.
# instructions.sh BUILD
set -eu
cd "$(dirname "$0")/../.."
bench=$1/bench peers=$1/bench/peers
SAMPLE=4000000 # bytes, about

command -v valgrind >/dev/null || {
    echo "bench: no valgrind, so no instructions" >&2
    exit 0
}

# Instructions of a run on a file; what callgrind knows of it is left in FILE.callgrind.
count() { # FILE COMMAND…
    file=$1
    shift
    rm -f "$file.callgrind"
    valgrind --tool=callgrind --callgrind-out-file="$file.callgrind" "$@" <"$file" >"$file.log" 2>&1 || {
        sed -n '1,5p' "$file.log" >&2
        return 1
    }
    sed -n 's/^totals: //p' "$file.callgrind"
}

# Instructions a byte, less what the program takes for an empty file.
per_byte() { # FILE COMMAND…
    sample=$1
    shift
    start=$(count "$bench/empty.jsonl" "$@") && all=$(count "$sample" "$@") &&
        awk -v n="$((all - start))" -v bytes="$(wc -c <"$sample")" 'BEGIN { printf "%.2f", n / bytes }'
}

row() { # ours|peer NAME COMMAND…
    who=$1 name=$2
    shift 2
    [ -x "$1" ] || return 0
    if ! tests=$(per_byte "$bench/tests-4.jsonl" "$@") || ! memory=$(per_byte "$bench/memory-4.jsonl" "$@"); then
        [ "$who" = peer ] || exit 1
        echo "bench: without $name" >&2
        return 0
    fi
    printf '| %-40s | %6s | %7s |\n' "$name" "$tests" "$memory"
}

: >"$bench/empty.jsonl"
head -c "$SAMPLE" "$bench/week-tests.jsonl" | sed '$d' >"$bench/tests-4.jsonl"
head -c "$SAMPLE" "$bench/day-memory.jsonl" | sed '$d' >"$bench/memory-4.jsonl"

echo "| instructions a byte                      |  tests | samples |"
echo "|------------------------------------------|-------:|--------:|"
row ours "libjsonl, line by line" "$bench/parse_jsonl"
for what in tests memory; do
    mv "$bench/$what-4.jsonl.callgrind" "$bench/$what.callgrind"
done
row ours "libjsonl, block by block" "$bench/parse_jsonl" blocks
row peer "simdjson, DOM of each line (as emulated)" "$peers/bin/parse_simdjson" dom
row peer "yyjson" "$peers/bin/parse_yyjson"
row peer "RapidJSON, in situ" "$peers/bin/parse_rapidjson" in-situ
row peer "jansson" "$peers/bin/parse_jansson"
row ours "floor: lines by memchr" "$bench/parse_floor" lines

# Lines of callgrind_annotate are "COUNT (SHARE%)  FILE:FUNCTION [OBJECT]"; what is inlined counts for the function that
# it is in, and has a line for each file that it comes from.
for what in tests memory; do
    echo
    printf '| %-48s |  share |\n' "libjsonl, line by line, $([ $what = tests ] && echo tests || echo samples)"
    echo "|--------------------------------------------------|-------:|"
    callgrind_annotate --auto=no "$bench/$what.callgrind" |
        awk '/^ *[0-9,]+ \( *[0-9.]+%\) .*:/ && !/PROGRAM TOTALS/ && n < 10 {
                 n++
                 share = $0; sub(/^[^(]*\( */, "", share); sub(/%.*/, "", share)
                 file = $0; sub(/^[^)]*\) */, "", file); sub(/ \[[^]]*\]$/, "", file)
                 name = file; sub(/^.*:/, "", name); sub(/\..*/, "", name)
                 sub(/:[^:]*$/, "", file); sub(/^.*\//, "", file)
                 printf "| %-48s | %5.1f%% |\n", name ", " file, share
             }'
done
