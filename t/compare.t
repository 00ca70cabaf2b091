#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# genreport -c: what is compared and flagged, on the recordings and on runs made from them by jq.
# shellcheck disable=SC2016 # jq's variables
. "${0%/*}/tap.sh"
unset SOURCE_DATE_EPOCH
R=$top/reports/2026-11-23-v2.0
a=$R.4-benchmark.jsonl b=$R.5-benchmark.jsonl
command -v jq >/dev/null || {
    skip "genreport -c" "no jq"
    finish
}

# ---- The same code: nothing is flagged, either way round ----
flags() { # OLD NEW: the flagged rows, as "verdict name metric" lines
    genreport -f json -c "$1" "$2" | jq -r '.comparison | (.models[], .tests[], .run_effect) |
        select(.verdict | test("regressed|improved|suspect")) | "\(.verdict) \(.model // .test // "run") \(.metric)"'
}
is "the same code: nothing is flagged" "$(flags "$a" "$b")" ""
is "nor the other way round" "$(flags "$b" "$a")" ""
is "nor against itself" "$(flags "$a" "$a")" ""
run genreport -c "$a" "$b"
report=$(cat "$out_file")
like "the verdict comes first" "$(sed -n '/^### Comparison/{n;n;p;}' "$out_file")" '^❔ \*\*Nothing shown to be slower,\*\* but 32 of 32 comparisons are undecided'
like "the whole run has a line" "$report" '^\*\*Whole run:\*\* \+4\.5% \(not judged'
like "what is missing to decide" "$report" '^\*\*Undecided:\*\* .* about 4 to 61 more runs'
like "the table of models has the old columns" "$report" '^\| Model \| Size \| Mode \| Tests \| Time \| Old \| Δ \| Change \| RAM \(GB\) \|$'
like "that of tests, too" "$report" '^\| Test Name \| Mode \| Models \| Fastest \| Slowest \| Med \| Old \| Δ Med \|$'
like "a model's old time is that of the same tests" "$report" '^\| Llama-8B-bf16 \| [^|]* \| Text \| 4 \| 22\.4 s \| 19\.2 s \| \+3\.14 s \| \+16\.3% \|'
genreport "$b" >"$tmp/alone.md"
unlike "without -c there is no comparison" "$(cat "$tmp/alone.md")" 'Comparison|\| Old \|'

# ---- One model half as slow again: it and only it ----
models=$(jq -r '.model.id // empty' "$a" | grep Llama | sort -u)
for model in $models; do
    jq -c --arg m "$model" 'if .model.id == $m then .duration *= 1.5 else . end' "$a" >"$tmp/slow.jsonl"
    is "$model half as slow again" "$(flags "$b" "$tmp/slow.jsonl" | tr '\n' ,)" "suspect-slower ${model#*/} duration,"
    is "$model half as slow again then" "$(flags "$tmp/slow.jsonl" "$b" | tr '\n' ,)" "suspect-faster ${model#*/} duration,"
done
jq -c 'if .model.id == "random-init/Llama-8B-bf16" and .performance.tokens_per_sec then .performance.tokens_per_sec /= 2 else . end' \
    "$a" >"$tmp/slow.jsonl"
is "half the tokens/s" "$(flags "$b" "$tmp/slow.jsonl")" "suspect-slower Llama-8B-bf16 tokens_per_sec"
jq -c '.duration *= 1.5' "$a" >"$tmp/slow.jsonl"
is "all of it half as slow again is the run's" "$(flags "$a" "$tmp/slow.jsonl")" ""
genreport -c "$a" "$tmp/slow.jsonl" >"$tmp/slow.md"
like "and said" "$(cat "$tmp/slow.md")" '^\*\*Whole run:\*\* \+50\.0%'
is "at once" "$(sed -n '/^### Comparison/,/Compared with/{/^\(⚠️\|✅\|❔\)/p;}' "$tmp/slow.md")" \
    '⚠️ **The whole run took +50.0%,** which is not judged: that takes three baselines.  
