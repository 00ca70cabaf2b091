#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# validate: the filter, its options, its exit statuses, and everything that it refuses.
# shellcheck disable=SC2016 # schemas are full of $
. "${0%/*}/tap.sh"
bench=$top/reports/2026-11-23-v2.0.4-benchmark.jsonl mem=$top/reports/2026-11-23-v2.0.4-memory.jsonl
server=$top/reports/2026-11-23-v2.0.4-server.jsonl
good='{"schema_version": "0.2.2", "timestamp": "2026-11-23T01:49:22Z", "mlx_knife_version": "2.0.4", "test": "t", "outcome": "passed"}'
bad='{"schema_version": "0.2.2", "timestamp": "2026-11-23T01:49:22Z", "mlx_knife_version": "2.0.4", "test": "t", "outcome": "passed", "duration": -1}'
text() { cat "$out_file" "$err_file"; }
lines() { cat "$@" | wc -l | tr -d ' '; }
said() { grep -v '^validate: ' "$err_file"; } # of lines, without the total
run_stdin() { # TEXT ARG…: validate with TEXT (printf's format) on standard input
    # shellcheck disable=SC2059
    printf "$1" >"$tmp/in"
    shift
    validate "$@" <"$tmp/in" >"$out_file" 2>"$err_file"
    status=$?
}

# What is right passes, byte for byte.
for file in "$bench" "$mem" "$server" "$top"/reports/*.jsonl; do
    exits "${file##*/} is valid" 0 validate "$file"
    same "${file##*/} comes out as it went in" "$file" "$out_file"
    is "${file##*/} gives no reason to speak" "$(cat "$err_file")" ""
done
cat "$bench" "$mem" "$server" >"$tmp/all"
exits "several files are one stream" 0 validate "$bench" "$mem" "$server"
same "in their order" "$tmp/all" "$out_file"
validate <"$bench" >"$out_file"
same "standard input is the default" "$bench" "$out_file"
validate - <"$bench" >"$out_file"
same "and has the name -" "$bench" "$out_file"

# Lines as they are.
printf '\357\273\277%s\r\n\r\n  \n%s' "$good" "$good" >"$tmp/odd"
exits "CRLF, a byte order mark, blank lines, no final newline" 0 validate "$tmp/odd"
same "stay as they are" "$tmp/odd" "$out_file"
printf '%s' "$good" >"$tmp/unended"
printf '%s\n%s\n' "$good" "$good" >"$tmp/two"
validate "$tmp/unended" "$tmp/unended" >"$out_file"
printf '\n' >>"$out_file"
same "a file without final newline does not run into the next" "$tmp/two" "$out_file"
run_stdin "$bad\n$good\n$bad\n"
is "an invalid line is status 1" "$status" 1
is "and is held back" "$(cat "$out_file")" "$good"
is "each is named" "$(said | lines)" 2
is "and all are counted" "$(tail -n 1 "$err_file")" "validate: 3 records, 2 invalid"
like "with line, column, pointer, reason, schema" "$(said | tail -n 1)" \
    '^\(standard input\):3:142: /duration: should be at least 0, is -1 \(report-v0\.2\.2\.schema\.json#/properties/duration/minimum\)$'
{
    printf '%s\n' "$bad"
    printf '%s' "$good"
} | validate 2>/dev/null >"$out_file"
is "the last line needs no end" "$(cat "$out_file")" "$good"
mkfifo "$tmp/to" "$tmp/from"
validate <"$tmp/to" >"$tmp/from" &
filter=$!
exec 3>"$tmp/to" 4<"$tmp/from"
(sleep 30 && kill "$filter") 3>&- 4<&- >/dev/null 2>&1 &
watchdog=$!
printf '%s\n' "$good" >&3
read -r line <&4
is "a line flows while the input stays open" "$line" "$good"
exec 3>&- 4<&-
kill "$watchdog" 2>/dev/null
wait "$filter"
is "and the end of the input ends it" "$?" 0

# All that is wrong, in the order of the line.
run_stdin '{"outcome": 1, "x": 2, "test": 3, "schema_version": "0.1.0"}\n'
is "all faults of a line" "$(said | cut -d: -f4 | tr -d '\n')" " (root) (root) /outcome /x /test"
run_stdin '{"outcome": "pass", "test": 3}\n{"outcome": "passed", "schema_version": 2, "x": 0}\n'
is "also without a version that says what to hold it to" "$(said | sed 's/^.*input.:\([12]\):[0-9]*: \([^ ]*\):.*/\1 \2/' | tr '\n' ',')" \
    "1 (root),1 (root),1 (root),1 /outcome,1 /test,2 (root),2 (root),2 (root),2 /schema_version,2 /x,"

