#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What make bench stands on: the data that grow makes is valid and always the same, and run tells what failed.
. "${0%/*}/tap.sh"
bench=$BUILD/bench
recording=$top/reports/2026-11-23-v2.0.4

for kind in test sample; do
    file=$recording-benchmark.jsonl
    [ $kind = test ] || file=$recording-memory.jsonl
    "$bench/grow" $kind 5000 <"$file" >"$tmp/$kind"
    "$bench/grow" $kind 5000 <"$file" >"$tmp/again"
    is "grow $kind writes as many lines as it is told" "$(wc -l <"$tmp/$kind" | tr -d ' ')" 5000
    same "the same ones each time" "$tmp/$kind" "$tmp/again"
    is "which all differ" "$(sort -u "$tmp/$kind" | wc -l | tr -d ' ')" 5000
    exits "and are valid" 0 validate -f quiet "$tmp/$kind"
    is "time goes on in them" "$(jq -r '.ts // .test_end_ts' "$tmp/$kind" | sort -n -c 2>&1)" ""
done
is "members come and go" "$(jq -c 'has("system"), has("stop_tokens"), has("timeline")' "$tmp/test" | sort | uniq -c | wc -l | tr -d ' ')" 2
like "strings have escapes" "$(cat "$tmp/test")" '\\ud83d\\ude80'
like "and other alphabets" "$(cat "$tmp/test")" '日本語'
for schema in unevaluated anyof; do
    exits "$schema.schema.json takes all tests" 0 validate -f quiet -s "$top/t/perf/schemas/$schema.schema.json" "$tmp/test"
    jq -c '.outcome = "lost"' "$tmp/test" >"$tmp/bad"
    run validate -s "$top/t/perf/schemas/$schema.schema.json" "$tmp/bad"
    is "and none that are wrong" "$status $(cat "$out_file")" "1 "
done
exits "grow: another kind is refused" 2 "$bench/grow" event 1 </dev/null
exits "grow: an empty recording is refused" 3 "$bench/grow" test 1 </dev/null

plan() { printf '%s\t%s\t%s\t%s\t/dev/null\t%s\tsh\t-c\t%s\n' "$@"; } # WHO BASIS NAME BYTES WANT COMMAND
{
    plan ours cpu "the \"first\"" 1000000 said 'echo said'
    plan peer wall half 500000 - 'echo anything'
    plan peer cpu liar 1000000 said 'echo else'
    plan peer less gone 1000000 - 'exit 7'
} >"$tmp/plan"
exits "run ends well where peers fail" 0 "$bench/run" -r 3 group <"$tmp/plan"
is "it tells of each in the plan's order" "$(jq -r '"\(.group) \(.who) \(.name)"' "$out_file")" 'group ours the "first"
group peer half
group peer liar
group peer gone'
is "how often it ran, and what it wrote" "$(jq -c 'select(.bytes) | [.runs, .bytes, .out_bytes]' "$out_file")" '[3,1000000,5]
[3,500000,9]'
is "times and memory are numbers" \
    "$(jq -c 'select(.bytes) | [.cpu_s >= 0, .wall_s > 0, .peak_mb > 0]' "$out_file" | sort -u)" "[true,true,true]"
is "a peer that says something else has failed, as one that ends with another status" \
    "$(jq -r 'select(.failed) | .name' "$out_file" | paste -s -d ' ' -)" "liar gone"
like "and that is told" "$(cat "$err_file")" 'liar failed: status 0, said "else"'
like "with its status" "$(cat "$err_file")" 'gone failed: status 7'
plan ours cpu bad 1 - 'exit 3' >"$tmp/plan"
exits "one of ours that fails ends it" 1 "$bench/run" group <"$tmp/plan"
is "without a result" "$(cat "$out_file")" ""
echo "too few" >"$tmp/plan"
exits "a broken plan is refused" 2 "$bench/run" group <"$tmp/plan"

