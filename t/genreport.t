#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# genreport end to end: figures, options, exit statuses, and what it does with bad input.
# shellcheck disable=SC2016 # patterns with backticks and scripts for sh -c
. "${0%/*}/tap.sh"
unset SOURCE_DATE_EPOCH
R=$top/reports
a=$R/2026-11-23-v2.0.4 b=$R/2026-11-23-v2.0.5 old=$R/2025-12-05-v2.0.3-benchmark.jsonl

# ---- The figures, worked out a second time by jq and awk ----
agrees() { # TITLE [-1] FILE…   -1: the sections of Template v1.1 only
    what=$1 part=
    shift
    if [ "$1" = -1 ]; then
        part=-1
        shift
    fi
    run genreport "$@"
    is "$what: exit status" "$status" 0
    sh "$top/t/recompute.sh" $part "$@" >"$tmp/figures"
    : >"$tmp/missing"
    while IFS= read -r line; do
        grep -Fxq -e "$line" "$out_file" || printf '%s\n' "$line" >>"$tmp/missing"
    done <"$tmp/figures"
    ok "$what: jq finds figures" test "$(wc -l <"$tmp/figures")" -gt 20
    is "$what: every figure of jq is in the report" "$(cat "$tmp/missing")" ""
    rows='^\| .* \| .* \| [0-9]+ \|( .* \|)+$'
    [ -n "$part" ] || sed -n '/^## Performance/,/^## Anomalies/p' "$out_file" >"$tmp/rows"
    [ -z "$part" ] || : >"$tmp/rows"
    sed -n '/^## System Health/,/^---/p; /^## Per-Model/,/^###/p; /^## Per-Test/,/^---/p' "$out_file" >>"$tmp/rows"
    is "$what: no rows but those" "$(grep -Ec "$rows" "$tmp/rows")" "$(grep -Ec "$rows" "$tmp/figures")"
}
if command -v jq >/dev/null; then
    agrees "v2.0.4" "$a-benchmark.jsonl" "$a-memory.jsonl"
    agrees "v2.0.5" "$b-benchmark.jsonl" "$b-memory.jsonl"
    agrees "schema 0.1.0" "$old"
    agrees "a run that is not well" "$top/t/data/golden/genreport/unwell/tests.jsonl" "$top/t/data/golden/genreport/unwell/samples.jsonl"
    for case in pressure swap leak; do
        agrees "memory pressure: $case" "$top/t/data/handbook/$case.jsonl"
    done
    # Levels that come and go, gaps, samples twice, and a level that is not told; tests side by side.
    awk 'BEGIN {
        for (i = 0; i < 600; i++) {
            if (i % 97 > 90) continue
            level = i % 7 == 3 ? "" : sprintf(",\"memory_pressure\":%d", i % 50 < 20 ? 1 : i % 50 < 38 ? 2 : i % 3 == 0 ? 2 : 4)
            line = sprintf("{\"ts\":%.3f,\"elapsed_s\":%d%s,\"ram_free_gb\":9,\"psi_some\":%d.25,\"psi_full\":%d}", 1000 + i + i * i % 11 * 0.037, i, level, i % 90, i % 44)
            print line
            if (i % 10 == 0) print line
        }
        for (i = 0; i < 14; i++)
            printf "{\"schema_version\":\"0.2.2\",\"mlx_knife_version\":\"1.0.0\",\"test\":\"t.py::test_%d\",\"outcome\":\"%s\",\"timestamp\":\"1970-01-01T00:10:00Z\",\"duration\":%d,\"test_start_ts\":%d.5,\"test_end_ts\":%d.25,\"model\":{\"id\":\"o/m%d\",\"size_gb\":8},\"metadata\":{\"inference_modality\":\"text\"},\"performance\":{\"tokens_per_sec\":5,\"model_load_time_s\":1,\"time_to_first_token_s\":1,\"completion_tokens\":9}}\n", i, i == 5 ? "failed" : "passed", 30, 990 + i * 41, 1020 + i * 43, i % 3
    }' >"$tmp/levels.jsonl"
    agrees "memory pressure that comes and goes" -1 "$tmp/levels.jsonl"
    jq -c 'del(.system_health)' "$a-benchmark.jsonl" >"$tmp/no-health.jsonl"
    agrees "RAM from samples" -1 "$tmp/no-health.jsonl" "$a-memory.jsonl"
    # The suite's format before test_start_ts and test_end_ts; a window ends with the timestamp.
    jq -c 'del(.system_health, .test_start_ts, .test_end_ts) | .timestamp |= sub("\\.[0-9]+"; "")' "$b-benchmark.jsonl" >"$tmp/no-ts.jsonl"
    agrees "windows from timestamps" -1 "$tmp/no-ts.jsonl" "$b-memory.jsonl"