# Times: what readers of the format can place. They pass, other things do not.
at() { printf '{"schema_version": "0.2.2", "timestamp": "%s", "mlx_knife_version": "2", "test": "t", "outcome": "passed"}\n' "$@" |
    sed 's/"2"/"2.0.4"/'; }
at 2026-11-23 '2026-11-23 01:49' 2026-11-23T01:49Z 2026-11-23T01:49:22 2026-11-23t01:49:22.5z 2026-11-23T01:49:22,5+0100 \
    2026-11-23T01:49:60-23:59 2026-11-23T01:49:22+01 2026-11-23T01:49:22+01:00:30 2024-02-29T00:00:00Z >"$tmp/times"
exits "times that can be placed" 0 validate "$tmp/times"
at 2026-02-30 2026-04-31T00:00:00Z 2026-13-01 2026-00-01 2026-01-00 2026-11-23T24:00:00Z 2026-11-23T01:60:00Z \
    2026-11-23T01:49:22+24:00 2026-11-23T01:49:22+00:60 2026-11-23T 2026-11-23T01 2026-11-23T01:49:22. 20261123T014922Z >"$tmp/times"
exits "times that cannot" 1 validate "$tmp/times"
is "none of them" "$(cat "$out_file")" ""
run_stdin '{"schema_version": "0.1.0", "timestamp": "2026-11-23T01:49:22Z", "mlx_knife_version": "2.0.4", "test": "t", "outcome": "skipped", "metadata": {"skip_reason": ["t.py", 7, "no memory"], "inference_modality": 3}}\n'
is "metadata is free" "$status" 0
at yesterday >"$tmp/times"
exits "-F finds the same fault" 1 validate -F "$tmp/times"
is "and says so once" "$(said | lines)" 1

# What is refused.
for file in "$top"/t/data/broken/*.jsonl; do
    name=${file##*/}
    exits "$name is refused" 1 validate "$file"
    like "$name: with line, column and reason" "$(cat "$err_file")" "$name:[12]:[0-9]+: .* .*"
    unlike "$name: does not come out" "$(cat "$out_file")" "2[.]0[.]2|duraton|NaN|summary"
