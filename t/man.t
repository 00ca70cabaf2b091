#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The manual is clean, agrees with the programs' own help, and its examples work as they stand there.
. "${0%/*}/tap.sh"
tools='memmon validate genreport memplot'

for page in "$top"/man/*.[1-9]; do
    is "${page##*/} is clean under mandoc" "$(mandoc -T lint -W warning "$page" 2>&1)" ""
done

# Lines that are shown as they stand fit a terminal of 80 columns; the rest is filled by whoever shows it.
for page in "$top"/man/*.[1-9]; do
    is "${page##*/} fits 80 columns" "$(mandoc -T utf8 -O width=78 "$page" | sed "s/.$(printf '\b')//g" | LC_ALL=C.UTF-8 awk 'length > 80' |
        LC_ALL=C tr -d '\200-\277' | awk 'length > 80')" ""
done

# What the header declares is in libjsonl(3), and the reverse: functions, and fields of structs that callers look into.
text_of() { mandoc -T ascii "$top/man/$1" | sed "s/.$(printf '\b')//g"; }
missing_in() { while read -r name; do grep -qw -e "$name" "$1" || echo "$name"; done; }
sed 's|/\*.*||; s|^ \*.*||' "$top/lib/jsonl.h" >"$tmp/header"
text_of libjsonl.3 >"$tmp/libjsonl.3"
grep -o 'jsonl_[a-z_]*(' "$tmp/header" | tr -d '(' | sort -u >"$tmp/functions"
awk '
    /^struct [a-z_]+ \{/ { inside = $2 != "jsonl_arena" && $2 != "jsonl_intern" }
    /^}/ { inside = 0 }
    inside {
        n = split($0, fields, /[,;]/)
        for (i = 1; i < n; i++) { sub(/\[.*/, "", fields[i]); sub(/.*[ *]/, "", fields[i]); print fields[i] }
    }' "$tmp/header" | sort -u >"$tmp/fields"
grep -o 'jsonl_[a-z_]*(' "$tmp/libjsonl.3" | tr -d '(' | sort -u >"$tmp/described"
ok "the header has functions" test "$(wc -l <"$tmp/functions")" -gt 50
ok "the header has fields" test "$(wc -l <"$tmp/fields")" -gt 50
is "libjsonl(3) describes each function" "$(comm -23 "$tmp/functions" "$tmp/described")" ""
is "and none that is not there" "$(comm -13 "$tmp/functions" "$tmp/described")" ""
is "libjsonl(3) has each field" "$(missing_in "$tmp/libjsonl.3" <"$tmp/fields")" ""

# So are the members that the schemas know in jsonl(5), and the reverse.
text_of jsonl.5 >"$tmp/jsonl.5"
jq -r '.. | objects | select(has("properties")) | .properties | keys[]' "$top"/schemas/*.schema.json | sort -u >"$tmp/members"
ok "the schemas have members" test "$(wc -l <"$tmp/members")" -gt 100
is "jsonl(5) describes each member of the schemas" "$(missing_in "$tmp/jsonl.5" <"$tmp/members")" ""
sed -n '/^\.Sh SAMPLE/,/^\.Sh EVENT/{ /^\.I[ct] /s/^\.I[ct]\( Ic\)* //p; }' "$top/man/jsonl.5" | tr -s ' ,' '\n' |
    grep '^[a-z0-9]*_[a-z0-9_]*$' | sort -u >"$tmp/described"
ok "jsonl(5) has members" test "$(wc -l <"$tmp/described")" -gt 90
is "and no member that no schema knows" "$(comm -13 "$tmp/members" "$tmp/described")" ""

# Each metric of a sample is described, for people and for validate.
metrics=$(sed -n 's/^    X(\([a-z0-9_]*\), .*/\1/p' "$top/lib/jsonl.h")
for metric in $metrics; do
    ok "jsonl(5) describes $metric" grep -q "^\.It.*[^_[:alnum:]]$metric\([^_[:alnum:]]\|\$\)" "$top/man/jsonl.5"
    ok "memory-v1 knows $metric" grep -q "\"$metric\":" "$top/schemas/memory-v1.schema.json"
done

# All options of a usage text or a page, one a line, sorted.
options_in() { grep -Eo '(^|[^[:alnum:]-])--?[[:alnum:]][-[:alnum:]]*' | sed 's/^[^-]*//' | sort -u; }
options_of_help() { "$1" -h | options_in; }
overstrike=$(printf '.\b')
plain() { sed "s/$overstrike//g"; } # without the backspaces that print bold
options_of_page() { mandoc -T ascii "$top/man/$1.1" | plain | options_in; }
synopsis_of_page() {
    mandoc -T ascii "$top/man/$1.1" | plain | sed -n '/^SYNOPSIS/,/^DESCRIPTION/p' | sed '1d;$d' | tr -s ' \t\n' ' ' |
        sed 's/^ *//; s/ *$//'
}
for tool in $tools; do
    exits "$tool -h succeeds" 0 "$tool" -h
    is "the synopsis of $tool(1) is the first line of -h" "usage: $(synopsis_of_page "$tool")" "$(head -n 1 "$out_file")"
    is "$tool -h writes to stdout only" "$(cat "$err_file")" ""
    exits "$tool --version succeeds" 0 "$tool" --version
    version=$(sed -n 's/^VERSION = //p' "$top/config.mk")
    is "$tool --version names the version" "$(cat "$out_file")" "$tool $version"
    exits "$tool refuses an unknown option" 2 "$tool" --no-such-option
    options_of_help "$tool" >"$tmp/help"
    options_of_page "$tool" >"$tmp/page"
    is "every option of $tool -h is in its page" "$(comm -23 "$tmp/help" "$tmp/page")" ""
    ok "$tool -h lists options" test -s "$tmp/help"
    is "every option of $tool -h is in a test" "$(while read -r option; do
        { cat "$top/t/$tool.t" "$top"/t/man.t "$top"/t/data/golden/"$tool"/*/cmd && grep "^$tool " "$top/t/family.t"; } 2>/dev/null |
            grep -q -e "[^[:alnum:]]$option\([^[:alpha:]-]\|\$\)" || echo "$option"
    done <"$tmp/help")" ""
done

# The handbook's pictures are what memplot draws.
sh "$top/t/pictures.sh" <"$top/man/mlxk-bench.7" >"$tmp/drawn" 2>"$err_file"
is "the handbook's pictures can be drawn" "$? $(cat "$err_file")" "0 "
same "and are those in it (make regen)" "$tmp/drawn" "$top/man/mlxk-bench.7"
ok "there are some" test "$(grep -c '^\.\\" picture: ' "$tmp/drawn")" -gt 5

# Each block of `$ command` lines in EXAMPLES, of the handbook in any section, run by sh -e where the run's files lie.
run=$top/reports/2026-11-23-v2.0.5 last=$top/reports/2026-11-23-v2.0.4
examples_of() { # PAGE: writes $tmp/example.N, prints how many
    awk -v to="$tmp/example." '
        /^\.Sh/ { in_examples = ($2 == "EXAMPLES" || FILENAME ~ /\.7$/) }
        /^\.\\" not run:/ { shown = 1; next }
        in_examples && /^\.Bd/ { in_block = 1; file = to (n + 1); any = 0; next }
        /^\.Ed/ { if (in_block && any) { n++; close(file) } in_block = 0; shown = 0; next }
        in_block && !shown {
            gsub(/\\e/, "\\"); gsub(/\\&/, ""); gsub(/\\-/, "-")
            if (sub(/^\$ /, "")) { command = 1 }
            else if (sub(/^> /, "")) { command = 1 }
            else { command = continued }
            if (command) { print >file; any = 1; continued = /\\$/ }
        }
        END { print n + 0 }' "$1"
}
for page in memmon.1 validate.1 genreport.1 memplot.1 mlxk-bench.7; do
    count=$(examples_of "$top/man/$page")
    ok "$page has examples" test "$count" -gt 0
    i=1
    while [ "$i" -le "$count" ]; do
        place=$tmp/place
        rm -rf "$place" && mkdir "$place"
        cp "$run-benchmark.jsonl" "$place/bench.jsonl"
        cp "$run-memory.jsonl" "$place/mem.jsonl"
        cp "$run-server.jsonl" "$place/server-log.jsonl"
        cp "$last-benchmark.jsonl" "$place/last-night.jsonl"
        cp "$last-memory.jsonl" "$place/last-night-memory.jsonl"
        (cd "$place" && sh -e "$tmp/example.$i") >"$out_file" 2>"$err_file" </dev/null
        status=$?
        is "$page example $i: $(head -n 1 "$tmp/example.$i")" "$status" 0
        [ "$status" = 0 ] || note "$(cat "$tmp/example.$i" "$err_file")"
        i=$((i + 1))
    done
done

# Each item of the handbook's TROUBLE is said by the command above it.
sed -n '/^\.Sh TROUBLE/,/^\.Sh FILES/p' "$top/man/mlxk-bench.7" | awk '
    /^\.\\" (said by|not said): / { how = $0; sub(/^\.\\" /, "", how); next }
    /^\.It / { sub(/^\.It /, ""); gsub(/\\&/, ""); gsub(/\\\(dq/, "\""); print how "\t" $0; how = "" }' >"$tmp/trouble"
ok "the handbook knows trouble" test "$(wc -l <"$tmp/trouble")" -gt 15
is "and says where each comes from" "$(grep -v '^said by: \|^not said: ' "$tmp/trouble")" ""
rm -rf "$tmp/place" && mkdir "$tmp/place"
cp "$run-benchmark.jsonl" "$tmp/place/bench.jsonl"
cp "$run-memory.jsonl" "$tmp/place/mem.jsonl"
cp "$last-benchmark.jsonl" "$tmp/place/last-night.jsonl"
while IFS="$(printf '\t')" read -r how item; do
    command=${how#said by: }
    [ "$command" != "$how" ] || continue
    case $command in */dev/full*) [ -w /dev/full ] || continue ;; esac
    (cd "$tmp/place" && sh -c "$command") 2>&1 </dev/null | tr -d '*' >"$tmp/said"
    # A line that has the parts between the dots, from its beginning unless they come first.
    pattern=$(printf '%s\n' "$item" | sed 's/[][\\^$.*]/\\&/g; s/ *\\\.\\\.\\\. */.*/g')
    like "trouble: $item" "$(cat "$tmp/said")" "^(⚠️ )?(- )?$(printf '%s' "$pattern" | sed 's/[(){}+?|]/\\&/g')"
done <"$tmp/trouble"

# The programs in libjsonl(3) compile and run.
if command -v "${CC:-cc}" >/dev/null; then
    awk -v to="$tmp/program." '
        /^\.Bd/ { text = ""; in_block = 1; next }
        /^\.Ed/ { if (text ~ /^#include/) { n++; printf "%s", text >(to n ".c") } in_block = 0; next }
        in_block { gsub(/\\e/, "\\"); gsub(/\\&/, ""); text = text $0 "\n" }' "$top/man/libjsonl.3"
    for program in "$tmp"/program.*.c; do
        like "libjsonl(3) has programs" "$program" 'program\.[0-9]+\.c$'
        ok "libjsonl(3) ${program##*/} compiles" "${CC:-cc}" -std=c17 -Wall -Wextra -Werror -I "$top/lib" -o "$program.out" \
            "$program" -L "$BUILD/lib" -ljsonl -Wl,-rpath,"$BUILD/lib"
        exits "libjsonl(3) ${program##*/} runs" 0 sh -c "'$program.out' <'$run-benchmark.jsonl'"
    done
    "$tmp/program.1.c.out" <"$run-benchmark.jsonl" | sort >"$tmp/means"
    jq -rn '[inputs | select(.performance.tokens_per_sec > 0)] | group_by(.model.id)[] |
        "\(.[0].model.id) \(map(.performance.tokens_per_sec) | add / length)"' "$run-benchmark.jsonl" |
        awk '{ printf "%.1f %s\n", $2, $1 }' | sort >"$tmp/means.jq"
    same "the first of them counts as jq does" "$tmp/means" "$tmp/means.jq"
fi
finish
