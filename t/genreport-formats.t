#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# genreport's formats, as those who read them would; findings that fail a job; reports of limited length.
# shellcheck disable=SC2016 # scripts for sh -c
. "${0%/*}/tap.sh"
unset SOURCE_DATE_EPOCH
R=$top/reports
a=$R/2026-11-23-v2.0.4 b=$R/2026-11-23-v2.0.5
unwell=$top/t/data/golden/genreport/unwell hostile=$top/t/data/golden/genreport/hostile/hostile.jsonl
cat "$b-benchmark.jsonl" "$b-memory.jsonl" "$b-server.jsonl" >"$tmp/run.jsonl"
awk 'BEGIN { srand(11) } { print rand() "\t" $0 }' "$tmp/run.jsonl" | sort | cut -f 2- >"$tmp/shuffled.jsonl"
formats='markdown json jsonl csv openmetrics junit gab gab-bigger'

# ---- The same input gives the same bytes; so does any order of its lines, but that jsonl keeps it
for f in $formats; do
    exits "-f $f" 0 genreport -f "$f" -o "$tmp/want" "$tmp/run.jsonl"
    is "-f $f says nothing" "$(cat "$out_file" "$err_file")" ""
    for _ in 1 2 3 4 5 6 7 8 9 10; do genreport -f "$f" "$tmp/run.jsonl" | cksum; done | sort -u >"$tmp/sums"
    is "-f $f: ten times the same bytes" "$(cat "$tmp/sums")" "$(cksum <"$tmp/want")"
    cp "$tmp/want" "$tmp/want.$f"
    cp "$tmp/run.jsonl" "$tmp/in.jsonl"
    (cd "$tmp" && genreport -f "$f" in.jsonl >want && cp shuffled.jsonl in.jsonl && genreport -f "$f" in.jsonl >got)
    if [ "$f" = jsonl ]; then
        sort "$tmp/want" >"$tmp/want.sorted"
        sort "$tmp/got" >"$tmp/got.sorted"
        same "-f $f: any order gives the same lines" "$tmp/want.sorted" "$tmp/got.sorted"
    else
        same "-f $f: any order gives the same bytes" "$tmp/want" "$tmp/got"
    fi
    exits "-f $f of hostile records" 0 genreport -f "$f" "$hostile"
    cp "$out_file" "$tmp/hostile.$f"
    if [ -w /dev/full ]; then exits "-f $f to a full disk" 3 sh -c 'genreport -f "$1" "$2" >/dev/full' sh "$f" "$b-benchmark.jsonl"; fi
done

# Also of tests that differ in nothing that they are sorted by at first.
for i in 3 1 2; do
    jq -c --argjson i "$i" 'select(.test | test("run_command.text_04")) | .performance.cleanup_time_s = $i | .metadata.skip_reason = "\($i)"' "$b-benchmark.jsonl"
done >"$tmp/twins.jsonl"
for f in json csv junit; do
    genreport -f "$f" - <"$tmp/twins.jsonl" >"$tmp/want"
    sort "$tmp/twins.jsonl" | genreport -f "$f" - >"$tmp/got"
    same "-f $f: twins stand in an order of their own" "$tmp/want" "$tmp/got"
done

# ---- json: one object, the same figures as the records by jq
json=$tmp/want.json
is "json: one line" "$(wc -l <"$json" | tr -d ' ')" 1
of() { jq -r "$1" "$json"; }
by() { jq -rs "$1" "$b-benchmark.jsonl"; }
is "json: tests" "$(of '.summary | [.tests, .passed, .failed, .skipped] | @csv')" \
    "$(by '[length] + (group_by(.outcome) | map({(.[0].outcome): length}) | add | [.passed, .failed, .skipped]) | @csv')"
is "json: time by model" "$(of '.models[] | [.id, .tests, (.time_s * 1000 | round)] | @csv')" \
    "$(by 'map(select(.outcome == "passed" and .model.id and .duration >= 0.5)) | group_by(.model.id | ascii_downcase)[] |
        [.[0].model.id, length, (map(.duration) | add * 1000 | round)] | @csv')"
is "json: what is not known is not there" "$(jq '[.. | nulls] | length' "$json")" 0
is "json: loads and outliers are those of the anomalous run" "$(genreport -f json "$unwell"/*.jsonl |
    jq -c '[.anomalies.leak.found, .anomalies.zombies.test, .anomalies.outliers[0].test, (.loads.models | map([.model, .loads])), .scheduling.switches]')" \
    '[true,"live/test_chat.py::TestChat::test_chat[07]","live/test_chat.py::TestChat::test_chat[13]",[["Alpha-8B",14],["Beta-4B",10]],20]'
