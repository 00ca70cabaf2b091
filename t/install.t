#!/bin/sh
# make install and uninstall, from the build that is there.
. "${0%/*}/tap.sh"
cd "$top" || exit
make="${MAKE:-make} -s BUILD=$BUILD DESTDIR=$tmp/root PREFIX=/opt/x PROGRAM_PREFIX=mlxk-"
unset MAKEFLAGS MAKELEVEL

# shellcheck disable=SC2086
ok "install succeeds" $make install
for tool in memmon validate genreport memplot; do
    exits "mlxk-$tool runs where it was installed" 0 "$tmp/root/opt/x/bin/mlxk-$tool" --version
    ok "mlxk-$tool has a man page" test -f "$tmp/root/opt/x/share/man/man1/mlxk-$tool.1"
done
ok "schemas are installed" test -f "$tmp/root/opt/x/share/mlxk-bench/schemas/report-current.schema.json"

sed "s|^prefix=.*|prefix=$tmp/root/opt/x|; s|=/opt/x|=\${prefix}|" "$tmp/root/opt/x/lib/pkgconfig/libjsonl.pc" >"$tmp/libjsonl.pc"
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
    $(PKG_CONFIG_PATH=$tmp pkg-config --cflags --libs libjsonl) -Wl,-rpath,"$tmp/root/opt/x/lib"
ok "and runs" "$tmp/use"
if command -v readelf >/dev/null; then
    like "the library has a soname" "$(readelf -d "$tmp"/root/opt/x/lib/libjsonl.so.*)" 'soname: \[libjsonl\.so\.[0-9]+\]'
fi
# shellcheck disable=SC2086
ok "uninstall succeeds" $make uninstall
is "nothing is left" "$(find "$tmp/root" ! -type d)" ""
finish