done
run_stdin '{"ts": 1, "elapsed_s": '
like "a cut off last line is named as such" "$(cat "$err_file")" 'perhaps cut off'
whole='{"\u00e9\ud83d\ude00é€😀":[true,false,null,-1.5e+10]}'
for n in $(seq 1 $((${#whole} - 1))); do
    printf '%s' "$whole" | head -c "$n" | validate -f quiet 2>&1 | grep -q 'perhaps cut off)$' || echo "$n"
done >"$tmp/uncut"
is "wherever it was" "$(cat "$tmp/uncut")" ""
for last in '{"a": 1} x' '{"a": NaN' "{'a'" '\000' '{"a": 1}}' '\376{'; do
    run_stdin "$last"
    unlike "not one that begins wrongly: $last" "$(cat "$err_file")" 'cut off'
done
run_stdin '[{"outcome": "passed"}]\n'
like "an array of records: how to make lines of it" "$(cat "$err_file")" "an array; jq -c '\.\[\]' makes lines"
run_stdin '\377\376{\000}\000\n\000'
is "UTF-16 is not cut off, either" "$(grep -c 'UTF-16' "$err_file") $(grep -c 'cut off' "$err_file")" "1 0"
head -c 100000 /dev/urandom >"$tmp/garbage"
exits "garbage is invalid, no more" 1 validate "$tmp/garbage"
ok "and what is said of it drives no terminal" sh -c "! LC_ALL=C tr -d '\\n' <'$err_file' | LC_ALL=C grep -q '[[:cntrl:]]'"
exits "an empty file is valid" 0 validate /dev/null
is "and noted" "$(text)" "validate: /dev/null: no records"
run_stdin ''
is "an empty input is noted" "$status $(text)" "0 validate: (standard input): no records"
run validate -f quiet - - <"$mem"
is "standard input given twice is not empty the second time" "$status $(text)" "0 "
run_stdin '' - -
is "but where there was nothing it is, once" "$(text)" "validate: (standard input): no records"
# A pattern may ask for less than the format beside it, or for more: what is said is true of it.
echo '{"format": "date-time", "pattern": "^2026-[01]"}' >"$tmp/looser.json"
run_stdin '"2026-13"\n"2026-93"\n"2025-11-23T01:49:22Z"\n' -s "$tmp/looser.json"
is "a pattern beside a format" "$(cut -d: -f 4- "$err_file" | grep root)" \
    " (root): should be a date and time, as 2026-11-23T01:49:22Z, is \"2026-93\" ($tmp/looser.json#/pattern)
 (root): should match \"^2026-[01]\", is \"2025-11-23T01:49:22Z\" ($tmp/looser.json#/pattern)"
run_stdin '"2026-13"\n"2026-93"\n"2025-11-23T01:49:22Z"\n' -F -s "$tmp/looser.json"
is "a pattern beside a format that is asserted" "$(cut -d: -f 4- "$err_file" | grep root)" \
    " (root): should be a date and time with offset (RFC 3339), is \"2026-13\" ($tmp/looser.json#/format)
 (root): should be a date and time with offset (RFC 3339), is \"2026-93\" ($tmp/looser.json#/format)
 (root): should match \"^2026-[01]\", is \"2025-11-23T01:49:22Z\" ($tmp/looser.json#/pattern)"
run_stdin '{"a": "\\u001b[2J"}\n' -s "$top/schemas/event-v1.schema.json"
is "an escape in text stays one" "$(grep -c "$(printf '\033')" "$err_file")" 0
awk 'BEGIN { for (i = 0; i < 100000; i++) name = name "n"; printf "{\"%s\": [", name
    for (i = 0; i < 300; i++) printf "%s1", i ? "," : ""; print "]}" }' >"$tmp/long-name"
echo '{"additionalProperties": {"items": {"type": "null"}}}' >"$tmp/nulls.json"
exits "a long name" 1 validate -s "$tmp/nulls.json" "$tmp/long-name"
like "is cut for people" "$(head -n 1 "$err_file")" ': /n{80}…/0: should be null'
exits "-f basic: long names" 1 validate -f basic -s "$tmp/nulls.json" "$tmp/long-name"
is "-f basic: are whole, and what would be too much is counted" \
    "$(jq -c '[(.errors[0].instanceLocation | length), (.errors | length) + .errorsNotShown]' "$out_file")" "[100003,300]"
run_stdin '{"schema_version": "0.2.2", "test": "t", "\\u001b[2J\\n%%": 1}\n' -f github
is "also in an annotation" "$(grep -c '::/\\x1b\[2J%0A%25: there is no such member' "$out_file")" 1

# Exit statuses.
exits "a missing file is status 3" 3 validate "$tmp/nowhere"
like "and named" "$(cat "$err_file")" "^validate: $tmp/nowhere: "
exits "the other files are read all the same" 3 validate "$tmp/nowhere" "$bench"
same "to their end" "$bench" "$out_file"
exits "a folder is status 3" 3 validate "$tmp"

# What is written to is not read: it would never end.  (A limit on the file, should it be read all the same.)
grow() { # COMMAND…: appends to $tmp/grow, which is a copy of $bench
    cp "$bench" "$tmp/grow"
    (ulimit -f 20000 && "$@" >>"$tmp/grow" 2>"$err_file")
    status=$?
}
grow validate "$tmp/grow" "$bench"
is "an input that is appended to is refused" "$status $(cat "$err_file")" \
    "3 validate: $tmp/grow: cannot read: it is the output, too"
cat "$bench" "$bench" >"$tmp/twice"
same "the other files are read" "$tmp/twice" "$tmp/grow"
cp "$bench" "$tmp/grow"
# shellcheck disable=SC2094
(ulimit -f 20000 && validate - <"$tmp/grow" >>"$tmp/grow" 2>"$err_file")
is "so is standard input" "$? $(cat "$err_file")" "3 validate: (standard input): cannot read: it is the output, too"
same "and stays as it was" "$bench" "$tmp/grow"
# shellcheck disable=SC2094
(ulimit -f 20000 && echo '{' >"$tmp/grow" && validate "$tmp/grow" 2>>"$tmp/grow")
is "and what takes the messages" "$? $(cat "$tmp/grow")" "3 {
validate: $tmp/grow: cannot read: it is the output, too"
ln -s "$bench" "$tmp/link-bench"
exits "a file under two names may be read twice" 0 validate -f quiet "$bench" "$tmp/link-bench"
if [ -w /dev/full ]; then
    validate "$bench" >/dev/full 2>"$err_file"
    is "a full disk is status 3" "$?" 3
    is "and named" "$(cat "$err_file")" "validate: (standard output): cannot write: No space left on device"
    validate -h >/dev/full 2>/dev/null
    is "also for -h" "$?" 3
else
    skip "a full disk" "no /dev/full"
fi
i=0
while [ $i -lt 40 ]; do
    cat "$mem"
    i=$((i + 1))
done >"$tmp/large"
{
    validate "$tmp/large" 2>"$err_file"
    echo $? >"$tmp/status"
} | head -n 1 >/dev/null
is "a closed pipe is status 3" "$(cat "$tmp/status")" 3
for arguments in "-x" "--nonsense" "-d 5" "-f html" "-j 0" "-j x" "-k 0" "-k -1" "-k 1x" "-s $tmp/nowhere" "-s $bench" "-s" \
    "-r $tmp/nowhere" "-r urn:x=$tmp/nowhere" "-r $bench"; do
    # shellcheck disable=SC2086 # words
    exits "validate $arguments is wrong usage" 2 validate $arguments
    is "validate $arguments: nothing on stdout" "$(cat "$out_file")" ""
    like "validate $arguments: says why" "$(cat "$err_file")" "validate"
done
run validate -r "$tmp/nowhere" "$bench"
is "-r: a folder that is not there is said at once" "$(cat "$err_file")" "validate: -r $tmp/nowhere: cannot read: No such file or directory"

# Options.
validate -h >"$tmp/help"
is "-h succeeds" "$?" 0
validate --help >"$out_file"
same "--help is -h" "$tmp/help" "$out_file"
is "--version" "$(validate --version)" "validate $(sed -n 's/^VERSION = //p' "$top/config.mk")"
printf '%s\n' "$bad" "$good" "$bad" "$good" "$bad" >"$tmp/five"
exits "-q" 1 validate -q "$tmp/five"
is "-q is silent" "$(cat "$err_file")" ""
exits "options may share a dash" 1 validate -Fqu "$tmp/five"
is "-q passes what is valid" "$(lines "$out_file")" 2
exits "-k" 1 validate -k 2 "$tmp/five"
is "-k 2 stops at the second" "$(lines "$out_file") $(said | lines)" "1 2"
is "-k 2 counts what was read" "$(tail -n 1 "$err_file")" "validate: 3 records, 2 invalid"
printf '%s\n' "$good" "$bad" "$good" >"$tmp/three"
exits "-k over several files" 1 validate -k 2 "$tmp/three" "$tmp/three" "$tmp/three"
is "nothing behind the second invalid line is passed" "$(lines "$out_file") $(said | lines)" "3 2"
exits "-j" 1 validate -j 4 "$tmp/five"
is "-j keeps the order" "$(said | cut -d: -f2 | tr '\n' ' ')" "1 3 5 "
exits "-f quiet" 1 validate -f quiet "$tmp/five"
is "-f quiet writes no line" "$(lines "$out_file") $(said | lines)" "0 3"
for format in flag basic detailed; do
    exits "-f $format" 1 validate -f $format "$tmp/five"
    is "-f $format: a line of JSON each" "$(jq -c '[.line, .valid]' <"$out_file" | tr -d '\n')" \
        "[1,false][2,true][3,false][4,true][5,false]"
    is "-f $format says it all on stdout" "$(cat "$err_file")" ""
done
is "-f basic: the official members" "$(validate -f basic "$tmp/five" | jq -rc '.errors[]?.instanceLocation' | sort -u)" /duration
is "several files are named" "$(validate -f flag "$tmp/two" "$tmp/five" | jq -r .file | sort -u | tr '\n' ' ')" "$tmp/five $tmp/two "
exits "-f github" 1 validate -f github "$tmp/five"
like "-f github annotates" "$(head -n 1 "$out_file")" "^::error file=$tmp/five,line=1,col=142::/duration: should be"
cp "$tmp/five" "$tmp/a:b,c%d"
validate -f github "$tmp/a:b,c%d" >"$out_file"
is "-f github: what would end a property is escaped" "$(head -n 1 "$out_file" | sed "s|$tmp/||; s/,line=.*//")" "::error file=a%3Ab%2Cc%25d"
exits "-f pass is the default" 1 validate -f pass "$tmp/five"
is "-f pass" "$(lines "$out_file")" 2

# Every unit of the JSON formats: what it says of itself, and that both ways to its keyword end at the same one.
cat >"$tmp/units.jq" <<'EOF'
def tokens: split("/")[1:] | map(gsub("~1"; "/") | gsub("~0"; "~"));
def step($t): if type == "array" then .[$t | tonumber] else .[$t] end;
def follow($path): reduce $path[] as $t (.; step($t));
def way($schema; $path): reduce $path[] as $t ($schema;
    if $t == "$ref" then (.["$ref"][1:] | tokens) as $p | $schema | follow($p) else step($t) end);
def units: .errors[]? | ., units;
def told: .valid == false and (has("error") or (.errors | length > 1));
def same: way($schema[0]; .keywordLocation | tokens) as $v
    | (.absoluteKeywordLocation | sub("^[^#]*#"; "") | tokens) as $path | $schema[0] | follow($path) == $v;
[inputs | units | told and same] | length >= 5 and all
EOF
polygon=$top/t/data/golden/validate/polygon-detailed/polygon
for format in basic detailed; do
    exits "-f $format of a schema with references" 1 validate -f $format -s "$polygon.json" "$polygon.jsonl"
    is "-f $format: both ways to a keyword end at the same one" \
        "$(jq -n -f "$tmp/units.jq" --slurpfile schema "$polygon.json" "$out_file")" true
    cp "$out_file" "$tmp/$format"
done
leaves() { jq -c '[.. | objects | select(has("error")) | [.keywordLocation, .instanceLocation, .error]] | sort' "$1"; }
is "-f detailed says what -f basic says" "$(leaves "$tmp/detailed")" "$(leaves "$tmp/basic")"
echo '{"$ref": "#/$defs/a b", "$defs": {"a b": {"type": "null"}}}' >"$tmp/relative.json"
echo 5 | (cd "$tmp" && validate -f basic -s ./relative.json) >"$out_file"
is "a schema without a URI has that of its file" "$(jq -r '.errors[0].absoluteKeywordLocation' "$out_file")" \
    "file://$(cd "$tmp" && pwd -P)/relative.json#/\$defs/a%20b/type"

# Upgrades.
old=$top/reports/2025-12-05-v2.0.3-benchmark.jsonl
exits "-u" 0 validate -u "$old"
cp "$out_file" "$tmp/upgraded"
is "-u keeps every line" "$(lines "$tmp/upgraded")" "$(lines "$old")"
is "-u: all are of the current version" "$(jq -r .schema_version "$tmp/upgraded" | sort -u)" 0.2.2
jq -c 'del(.test_start_ts, .test_end_ts) | if .performance then del(.performance.peak_ram_gb) else . end
    | .schema_version = "0.1.0"' "$tmp/upgraded" >"$tmp/taken-back"
jq -c . "$old" >"$tmp/compact"
same "-u keeps every member, in its place" "$tmp/compact" "$tmp/taken-back"
is "-u: a test ended at its timestamp" \
    "$(jq -r 'select(.test_end_ts != (.timestamp | fromdate)) | .test' "$tmp/upgraded")" ""
is "-u: and began its duration before" \
    "$(jq -r 'select(.duration and (.test_end_ts - .test_start_ts - .duration | fabs > 0.000001)) | .test' "$tmp/upgraded")" ""
like "-u: what is not known is said" "$(said | tail -n 1)" \
    ':15:1: \(root\): has no duration, so test_start_ts stays unknown \(upgrade to 0\.2\.2\)$'
exits "-u of what was upgraded" 0 validate -u "$tmp/upgraded"
same "changes nothing" "$tmp/upgraded" "$out_file"
is "and says nothing" "$(cat "$err_file")" ""
validate -uq "$top/t/data/golden/validate/upgrade/old.jsonl" >"$tmp/upgraded-odd"
validate -u "$tmp/upgraded-odd" >"$out_file"
same "also of odd ones" "$tmp/upgraded-odd" "$out_file"
for file in "$bench" "$mem" "$server"; do
    exits "-u: ${file##*/} passes" 0 validate -u "$file"
    same "-u: ${file##*/} stays as it is" "$file" "$out_file"
done
sed 's/0\.2\.2/0.2.1/; s/"test_start_ts": [^,]*, "test_end_ts": [^,]*, //' "$bench" >"$tmp/older"
validate -u "$tmp/older" >"$out_file"
jq -r '.test_start_ts, .test_end_ts' "$bench" >"$tmp/recorded"
jq -r '.test_start_ts, .test_end_ts' "$out_file" >"$tmp/computed"
is "-u computes what the suite recorded, to 20 ms" \
    "$(paste "$tmp/recorded" "$tmp/computed" | awk '($1 - $2) ^ 2 < 0.02 ^ 2' | lines)" "$(lines "$tmp/recorded")"
for file in "$old" "$tmp/older"; do
    genreport <"$file" | sed '/Schema:/d' >"$tmp/report"
    validate -uq "$file" | genreport | sed '/Schema:/d' >"$out_file"
    same "-u: the report says the same" "$tmp/report" "$out_file"
done
printf '\357\273\277%s\r\n' "$(head -n 1 "$old")" >"$tmp/odd"
validate -u "$tmp/odd" >"$out_file"
printf '\357\273\277%s\r\n' "$(head -n 1 "$tmp/upgraded")" >"$tmp/want"
same "-u leaves line ends and byte order marks" "$tmp/want" "$out_file"
sed 's/0\.1\.0/0.2.2/' "$old" >"$tmp/claims"
exits "-u: what is current already is not touched" 0 validate -u "$tmp/claims"
same "even where it could say more" "$tmp/claims" "$out_file"
exits "-u -s: held to that schema first" 1 validate -u -s "$top/schemas/event-v1.schema.json" "$old"
is "and nothing comes out" "$(cat "$out_file")" ""
for format in quiet flag; do
    exits "-u -f $format" 0 validate -u -f $format "$old"
    is "-u -f $format writes no records" "$(grep -c timestamp "$out_file")" 0
done

# On a terminal.
if command -v script >/dev/null && script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    on_terminal() { # COMMAND: what a terminal shows of it, and the exit status in $status
        (unset NO_COLOR && TERM=xterm && export TERM && script -qec "$1" "$tmp/tty" </dev/null >/dev/null 2>&1)
        status=$?
        sed '1d; /^Script done on/,$d; s/\r$//' "$tmp/tty" | sed '$d'
    }
    escape=$(printf '\033') return=$(printf '\r')
    coloured=$(on_terminal "validate $tmp/five >/dev/null")
    is "colours: the place, what is wrong, and the schema stand out" \
        "$(printf '%s\n' "$coloured" | head -n 1 | sed "s/$escape\\[\([0-9]*\)m/<\1>/g; s|$tmp/||")" \
        "<1>five:1:142:<0> <31>/duration<0>: should be at least 0, is -1<2> (report-v0.2.2.schema.json#/properties/duration/minimum)<0>"
    is "the total is there" "$(printf '%s\n' "$coloured" | tail -n 1)" "validate: 5 records, 3 invalid"
    for setting in NO_COLOR=1 TERM=dumb TERM=; do
        is "$setting: no colours" "$(on_terminal "$setting validate $tmp/five >/dev/null" | grep -c "$escape")" 0
    done
    like "an empty NO_COLOR says nothing" "$(on_terminal "NO_COLOR= validate $tmp/five >/dev/null")" "$escape"
    is "the total is there also if all is valid" "$(on_terminal "validate $bench >/dev/null")" "validate: 56 records, 0 invalid"
    is "but not between lines" "$(on_terminal "validate $tmp/two")" "$(cat "$tmp/two")"
    is "-q says nothing there, either" "$(on_terminal "validate -q $tmp/five >/dev/null")" ""
    slow="(cat $tmp/five; sleep 1.2; cat $tmp/two; sleep 0.3; cat $tmp/two)"
    progress=$(on_terminal "$slow | validate -f quiet" | tail -n 1)
    like "progress: after a second" "$progress" "$return\(standard input\): 0\.0 MB, 7 records, 3 invalid, 0\.0 MB/s$escape\[K"
    like "progress: gone at the end" "$progress" "$return$escape\[Kvalidate: 9 records, 3 invalid\$"
    unlike "progress: not where lines go to the terminal, too" "$(on_terminal "$slow | validate")" "MB/s"
    unlike "progress: not on a dumb terminal" "$(on_terminal "$slow | TERM=dumb validate -f quiet")" "MB/s"
    unlike "progress: not with -q" "$(on_terminal "$slow | validate -qf quiet")" "MB/s"
    like "progress: the share of a file" "$(on_terminal "sleep 1.2 | validate -f quiet $tmp/two - $tmp/five")" \
        "${return}five: 100 % of 0\.0 MB, 7 records, 3 invalid"
else
    skip "a terminal" "no script(1)"
fi

# Threads: the same bytes for any number of them.
awk -v good="$good" -v bad="$bad" 'BEGIN {
    for (i = 0; i < 12000; i++) {
        if (i % 7 == 3) print bad
        else if (i % 501 == 5) print ""
        else if (i % 1003 == 9) print substr(bad, 1, i % 90)
        else if (i % 13 == 1) { old = good; sub(/0\.2\.2/, "0.1.0", old); print old }
        else { line = good; sub(/passed"/, "passed\", \"duration\": " i, line); print line }
    }
}' >"$tmp/lines"
cat "$tmp/lines" "$tmp/lines" >"$tmp/more"
printf '%s' "$bad" >>"$tmp/lines"
threads() { # ARG…: what -j 1 gives, -j 2 and -j 7 give as well
    validate -j 1 "$@" >"$tmp/one" 2>"$tmp/one.err"
    echo $? >>"$tmp/one.err"
    for threads in 2 7; do
        validate -j $threads "$@" >"$out_file" 2>"$err_file"
        echo $? >>"$err_file"
        same "-j $threads $1 $2: stdout" "$tmp/one" "$out_file"
        same "-j $threads $1 $2: stderr and status" "$tmp/one.err" "$err_file"
    done
}
for options in "-f pass" "-f flag" "-f basic" "-f detailed" "-f github" "-f quiet" "-k 1" "-k 2500" "-u -q" "-u -k1000"; do
    # shellcheck disable=SC2086 # words
    threads $options "$tmp/lines" "$tmp/nowhere" "$tmp/more" /dev/null "$tmp/lines"
done
is "-k 2500 stops there" "$(validate -j 7 -k 2500 "$tmp/more" "$tmp/more" 2>&1 >/dev/null | tail -n 1 | cut -d ' ' -f 4-)" "2500 invalid"
is "and writes nothing that follows" "$(validate -j 7 -k 2500 -f flag "$tmp/more" "$tmp/more" | tee "$tmp/flags" | tail -n 1 | cut -d, -f 3)" '"valid":false}'
is "-k 2500 has as many invalid lines" "$(grep -c '"valid":false' "$tmp/flags")" 2500
odd=
for closed in '<&-' '>&-' '<&- >&-' '<&- 2>&-' '<&- >&- 2>&-'; do
    (sh -c "exec timeout 20 validate -j 2 $closed" <"$tmp/more") >"$out_file" 2>"$err_file"
    [ $? = 3 ] && [ ! -s "$out_file" ] || odd="$odd [$closed]"
done
is "whichever of the standard descriptors are closed, nothing gets into another's place" "$odd" ""
if sanitized; then
    skip "little memory" "sanitizers take much of it"
else
    odd=
    for kilobytes in 8000 12000 16000 20000 28000 40000 60000; do
        sh -c "ulimit -v $kilobytes; exec validate -u -f detailed '$tmp/more'" >/dev/null 2>"$err_file"
        status=$?
        case $status in
        1) ;; # as with enough of it
        2 | 3 | 127) grep -q . "$err_file" || odd="$odd $kilobytes" ;;
        *) odd="$odd $kilobytes:$status" ;;
        esac
    done
    is "with little memory it does its work or says why not" "$odd" ""
    big() { printf '{"a": [' && head -c 60000000 /dev/zero | sed 's/\x00/1,/g' | head -c 60000000 && printf '1]}\n%s\n' "$1"; }
    big '{"b": 1}' | sh -c 'ulimit -v 500000; exec validate' >"$out_file" 2>"$err_file"
    is "a line too much for the memory is not said to be invalid" "$?" 3
    is "it is named" "$(head -n 1 "$err_file")" "(standard input):1: out of memory"
    is "and the next one passes" "$(cat "$out_file")" '{"b": 1}'
