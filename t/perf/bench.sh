#!/bin/sh
# Measures, and prints tables in Markdown.  bench.sh BUILD parse|validate|tools|memmon|week…
#
# R: rounds; S: seconds of a recording.  The data and our programs lie in BUILD/bench, peers in BUILD/bench/peers.
set -eu
cd "$(dirname "$0")/../.."
BUILD=$1
shift
bench=$BUILD/bench peers=$BUILD/bench/peers perf=t/perf
R=${R:-5} S=${S:-5}
TAB=$(printf '\t')
NODE_MODULES=$(pwd)/$peers/npm/node_modules
export NODE_MODULES

say() { echo "bench: $*" >&2; }
bytes() { cat "$@" | wc -c | tr -d ' '; }
megabytes() { echo "$(($(bytes "$@") / 1000000)) MB"; }
count() { wc -l <"$1" | tr -d ' '; }
version() { sed -n "s/^$1 //p" "$peers/versions"; } # NAME: nothing where it is not there

# row WHO BASIS NAME FILES WANT COMMAND…: a line of the plan (run.c).  The first of the files is standard input.
row() {
    # shellcheck disable=SC2086 # words
    printf '%s' "$1$TAB$2$TAB$3$TAB$(bytes $4)$TAB${4%% *}$TAB$5"
    shift 5
    printf "$TAB%s" "$@"
    echo
}
# peer VERSION-OF BASIS NAME FILE WANT COMMAND…: the same for a peer, where it is there.
peer() {
    found=$(version "$1")
    shift
    [ -z "$found" ] || { basis=$1 name=$2 && shift 2 && row peer "$basis" "$name $found" "$@"; }
}

machine() {
    cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
    [ -n "$cpu" ] || cpu=$(sysctl -n machdep.cpu.brand_string 2>/dev/null || uname -m)
    echo "${cpu}, $(getconf _NPROCESSORS_ONLN) cores, $(uname -sr), $(${CC:-cc} --version | head -n 1)."
    echo "The least of $R rounds; MB/s and x ours by CPU time, or by the wall where it is marked *; ~ scaled up from a part."
}

parse_plan() { # FILE
    n=$(count "$1")
    row ours cpu "libjsonl, line by line" "$1" "$n" "$bench/parse_jsonl"
    row ours cpu "libjsonl, block by block" "$1" "$n" "$bench/parse_jsonl" blocks
    peer parse_simdjson cpu "simdjson, DOM of each line," "$1" "$n" "$peers/bin/parse_simdjson" dom
    peer parse_simdjson cpu "simdjson, parse_many," "$1" "$n" "$peers/bin/parse_simdjson" many
    peer parse_simdjson cpu "simdjson, on demand, all values," "$1" "$n" "$peers/bin/parse_simdjson" on-demand
    peer parse_yyjson cpu "yyjson, in situ," "$1" "$n" "$peers/bin/parse_yyjson" in-situ
    peer parse_yyjson cpu yyjson "$1" "$n" "$peers/bin/parse_yyjson"
    peer parse_rapidjson cpu "RapidJSON, in situ," "$1" "$n" "$peers/bin/parse_rapidjson" in-situ
    peer parse_rapidjson cpu RapidJSON "$1" "$n" "$peers/bin/parse_rapidjson"
    peer node less "JSON.parse, Node.js" "$1" "$n" node "$perf/parse_node.mjs"
    peer python cpu "json, Python" "$1" "$n" "$peers/bin/python3" "$perf/parse_python.py"
    peer parse_jansson cpu jansson "$1" "$n" "$peers/bin/parse_jansson"
    peer jq cpu "jq empty," "$1" - jq empty
    row peer cpu "wc -l" "$1" "$n" wc -l
    row ours cpu "floor: lines by memchr" "$1" "$n" "$bench/parse_floor" lines
    row ours cpu "floor: read" "$1" - "$bench/parse_floor" read
}

