#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Measures, and prints tables in Markdown: bench.sh BUILD parse|validate|report|timeline|page|memmon…
#
# R: rounds; S: seconds of a recording.  The data and our programs lie in BUILD/bench, peers in BUILD/bench/peers; what was
# measured goes to BUILD/bench/results.jsonl, out of which tables.jq makes the tables.
set -eu
cd "$(dirname "$0")/../.."
build=$1 tools=$1/bin bench=$1/bench peers=$1/bench/peers perf=t/perf
shift
R=${R:-5} S=${S:-5}
TAB=$(printf '\t')
NODE_MODULES=$(pwd)/$peers/npm/node_modules
export NODE_MODULES
results=$bench/results.jsonl
reports=reports/2026-11-23-v2.0.4

say() { echo "bench: $*" >&2; }
# shellcheck source=t/perf/plans.sh
. "$perf/plans.sh"
# shellcheck source=t/perf/sampling.sh
. "$perf/sampling.sh"

# The date is that of what is measured, so that the same source has the same head.
machine() {
    cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
    [ -n "$cpu" ] || cpu=$(sysctl -n machdep.cpu.brand_string 2>/dev/null || uname -m)
    commit=$(git describe --always --dirty 2>/dev/null || echo "no commit")
    date=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
    load=$(LC_ALL=C uptime | sed 's/.*load averages\{0,1\}: *//; s/[, ].*//')
    jq -cn --arg cpu "$cpu" --argjson cores "$(getconf _NPROCESSORS_ONLN)" --arg system "$(uname -sr)" \
        --arg compiler "$(${CC:-cc} --version | head -n 1)" --arg commit "$commit" --argjson date "$date" \
        --argjson load "$load" --argjson rounds "$R" \
        '{group: "machine", $cpu, $cores, $system, $compiler, $commit, $date, $load, $rounds}'
}

# measure GROUP PLAN…: adds what run finds to the results
measure() {
    group=$1
    shift
    say "$group"
    "$@" >"$bench/plan"
    "$bench/run" -r "$R" "$group" <"$bench/plan" >>"$results"
}

# Of what grows: a tool at an hour, a day and a week of records.
measure_lengths() { # GROUP PLAN
    for length in hour day week; do
        measure "$1-$length" "$2" "$bench/$length-tests.jsonl" "$bench/$length-memory.jsonl"
    done
}

measure_parse() {
    measure parse-tests parse_plan "$bench/week-tests.jsonl"
    measure parse-samples parse_plan "$bench/day-memory.jsonl"
}

measure_validate() {
    head -n 7700 "$bench/week-tests.jsonl" >"$bench/part.jsonl"
    for schema in schemas/report-v0.2.2 $perf/schemas/unevaluated $perf/schemas/anyof; do
        measure "validate-${schema##*/}" \
            validate_plan "$schema.schema.json" "$bench/week-tests.jsonl" "$bench/part.jsonl"
    done
    measure_lengths records records_plan
}

measure_report() {
    measure report-run report_plan "$reports-benchmark.jsonl" "$reports-memory.jsonl"
    measure_lengths report report_plan
    measure report-baseline baseline_plan "$bench/day-tests.jsonl" "$bench/day-memory.jsonl" "$bench/old-benchmark.jsonl"
}

measure_timeline() {
    measure timeline-run timeline_plan "$reports-benchmark.jsonl" "$reports-memory.jsonl"
    measure_lengths timeline timeline_plan
}

measure_page() {
    say page
    sh t/browser/bench/bench.sh "$build" >>"$results"
}

for what; do
    case $what in
    parse | validate | report | timeline | page | memmon) ;;
    *) say "W is parse, validate, report, timeline, page or memmon, not $what" && exit 2 ;;
    esac
done
machine >"$results"
for what; do
    "measure_$what"
done
jq -rs -f "$perf/tables.jq" "$results"