else
    skip "figures" "no jq"
fi

# ---- Any order, any cut into files ----
cat "$a-benchmark.jsonl" "$a-memory.jsonl" "$a-server.jsonl" >"$tmp/all.jsonl"
genreport <"$tmp/all.jsonl" >"$tmp/want.md"
awk 'BEGIN { srand(7) } { print rand() "\t" $0 }' "$tmp/all.jsonl" | sort | cut -f 2- >"$tmp/shuffled.jsonl"
genreport <"$tmp/shuffled.jsonl" >"$tmp/got.md"
same "shuffled lines give the same report" "$tmp/want.md" "$tmp/got.md"
genreport <"$tmp/all.jsonl" >"$tmp/got.md"
same "the same input gives the same bytes" "$tmp/want.md" "$tmp/got.md"
TZ=Asia/Tokyo genreport - <"$tmp/all.jsonl" >"$tmp/got.md"
same "whatever the time zone" "$tmp/want.md" "$tmp/got.md"
sed "\$!s/\$/$(printf '\r')/; 1s/^/$(printf '\357\273\277')/" "$tmp/all.jsonl" >"$tmp/crlf.jsonl"
genreport <"$tmp/crlf.jsonl" >"$tmp/got.md"
same "CRLF and a byte order mark change nothing" "$tmp/want.md" "$tmp/got.md"
{ echo; cat "$tmp/all.jsonl"; printf '  \n\n'; } | genreport >"$tmp/got.md"
same "nor do blank lines" "$tmp/want.md" "$tmp/got.md"
printf %s "$(cat "$tmp/all.jsonl")" | genreport >"$tmp/got.md"
same "nor a last line without an end" "$tmp/want.md" "$tmp/got.md"
body() { sed -n '/^## Executive/,/^## Files/p' "$@"; }
body "$tmp/want.md" >"$tmp/want.body"
genreport "$a-server.jsonl" "$a-benchmark.jsonl" "$a-memory.jsonl" | body >"$tmp/files.body"
same "files give what their cat gives" "$tmp/want.body" "$tmp/files.body"
genreport -m "$a-memory.jsonl" "$a-benchmark.jsonl" "$a-server.jsonl" | body >"$tmp/files.body"
same "-m reads one more file" "$tmp/want.body" "$tmp/files.body"
cat "$a-benchmark.jsonl" "$a-server.jsonl" | genreport -m "$a-memory.jsonl" | body >"$tmp/files.body"
same "-m reads it beside standard input" "$tmp/want.body" "$tmp/files.body"

# ---- What the report says ----
run genreport "$a-benchmark.jsonl" "$a-memory.jsonl" "$a-server.jsonl"
report=$(cat "$out_file")
like "title" "$report" '^# Benchmark Report v1\.2: 2\.0\.4$'
like "date of the run" "$report" '^\*\*Date:\*\* 2026-11-23  $'
like "Generated is the time of the last record" "$report" '^\*\*Generated:\*\* 2026-11-23T01:52:42 UTC  $'
like "outcomes" "$report" '^\*\*Tests:\*\* 56 total \(53 passed, 1 failed, 2 skipped\)'
like "failed tests are listed" "$report" '^\| test_live\.py::test_known_regression \| – \| 1 \| 1 \| <0\.01 s \|$'
like "so are reasons for skipping" "$report" '^\| RAM budget exceeded \(144 GB required\) \| 1 \|$'
like "a server test has the model that was in RAM" "$report" \
    'still_works\\\[random-init/Llama-14B-bf16\\\] \| 8\.31 s \| Llama-14B-bf16 \|$'