# Results made up, so that each figure of the tables is known.
contestant() { # GROUP WHO NAME BASIS BYTES SECONDS
    jq -cn --arg group "$1" --arg who "$2" --arg name "$3" --arg basis "$4" --argjson bytes "$5" --argjson s "$6" \
        '{$group, $who, $name, $basis, $bytes, runs: 5, cpu_s: $s, wall_s: ($s * 2), peak_mb: 12.3,
            out_bytes: (if $bytes > 1000 then 123456 else 9 end)}'
}
{
    echo '{"group":"machine","cpu":"A CPU","cores":2,"system":"Linux 6","compiler":"cc 12","commit":"abc","date":0,"load":0.1,"rounds":5}'
    contestant parse-tests ours libjsonl cpu 100000000 0.05
    contestant parse-tests peer slow cpu 100000000 0.5
    contestant parse-tests peer part cpu 50000000 0.05
    contestant parse-tests floor floor cpu 100000000 0.01
    echo '{"group":"parse-tests","who":"peer","name":"gone","failed":true}'
    contestant parse-samples ours libjsonl cpu 100000000 0.2
    contestant report-run ours genreport wall 1000 0.004
    for length in hour,1 day,24 week,168; do
        contestant "report-${length%,*}" ours genreport wall "${length#*,}00000000" "0.${length#*,}"
        contestant "records-${length%,*}" ours "validate -j 1" cpu 100000000 0.1
    done
    contestant validate-report-v0.2.2 ours "validate -j 1" cpu 100000000 0.1
    contestant validate-report-v0.2.2 ours "validate -j 2" wall 100000000 0.055
    contestant validate-report-v0.2.2 peer ajv less 100000000 0.95
    contestant timeline-week ours memplot wall 1000000000 2.0
    for page in 'ours,memplot{ a day,1.5,58' 'peer,plotly{ a day,80,0' 'peer,ECharts{ a day,3,20' 'ours,memplot{ a week,2.5,60'; do
        echo "$page" | jq -Rc 'split(",") | {group: "page", who: .[0], name: (.[1] | sub("{"; ",")), paint_s: null,
            opened_s: (.[2] | tonumber), frames_per_s: (.[3] | tonumber), script_ms: 1}'
    done
    for who in ours,memmon,60 floor,floor,40; do
        IFS=, read -r who name us <<WHO
$who
WHO
        echo '{"group":"memmon-1ms","who":"'"$who"'","name":"'"$name"'","samples":4998,"missed":2,"cpu_us":'"$us"',"late_p50_ms":0.03,"late_p99_ms":0.'"$us"'}'
        echo '{"group":"memmon-200ms","who":"'"$who"'","name":"'"$name"'","interval_ms":200,"cpu_us":'"$us"',"start_ms":1,"peak_mb":3}'
    done
} >"$tmp/results.jsonl"
tables() { jq -rs "$@" -f "$top/t/perf/tables.jq" "$tmp/results.jsonl"; }
row() { grep -F "| $1 " "$tmp/tables" | sed 's/  */ /g'; }
tables >"$tmp/tables"
like "the head says what machine" "$(head -n 1 "$tmp/tables")" '^A CPU, 2 cores, Linux 6, cc 12; abc of 1970-01-01\. The least of 5 rounds, begun at a load of 0\.1\.$'
like "and that it was busy, if so" "$(sed 's/"load":0.1,"rounds":5/"load":0.6,"rounds":1/' "$tmp/results.jsonl" |
    jq -rs -f "$top/t/perf/tables.jq" | head -n 1)" ' One round, begun at a load of 0\.6\. \*\*The machine was busy'
like "each table has a title" "$(grep -o '^| [a-z ]*an hour' "$tmp/tables" | paste -s -d ' ' -)" \
    '^\| check all records of an hour \| report on an hour$'
