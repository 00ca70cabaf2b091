#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What releases and packages are made of agrees: the same bytes each time, the page without npm, versions, libraries.
. "${0%/*}/tap.sh"
cd "$top" || exit
unset MAKEFLAGS MAKELEVEL
version=$(sed -n 's/^VERSION = //p' config.mk)
name=mlxk-bench-$version

# Columns of the table in .ci/deps, of the libraries that building takes.
libraries() { # COLUMN
    awk -F '|' -v column="$1" '$1 == "build" && $2 ~ /^has_library/ { print $column }' .ci/deps | tr ' ' '\n' | sort
}
lacking() { # FILE PATTERN: of the words on standard input, those that the file has not where the pattern's @ stands
    while read -r word; do grep -Eq "$(echo "$2" | sed "s/@/$word/")" "$1" || echo "$word"; done
}
is "Debian's packages are built with the libraries that building takes" "$(libraries 3 | lacking .packaging/debian/control '^ @,$')" ""
is "so is Homebrew's" "$(libraries 5 | lacking .packaging/homebrew/mlxk-bench.rb 'depends_on "@"')" ""
is "libjsonl-dev brings what libjsonl.pc requires" \
    "$(sed -n 's/^Requires.private: //p' lib/libjsonl.pc.in | tr ' ' '\n' | while read -r module; do
        awk -F '|' -v test="has_library $module" '$2 == test { print $3 }' .ci/deps
    done | lacking .packaging/debian/control '^ @,$')" ""
# Debian's file of copyrights says what the licences beside the sources say.
copyrights=$(tr -s ' \n' '  ' <.packaging/debian/copyright | sed 's/ \. / /g')
for license in "$BUILD/gen/page/LICENSE.uPlot" validate/meta/LICENSE; do
    words=$(sed -n '/^Permission\|^Redistribution/,$p' "$license" | tr -s ' \n' '  ' | tr -d '"')
    ok "Debian's copyrights have the words of ${license#"$BUILD/"}" test "$(printf '%s' "$copyrights" | tr -d '"' | grep -cF -e "${words% }")" = 1
    holder=$(sed -n 's/^Copyright (c) \([0-9]*\) /\1 /p' "$license")
    ok "and who holds them" grep -q "[ :]$holder\$" .packaging/debian/copyright
done
like "Debian's changelog begins with this version" "$(head -n 1 .packaging/debian/changelog)" "^mlxk-bench \($version-[0-9]+\) "
if command -v ruby >/dev/null; then
    ok "the formula is Ruby" ruby -c .packaging/homebrew/mlxk-bench.rb
else
    skip "the formula is Ruby" "there is none"
fi
# The formula's own test, read line by line: `name = 'TEXT'`, `assert_… WANT, pipe_output("#{bin}/COMMAND", "#{name}\n", STATUS)` and
# `assert_… WANT, shell_output("#{bin}/COMMAND")`, where WANT is a part of what it prints, or "#{name}\n", all of it.
awk '/^  test do/ { inside = 1; next } /^  end/ { inside = 0 } inside' .packaging/homebrew/mlxk-bench.rb >"$tmp/formula"
sed -n "s/^ *\([a-z]*\) = '\(.*\)'\$/\1 \2/p" "$tmp/formula" >"$tmp/texts"
text_of() { sed -n "s/^$1 //p" "$tmp/texts"; }
sed -n 's/^ *assert_[a-z]* "\(.*\)", [a-z]*_output("#{bin}\/\([^"]*\)"\(, "#{\([a-z]*\)}\\n"\)\{0,1\}.*/\2|\4|\1/p' "$tmp/formula" >"$tmp/asserts"
is "each line of its test is known" "$(cat "$tmp/texts" "$tmp/asserts" | wc -l)" "$(wc -l <"$tmp/formula")"
while IFS='|' read -r command text want; do
    text_of "$text" >"$tmp/in"
    # shellcheck disable=SC2086 # words of a command
    run $command <"$tmp/in"
    is "formula: $command succeeds" "$status $(cat "$err_file")" "0 "
    case $want in
    '#{'*) same "and passes all on" "$tmp/in" "$out_file" ;;
    *) ok "and says $want" grep -qF -e "$want" "$out_file" ;;
    esac
done <"$tmp/asserts"

if [ ! -e .git ] || ! command -v git >/dev/null || ! tar --version 2>/dev/null | grep -q 'GNU tar'; then
    skip "a release" "it is made of a clone, by GNU tar"
    finish
fi
dist() { # DIR
    command "${MAKE:-make}" -s BUILD="${BUILD#"$top"/}" DIST="$1/$name.tar.gz" dist
}
mkdir "$tmp/one" "$tmp/two"
ok "make dist succeeds" dist "$tmp/one"
(umask 077 && dist "$tmp/two") >"$out_file" 2>&1
same "and makes the same bytes again" "$tmp/one/$name.tar.gz" "$tmp/two/$name.tar.gz"
tar -xzf "$tmp/one/$name.tar.gz" -C "$tmp"
cd "$tmp/$name" || finish
ok "it has no history" test ! -e .git
like "the formula has its checksum" "$(cat "$tmp/one/mlxk-bench.rb")" "sha256 \"[0-9a-f]{64}\"\$"
like "uPlot has its licence there" "$(cat memplot/web/made/LICENSE.uPlot)" '^Permission is hereby granted'
page() { command "${MAKE:-make}" -s BUILD=build NPM=false NODE=false build/gen/page.c; }
ok "the page needs no npm there" page
same "and is npm's" build/gen/page.c "$BUILD/gen/page.c"
rm build/gen/page.c && echo '// more' >>memplot/web/main.js
exits "of other sources it is made anew" 2 page
finish