like "two models if there were two" "$report" '^\| test_live\.py::test_model_switching \| 4\.89 s \| [^,]*Llama-1B-bf16, [^,]*Llama-8B-bf16 \|$'
like "samples are counted" "$report" '^- \*\*Memory:\*\* `.*-memory\.jsonl` \(1096 samples, 1 summary record\)$'
is "sections in their order" "$(sed -n 's/^## //p' "$out_file" | tr '\n' ',')" \
    'Input Files,Executive Summary,Test Summary,System Health,Per-Model Statistics,Per-Test Statistics,GPU Analysis,Performance,Memory per Model,Anomalies,Scheduling,Files,'
is "a cold start for each model" "$(sed -n '/^### Cold/,/^### High/p' "$out_file" | grep -c '^| test_')" 11
is "the high ones, highest first" "$(sed -n '/^### High/,/^### GPU/p' "$out_file" | sed -n 's/^| \(test_[a-z_]*\) .*-\([^-]*\) | \(.*\)% | – .*/\1 \3/p' | head -n 1)" \
    "test_single_image_chat_completion 75.4"
genreport "$a-benchmark.jsonl" >"$tmp/got.md"
like "without samples nothing is said of the GPU" "$(cat "$tmp/got.md")" '^Not known: no sample tells the GPU'
printf 'gpu_high: 99\n' >"$tmp/gpu.yaml"
genreport -C "$tmp/gpu.yaml" "$a-benchmark.jsonl" "$a-memory.jsonl" >"$tmp/got.md"
like "gpu_high" "$(cat "$tmp/got.md")" '^No test used more than 99% of the GPU'
SOURCE_DATE_EPOCH=0 genreport "$a-benchmark.jsonl" >"$tmp/got.md"
like "SOURCE_DATE_EPOCH" "$(cat "$tmp/got.md")" '^\*\*Generated:\*\* 1970-01-01T00:00:00 UTC'
exits "a bad SOURCE_DATE_EPOCH" 2 env SOURCE_DATE_EPOCH=today genreport "$a-benchmark.jsonl"
run genreport "$a-benchmark.jsonl" "$b-benchmark.jsonl"
like "several versions: title" "$(cat "$out_file")" '^# Benchmark Report v1\.2: 2\.0\.4 – 2\.0\.5$'
like "several versions: said" "$(cat "$out_file")" '^- \*\*Versions:\*\* 2\.0\.4, 2\.0\.5 '
like "reruns are said" "$(cat "$out_file")" '^- \*\*Reruns:\*\* 54 tests ran more than once'
run genreport "$a-benchmark.jsonl" "$a-benchmark.jsonl"
like "a file given twice is said" "$(cat "$out_file")" '\*\*Repeated records:\*\* 56 records'
is "both mentions of it are listed" "$(grep -c '^- \*\*Primary:' "$out_file")" 2
session() { # NAME
    printf '{"ts":1767322800,"elapsed_s":0,"ram_free_gb":1,"session":{"chip":"%s","cores_physical":8}}\n' "$1"
}
{ session one; session two | sed 's/1767322800/1767326400/'; echo '{"outcome":"passed","test":"t"}'; } >"$tmp/sessions.jsonl"
genreport "$tmp/sessions.jsonl" >"$tmp/got.md"
like "recordings of two machines are named" "$(cat "$tmp/got.md")" '^\*\*Hardware:\*\* one, 8 cores; two, 8 cores'
unlike "but which test ran where is not known" "$(cat "$tmp/got.md")" '^### Machines'
for i in 0 1 2 3 4 100 101 102 103 104; do printf '{"ts":%d,"elapsed_s":%d,"ram_free_gb":1}\n' $((1767322800 + i)) "$i"; done >"$tmp/gaps.jsonl"
echo '{"outcome":"passed","test":"t"}' | genreport -m "$tmp/gaps.jsonl" >"$tmp/got.md"
like "a recording with gaps" "$(cat "$tmp/got.md")" '^Recorded: 10 samples, every 1000 ms over 1m 44s, with gaps$'