fi
schema='{"maxLength": 70000000}'
printf '%s' "$schema" >"$tmp/s.json"
{
    head -c 4000000 "$tmp/more" | sed 's/.*/1/'
    printf '"'
    head -c 68000000 /dev/zero | tr '\0' a
    printf '"\n[\n'
    sed 's/.*/2/' "$tmp/more"
} >"$tmp/long"
threads -s "$tmp/s.json" "$tmp/long"
like "a line that is too long is named where it is" "$(cat "$err_file")" "long:[0-9]+:1: the line is longer than 64 MiB$"
invalid=$(validate -f flag "$tmp/more" | grep -c false)
mkfifo "$tmp/slow"
validate -j 4 -k "$invalid" <"$tmp/slow" >/dev/null 2>&1 &
filter=$!
exec 3>"$tmp/slow"
cat "$tmp/more" >&3
(sleep 60 && kill "$filter") 3>&- >/dev/null 2>&1 &
watchdog=$!
wait "$filter"
is "-k does not wait for more input" "$?" 1
kill "$watchdog" 2>/dev/null
exec 3>&-
rm -f "$tmp/long"

# Schemas of one's own.
schema() { printf '%s' "$1" >"$tmp/s.json"; }
valid() { # TITLE JSON [ARG…]
    title=$1 json=$2
    shift 2
    run_stdin "$json\n" -s "$tmp/s.json" "$@"
    is "$title" "$status" 0
}
invalid() {
    title=$1 json=$2
    shift 2
    run_stdin "$json\n" -s "$tmp/s.json" "$@"
    is "$title" "$status" 1
}
schema '{"minimum": 5}'
valid "-s: lines need not be objects" 5
invalid "-s" 4
schema '{"$id": "urn:x", "properties": {"a b/%": {"minimum": 5}}}'
run_stdin '{"a b/%%": 4}\n' -s "$tmp/s.json" -f basic
is "-f basic: pointers, and a URI" "$(jq -r '.errors[0] | .keywordLocation, .absoluteKeywordLocation, .instanceLocation' <"$out_file" | tr '\n' ' ')" \
    "/properties/a b~1%/minimum urn:x#/properties/a%20b~1%25/minimum /a b~1% "