❔ **Nothing else shown to be slower.**  '
exits "and on stderr by -g" 0 genreport -g regressed -o /dev/null -c "$a" "$tmp/slow.jsonl"
is "which knows no more" "$(cat "$err_file")" \
    'genreport: regressed: the whole run took +50.0 %, which is not judged: that takes three baselines'
exits "nothing of it where it is no slower" 0 genreport -g regressed -o "$tmp/fast.md" -c "$tmp/slow.jsonl" "$a"
is "neither on stderr" "$(cat "$err_file")" ""
unlike "nor in the report" "$(cat "$tmp/fast.md")" 'The whole run took'

# ---- The figures, worked out a second time: effects by pairs, of the simplest design ----
# Three models and five tests without noise but in one model: the polish leaves the mean of its logarithms.
pairs() { # FACTOR: 0 and 2 as they are, model 1's tests by FACTOR and a little more each
    jq -nc --argjson f "$1" 'range(3) as $m | range(5) as $t | {schema_version: "0.2.2", test: "t.py::test_\($t)[\($m)]",
        outcome: "passed", mlx_knife_version: "1.0.0", model: {id: "m\($m)"},
        duration: (($m + 1) * ($t + 1) * (if $m == 1 then $f * (1 + $t / 100) else 1 end))}'
}
pairs 1 | jq -c 'if .model.id == "m1" then .duration /= 1 else . end' >"$tmp/one.jsonl"
pairs 1.2 >"$tmp/two.jsonl"
jq -nc 'range(3) as $m | range(5) as $t | {schema_version: "0.2.2", test: "t.py::test_\($t)[\($m)]", outcome: "passed",
    mlx_knife_version: "1.0.0", model: {id: "m\($m)"}, duration: (($m + 1) * ($t + 1))}' >"$tmp/none.jsonl"
got=$(genreport -f json -c "$tmp/none.jsonl" "$tmp/two.jsonl" |
    jq -r '.comparison.models[] | select(.model == "m1" and .metric == "duration") | "\(.effect) \(.pairs) \(.low) \(.high)"')
# Model 1's ratios are 1.2 (1 + t/100); s² of it alone, pooled over 15 - 3 - 5 + 1 = 8; df 4 + 5 - 1 = 8, t(0.975, 8) = 2.306004.
want=$(awk 'BEGIN {
    for (t = 0; t < 5; t++) sum += log(1.2 * (1 + t / 100))
    mean = sum / 5
    for (t = 0; t < 5; t++) squares += (log(1.2 * (1 + t / 100)) - mean) ^ 2
    variance = (4 * squares / 8 + squares) / 8
    half = 2.306004 * sqrt(variance * (1 + 1 / 3) / 5)
    print exp(mean) - 1, 5, exp(mean - half) - 1, exp(mean + half) - 1
}')
ok "effect and interval as by hand: $got, $want" awk -v a="$got" -v b="$want" 'BEGIN {
    n = split(a, x, " "); split(b, y, " ")
    for (i = 1; i <= 4; i++) if ((x[i] - y[i]) ^ 2 > 1e-10) exit 1
    exit n != 4 }'
got=$(genreport -f json -c "$tmp/none.jsonl" "$tmp/one.jsonl" | jq -r '.comparison.models[] | select(.model == "m1") | .verdict')
is "two per cent are no change" "$got" no-change

# One test that all models share, and some of their own.
shared() { # FACTOR
    jq -nc --argjson factor "$1" 'range(6) as $m | range(7) as $t | {outcome: "passed", model: {id: "m\($m)"},
        test: (if $t == 0 then "t.py::test_shared[m\($m)]" else "t.py::test_\($m)_\($t)" end),
        duration: ((3 + $t) * (if $t == 0 then $factor else 1 + ($m * 5 + $t * 3) % 7 / 1000 end))}'
}
shared 1 >"$tmp/old.jsonl"
shared 1.2 >"$tmp/new.jsonl"
got=$(genreport -f json -c "$tmp/old.jsonl" "$tmp/new.jsonl" | jq -c '.comparison | [(.models | map(.verdict) | unique), (.run_effect.effect | fabs < 0.01)]')
is "what a test of all models took longer is not the run's, nor have others become faster" "$got" '[["no-change"],true]'