# ---- Records with little, or too much, in them ----
test_record() { # MEMBERS: a passed test of 2 s, with further members
    printf '{"schema_version":"0.2.2","timestamp":"2026-01-02T03:04:05Z","mlx_knife_version":"2.0.4","test":"t.py::test_x","outcome":"passed","duration":2%s}\n' "$1"
}
printf '{"outcome":"passed","test":"t"}\n' >"$tmp/bare.jsonl"
exits "a test of nothing but its outcome" 0 genreport "$tmp/bare.jsonl"
report=$(cat "$out_file")
like "its version is unknown" "$report" '^# Benchmark Report v1\.2: unknown version$'
like "its health too" "$report" '^Not known: no test carries system health'
like "its duration too" "$report" '^\*\*Duration:\*\* unknown'
like "its date too" "$report" '^\*\*Date:\*\* unknown'
unlike "and nothing of it is zero" "$report" '(^|[^0-9.])0(\.0+)? (s|GB|MB)'
test_record ',"model":{"id":"a|b`<script>\n# x","size_gb":1},"metadata":{"inference_modality":"te|xt"},"system_health":{"ram_free_gb":4.9,"zombie_processes":0}' >"$tmp/hostile.jsonl"
run genreport "$tmp/hostile.jsonl"
report=$(cat "$out_file")
unlike "no HTML gets through" "$report" '<script>'
unlike "no heading gets through" "$report" '^# x'
is "a bar stays in its cell" "$(sed 's/\\|//g' "$out_file" | grep 'script' | tr -cd '|\n' | sort | uniq -c | tr -s ' ')" " 2 |||||||"
like "little RAM degrades a test" "$report" '^  Degraded \(RAM\):  1$'
like "and the summary says so" "$report" '1 test ran on a degraded machine'
{
    test_record ',"system_health":{"swap_used_mb":10}'
    test_record ',"system_health":{"swap_used_mb":120.5,"zombie_processes":3}' | sed 's/03:04:05/03:05:05/'
} >"$tmp/swap.jsonl"
run genreport "$tmp/swap.jsonl"
like "swap that grows is said" "$(cat "$out_file")" 'Swap grew\*\* by 110\.5 MB within the run, from 10\.0 MB to 120\.5 MB'
like "zombies degrade a test" "$(cat "$out_file")" '^  Degraded \(zombies\): 1$'
awk 'BEGIN { s = "x"; for (i = 0; i < 20; i++) s = s s; printf "{\"outcome\":\"failed\",\"test\":\"%s\"}\n", s }' >"$tmp/long.jsonl"
run genreport "$tmp/long.jsonl"
ok "a name of a million characters is cut" test "$(wc -c <"$out_file")" -lt 5000
for model in a b c d; do printf '{"outcome":"failed","test":"t[x]","model":{"id":"%s"}}\n' $model; done >"$tmp/failed.jsonl"
run genreport "$tmp/failed.jsonl"
like "a test that failed with four models is named once" "$(cat "$out_file")" '^❌ \*\*4 of 4 tests that ran failed:\*\* t\\\[x\\\]$'
{
    test_record ',"system_health":{"ram_free_gb":30}'
    printf '{"outcome":"passed","test":"u"}\n'
} >"$tmp/one.jsonl"
run genreport "$tmp/one.jsonl"
like "one duration is one" "$(cat "$out_file")" '^\*\*Duration:\*\* 2\.0 s, of the one test that tells its  $'
like "one test with health does not speak for all" "$(cat "$out_file")" 'The one test that tells it was clean'
{ cat "$tmp/one.jsonl" "$tmp/one.jsonl"; } | genreport >"$tmp/got.md"
like "nor do two" "$(cat "$tmp/got.md")" 'All 2 tests that tell it were clean'
test_record ',"system_health":{"swap_used_mb":10}' | genreport >"$tmp/got.md"
like "swap alone says nothing of quality" "$(cat "$tmp/got.md")" '^\*\*Quality:\*\* unknown: no test tells its free RAM or zombies'