genreport -f json -c "$a-benchmark.jsonl" "$b-benchmark.jsonl" >"$tmp/compared.json"
is "json: the comparison has what a row needs" "$(jq -c '.comparison | [.run_effect, .models[], .tests[]] |
    map(select((has("metric") and has("verdict") and has("pairs")) | not)) | length' "$tmp/compared.json")" 0
is "json: verdicts are known words" "$(jq -r '.comparison | [.run_effect, .models[], .tests[]][].verdict' "$tmp/compared.json" |
    grep -Evx 'regressed|improved|suspect-slower|suspect-faster|no-change|undecided|not-judged')" ""
is "json: that something was judged, and by what" "$(jq -c '[.comparison.judged, .limits.compare_effect, .comparison.baselines[0].read]' "$tmp/compared.json")" '[true,0.05,true]'
is "json: or why nothing was" "$(genreport -f json -c "$hostile" "$b-benchmark.jsonl" 2>/dev/null | jq -c '.comparison | [.judged, .reason]')" \
    '[false,"no test passed in both this run and a baseline"]'
ok "json: rows are there" test "$(jq '.comparison.models | length' "$tmp/compared.json")" -gt 5
ok "json: hostile names are its strings" jq -e '.failures | map(.test) | any(test("right_to_left"))' "$tmp/hostile.json"

# ---- jsonl: a filter
sed 's/,"resources":{.*$/}/' "$tmp/want.jsonl" >"$tmp/without"
same "jsonl: without its resources each line is what it was" "$tmp/without" "$b-benchmark.jsonl"
is "jsonl: each line has them" "$(jq -c 'select(.resources.samples > 0)' "$tmp/want.jsonl" | wc -l | tr -d ' ')" 56
genreport -f jsonl -m "$b-memory.jsonl" "$tmp/want.jsonl" >"$tmp/again.jsonl"
same "jsonl: what has been there is replaced" "$tmp/want.jsonl" "$tmp/again.jsonl"
jq -c '{resources: {x: [1, {"resources": 2}]}} + .' "$b-benchmark.jsonl" >"$tmp/first.jsonl"
jq -c . "$b-benchmark.jsonl" >"$tmp/plain.jsonl"
genreport -f jsonl -m "$b-memory.jsonl" "$tmp/first.jsonl" >"$tmp/got"
genreport -f jsonl -m "$b-memory.jsonl" "$tmp/plain.jsonl" >"$tmp/want"
same "jsonl: also if it came first" "$tmp/want" "$tmp/got"
printf '{"test":"t","outcome":"passed" , "resources" : 1 }\n{ "resources":2, "test":"u","outcome":"passed"}\n' |
    genreport -f jsonl >"$tmp/got"
is "jsonl: also among blanks" "$(cat "$tmp/got")" '{"test":"t","outcome":"passed","resources":{"samples":0,"parallel":false}}
{ "test":"u","outcome":"passed","resources":{"samples":0,"parallel":false}}'
sample() { jq -s "$1" "$b-benchmark.jsonl" "$b-memory.jsonl"; }
is "jsonl: peak use is that of the samples" "$(jq -r 'select(.test | test("run_command.text_04")) | .resources.ram_use_gb' "$tmp/want.jsonl")" \
    "$(sample '(.[] | select(.test // "" | test("run_command.text_04"))) as $t | map(select(.elapsed_s)) |
        (map(select(.ts < $t.test_start_ts))[-1].ram_free_gb - (map(select(.ts >= $t.test_start_ts and .ts <= $t.test_end_ts).ram_free_gb) | min)) * 100 | round / 100')"
is "jsonl: so is the energy" "$(jq -r 'select(.test | test("run_command.text_04")) | .resources.gpu_energy_j | round' "$tmp/want.jsonl")" \
    "$(sample '(.[] | select(.test // "" | test("run_command.text_04"))) as $t | map(select(.elapsed_s and .ts >= $t.test_start_ts and .ts <= $t.test_end_ts).gpu_power_w) |
        add / length * ($t.test_end_ts - $t.test_start_ts) | round')"

# ---- csv
is "csv: a row for each test, and the names" "$(wc -l <"$tmp/want.csv" | tr -d ' ')" 57
is "csv: as many fields in each" "$(awk -F , '{ print NF }' "$tmp/want.csv" | sort -u)" "$(head -n 1 "$tmp/want.csv" | tr ',' '\n' | wc -l | tr -d ' ')"
is "csv: lines end as RFC 4180 has it" "$(grep -vc "$(printf '\r')\$" "$tmp/want.csv")" 0
like "csv: formulas are disarmed" "$(genreport -f csv "$unwell"/*.jsonl)" "\"'=1\\+1, \"\"quoted\"\"\""