schema '{"enum": []}'
invalid "an enum of nothing" 4
like "says so" "$(cat "$err_file")" ': should be one of no values, is 4 '
schema '{"format": "date"}'
valid "format is a note" '"tomorrow"'
invalid "-F checks it" '"tomorrow"' -F
valid "-F lets dates through" '"2024-02-29"' -F
schema '{"definitions": {"a": {"type": "null"}}, "$ref": "#/definitions/a", "minimum": 5}'
valid "-d 7: nothing beside a reference counts" null -d 7
schema '{"$ref": "#/definitions/a", "definitions": {"a": {"type": "number"}}, "minimum": 5}'
valid "-d 7 ignores what stands beside a reference" 4 -d 7
invalid "-d 2020-12 does not" 4 -d 2020-12
invalid "-d 2020-12 is the default" 4
valid "-d 4" 4 -d 4
valid "-d 6" 4 -d 6
invalid "-d 2019-09" 4 -d 2019-09
schema '{"$schema": "http://json-schema.org/draft-07/schema#", "$ref": "#/definitions/a", "definitions": {"a": true}, "minimum": 5}'
valid "\$schema goes before -d" 4 -d 2020-12
mkdir -p "$tmp/folder/inner"
echo '{"$id": "urn:x:five", "const": 5}' >"$tmp/folder/inner/five.json"
printf 'const: 6\n' >"$tmp/folder/six.yaml"
echo 'no schema' >"$tmp/folder/inner/other.json"
schema '{"$ref": "urn:x:five"}'
run_stdin '5\n' -s "$tmp/s.json"
is "a reference that leads nowhere is status 2" "$status" 2
like "and is named" "$(cat "$err_file")" "^validate: $tmp/s.json:1:10: .*urn:x:five.*-r"
run_stdin '5\n' -s "$tmp/s.json" -r "$top/schemas"
like "-r: a reference that leads nowhere even so" "$(cat "$err_file")" 'urn:x:five.*no schema in the folders of -r'
id=urn:xy:éééééééééééééééééééééééééééééééééé
schema "{\"\$defs\": {\"a\": {\"\$id\": \"$id\"}, \"b\": {\"\$id\": \"$id\"}}}"
run_stdin '5\n' -s "$tmp/s.json"
like "a name that is too long is cut between two characters" "$(cat "$err_file")" '"urn:xy:(é)+" is taken already'
schema '{"$ref": "urn:x:five"}'
valid "-r finds it by its id" 5 -r "$tmp/folder"
invalid "-r checks it" 6 -r "$tmp/folder"
schema '{"$ref": "urn:x:seven"}'
run_stdin '5\n' -s "$tmp/s.json" -r "$tmp/folder"
like "-r: a file that cannot be read is named if one is missed" "$(cat "$err_file")" \
    'urn:x:seven.*passed over: .*/folder/inner/other\.json:1:1: '