# ---- Options ----
exits "-h" 0 genreport -h
like "-h prints the usage" "$(cat "$out_file")" '^usage: genreport '
cp "$out_file" "$tmp/help"
exits "--help" 0 genreport --help
same "--help is -h" "$tmp/help" "$out_file"
exits "--version" 0 genreport --version
exits "an option that is none" 2 genreport --nonsense x
exits "an option without its value" 2 genreport -o
exits "an unknown format" 2 genreport -f papyrus "$a-benchmark.jsonl"
exits "-f markdown" 0 genreport -f markdown "$a-benchmark.jsonl"
exits "-o and -O exclude each other" 2 genreport -o "$tmp/x" -O "$tmp" "$a-benchmark.jsonl"
genreport "$a-benchmark.jsonl" >"$tmp/want.md"
exits "-o" 0 genreport -o "$tmp/r.md" "$a-benchmark.jsonl"
same "-o writes the report" "$tmp/want.md" "$tmp/r.md"
is "-o prints nothing" "$(cat "$out_file" "$err_file")" ""
exits "-o into a folder that is not there" 3 genreport -o "$tmp/no/r.md" "$a-benchmark.jsonl"
is "names it" "$(cat "$err_file")" "genreport: $tmp/no/r.md: cannot write: No such file or directory"
exits "-o - is standard output" 0 genreport -o - "$a-benchmark.jsonl"
same "-o - writes the report" "$tmp/want.md" "$out_file"
mkdir "$tmp/keep"
cp "$a-benchmark.jsonl" "$tmp/keep/a-benchmark.jsonl"
cp "$a-benchmark.jsonl" "$tmp/keep/a-memory.jsonl"
ln "$tmp/keep/a-benchmark.jsonl" "$tmp/keep/same.jsonl"
refuses() { # FILE ARG…: genreport -o FILE ARG… says that FILE is read, and leaves it alone
    file=$tmp/keep/$1
    shift
    exits "-o $file of $*" 3 genreport -o "$file" "$@"
    is "-o $file of $*: why" "$(cat "$err_file")" "genreport: $file: cannot write: it is an input, too"
    same "-o $file of $*: it is as it was" "$a-benchmark.jsonl" "$file"
}
refuses a-benchmark.jsonl "$tmp/keep/a-benchmark.jsonl"
refuses same.jsonl "$b-benchmark.jsonl" "$tmp/keep/a-benchmark.jsonl"
refuses a-benchmark.jsonl -m "$tmp/keep/a-benchmark.jsonl" "$b-benchmark.jsonl"
refuses a-benchmark.jsonl -c "$tmp/keep/a-benchmark.jsonl" "$b-benchmark.jsonl"
refuses a-memory.jsonl -c "$tmp/keep/a-benchmark.jsonl" "$b-benchmark.jsonl"
exits "a run on standard output" 3 sh -c 'genreport -f jsonl "$1" >>"$1"' sh "$tmp/keep/same.jsonl"
same "is refused, too" "$a-benchmark.jsonl" "$tmp/keep/same.jsonl"
cp "$a-benchmark.jsonl" "$tmp/keep/BENCHMARK-v1.2-2.0.4-2026-11-23.md"
exits "-O that would replace the run" 3 genreport -O "$tmp/keep" "$tmp/keep/BENCHMARK-v1.2-2.0.4-2026-11-23.md"
same "leaves it" "$a-benchmark.jsonl" "$tmp/keep/BENCHMARK-v1.2-2.0.4-2026-11-23.md"
exits "-o of what is not read" 0 genreport -o "$tmp/keep/a-memory.jsonl" "$a-benchmark.jsonl"
exits "-O" 0 genreport -O "$tmp" "$a-benchmark.jsonl"
is "-O prints the name" "$(cat "$err_file")" "$tmp/BENCHMARK-v1.2-2.0.4-2026-11-23.md"
same "-O writes the report" "$tmp/want.md" "$tmp/BENCHMARK-v1.2-2.0.4-2026-11-23.md"
exits "-O of no folder" 3 genreport -O "$tmp/none" "$a-benchmark.jsonl"
printf 'inference_min_s: 5\nquality: {ram_free_min_gb: 500}\nsizes: {large: 1, medium: 0.5}\nstrip_model_prefix: [random-init/Llama-]\n' >"$tmp/c.yaml"
exits "-C" 0 genreport -C "$tmp/c.yaml" "$a-benchmark.jsonl"
report=$(cat "$out_file")
like "inference_min_s" "$report" '^  Inference:       15 '
like "quality.ram_free_min_gb" "$report" '^  Degraded \(RAM\):  56$'
like "sizes" "$report" '^LARGE MODELS \(≥1 GB\): '
like "strip_model_prefix" "$report" '^\| 14B-bf16 \|'
MLXK_BENCH_CONFIG=$tmp/c.yaml genreport "$a-benchmark.jsonl" >"$tmp/got.md"
same "MLXK_BENCH_CONFIG" "$out_file" "$tmp/got.md"
exits "a configuration that is not there" 2 genreport -C "$tmp/none.yaml" "$a-benchmark.jsonl"
printf 'sizes: {huge: 1}\n' >"$tmp/c.yaml"
exits "an unknown key in it" 2 genreport -C "$tmp/c.yaml" "$a-benchmark.jsonl"
like "is named with its line" "$(cat "$err_file")" 'c\.yaml:1:'