# ---- openmetrics
metrics_wrong() { # what is wrong with the exposition on standard input
    awk '
        ended { print "after the end: " $0 }
        $0 == "# EOF" { ended = 1; next }
        $1 == "#" && $2 == "TYPE" { if ($3 in type) print "twice: " $0; type[$3] = $4; unit = ""; name = $3; next }
        $1 == "#" && $2 == "UNIT" { if ($3 != name || $3 !~ ("_" $4 "$")) print "unit: " $0; next }
        $1 == "#" && $2 == "HELP" { if ($3 != name) print "help: " $0; next }
        { series = $0; sub(/ [^ ]*$/, "", series); family = series; sub(/[{].*/, "", family)
          if (family != name) print "out of place: " $0
          if (series in seen) print "twice: " series
          seen[series] = 1; n++
          if ($NF !~ /^-?[0-9.]+(e[+-]?[0-9]+)?$/) print "no number: " $0
          if (series ~ /[{]/ && series !~ /^[a-z_]+[{]([a-z]+="([^"\\]|\\["\\n])*",?)+[}]$/) print "labels: " $0 }
        END { if (!ended) print "no end"; if (n < 10) print "only " n }'
}
is "openmetrics: what it must look like" "$(metrics_wrong <"$tmp/want.openmetrics")" ""
is "openmetrics: also of hostile names" "$(metrics_wrong <"$tmp/hostile.openmetrics")" ""
is "openmetrics: and of a comparison" "$(genreport -f openmetrics -c "$a-benchmark.jsonl" "$b-benchmark.jsonl" | metrics_wrong)" ""
like "openmetrics: base units" "$(cat "$tmp/want.openmetrics")" '^mlxk_model_gpu_memory_max_bytes\{model="Llama-32B-bf16",mode="text"\} 5[0-9]{10}$'
python=
for p in python3 /usr/bin/python3; do
    [ -n "$python" ] || ! $p -c 'import prometheus_client.openmetrics.parser' 2>/dev/null || python=$p
done
if [ -n "$python" ]; then
    for f in want hostile; do
        ok "openmetrics: Prometheus' parser reads it ($f)" $python -c 'import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse
assert len(list(parse(open(sys.argv[1]).read()))) > 5' "$tmp/$f.openmetrics"
    done
else
    skip "openmetrics: Prometheus' parser" "no python3-prometheus-client"
fi

# ---- junit
genreport -f junit -c "$a-benchmark.jsonl" "$b-benchmark.jsonl" >"$tmp/compared.junit"
unknown="//testcase/*[not(self::failure or self::skipped or self::system-out)] | //testcase/@*[not(name() = 'name' or name() = 'classname' or name() = 'time')] |
    //testsuites/@*[not(name() = 'name' or name() = 'time' or name() = 'tests' or name() = 'failures' or name() = 'errors')] |
    /*[not(self::testsuites)] | //testsuites/*[not(self::testsuite)] | //testsuite/*[not(self::testcase)]"
if command -v xmllint >/dev/null; then
    for f in want hostile compared; do
        ok "junit: $f is well-formed" xmllint --noout "$tmp/$f.junit"
        is "junit: $f: what the schema of Jenkins' xUnit plugin does not know" "$(xmllint --xpath "$unknown" "$tmp/$f.junit" 2>/dev/null)" ""
        for part in testsuites testsuite; do
            is "junit: $f: $part counts what is in it" \
                "$(xmllint --xpath "string(sum(//$part/@tests)), string(sum(//$part/@failures)), string(sum(//testsuite/@skipped))" "$tmp/$f.junit" 2>/dev/null ||
                    xmllint --xpath "concat(sum(//$part/@tests), ' ', sum(//$part/@failures), ' ', sum(//testsuite/@skipped))" "$tmp/$f.junit")" \
                "$(xmllint --xpath 'concat(count(//testcase), " ", count(//failure), " ", count(//skipped))' "$tmp/$f.junit")"
        done
    done
    is "junit: classes as pytest has them" "$(xmllint --xpath 'string(//testcase[@name="test_run_command[text_04]"]/@classname)' "$tmp/want.junit")" \
        test_live.TestCli
    is "junit: a case's figures" "$(xmllint --xpath 'string(//testcase[@name="test_run_command[text_04]"]/system-out)' "$tmp/want.junit" | head -n 2)" \
        "$(jq -r 'select(.test | test("run_command.text_04")) | "model: \(.model.id)\nmode: \(.metadata.inference_modality)"' "$b-benchmark.jsonl")"
else
    skip "junit" "no xmllint"
fi

# ---- gab
for f in gab gab-bigger; do
    is "$f: entries have what the action asks for" "$(jq -c 'map(select((.name | type) != "string" or (.unit | type) != "string" or (.value | type) != "number")) | length' "$tmp/want.$f")" 0
    ok "$f: there are some" test "$(jq length "$tmp/want.$f")" -gt 5
    is "$f: names differ" "$(jq 'map(.name) | length - (unique | length)' "$tmp/want.$f")" 0
done
is "gab: seconds" "$(jq -r '.[].unit' "$tmp/want.gab" | sort -u)" s
is "gab-bigger: rates" "$(jq -r '.[].unit' "$tmp/want.gab-bigger" | sort -u)" tokens/s

# ---- -g
exits "-g failed, and a test did" 1 genreport -g failed -o "$tmp/r.md" "$b-benchmark.jsonl"
is "it is named" "$(cat "$err_file")" "genreport: failed: test_live.py::test_known_regression"
ok "the report is there all the same" test -s "$tmp/r.md"
grep -v '"failed"' "$b-benchmark.jsonl" >"$tmp/passed.jsonl"
exits "-g failed, and none did" 0 genreport -g failed "$tmp/passed.jsonl"
exits "-g degraded of a good run" 0 genreport -g degraded "$b-benchmark.jsonl" "$b-memory.jsonl"
exits "-g degraded" 1 genreport -g degraded "$top/t/data/golden/genreport/degraded/degraded.jsonl"
like "says how" "$(cat "$err_file")" '^genreport: degraded: less than 5 GB of RAM free in [0-9]+ of [0-9]+ tests$'
exits "several" 1 genreport -g failed,degraded "$b-benchmark.jsonl"
exits "-g regressed: the same code" 0 genreport -g regressed -c "$a-benchmark.jsonl" "$b-benchmark.jsonl"
exits "-g regressed without a baseline" 2 genreport -g regressed "$b-benchmark.jsonl"
exits "-g of what is none" 2 genreport -g failed,slow "$b-benchmark.jsonl"
exits "-g of nothing" 2 genreport -g '' "$b-benchmark.jsonl"
jq -c 'if .model.id == "random-init/Llama-8B-bf16" then .duration *= 4 else . end' "$b-benchmark.jsonl" >"$tmp/slow.jsonl"
exits "-g regressed: one model four times slower" 1 genreport -g regressed -c "$a-benchmark.jsonl" "$tmp/slow.jsonl"
like "is named" "$(cat "$err_file")" '^genreport: suspect-slower: model Llama-8B-bf16 text, duration: \+[0-9.]+ % '
genreport -f junit -c "$a-benchmark.jsonl" "$tmp/slow.jsonl" >"$tmp/slow.xml"
like "junit says so, too" "$(cat "$tmp/slow.xml")" '<failure message="suspect-slower: [0-9.]+ %, 95 % interval '
exits "an output that fails comes before a finding" 3 genreport -g failed -o "$tmp/no/r.md" "$b-benchmark.jsonl"

# ---- --max-bytes
genreport "$tmp/run.jsonl" >"$tmp/whole.md"
whole=$(wc -c <"$tmp/whole.md" | tr -d ' ')
genreport --max-bytes "$whole" "$tmp/run.jsonl" >"$tmp/got.md"
same "--max-bytes of what there is" "$tmp/whole.md" "$tmp/got.md"
bad=
n=8192
while [ "$n" -lt "$whole" ]; do
    genreport --max-bytes "$n" "$tmp/run.jsonl" >"$tmp/got.md"
    [ "$(wc -c <"$tmp/got.md")" -le "$n" ] || bad="$bad $n"
    grep -q '^> \*\*Shortened\*\* to .* Left out: ' "$tmp/got.md" || bad="$bad $n (no note)"
    # What is left is whole: each line of it stands in the long report.
    grep -Fxv -f "$tmp/whole.md" "$tmp/got.md" | grep -v '^> ' >"$tmp/other" && bad="$bad $n ($(cat "$tmp/other"))"
    n=$((n + 250))
done
is "--max-bytes of anything less" "$bad" ""
exits "--max-bytes: too few" 2 genreport --max-bytes 8191 "$b-benchmark.jsonl"
exits "--max-bytes: no number" 2 genreport --max-bytes 9k "$b-benchmark.jsonl"
exits "--max-bytes: for Markdown only" 2 genreport --max-bytes 9000 -f csv "$b-benchmark.jsonl"

# ---- -O
mkdir "$tmp/dir"
for f in $formats; do genreport -f "$f" -O "$tmp/dir" "$b-benchmark.jsonl" 2>/dev/null; done
is "-O: names by format" "$(find "$tmp/dir" -type f | sed 's|.*/BENCHMARK-v1.2-2.0.5-2026-11-23||' | sort | tr '\n' ' ')" \
    ".csv .gab-bigger.json .gab.json .json .jsonl .md .prom .xml "
finish