# ---- Baselines ----
night() { # N: the first recording with a noise of its own of about 2 %
    jq -c --argjson n "$1" '.duration *= 1 + 0.02 * ((($n * 7 + input_line_number * 13) % 11) - 5) / 5' "$a"
}
set --
for n in 1 2 3 4 5; do
    night "$n" >"$tmp/night-$n-benchmark.jsonl"
    set -- "$@" -c "$tmp/night-$n-benchmark.jsonl"
done
verdicts() { jq -r '.comparison | (.models[], .tests[], .run_effect) | select(.verdict | test("regressed|improved|suspect")) | "\(.verdict) \(.model // .test // "run")"' | sort -u; }
is "five baselines, nothing new" "$(genreport -f json "$@" "$a" | verdicts)" ""
jq -c 'if .model.id == "random-init/Llama-14B-bf16" then .duration *= 1.1 else . end' "$a" >"$tmp/new.jsonl"
is "five baselines see a tenth" "$(genreport -f json "$@" "$tmp/new.jsonl" | verdicts)" "regressed Llama-14B-bf16"
jq -c '.duration /= 1.1' "$a" >"$tmp/new.jsonl"
is "and that of the whole run" "$(genreport -f json "$@" "$tmp/new.jsonl" | verdicts)" "improved run"
jq -c 'if .test | test("streaming") then .duration *= 1.1 else . end' "$a" >"$tmp/new.jsonl"
is "and that of a test" "$(genreport -f json "$@" "$tmp/new.jsonl" | verdicts)" "regressed test_chat_completions_streaming"
genreport "$@" "$a" >"$tmp/want.md"
like "baselines are listed" "$(cat "$tmp/want.md")" '^\| [^|]*night-5-benchmark\.jsonl \| 2\.0\.4 \| 2026-11-23 \| 56 \| 53 \| 1'
like "a trend wants more of them" "$(cat "$tmp/want.md")" '^Steps are looked for from 8 runs .* here are 6\.$'
for n in 1 2 3 4 5; do
    awk 'BEGIN { srand(3) } { print rand() "\t" $0 }' "$tmp/night-$n-benchmark.jsonl" | sort | cut -f 2- >"$tmp/shuffled"
    mv "$tmp/shuffled" "$tmp/night-$n-benchmark.jsonl"
done
genreport "$@" "$a" >"$tmp/got.md"
same "the order of their lines means nothing" "$tmp/want.md" "$tmp/got.md"
cp "$R.4-memory.jsonl" "$tmp/night-5-memory.jsonl"
low=$(jq -s 'map(.ram_free_gb // empty) | min * 10 | round / 10' "$tmp/night-5-memory.jsonl")
like "the recording beside a baseline is found" "$(genreport "$@" "$a")" "night-5-benchmark.jsonl \| 2\.0\.4 \| 2026-11-23 \| 56 \| 53 \| $low"