# ---- Bad input ----
for input in /dev/null "$a-memory.jsonl"; do
    exits "no test records" 1 genreport -o "$tmp/nothing.md" "$input"
    is "no test records: said" "$(cat "$err_file")" "genreport: no test records in the input"
    ok "no test records: nothing is written" test ! -e "$tmp/nothing.md"
done
exits "nothing on standard input" 1 sh -c 'genreport </dev/null'
head -c 100000 /dev/urandom >"$tmp/garbage"
exits "garbage" 1 genreport "$tmp/garbage"
is "garbage: ten lines are named, then a count, then the end" "$(wc -l <"$err_file" | tr -d ' ')" 12
exits "garbage beside a run" 0 genreport "$tmp/garbage" "$a-benchmark.jsonl"
body "$out_file" >"$tmp/got.body"
body "$tmp/want.md" >"$tmp/want.body"
same "changes nothing in the report" "$tmp/want.body" "$tmp/got.body"
exits "--strict: garbage" 1 genreport --strict "$tmp/garbage" "$a-benchmark.jsonl"
ok "--strict: the report is written all the same" test -s "$out_file"
exits "--strict: good lines" 0 genreport --strict "$a-benchmark.jsonl" "$a-memory.jsonl" "$a-server.jsonl"
{ cat "$a-benchmark.jsonl" && echo '{"outcome":"exploded","test":"t"}'; } >"$tmp/outcome.jsonl"
exits "an outcome that is none" 1 genreport --strict "$tmp/outcome.jsonl"
like "is named" "$(cat "$err_file")" 'outcome\.jsonl:57: '
{ cat "$a-benchmark.jsonl" && printf '{"outcome":"passed","te'; } >"$tmp/cut.jsonl"
exits "a last line that was cut off" 0 genreport "$tmp/cut.jsonl"
like "is a warning" "$(cat "$err_file")" 'cut\.jsonl:57'
exits "and no error under --strict" 0 genreport --strict "$tmp/cut.jsonl"
{ cat "$a-benchmark.jsonl" && printf '\000'; } >"$tmp/zero.jsonl"
exits "a last line that is wrong before its end is bad" 1 genreport --strict "$tmp/zero.jsonl"
is "and not called cut off" "$(cat "$err_file")" "genreport: $tmp/zero.jsonl:57:1: not JSON: a value was expected, found \\x00"
exits "a missing file" 3 genreport "$tmp/none.jsonl" "$a-benchmark.jsonl"
like "is named" "$(cat "$err_file")" 'none\.jsonl: '
body "$out_file" >"$tmp/got.body"
same "and the others are reported on" "$tmp/want.body" "$tmp/got.body"
exits "nothing but a missing file" 3 genreport "$tmp/none.jsonl"

# ---- What cannot be ----
test_line() { printf '{"schema_version":"0.2.2","test":"t.py::%s","outcome":"passed","timestamp":"%s","duration":%s,"model":{"id":"%s"}}\n' "$@"; }
{ test_line bad 2026-13-23T01:49:36Z 2 o/m; test_line good 2026-11-23T01:49:36Z 2 o/m; } >"$tmp/notime.jsonl"
exits "a timestamp that is none: --strict" 1 genreport --strict "$tmp/notime.jsonl"
exits "a timestamp that is none" 0 genreport "$tmp/notime.jsonl"
like "is named" "$(genreport "$tmp/notime.jsonl" 2>&1 >/dev/null)" "notime\.jsonl:1: the test's 'timestamp' is not a time"
{ test_line x 2026-11-23T01:49:36Z 1e999 o/m; test_line y 2026-11-23T01:49:36Z 1e300 o/m; } >"$tmp/huge.jsonl"
like "durations that cannot be are said" "$(genreport "$tmp/huge.jsonl")" '^\*\*Duration:\*\* unknown; ⚠️ 2 tests tell one that cannot be'
test_line z 2026-11-23T01:49:36Z 3 o/m >>"$tmp/huge.jsonl"
like "beside those that can" "$(genreport "$tmp/huge.jsonl")" '^\*\*Duration:\*\* 3\.0 s, of the one test that tells its; ⚠️ 2 tests tell one that cannot be'
{
    printf '{"ts":-5,"elapsed_s":0,"ram_free_gb":9}\n'
    printf '{"ts":1795398%s,"elapsed_s":%s,"ram_free_gb":%s,"gpu_device_util":%s,"swap_used_mb":%s}\n' 560 1 10 50 0 561 2 -3 4000 512.5
} >"$tmp/cannot.jsonl"
genreport -f json "$tmp/cannot.jsonl" "$tmp/huge.jsonl" >"$tmp/cannot.out" 2>"$err_file"
is "amounts and shares that cannot be are absent" "$(jq -c '.system_health.samples | [.n, .ram_free_gb.min]' "$tmp/cannot.out")" '[2,10]'
is "a share above 100 % is no reading" "$(jq .gpu.samples "$tmp/cannot.out")" 1
like "a time before 1970 is a bad line" "$(cat "$err_file")" "cannot\.jsonl:1: the sample's 'ts' is not a time between the years 1970 and 9999"
like "swap to a tenth" "$(genreport "$tmp/cannot.jsonl" "$tmp/huge.jsonl" 2>/dev/null)" 'Swap \(MB\): +min=0, max=512\.5'

