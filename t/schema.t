#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# JSON Schema: our own tests of what is particular to 2019-09, and what the official suite leaves out, in its format; and
# what makes a schema unusable.  make conformance runs the official suite.
# shellcheck disable=SC2016 # $schema and its like are not the shell's
. "${0%/*}/tap.sh"
suite=$top/t/data/schema-suite

run sh "$top/t/conformance.sh" "$suite"
is "each verdict of our suite is as it should be" "$status" 0
note "$(cat "$out_file")"
passed=$(sed -n 's/^draft 2019-09 \.: \([0-9]*\) of \1$/\1/p' "$out_file")
ok "and there are some" [ "${passed:-0}" -gt 70 ]

# A copy in which every verdict is turned round has to fail as a whole.
mkdir -p "$tmp/suite/tests/draft2019-09"
cp -R "$suite/remotes" "$tmp/suite/"
sed 's/"valid": true/"valid": TRUE/; s/"valid": false/"valid": true/; s/TRUE/false/' \
    "$suite/tests/draft2019-09/recursive.json" >"$tmp/suite/tests/draft2019-09/recursive.json"
exits "conformance.sh sees what does not pass" 1 sh "$top/t/conformance.sh" "$tmp/suite"
like "none of it does" "$(cat "$out_file")" '^draft 2019-09 \.: 0 of [0-9]+$'

MISSES=$tmp/misses
export MISSES
sed -n 's/^unexpected: //p' "$out_file" | sed 's/$/ | turned round/' >"$MISSES"
exits "what is known to fail is no failure" 0 sh "$top/t/conformance.sh" "$tmp/suite"
cp "$suite/tests/draft2019-09/recursive.json" "$tmp/suite/tests/draft2019-09/"
exits "but has to fail" 1 sh "$top/t/conformance.sh" "$tmp/suite"
like "and is named if it does not" "$(cat "$out_file")" '^unexpected: passes, but should not: draft2019-09/recursive\.json: '
unset MISSES

schema() {
    printf '%s\n' "$1" >"$tmp/s.json"
    run validate -r "http://localhost:1234=$suite/remotes" -s "$tmp/s.json" "$tmp/empty"
}
: >"$tmp/empty"
schema '{"$schema": "http://localhost:1234/2019-09/unknown.json"}'
is "a vocabulary that is required and not known is refused" "$status" 2
like "and named, with the place" "$(cat "$err_file")" \
    's\.json:1:13: /\$schema: .*unknown\.json requires the vocabulary "https://test\.example/vocab"'
schema '{"$schema": "http://localhost:1234/2019-09/format.json", "format": "colour"}'
is "a format that is not known is refused where formats are asserted" "$status" 2
schema '{"$schema": "http://localhost:1234/2019-09/nowhere.json"}'
is "a meta-schema that is not there is refused" "$status" 2
printf '{"$schema": "a.json", "$id": "a.json"}' >"$tmp/a.json"
run validate -r "$tmp" -s "$tmp/a.json" "$tmp/empty"
is "a meta-schema that is its own is refused" "$status" 2
like "for that" "$(cat "$err_file")" 'leads back to itself'

# Time and depth: nothing is quadratic in the schema, or in schema and line together.
awk 'BEGIN {
    n = 20000
    printf "{\"$defs\": {"
    for (i = 0; i < n; i++) printf "%s\"d%d\": {\"$id\": \"x:%d\", \"$anchor\": \"a\", \"type\": \"integer\"}", i ? "," : "", i, i
    printf "}, \"properties\": {"
    for (i = 0; i < n; i++) printf "%s\"p%d\": {\"$ref\": \"%s%d%s\"}", i ? "," : "", i, i % 2 ? "#/$defs/d" : "x:", i, i % 2 ? "" : "#a"
    printf "}, \"required\": ["
    for (i = 0; i < n; i++) printf "%s\"p%d\"", i ? "," : "", i
    printf "], \"dependentRequired\": {"
    for (i = 0; i < n; i++) printf "%s\"p%d\": [\"p%d\"]", i ? "," : "", i, n - 1 - i
    print "}}" }' >"$tmp/s.json"
awk 'BEGIN { printf "{"; for (i = 19999; i >= 0; i--) printf "\"p%d\": %d%s", i, i, i ? "," : "}\n" }' >"$tmp/line.json"
exits "20 000 names, references and dependencies" 0 validate -f quiet -s "$tmp/s.json" "$tmp/line.json"
awk 'BEGIN { for (i = 0; i < 100; i++) print "{\"q\": 1}" }' >"$tmp/lines.json"
exits "and a hundred lines that lack them all" 1 validate -f quiet -q -s "$tmp/s.json" "$tmp/lines.json"
awk 'BEGIN { n = 20000
    printf "{\"$ref\": \"x:0\", \"$defs\": {"
    for (i = 0; i < n; i++) printf "%s\"%d\": {\"$id\": \"x:%d\", \"$dynamicAnchor\": \"a\", \"properties\": {\"p\": {\"$dynamicRef\": \"#a\"}}}", i ? "," : "", i, i
    print "}}" }' >"$tmp/s.json"
exits "20 000 dynamic anchors" 0 validate -f quiet -s "$tmp/s.json" "$tmp/lines.json"
awk 'BEGIN { n = 20000
    printf "{\"$ref\": \"#/$defs/0\", \"$defs\": {"
    for (i = 0; i < n; i++) printf "\"%d\": {\"$ref\": \"#/$defs/%d\"},", i, i + 1
    printf "\"%d\": true}}\n", n }' >"$tmp/s.json"
exits "a chain of 20 000 references is too long to follow" 1 validate -f quiet -s "$tmp/s.json" "$tmp/lines.json"
finish