# Three models with a test each, against four runs: by hand, from logarithms that are made here.
cat >"$tmp/by-hand.awk" <<'END'
BEGIN {
    srand(5)
    for (r = 0; r < 5; r++)
        for (m = 0; m < 3; m++) {
            ln[r, m] = log(m + 2) + 0.1 * rand() + (r == 4 && m == 1 ? 0.4 : 0)
            printf "{\"test\":\"t[%d]\",\"outcome\":\"passed\",\"model\":{\"id\":\"m%d\"},\"duration\":%.12f}\n", m, m, exp(ln[r, m]) >(dir "/by-hand-" r)
        }
    for (m = 0; m < 3; m++) {
        for (r = 0; r < 4; r++) centre[m] += ln[r, m] / 4
        for (r = 0; r < 5; r++) off[r, m] = ln[r, m] - centre[m]
    }
    for (r = 0; r < 5; r++) { # less the median of the three
        a = off[r, 0]; b = off[r, 1]; c = off[r, 2]
        median = a < b ? (b < c ? b : a < c ? c : a) : (a < c ? a : b < c ? c : b)
        for (m = 0; m < 3; m++) off[r, m] -= median
    }
    for (m = 0; m < 3; m++) {
        for (r = 0; r < 4; r++) mean[m] += off[r, m] / 4
        for (r = 0; r < 4; r++) squares[m] += (off[r, m] - mean[m]) ^ 2
        pooled += squares[m] / 9
    }
    for (m = 0; m < 3; m++) { # a lone test: df 2.5, t(0.975, 2.5) = 3.574655
        effect = off[4, m] - mean[m]
        half = 3.574655 * sqrt((4 * pooled + squares[m]) / 7 * (1 + 1 / 4))
        print "m" m, round(exp(effect) - 1), round(exp(effect - half) - 1), round(exp(effect + half) - 1), 4
    }
}
function round(x) { return sprintf("%.4f", x) + 0 }
END
awk -v dir="$tmp" -f "$tmp/by-hand.awk" >"$tmp/want"
genreport -f json -c "$tmp/by-hand-0" -c "$tmp/by-hand-1" -c "$tmp/by-hand-2" -c "$tmp/by-hand-3" "$tmp/by-hand-4" |
    jq -r 'def four: . * 10000 | round / 10000; .comparison.models[] | "\(.model) \(.effect | four) \(.low | four) \(.high | four) \(.pairs)"' >"$tmp/got"
is "three models against four baselines" "$(wc -l <"$tmp/want" | tr -d ' ')" 3
same "their effects and intervals as by hand" "$tmp/want" "$tmp/got"

# ---- What cannot be compared ----
exits "a baseline that is not there" 3 genreport -c "$tmp/none-such.jsonl" "$a"
ok "the report is written all the same" test -s "$out_file"
: >"$tmp/empty.jsonl"
exits "a baseline without tests" 0 genreport -c "$tmp/empty.jsonl" "$a"
like "is named" "$(cat "$err_file")" 'empty\.jsonl: no test records to compare with'
echo '{' >"$tmp/bad.jsonl"
exits "--strict counts a baseline's lines, too" 1 genreport --strict -c "$tmp/bad.jsonl" "$a"
jq -c '.test |= "other_" + .' "$a" >"$tmp/other.jsonl"
like "no test in common" "$(genreport -c "$tmp/other.jsonl" "$a")" '^⚠️ \*\*Nothing to compare'
jq -c '.system.hardware_profile.cores_physical = 12' "$a" >"$tmp/other.jsonl"
run genreport -c "$tmp/other.jsonl" "$a"
like "other machines are not compared" "$(cat "$out_file")" '^⚠️ \*\*Not judged: the machines differ'
is "not a row of them" "$(genreport -f json -c "$tmp/other.jsonl" "$a" | jq -r '.comparison | (.models[], .tests[], .run_effect).verdict' | sort -u)" not-judged
run genreport "$@" -c "$tmp/other.jsonl" "$a"
like "one of them among others is left out" "$(cat "$out_file")" '^\*\*Not compared with:\*\* `.*other\.jsonl`.*12 cores'
like "and the others are compared with" "$(cat "$out_file")" '^\*\*Against:\*\* 5 runs'
jq -c '.system.ram_total_gb = 64' "$a" >"$tmp/small.jsonl"
jq -c '.system.ram_total_gb = 128' "$b" >"$tmp/large.jsonl"
like "a machine may differ by its RAM alone" "$(genreport -c "$tmp/small.jsonl" "$tmp/large.jsonl")" \
    '^\*\*Not compared with:\*\* .*, which ran on another machine: .*64\.0 GB RAM  $'