# ---- Models and tests that look alike ----
for n in 1 2 3; do
    test_line "a$n" "2026-11-23T01:4$n:36Z" 5 /w/qwen
    test_line "b$n" "2026-11-23T01:4$n:46Z" 5 /w/qwen/
done >"$tmp/slash.jsonl"
like "a slash at the end makes no other model" "$(genreport "$tmp/slash.jsonl")" '^\*\*Models:\*\* 1 tested'
for n in 1 2; do
    test_line "test_gen[p$n]" "2026-11-23T01:49:2${n}Z" 1 /w/qwen
    printf '{"ts":179539856%s.5,"elapsed_s":%s,"gpu_device_util":9%s}\n' "$((n - 1))" "$n" "$n"
done >"$tmp/alike.jsonl"
is "rows of tests that look alike have their parameters" \
    "$(genreport -f json "$tmp/alike.jsonl" | jq -c '[.gpu.high[].name] | sort')" '["test_gen[p1]","test_gen[p2]"]'
like "without others there is nothing to be an outlier of" "$(genreport "$tmp/alike.jsonl")" '^- \*\*Outliers:\*\* not judged: no 5 tests'

# ---- On a terminal ----
if command -v script >/dev/null && script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    printf '{ head -n 600 %s; sleep 3; tail -n +601 %s; cat %s; } | genreport -o %s\n' \
        "$a-memory.jsonl" "$a-memory.jsonl" "$a-benchmark.jsonl" "$tmp/slow.md" >"$tmp/slow.sh"
    TERM=xterm script -qec "sh $tmp/slow.sh" "$tmp/tty" </dev/null >/dev/null 2>&1
    like "a long read is counted" "$(cat "$tmp/tty")" "\(standard input\): [0-9.]+ MB, (1 0|[6-9])[0-9][0-9] records, [0-9.]+ MB/s$(printf '\033')\[K$(printf '\r')$(printf '\033')\[K"
    ok "and then there is the report" test -s "$tmp/slow.md"
    TERM=dumb script -qec "sh $tmp/slow.sh" "$tmp/tty" </dev/null >/dev/null 2>&1
    unlike "a terminal that knows no lines is spared" "$(cat "$tmp/tty")" 'records'
else
    skip "on a terminal" "no script"
fi

# ---- Output that fails ----
if [ -w /dev/full ]; then
    exits "a full disk" 3 sh -c 'genreport "$1" >/dev/full' sh "$a-benchmark.jsonl"
    full="genreport: (standard output): cannot write: No space left on device"
    is "a full disk: said" "$(cat "$err_file")" "$full"
    exits "-h to a full disk" 3 sh -c 'genreport -h >/dev/full'
    is "-h to a full disk: said" "$(cat "$err_file")" "$full"
else
    skip "a full disk" "no /dev/full"
fi
exits "a closed pipe" 0 sh -c '{ genreport "$1"; echo $? >"$2"; } | head -n 1 >/dev/null' sh "$a-benchmark.jsonl" "$tmp/rc"
like "a closed pipe ends it" "$(cat "$tmp/rc")" '^[03]$'
exits "a closed standard output" 3 sh -c 'genreport "$1" >&-' sh "$a-benchmark.jsonl"
finish
