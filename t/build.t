#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What make makes anew, and what a failed test says, tried in a copy of the sources and of the build.
. "${0%/*}/tap.sh"
unset MAKEFLAGS MAKELEVEL
cd "$top" || exit
mkdir "$tmp/copy"
cp -Rp Makefile config.mk .ci lib memmon validate genreport memplot schemas man t "$tmp/copy"
mkdir "$tmp/copy/build"
(cd "$BUILD" && cp -Rp bin lib obj gen checked flags links sources "$tmp/copy/build")
cd "$tmp/copy" || exit
werror=$([ ! -e "$top/.git" ] || echo -Werror) # as the build that is copied was made
make() { command "${MAKE:-make}" BUILD=build WERROR="$werror" "$@"; }
steps() { make 2>&1 | sed -n 's/^  \([A-Z]* *[^ ]*\)$/\1/p'; }

make -s >"$out_file" 2>&1
is "nothing is made twice" "$(steps)" ""

echo 'extern int added; int added;' >memmon/added.c
like "a new source becomes part of its program" "$(steps)" '^CC  obj/memmon/added\.o$'
rm memmon/added.c
like "a source that is gone is taken out of it" "$(steps)" '^LINK  bin/memmon$'
is "and then nothing is made twice" "$(steps)" ""

touch schemas/event-v1.schema.json
is "a schema is built into validate alone" "$(steps | paste -s -d ' ' -)" "EMBED  gen/schemas.c CC  obj/gen/schemas.o LINK  bin/validate"
like "other flags compile anew" "$(make -n CFLAGS="-O2 -g -DWORD='x'" 2>&1)" ' -c -o build/obj/lib/reader\.o'
like "flags of the preprocessor, too" "$(make -n CPPFLAGS=-DWORD 2>&1)" ' -DWORD .* -c -o build/obj/lib/reader\.o'
like "other flags link anew" "$(make -n LDFLAGS=-Wl,--as-needed 2>&1)" ' -o build/bin/memmon'

cat >t/wrong.t <<'END'
. "${0%/*}/tap.sh"
is "one and one" 2 2
is "a sum" 5 4
finish
END
BUILD=build BENCHMARK_RECORDS=$tmp/wrong.jsonl sh t/run.sh t/wrong.t >wrong.out 2>&1
like "a failed test tells which, what it got and what it wanted" "$(paste -s -d ' ' wrong.out)" \
    't/wrong\.t: not ok 2 - a sum     # got:  5     # want: 4 .*Result: FAIL'
is "and is a record" "$(jq -r '.test + " " + .outcome' "$tmp/wrong.jsonl")" "t/wrong.t::one and one passed
t/wrong.t::a sum failed"
finish
