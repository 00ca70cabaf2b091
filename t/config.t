#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The configuration file, as three tools take it; jsonl(5)'s example is one; libjsonl(3) knows each function.
. "${0%/*}/tap.sh"
run=$top/reports/2026-11-23-v2.0.5
cd "$tmp" || exit 1

# The block in the page's EXAMPLES that starts with this line, as a reader would type it.
block_of() { # PAGE FIRST-LINE
    awk -v first="$2" '
        /^\.Bd/ { text = ""; fresh = 1; in_block = 1; next }
        /^\.Ed/ { if (wanted) printf "%s", text; in_block = wanted = 0; next }
        in_block {
            gsub(/\\e/, "\\"); gsub(/\\&/, "")
            if (fresh && index($0, first) == 1) wanted = 1
            fresh = 0; text = text $0 "\n"
        }' "$top/man/$1"
}
block_of jsonl.5 '# Free memory as a fraction' >example.yaml
block_of jsonl.5 '{"events": [{"event"' >example.json
is "the page's example says everything" "$(grep -c '^[a-z_]*:' example.yaml)" 9
ok "the page has the rule in JSON" test -s example.json

for file in example.yaml example.json; do
    exits "genreport takes $file" 0 genreport -C "$file" "$run-benchmark.jsonl" "$run-memory.jsonl"
    is "genreport says nothing of $file" "$(cat "$err_file")" ""
    exits "memplot takes $file" 0 memplot -C "$file" "$run-benchmark.jsonl" "$run-memory.jsonl"
    exits "memmon takes $file" 0 memmon -q -C "$file" -i 10 -d 0.03
done

refused() { # TITLE FILE MESSAGE
    for tool in genreport memplot "memmon -q -d 0.01"; do
        # shellcheck disable=SC2086 # words
        exits "$tool: $1" 2 $tool -C "$2"
        is "$tool says so" "$(cat "$err_file")" "${tool%% *}: $2:$3"
        is "$tool writes nothing" "$(cat "$out_file")" ""
    done
    # A report or a picture can be made again; what memmon does not record is lost, so a slip in what all tools read does
    # not keep it from recording.
    exits "memmon, from the environment: $1" 0 env MLXK_BENCH_CONFIG="$2" memmon -q -d 0.01
    is "memmon says so" "$(cat "$err_file")" "memmon: $2:$3
memmon: recording with the default configuration"
    ok "memmon records" test -s "$out_file"
}
sed 's/alpha:/alhpa:/' example.yaml >key.yaml
refused "an unknown key" key.yaml \
    "14:3: unknown key 'alhpa' in 'compare'; did you mean 'alpha'? (known: alpha, effect, min_pairs)"
sed 's/green: 0.5 /green: 50% /' example.yaml >type.yaml
refused "a wrong type" type.yaml "3:10: 'green' must be a number from 0 to 1, but is a string"
sed 's/orange: 0.25/orange: 0.75/' example.yaml >order.yaml
refused "a wrong order" order.yaml "3:10: 'green' (0.5) must be larger than 'orange' (0.75)"
sed 's/(.+)/(.+/' example.yaml >pattern.yaml
refused "a wrong pattern" pattern.yaml \
    "36:12: 'match': not a regular expression: missing closing parenthesis at its character 35"
echo 'sizes: {large: 30}' | cat example.yaml - >twice.yaml
refused "a key twice" twice.yaml "$(wc -l <twice.yaml | tr -d ' '):1: the key 'sizes' is there already"
printf 'quality: [1\n' >broken.yaml
refused "no YAML" broken.yaml "2:1: did not find expected ',' or ']' while parsing a flow sequence that begins in line 1"
printf '{"gpu_high": 101}' >range.json
refused "JSON out of range" range.json "1:14: 'gpu_high' must be a number from 0 to 100, but is 101"
refused "no such file" missing.yaml " cannot read: No such file or directory"
head -c 100000 /dev/urandom >noise.yaml
exits "genreport refuses noise" 2 genreport -C noise.yaml

MLXK_BENCH_CONFIG=key.yaml
export MLXK_BENCH_CONFIG
exits "the environment names a file" 2 genreport "$run-benchmark.jsonl"
like "and it is named" "$(cat "$err_file")" '^genreport: key\.yaml:14:3: '
exits "-C goes before it" 0 genreport -C example.yaml "$run-benchmark.jsonl"
MLXK_BENCH_CONFIG=
exits "an empty name is none" 0 genreport "$run-benchmark.jsonl"
unset MLXK_BENCH_CONFIG
: >empty.yaml
genreport "$run-benchmark.jsonl" >without 2>/dev/null
genreport -C empty.yaml "$run-benchmark.jsonl" >with 2>/dev/null
same "an empty file changes nothing" without with
printf '\357\273\277# comment\r\ngpu_high: 50\r\n' >crlf.yaml
genreport -C crlf.yaml "$run-benchmark.jsonl" >with 2>/dev/null
same "a byte order mark and CRLF do no harm" without with

sed -n 's/^[^/]*[ *]\(jsonl_[a-z_]*\)(.*/\1/p' "$top/lib/jsonl.h" | sort -u >functions
ok "the header has functions" test -s functions
while read -r name; do
    ok "libjsonl(3) has $name" grep -q "[ *]$name(" "$top/man/libjsonl.3"
done <functions
finish