validate_plan() { # SCHEMA FILE PART
    n=$(count "$2")
    row ours cpu "validate -j 1" "$2" "" "$BUILD/bin/validate" -f quiet -j 1 -s "$1"
    row ours wall "validate -j 2" "$2" "" "$BUILD/bin/validate" -f quiet -j 2 -s "$1"
    case $(uname -s)-$(uname -m) in
    Linux-x86_64) binary=jsonschema-linux-x86_64 ;;
    Linux-aarch64) binary=jsonschema-linux-arm64 ;;
    *) binary=jsonschema-darwin-arm64 ;;
    esac
    peer jsonschema less "sourcemeta jsonschema --fast" "$2" - \
        "$NODE_MODULES/@sourcemeta/jsonschema/build/github-releases/$binary" validate --fast "$1" "$2"
    peer ajv less ajv "$2" "$n" node "$perf/validate_node.mjs" ajv "$1"
    peer schemasafe less "@exodus/schemasafe" "$2" "$n" node "$perf/validate_node.mjs" schemasafe "$1"
    peer python-jsonschema cpu python-jsonschema "$3" "$(count "$3")" "$peers/bin/python3" -W ignore "$perf/validate_python.py" "$1"
}

tools_plan() { # TESTS MEMORY
    row ours cpu "validate -j 1" "$1 $2" "" "$BUILD/bin/validate" -f quiet -j 1 "$1" "$2"
    row ours wall "validate -j 2" "$1 $2" "" "$BUILD/bin/validate" -f quiet -j 2 "$1" "$2"
    row ours cpu "genreport" "$1 $2" - "$BUILD/bin/genreport" "$1" "$2"
    row ours cpu "memplot" "$1 $2" - "$BUILD/bin/memplot" "$1" "$2"
}
# tools_table NAME TESTS MEMORY
tools_table() {
    table -o "$1, $(megabytes "$2" "$3")" tools_plan "$2" "$3"
}

# sampled WHO TITLE: a row of what is in $bench/sampling.WHO, the least of each figure
sampled() {
    jq -rs --arg title "$2" '[.[].summary] | [(map(.samples) | max), (map(.missed) | min),
        (map(.memmon_cpu_s / .samples * 1e7) | min | round / 10), (map(.late_p50_ms) | min), (map(.late_p99_ms) | min)] |
        "\($title)\t\(map(tostring) | join("\t"))"' "$bench/sampling.$1" |
        awk -F '\t' '{ printf "| %-48s | %7d | %6d | %15.1f | %11.3f | %11.3f |\n", $1, $2, $3, $4, $5, $6 }'
}

# The two by turns, S seconds each.
sampling_fast() {
    rm -f "$bench"/sampling.*
    for round in $(seq "$R"); do
        say "a sample each ms, $round of $R"
        "$BUILD/bin/memmon" -q -i 1 -d "$S" -o "$bench/sampling.memory"
        tail -n 1 "$bench/sampling.memory" >>"$bench/sampling.memmon"
        rm "$bench/sampling.memory"
        "$bench/probe_raw" 1 $((S * 1000)) >>"$bench/sampling.raw"
    done
    printf '| %-48s | samples | missed | CPU us a sample | late p50 ms | late p99 ms |\n' "a sample each ms, for $S s"
    echo "|--------------------------------------------------|--------:|-------:|----------------:|------------:|------------:|"
    sampled memmon memmon
    sampled raw "floor: the same files of /proc, read only"
    echo
}

# cost NAME SAMPLES INTERVAL COMMAND…: runs it once, to be told in the table
cost() {
    name=$1 n=$2 interval=$3
    shift 3
    "$bench/cost" "$@" | jq -c --arg name "$name" --arg interval "$interval" --argjson n "$n" '. + {$name, $interval, $n}' \
        >>"$bench/sampling.costs"
}
monitor() { # VERSION-OF NAME SAMPLES INTERVAL COMMAND…: the same for a peer, where it is there
    found=$(version "$1")
    [ -z "$found" ] || { n=$2 && shift 2 && cost "$n $found" "$@"; }
}

