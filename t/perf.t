#!/bin/sh
# What make bench stands on: the data that grow makes is valid and always the same, and run tells what failed.
. "${0%/*}/tap.sh"
bench=$BUILD/bench
recording=$top/reports/2026-11-23-v2.0.4

for kind in test sample; do
    file=$recording.jsonl
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
    plan ours cpu first 1000000 said 'echo said'
    plan peer wall half 500000 - 'echo anything'
    plan peer cpu liar 1000000 said 'echo else'
    plan peer less gone 1000000 - 'exit 7'
} >"$tmp/plan"
exits "run ends well where peers fail" 0 "$bench/run" -r 2 "a title" <"$tmp/plan"
like "the table has its title" "$(head -n 1 "$out_file")" '^\| a title .* x ours \|$'
like "the first is compared with itself" "$(grep first "$out_file")" '\|   1\.00 \|$'
like "a part is scaled and marked" "$(grep half "$out_file")" '~[0-9.]+ \| +~[0-9.]+\* \|'
like "a peer that says something else has failed" "$(grep liar "$out_file")" 'liar .* failed '
like "and that is told" "$(cat "$err_file")" 'liar failed: status 0, said "else"'
like "so is another status" "$(cat "$err_file")" 'gone failed: status 7'
plan ours cpu bad 1 - 'exit 3' >"$tmp/plan"
exits "one of ours that fails ends it" 1 "$bench/run" title <"$tmp/plan"
is "without a table" "$(cat "$out_file")" ""
echo "too few" >"$tmp/plan"
exits "a broken plan is refused" 2 "$bench/run" title <"$tmp/plan"
finish