is "all are compared with the first" "$(row slow)" "| slow | 0.500 | 1.000 | 200 | 12.3 | 123 kB | 10.00 |"
is "a part is scaled and marked" "$(row part)" "| part | ~0.100 | ~0.200 | 1000 | 12.3 | 123 kB | 2.00 |"
is "what has failed has no figures" "$(row gone)" "| gone | failed | | | | | |"
is "the clock on the wall is marked where it counts" "$(row 'validate -j 2')" "| validate -j 2 | 0.055 | 0.110* | 909 | 12.3 | 123 kB | 1.10 |"
tables --arg part summary >"$tmp/tables"
is "the summary: a rate, the best peer, no floor" "$(row "parse a week's tests")" \
    "| parse a week's tests | 2000 MB/s | part: 1000 MB/s | 2.00 | ≥ 1000 MB/s: met | 12.3 | 123 kB |"
is "a goal that is missed, and no peer" "$(row "parse a day's samples")" \
    "| parse a day's samples | 500 MB/s | nothing comparable | – | ≥ 1000 MB/s: **missed** | 12.3 | 123 kB |"
is "a row that is not its group's first" "$(row "validate a week's tests, two threads")" \
    "| validate a week's tests, two threads | 0.11 s | ajv: 0.95 s | 8.64 | ≤ 0.12 s: met | 12.3 | 123 kB |"
is "milliseconds, no goal, and no output to speak of" "$(row "report on the run")" \
    "| report on the run | 8.00 ms | nothing comparable | – | – | 12.3 | – |"
is "two goals" "$(row "timeline of a week")" \
    "| timeline of a week | 4.00 s | nothing comparable | – | ≤ 4.00 s, ≤ 25.0 MB: met | 12.3 | 123 kB |"
is "a page beside the quicker peer" "$(row "page of a day, opened in Chromium")" \
    "| page of a day, opened in Chromium | 1.50 s | ECharts, a day: 3.00 s | 2.00 | – | – | – |"
is "a week's has goals" "$(row "page of a week, opened")$(row "page of a week, panned")" \
    "| page of a week, opened | 2.50 s | – | – | ≤ 2.00 s: **missed** | – | – || page of a week, panned | 60 frames/s | – | – | ≥ 60: met | – | – |"
is "a sample beside the floor" "$(row "a sample each ms: CPU of one")" \
    "| a sample each ms: CPU of one | 60.0 µs | floor: 40.0 µs | 0.67 | ≤ 1.5 x floor: met (1.50) | – | – |"
is "how late" "$(row "… late, of 99 in 100 at most")" \
    "| … late, of 99 in 100 at most | 0.60 ms | floor: 0.40 ms | 0.67 | ≤ 1.2 x floor: **missed** (1.50) | – | – |"
is "growth" "$(row genreport)" "| genreport | 0.10 s | 0.24 s | 0.17 s | 1000 | 10000 | 100000 | 12.3 | 12.3 | 12.3 |"
is "and no row for what was not measured" "$(row memplot)$(row "timeline of a day")" ""

printf 'before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n' >"$tmp/page"
exits "the page gets the summary" 0 sh "$top/t/perf/readme.sh" "$tmp/results.jsonl" "$tmp/page"
{ printf 'before\n<!-- bench -->\n\n' && cat "$tmp/tables" && printf '<!-- /bench -->\nafter\n'; } >"$tmp/want"
same "between its two lines" "$tmp/page" "$tmp/want"
exits "and once more the same" 0 sh "$top/t/perf/readme.sh" "$tmp/results.jsonl" "$tmp/page"
same "with nothing added" "$tmp/page" "$tmp/want"
grep -v report-week "$tmp/results.jsonl" >"$tmp/part.jsonl"
exits "a part of the results is refused" 1 sh "$top/t/perf/readme.sh" "$tmp/part.jsonl" "$tmp/page"
like "with what lacks" "$(cat "$err_file")" 'report-week has not been measured'
echo nothing >"$tmp/page"
exits "a page without the two lines is refused" 1 sh "$top/t/perf/readme.sh" "$tmp/results.jsonl" "$tmp/page"
is "and stays as it was" "$(cat "$tmp/page")" nothing
finish