jq -c '.duration = 0' "$a" >"$tmp/zero.jsonl"
is "durations of 0 are not compared" "$(flags "$tmp/zero.jsonl" "$a")" ""
jq -c 'del(.performance) | .duration = 0' "$a" >"$tmp/zero.jsonl"
like "and if there is nothing else, that is why" "$(genreport -c "$tmp/zero.jsonl" "$tmp/zero.jsonl")" \
    '^⚠️ \*\*Nothing could be judged:\*\* the tests that pair are too short\.'
like "a baseline that cannot be read holds no tests for another reason" "$(genreport -c "$tmp/none-such.jsonl" "$a" 2>&1)" \
    '^\*\*Not compared with:\*\* .*none-such\.jsonl`, which could not be read  $'
exits "-g regressed passes what cannot be judged" 0 genreport -g regressed -c "$tmp/other.jsonl" "$a"
is "but not in silence" "$(cat "$err_file")" "genreport: regressed: nothing could be judged: the machines differ"

# ---- What a record leaves out ----
jq -c 'del(.metadata.inference_modality)' "$a" >"$tmp/no-mode.jsonl"
genreport -f json -c "$a" "$b" | jq '.comparison | del(.baselines, .models[].mode, .tests[].mode)' >"$tmp/want"
for pair in "$tmp/no-mode.jsonl $b" "$a $tmp/no-mode-new.jsonl"; do
    jq -c 'del(.metadata.inference_modality)' "$b" >"$tmp/no-mode-new.jsonl"
    genreport -f json -c "${pair% *}" "${pair#* }" | jq '.comparison | del(.baselines, .models[].mode, .tests[].mode)' >"$tmp/got"
    same "records of before modalities pair with later ones: ${pair##*/}" "$tmp/want" "$tmp/got"
done
is "under what the run says" "$(genreport -f json -c "$tmp/no-mode.jsonl" "$b" | jq -c '[.comparison.models[].mode] | unique')" '["audio","text","vision"]'
ok "old columns too" test "$(genreport -f json -c "$tmp/no-mode.jsonl" "$b" | jq '[.models[].old_s] | add')" = \
    "$(genreport -f json -c "$a" "$b" | jq '[.models[].old_s] | add')"
jq -c 'if .test | test("run_command") then .metadata.inference_modality = "vision" else . end' "$a" >"$tmp/vision.jsonl"
is "but what is told and differs does not pair" "$(genreport -f json -c "$tmp/vision.jsonl" "$a" | jq '.comparison | [.added[], .removed[]] | length')" \
    "$(jq -s '[.[] | select((.test | test("run_command")) and .metadata.inference_modality)] | length * 2' "$a")"
hardware() { jq -c --argjson more "$1" '.system += $more' "$a"; }
hardware '{"hardware": "Box"}' | jq -c 'del(.system.hardware_profile)' >"$tmp/bare.jsonl"
hardware '{"hardware": "Box"}' >"$tmp/full.jsonl"
is "a machine told more fully is the same" "$(genreport -f json -c "$tmp/bare.jsonl" "$tmp/full.jsonl" | jq .comparison.used)" 1
head -n 20 "$tmp/bare.jsonl" >"$tmp/both.jsonl"
tail -n +21 "$tmp/full.jsonl" >>"$tmp/both.jsonl"
is "also within a run" "$(genreport -f json "$tmp/both.jsonl" | jq -c '[.hardware, .machines]')" '[["Box, 16 cores"],[]]'