# The whole process of each, its start with it.  Those that cannot do 200 ms get a second.
sampling_peers() {
    : >"$bench/sampling.costs"
    for round in $(seq "$R"); do
        say "a sample each 200 ms, $round of $R"
        cost memmon $((S * 5)) "200 ms" "$BUILD/bin/memmon" -q -d "$S"
        cost "memmon, with a command" $((S * 5)) "200 ms" "$BUILD/bin/memmon" -q -- sleep "$S"
        cost "floor: files of /proc, read only" $((S * 5)) "200 ms" "$bench/probe_raw" 200 $((S * 5))
        monitor collectl "collectl, memory and CPU," $((S * 5)) "200 ms" collectl -i 0.2 -c $((S * 5)) -scm
        monitor mprof "mprof, one process," $((S * 5)) "200 ms" \
            "$peers/bin/mprof" run -T 0.2 -o "$bench/mprof.dat" sleep "$S"
        monitor dstat "dstat, memory and CPU," "$S" "1 s" dstat -m -c 1 "$S"
        monitor pidstat "pidstat, memory of all processes," "$S" "1 s" pidstat -r 1 "$S"
        rm -f "$bench/mprof.dat"
    done
    printf '| %-48s | interval | CPU us a sample | peak MB |\n' "what a monitor costs, start and end included"
    echo "|--------------------------------------------------|---------:|----------------:|--------:|"
    jq -rs 'map(. + {us: (.cpu_s / .n * 1e7 | round / 10)}) | group_by(.name) |
        map({name: .[0].name, interval: .[0].interval, us: (map(.us) | min), mb: (map(.peak_mb) | min)}) | sort_by(.us)[] |
        [.name, .interval, .us, .mb] | map(tostring) | join("\t")' "$bench/sampling.costs" |
        awk -F '\t' '{ printf "| %-48s | %8s | %15.1f | %7.1f |\n", $1, $2, $3, $4 }'
    echo
}

sampling() {
    if [ "$(uname -s)" != Linux ]; then
        say "without the cost of a sample: Linux only"
        return
    fi
    sampling_fast
    sampling_peers
}

# table [-o] TITLE PLAN…: -o: no comparison with the first
table() {
    only=
    [ "$1" != -o ] || { only=-o && shift; }
    title=$1
    shift
    say "$title"
    "$@" >"$bench/plan"
    "$bench/run" $only -r "$R" "$title" <"$bench/plan"
    echo
}

for what; do
    case $what in
    parse | validate | tools | memmon | week) ;;
    *) say "W is parse, validate, tools, memmon or week, not $what" && exit 2 ;;
    esac
done
machine
echo
for what; do
    case $what in
    parse)
        table "parse $(megabytes "$bench/tests-108.jsonl") of tests" parse_plan "$bench/tests-108.jsonl"
        table "parse $(megabytes "$bench/memory-108.jsonl") of samples" parse_plan "$bench/memory-108.jsonl"
        ;;
    validate)
        head -n 7700 "$bench/tests-108.jsonl" >"$bench/part.jsonl"
        for schema in schemas/report-v0.2.2 $perf/schemas/unevaluated $perf/schemas/anyof; do
            table "check $(megabytes "$bench/tests-108.jsonl") by ${schema##*/}" \
                validate_plan "$schema.schema.json" "$bench/tests-108.jsonl" "$bench/part.jsonl"
        done
        ;;
    tools)
        tools_table "a day" "$bench/day-tests.jsonl" "$bench/day-memory.jsonl"
        ;;
    memmon)
        sampling
        ;;
    week)
        tools_table "a week" "$bench/tests-108.jsonl" "$bench/week-memory.jsonl"
        ;;
    esac
done
