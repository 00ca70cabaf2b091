#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make install and uninstall, from the build that is there.
. "${0%/*}/tap.sh"
cd "$top" || exit
unset MAKEFLAGS MAKELEVEL
root="$tmp/a root"
make() { command "${MAKE:-make}" -s BUILD="${BUILD#"$top"/}" DESTDIR="$root" PREFIX=/opt/x PROGRAM_PREFIX=mlxk- "$@"; }

ok "install succeeds" make install
for tool in memmon validate genreport memplot; do
    exits "mlxk-$tool runs where it was installed" 0 "$root/opt/x/bin/mlxk-$tool" --version
    ok "mlxk-$tool has a man page" test -f "$root/opt/x/share/man/man1/mlxk-$tool.1"
    like "mlxk-$tool is completed by bash" "$(cat "$root/opt/x/share/bash-completion/completions/mlxk-$tool")" "^complete .* mlxk-$tool\$"
    like "mlxk-$tool is completed by zsh" "$(cat "$root/opt/x/share/zsh/site-functions/_mlxk-$tool")" "^#compdef mlxk-$tool\$"
    like "mlxk-$tool is completed by fish" "$(cat "$root/opt/x/share/fish/vendor_completions.d/mlxk-$tool.fish")" "^complete -c mlxk-$tool "
done
for page in man1/mlxk-validate.1 man5/jsonl.5; do
    like "${page##*/} says where the schemas are" "$(cat "$root/opt/x/share/man/$page")" 'Pa /opt/x/share/mlxk-bench/schemas'
done
page=$(mandoc -T ascii "$root/opt/x/share/man/man1/mlxk-genreport.1" | sed "s/.$(printf '\b')//g")
like "a manual page has the name that the program is installed by" "$page" '^ +mlxk-genreport – |^ +mlxk-genreport - '
like "in its synopsis" "$page" '^ +mlxk-genreport \['
like "and in its examples, with those beside it" "$page" '^ +\$ mlxk-validate bench\.jsonl \| mlxk-genreport '
is "none calls a program by another name" "$(sed -n '/^\.Bd/,/^\.Ed/{ /^[$>] /p; }' "$root"/opt/x/share/man/man[17]/*.[17] |
    grep -E '(^[$>]|[|(]|&&) *(memmon|validate|genreport|memplot) ')" ""
like "messages are as they are printed" "$(cat "$root/opt/x/share/man/man7/mlxk-bench.7")" '^\.It genreport: no test records'
for page in man/*.[2-9]; do
    page=${page##*/}
    ok "$page is installed" test -f "$root/opt/x/share/man/man${page##*.}/$page"
done
is "the examples are installed" "$(ls "$root/opt/x/share/mlxk-bench/examples")" "$(cd man/examples && for e in *; do [ ! -f "$e" ] || echo "$e"; done)"
like "the night looks for the programs where they are" "$(cat "$root/opt/x/share/mlxk-bench/examples/nightly.sh")" ':-/opt/x/bin}'
like "and the crontab for the night" "$(cat "$root/opt/x/share/mlxk-bench/examples/crontab")" 'sh /opt/x/share/mlxk-bench/examples/nightly\.sh'
is "so are the licences of all that is in the programs" "$(ls "$root/opt/x/share/doc/mlxk-bench")" "LICENSE
LICENSE.json-schema
LICENSE.uPlot"
same "ours" LICENSE "$root/opt/x/share/doc/mlxk-bench/LICENSE"
like "uPlot's" "$(cat "$root/opt/x/share/doc/mlxk-bench/LICENSE.uPlot")" '^Permission is hereby granted'
like "and that of the meta-schemas" "$(cat "$root/opt/x/share/doc/mlxk-bench/LICENSE.json-schema")" '^2\. Redistributions in binary form'
ok "schemas are installed" test -f "$root/opt/x/share/mlxk-bench/schemas/report-current.schema.json"

ln -s "$root" "$tmp/root"
sed "s|^prefix=.*|prefix=$tmp/root/opt/x|; s|=/opt/x|=\${prefix}|" "$root/opt/x/lib/pkgconfig/libjsonl.pc" >"$tmp/libjsonl.pc"
like "pkg-config knows the version" "$(PKG_CONFIG_PATH=$tmp pkg-config --modversion libjsonl)" '^[0-9]+\.[0-9]+\.[0-9]+$'
cat >"$tmp/use.c" <<'C'
#include <jsonl.h>
int main(void)
{
    struct jsonl_parser *p = jsonl_parser_new();
    const struct jsonl_value *v = jsonl_parse(p, "[1,2]", 5, 0);
    return v && v->len == 2 ? 0 : 1;
}
C
# shellcheck disable=SC2046
ok "a program builds against it" "${CC:-cc}" -o "$tmp/use" "$tmp/use.c" \
    $(PKG_CONFIG_PATH=$tmp pkg-config --cflags --libs libjsonl) -Wl,-rpath,"$root/opt/x/lib"