# ---- The same again ----
genreport -c "$a" "$a" >"$tmp/itself.md"
like "a run that is its own baseline" "$(cat "$tmp/itself.md")" '^⚠️ \*\*The same again:\*\* .* holds the very records of this run'
is "is no slower and no faster than itself" "$(flags "$a" "$a")" ""
sort -r "$a" >"$tmp/order.jsonl"
genreport -f json -c "$a" -c "$tmp/order.jsonl" -c "$b" "$tmp/slow.jsonl" >"$tmp/same.json"
is "a baseline given twice, in another order" "$(jq -c '.comparison.baselines | map([.itself, (.same_as // "" | length > 0)])' "$tmp/same.json")" \
    '[[false,false],[false,true],[false,false]]'
unlike "others are others" "$(genreport -c "$a" "$b")" 'The same again'
jq -c '.duration += 0.001' "$a" >"$tmp/nearly.jsonl"
unlike "also if they differ by a little" "$(genreport -c "$tmp/nearly.jsonl" "$a")" 'The same again'

# ---- Repeats know nothing of the day: a run that took 8 % longer, with two models, and a test that all models took longer over
again() { # RUN TEST MODELS: six rounds of five tests; the whole run's factor and that of the tests, alternating
    jq -nc --argjson run "$1" --argjson test "$2" --argjson models "$3" 'range(6) as $n | range($models) as $m | range(5) as $t |
        {outcome: "passed", test: "t.py::test_\($t)[m\($m)]", model: {id: "m\($m)"}, timestamp: (1790000000 + $n * 1000 + $m * 100 + $t * 10 | todate),
        duration: ((3 + $t + $m) * (1 + (($n * 7 + $t * 3 + $m * 5) % 11 - 5) / 500) * $run * (if $t % 2 == 0 then $test else 1 / $test end))}'
}
again 1 1 2 >"$tmp/again-2.jsonl"
again 1 1 4 >"$tmp/again-4.jsonl"
again 1.08 1 2 >"$tmp/again-run.jsonl"
again 1 1.06 4 >"$tmp/again-test.jsonl"
is "eight per cent of all repeats of two models may be the day's" "$(flags "$tmp/again-2.jsonl" "$tmp/again-run.jsonl")" ""
is "and six per cent of single tests its minutes'" "$(flags "$tmp/again-4.jsonl" "$tmp/again-test.jsonl")" ""
again 1.3 1 2 >"$tmp/again-run.jsonl"
is "but not a third" "$(genreport -f json -c "$tmp/again-2.jsonl" "$tmp/again-run.jsonl" | jq -c '[.comparison.models[] | select(.metric == "duration") | .verdict, .by]')" \
    '["regressed","repeats","regressed","repeats"]'

# ---- Tests repeated within a run: what the tables add up ----
repeats() { # FACTOR: a test that ran four times, and one that ran once, of a model each
    jq -nc --argjson f "$1" 'range(5) | {schema_version: "0.2.2", test: (if . < 4 then "t.py::test_r" else "t.py::test_s" end), outcome: "passed",
        mlx_knife_version: "1.0.0", model: {id: (if . < 4 then "m" else "n" end)}, duration: (2 * $f),
        timestamp: "2026-01-0\($f)T00:0\(.):00Z", metadata: {inference_modality: "text"}}'
}
repeats 1 >"$tmp/repeats-1.jsonl"
repeats 2 >"$tmp/repeats-2.jsonl"
like "old seconds are of as many tests as the new" "$(genreport -c "$tmp/repeats-1.jsonl" "$tmp/repeats-2.jsonl")" \
    '^\| m \| – \| Text \| 4 \| 16\.0 s \| 8\.00 s \| \+8\.00 s \| \+100\.0% \|'
is "json says so, too" "$(genreport -f json -c "$tmp/repeats-1.jsonl" "$tmp/repeats-2.jsonl" | jq -c '.models | map([.pairs, .pairs_s, .old_s])')" \
    '[[4,16,8],[1,4,2]]'
