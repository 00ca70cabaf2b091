#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A history of thirty nights, grown from two real runs, through the example for Makefiles: verdict, trend, pruning.
# shellcheck disable=SC2016 # patterns with backticks
. "${0%/*}/tap.sh"
unset MAKEFLAGS MAKELEVEL SOURCE_DATE_EPOCH
R=$top/reports/2026-11-23
cd "$tmp" || exit
printf 'include %s\n' "$top/man/examples/history.mk" >Makefile
mkdir runs

# Night N of a run: a day later each, with noise of some per cent for the night and for each test; Llama-8B takes
# FACTOR times as long.
night() { # N RUN FACTOR
    jq -c --argjson n "$1" --argjson factor "$3" '
        # Noise from -1 to 1, the same each time.
        def noise($seed): ($seed * 9301 + 49297) % 233280 | (. * 9301 + 49297) % 233280 | (. * 9301 + 49297) % 233280 / 116640 - 1;
        (input_line_number * 1013 + $n * 7919) as $seed |
        (1 + 0.01 * noise($n * 31) + 0.03 * noise($seed)) as $f |
        (if (.model.id // "") == "random-init/Llama-8B-bf16" then $f * $factor else $f end) as $f |
        .test_start_ts += $n * 86400 | .duration *= $f | .test_end_ts = .test_start_ts + .duration |
        .timestamp = (.test_end_ts | floor | todate) |
        if .performance.tokens_per_sec then .performance.tokens_per_sec /= $f else . end' "$R-$2-benchmark.jsonl"
}
n=1
while [ "$n" -le 30 ]; do
    factor=1
    [ "$n" -lt 19 ] || factor=1.25
    night "$n" v2.0.4 "$factor" >"runs/$(printf 'night-%02d' "$n")-benchmark.jsonl"
    n=$((n + 1))
done
is "thirty nights of 56 tests" "$(cat runs/*.jsonl | validate -f flag 2>&1 | grep -c '"valid":true')" 1680
grep -v '"failed"' runs/night-30-benchmark.jsonl >passed && mv passed runs/night-30-benchmark.jsonl
jq -c 'if .ts then .ts += 30 * 86400 else . end' "$R-v2.0.4-memory.jsonl" >runs/night-30-memory.jsonl

history() { make -s history "$@"; }
exits "an unchanged night passes" 0 history
report=$(cat runs/history.md)
like "its samples were found" "$report" '^- \*\*Memory:\*\* `runs/night-30-memory\.jsonl` \(1096 samples'
like "the trend tells of all runs" "$report" '^[0-9]+ series over 30 runs; '
like "it knows since when Llama-8B is slower" "$report" '^\| 2026-12-12 \| Llama-8B-bf16 \| Text \| duration \| .* \| \+2[0-9]\.[0-9]% '
is "and of no other model" "$(sed -n '/^## Trend/,/^---/p' runs/history.md | grep -E '^\| [0-9-]+ \| (Llama|ViT|whisper)' | grep -cv 'Llama-8B')" 0
is "in JSON, too" "$(jq -r '.trend.steps[] | select(.name == "Llama-8B-bf16" and .metric == "duration") | [.run, .at] | @csv' runs/history.json)" \
    '18,"runs/night-19-benchmark.jsonl"'
like "Prometheus gets it" "$(cat runs/history.prom)" '^mlxk_verdicts\{verdict="regressed"\} 0$'

# Tonight Llama-14B takes half as long again.
jq -c 'if .model.id == "random-init/Llama-14B-bf16" then .duration *= 1.5 else . end' runs/night-30-benchmark.jsonl >slow
mv slow runs/night-30-benchmark.jsonl
exits "a slower night fails" 2 history
like "for that model" "$(cat "$err_file")" '^genreport: regressed: model Llama-14B-bf16 text, duration: \+[45][0-9]\.[0-9] % '
is "and no other" "$(grep -c 'regressed: model' "$err_file")" "$(grep -c 'regressed: model Llama-14B' "$err_file")"
ok "the report is there all the same" grep -q 'Llama-14B' runs/history.md

exits "the oldest are forgotten" 0 make -s history-prune HISTORY_KEEP=12
is "twelve are left" "$(find runs -name '*-benchmark.jsonl' | wc -l | tr -d ' ')" 12
ok "the newest among them, with its recording" test -s runs/night-30-memory.jsonl
exits "nothing more is forgotten" 0 make -s history-prune HISTORY_KEEP=12
is "twelve are left still" "$(find runs -name '*-benchmark.jsonl' | wc -l | tr -d ' ')" 12
mkdir one && cp runs/night-29-benchmark.jsonl one
grep -v '"failed"' one/night-29-benchmark.jsonl >x && mv x one/night-29-benchmark.jsonl
exits "a history of one run" 0 history HISTORY_DIR=one
exits "and of none" 2 history HISTORY_DIR=none
finish