ok "and runs" "$tmp/use"
# What a library is made of besides has no static form everywhere; ours has.
mkdir "$tmp/static" && ln -s "$root/opt/x/lib/libjsonl.a" "$tmp/static/"
if [ "$(uname -s)" = Linux ]; then
    # shellcheck disable=SC2046
    ok "a program builds with the static library" "${CC:-cc}" -o "$tmp/use-static" "$tmp/use.c" -L"$tmp/static" \
        $(PKG_CONFIG_PATH=$tmp pkg-config --static --cflags --libs libjsonl | sed "s|-L$tmp/root/opt/x/lib||g")
    ok "and runs without the shared one" "$tmp/use-static"
fi
# The first program of the manual, by the command that stands below it.
awk '
    /^\.Sh/ { examples = $2 == "EXAMPLES" }
    examples && /^\.Ed/ { exit }
    inside { gsub(/\\e/, "\\"); print }
    examples && /^\.Bd/ { inside = 1 }' "$root/opt/x/share/man/man3/libjsonl.3" >"$tmp/speeds.c"
command=$(sed -n 's/^\.Dl \(cc .*pkg-config.*\)/\1/p' "$root/opt/x/share/man/man3/libjsonl.3")
like "the manual has a command" "$command" '^cc -o speeds '
ok "it builds the manual's program" env PKG_CONFIG_PATH="$tmp" sh -c "cd '$tmp' && ${CC:-cc} ${command#cc}"
like "which runs" "$(LD_LIBRARY_PATH="$root/opt/x/lib" "$tmp/speeds" <reports/2026-11-23-v2.0.5-benchmark.jsonl)" '^[0-9.]+ [^ ]+$'
if command -v readelf >/dev/null; then
    like "the library has a soname" "$(readelf -d "$root"/opt/x/lib/libjsonl.so.*)" 'soname: \[libjsonl\.so\.[0-9]+\]'
fi
echo mine >"$root/opt/x/share/mlxk-bench/mine"
ok "uninstall succeeds" make uninstall
is "nothing is left but what others put there" "$(cd "$root" && find . ! -type d)" ./opt/x/share/mlxk-bench/mine

# Folders apart, from a copy of the build, as the programs are linked for it.
mkdir "$tmp/build"
(cd "$BUILD" && cp -Rp bin lib obj gen checked flags links sources "$tmp/build")
apart="BUILD=$tmp/build DESTDIR= PREFIX=$tmp/apart BINDIR=$tmp/bin LIBDIR=$tmp/apart/lib64"
# shellcheck disable=SC2086
ok "install with folders apart succeeds" make $apart install
exits "programs find the library there" 0 "$tmp/bin/mlxk-genreport" --version

# The examples as they were installed, with programs under their new names; the old ones are there, and fail.
mkdir "$tmp/old"
for tool in memmon validate genreport memplot; do printf '#!/bin/sh\nexit 99\n' >"$tmp/old/$tool" && chmod +x "$tmp/old/$tool"; done
mkdir "$tmp/suite" && cd "$tmp/suite" || exit
# shellcheck disable=SC2016 # it is for the shell of the suite
printf 'head -n 20 "%s" >>"$BENCHMARK_RECORDS"\n' "$top/reports/2026-11-23-v2.0.5-benchmark.jsonl" >suite.sh
installed() { env -i PATH="$tmp/old:$tmp/bin:/usr/bin:/bin" "$@" </dev/null; }
exits "the night works" 0 env -i PATH="$tmp/old:/usr/bin:/bin" sh "$tmp/apart/share/mlxk-bench/examples/nightly.sh" runs sh suite.sh
is "and is quiet" "$(cat "$out_file" "$err_file")" ""
like "it has a report" "$(cat runs/*.md)" '^# Benchmark Report'
ok "and a timeline" test -s "$(echo runs/*.html)"
printf 'BENCH_COMMAND = sh suite.sh\ninclude %s\n' "$tmp"/apart/share/mlxk-bench/examples/bench.mk >Makefile
exits "so do rules for a Makefile" 0 installed "${MAKE:-make}" -s bench
like "it has a report, too" "$(cat benchmarks/*.md)" '^# Benchmark Report'
printf 'HISTORY_DIR = benchmarks\ninclude %s\n' "$tmp"/apart/share/mlxk-bench/examples/history.mk >Makefile
exits "and for a history" 0 installed "${MAKE:-make}" -s history
like "it has figures" "$(cat benchmarks/history.prom)" '^# EOF$'
cd "$top" || exit
# shellcheck disable=SC2086
ok "uninstall with folders apart succeeds" make $apart uninstall
is "and leaves no folder of its own" "$(find "$tmp/apart/share" -name 'mlxk*')" ""

mkdir "$tmp/precious" && echo mine >"$tmp/precious/mine"
exits "clean refuses a folder that is no build" 2 make BUILD="$tmp/precious" clean
ok "and leaves it alone" test -f "$tmp/precious/mine"
ok "clean takes a build away" make BUILD="$tmp/build" clean
ok "and it is gone" test ! -e "$tmp/build"
finish