schema '{"$id": "https://example.com/schemas/s.json", "$ref": "six.yaml"}'
valid "-r URI=DIR finds it by its place" 6 -r "https://example.com/schemas=$tmp/folder"
invalid "-r URI=DIR checks it" 5 -r "https://example.com/schemas/=$tmp/folder"
schema '{"$ref": "https://example.com/schemasix.yaml"}'
run_stdin '6\n' -s "$tmp/s.json" -r "https://example.com/schema=$tmp/folder"
is "-r URI=DIR: a slash stands between the two" "$status" 2
ln -s . "$tmp/folder/loop"
schema '{"$ref": "urn:x:five"}'
valid "-r does not go in circles" 5 -r "$tmp/folder"
schema '{"$id": "https://example.com/schemas/s.json", "$ref": "../s.json"}'
run_stdin '5\n' -s "$tmp/s.json" -r "https://example.com/schemas=$tmp/folder"
is "-r does not lead out of the folder" "$status" 2
schema '{"dependentSchemas": {"a": {"$ref": "#"}}}'
invalid "a schema that is itself ends" '{"a": 1}'
like "and is named" "$(cat "$err_file")" "refers to itself"
awk 'BEGIN { printf "{\"$ref\": \"#/$defs/0\", \"$defs\": {"
    for (i = 0; i < 60; i++) printf "\"%d\": {\"allOf\": [{\"$ref\": \"#/$defs/%d\"}, {\"$ref\": \"#/$defs/%d\"}]}, ", i, i + 1, i + 1
    print "\"60\": {\"type\": \"null\"}}}" }' >"$tmp/s.json"
run_stdin 'null\n' -s "$tmp/s.json"
is "a schema that multiplies ends" "$status" 1
like "and is named" "$(cat "$err_file")" "takes too many steps"

# Large things stay fast and small.
head -c 100000 /dev/zero | tr '\0' a | sed 's/.*/"&"/' >"$tmp/long"
schema '{"pattern": "^(a|b)*$"}'
exits "a long text that matches, step by step" 0 validate -s "$tmp/s.json" "$tmp/long"
awk 'BEGIN { printf "["; for (i = 0; i < 200000; i++) printf "%s{\"a\": %d}", i ? "," : "", i; print "]" }' >"$tmp/many"
schema '{"uniqueItems": true}'
exits "200 000 different objects" 0 validate -s "$tmp/s.json" "$tmp/many"
schema '{"items": false}'
exits "one fault for all that is too much" 1 validate -s "$tmp/s.json" "$tmp/many"
is "is one line" "$(said | lines)" 1
schema '{"items": {"type": "null"}}'
exits "200 000 faults" 1 validate -s "$tmp/s.json" "$tmp/many"
like "are counted" "$(said | tail -n 1)" "199750 more faults are not shown"
finish