one_model() { jq -c --argjson f "$2" 'select(.metadata.inference_modality == "text") | .model.id = "m" | .duration *= $f | .performance.tokens_per_sec /= $f' "$1"; }
one_model "$a" 1 >"$tmp/one-a.jsonl"
one_model "$b" 1 >"$tmp/one-b.jsonl"
one_model "$b" 1.5 >"$tmp/one-slow.jsonl"
like "one model has the run's effect in its own" "$(genreport -c "$tmp/one-a.jsonl" "$tmp/one-b.jsonl")" 'fewer than three models cannot tell'
is "which is not taken for its fault" "$(flags "$tmp/one-a.jsonl" "$tmp/one-b.jsonl")$(flags "$tmp/one-b.jsonl" "$tmp/one-a.jsonl")" ""
like "unless it is large" "$(flags "$tmp/one-a.jsonl" "$tmp/one-slow.jsonl")" '^suspect-slower m duration$'

# ---- Models that moved ----
jq -c 'select(.metadata.inference_modality == "text") | .model.id = "/w/qwen"' "$a" >"$tmp/here.jsonl"
jq -c '.model.id = "/w/qwen/"' "$tmp/here.jsonl" >"$tmp/slash.jsonl"
jq -c '.model.id = "/ws1/qwen"' "$tmp/here.jsonl" >"$tmp/there.jsonl"
like "a slash at the end makes no other model" "$(genreport -c "$tmp/here.jsonl" "$tmp/slash.jsonl")" '^\*\*Tests:\*\* 0 added, 0 removed'
genreport -c "$tmp/there.jsonl" "$tmp/here.jsonl" >"$tmp/moved.md"
like "a model that moved is told from what it was" "$(grep '^- \*\*Removed:' "$tmp/moved.md")" 'with /ws1/qwen'
like "on both sides" "$(grep '^- \*\*Added:' "$tmp/moved.md")" 'with /w/qwen'

# ---- Settings ----
printf 'compare: {effect: 0.6}\n' >"$tmp/c.yaml"
jq -c 'if .model.id == "random-init/Llama-8B-bf16" then .duration *= 1.5 else . end' "$a" >"$tmp/slow.jsonl"
unlike "compare.effect" "$(genreport -C "$tmp/c.yaml" -c "$a" "$tmp/slow.jsonl")" 'suspect: slower'
printf 'compare: {alpha: 0.0001}\n' >"$tmp/c.yaml"
unlike "compare.alpha" "$(genreport -C "$tmp/c.yaml" -c "$b" "$tmp/slow.jsonl")" 'suspect: slower'
printf 'compare: {min_pairs: 4}\n' >"$tmp/c.yaml"
like "compare.min_pairs" "$(genreport -C "$tmp/c.yaml" -c "$b" "$tmp/slow.jsonl")" 'Llama-8B-bf16 \| Text \| duration \| not judged: too few pairs'

# ---- Trend ----
set --
for n in 01 02 03 04 05 06 07 08 09 10 11 12 13 14; do
    night "$n" | jq -c --argjson n "$n" 'if .model.id == "random-init/Llama-3B-bf16" and $n >= 8 then .duration *= 1.2 else . end
        | .test_start_ts += $n * 86400 | .test_end_ts += $n * 86400' >"$tmp/h-$n.jsonl"
    set -- "$@" -c "$tmp/h-$n.jsonl"
done
genreport -f json "$@" "$tmp/h-14.jsonl" >"$tmp/trend.json"
genreport "$@" "$tmp/h-14.jsonl" | sed -n '/^## Trend/,/^---/p' >"$tmp/trend.md"
like "a step is found where it is" "$(cat "$tmp/trend.md")" '^\| 2026-12-01 \| Llama-3B-bf16 \| Text \| duration \| [^|]* \| [^|]* \| \+(19|20|21)\.[0-9]% \|'
is "and no other" "$(sed -n 's/^| 20[0-9-]* | \([^ ]*\) .*/\1/p' "$tmp/trend.md" | sort -u)" Llama-3B-bf16
finish
