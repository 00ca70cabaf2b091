#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The packages in a bare Debian: clean for lintian, the same bytes when built again elsewhere, installed, run, and taken
# away without a trace: test-deb.sh TARBALL, after make deb.  --fetch brings the bare Debian, as it takes the network.
. "${0%/*}/../t/tap.sh"
cd "$top" || exit
deb=$BUILD/deb bare=$BUILD/bare
die() {
    echo "test-deb: $*" >&2
    exit 1
}
[ "$(id -u)" = 0 ] || die "this takes root"
command -v debootstrap >/dev/null || die "this takes debootstrap"
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
if [ "$(cat "$bare/done" 2>/dev/null)" != "$codename" ]; then
    rm -rf "$bare"
    mkdir -p "$bare"
    debootstrap --variant=minbase "$codename" "$bare/root" >"$bare/log" 2>&1 || die "there is no $codename to be had: $bare/log"
    cp /etc/resolv.conf "$bare/root/etc/"
    chroot "$bare/root" sh -c 'apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -qy install man-db' >>"$bare/log" 2>&1 ||
        die "man-db is not to be had: $bare/log"
    echo "$codename" >"$bare/done"
fi
[ "${1:-}" != --fetch ] || exit 0

if command -v lintian >/dev/null; then
    ok "lintian finds no error and no warning" lintian --allow-root --fail-on error,warning "$deb"/*.changes
else
    skip "lintian" "it is not there"
fi
if [ -z "$(find "$deb" -name 'mlxk-bench_*.deb' | head -n 1)" ]; then die "make deb first"; fi
mkdir "$tmp/else"
ok "they build again elsewhere" env DEB_BUILD_OPTIONS=nocheck sh .packaging/deb.sh "$1" "$tmp/else/where"
is "to the same bytes" "$(cd "$tmp/else/where" && sha256sum ./*.deb)" "$(cd "$deb" && sha256sum ./*.deb)"

root=$tmp/root
cp -a "$bare/root" "$root" || die "no room for a copy"
cp /etc/resolv.conf "$root/etc/"
mounted=
leave() {
    [ -z "$mounted" ] || umount "$root/proc"
    rm -rf "$tmp"
}
trap leave EXIT
mount -t proc proc "$root/proc" 2>/dev/null && mounted=1
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }
# Caches and logs are whoever made them's.
files() { (cd "$root" && find . -path ./proc -prune -o \( -path './var/cache/*' -o -path './var/log/*' -o -path './var/lib/apt/*' -o \
    -path './var/lib/dpkg/*-old' -o -path './etc/ld.so.cache' \) -prune -o -print | sort); }
files >"$tmp/before"

cp "$deb"/*.deb "$root/"
# shellcheck disable=SC2016 # what is there is found there
ok "apt installs them" inside sh -c 'apt-get -qy --no-install-recommends install $(ls /*.deb | grep -v dbgsym)'
for tool in memmon validate genreport memplot; do
    exits "$tool runs" 0 inside "$tool" --version
    like "man $tool" "$(inside man -P cat "$tool" 2>&1)" "$tool [^ ]+ [a-z]"
done
for page in jsonl libjsonl mlxk-bench; do like "man $page" "$(inside man -P cat $page 2>&1)" '^NAME'; done
run=$top/reports/2026-11-23-v2.0.5
like "no program looks for libraries where it was built" "$(readelf -d "$root"/usr/bin/memmon "$root"/usr/bin/validate)" 'libjsonl\.so'
unlike "nor anywhere but in the system's folders" "$(readelf -d "$root"/usr/bin/memmon "$root"/usr/bin/validate)" 'RUNPATH|RPATH'
inside validate -q <"$run-benchmark.jsonl" >"$tmp/clean"
same "validate passes a real run on" "$tmp/clean" "$run-benchmark.jsonl"
cat "$run-benchmark.jsonl" "$run-memory.jsonl" >"$tmp/run"
inside genreport <"$tmp/run" >"$tmp/report" 2>"$err_file"
genreport <"$tmp/run" >"$tmp/report.here"
same "genreport reports on it as here" "$tmp/report" "$tmp/report.here"
inside memplot --utc <"$tmp/run" >"$tmp/page" 2>"$err_file"
memplot --utc <"$tmp/run" >"$tmp/page.here"
same "memplot draws it as here" "$tmp/page" "$tmp/page.here"
if [ -n "$mounted" ]; then
    like "memmon samples" "$(inside memmon -q -i 20 -- sleep 0.1)" '"ram_free_gb":'
else
    skip "memmon samples" "no /proc can be mounted"
fi
ok "the examples lie where documentation is" inside test -f /usr/share/doc/mlxk-bench/examples/nightly.sh
like "they name folders that are there" "$(inside cat /usr/share/mlxk-bench/examples/nightly.sh)" ':-/usr/bin}'

# What a program of its own needs, without a compiler there.
sed "s|=/usr|=$root/usr|" "$root"/usr/lib/*/pkgconfig/libjsonl.pc >"$tmp/libjsonl.pc"
printf '#include <jsonl.h>\nint main(void) { return !jsonl_parser_new(); }\n' >"$tmp/use.c"
# shellcheck disable=SC2046 # words
ok "a program builds with libjsonl-dev" "${CC:-cc}" -o "$tmp/use" "$tmp/use.c" $(PKG_CONFIG_PATH=$tmp pkg-config --cflags --libs libjsonl)
rm "$root"/*.deb
cp "$tmp/use" "$root/tmp/use"
ok "and runs there" inside /tmp/use
rm "$root/tmp/use"

ok "apt takes them away" inside apt-get -qy autoremove --purge mlxk-bench libjsonl-dev libjsonl0
files >"$tmp/after"
is "nothing is left" "$(comm -13 "$tmp/before" "$tmp/after")" ""
is "and nothing is lost" "$(comm -23 "$tmp/before" "$tmp/after")" ""
finish
