#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The library's unit tests, with NEON and without, and validate and genreport, built for arm64 and run under qemu's
# emulation of its Linux: arm64.sh PROGRAM..., the names of unit tests.  --fetch brings what that takes and stops.
#
# Debian's arm64 packages are unpacked below $BUILD/arm64; nothing of this machine is changed.
set -eu
cd "$(dirname "$0")/.."
case ${BUILD:=build} in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
arm=$BUILD/arm64
root=$arm/root
packages='libjansson-dev libjansson4 libyaml-dev libyaml-0-2 libpcre2-dev libpcre2-8-0 libdeflate-dev libdeflate0
    libidn2-dev libidn2-0 libunistring2 check libsubunit-dev libsubunit0'

case $(uname -m) in
aarch64 | arm64)
    echo "test-arm64: this is one: make test" >&2
    exit 1
    ;;
esac
sh .ci/deps arm64
lacking=
for command in aarch64-linux-gnu-gcc aarch64-linux-gnu-objdump qemu-aarch64 apt-get dpkg; do
    command -v $command >/dev/null || lacking="$lacking $command"
done
[ -z "$lacking" ] || {
    echo "test-arm64: not installed:$lacking (this needs Debian)" >&2
    exit 1
}

# A package manager of its own, that believes to be on an arm64 machine where nothing is installed.
apt() {
    apt-get -qq -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Sandbox::User="$(id -un)" \
        -o Dir::State::Status=/dev/null -o Dir::State::Lists="$arm/lists" -o Dir::Cache="$arm/cache" "$@"
}
if [ "$(cat "$arm/packages" 2>/dev/null)" != "$packages" ]; then
    echo "test-arm64: downloading the libraries"
    rm -rf "$root" "$arm/debs"
    mkdir -p "$arm/lists/partial" "$arm/cache/archives/partial" "$arm/debs"
    apt update
    # shellcheck disable=SC2086 # one word a package
    (cd "$arm/debs" && apt download $packages)
    for deb in "$arm"/debs/*.deb; do dpkg -x "$deb" "$root"; done
    printf '%s\n' "$packages" >"$arm/packages"
fi
[ "${1:-}" != --fetch ] || exit 0

libraries=$root/usr/lib/aarch64-linux-gnu
PKG_CONFIG_LIBDIR=$libraries/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root
export PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR
unset MAKEFLAGS MAKELEVEL
for name; do
    set -- "$@" "$arm/build/t/$name"
    shift
done
"${MAKE:-make}" --no-print-directory -j "$(getconf _NPROCESSORS_ONLN)" BUILD="$arm/build" CC=aarch64-linux-gnu-gcc \
    AR=aarch64-linux-gnu-ar CFLAGS='-O2 -g' LDFLAGS="-L$libraries -Wl,-rpath-link,$libraries" \
    "$@" "$arm/build/t/verdicts" "$arm/build/bin/validate" "$arm/build/bin/genreport"

failed() {
    echo "test-arm64: $*" >&2
    exit 1
}
# shrn is how the scanner makes a mask of what NEON compared.
narrowings() { aarch64-linux-gnu-objdump -d "$1"/lib/parse*.o | grep -cw shrn; }
[ "$(narrowings "$arm/build/obj")" != 0 ] || failed "the parser has no NEON instructions"
[ "$(narrowings "$arm/build/obj/portable")" = 0 ] || failed "the portable parser has NEON instructions"

emulate="qemu-aarch64 -L /usr/aarch64-linux-gnu -E LD_LIBRARY_PATH=$libraries:$root/lib/aarch64-linux-gnu"
prove --exec "$emulate" "$@"

# The same bytes from the same input, whatever the machine.
same() { # PROGRAM [ARG...], reads $arm/in
    program=$1 here=0 there=0
    shift
    "$BUILD/$program" "$@" <"$arm/in" >"$arm/here" 2>&1 || here=$?
    $emulate "$arm/build/$program" "$@" <"$arm/in" >"$arm/there" 2>&1 || there=$?
    [ "$here" = "$there" ] || failed "$program: status $there, not $here"
    cmp "$arm/here" "$arm/there" || failed "$program: other bytes"
    echo "test-arm64: $program writes the same $(wc -c <"$arm/here") bytes of $input"
}
for run in reports/*-memory.jsonl; do
    input=${run%-memory.jsonl}
    cat "$input"*.jsonl t/data/broken/*.jsonl >"$arm/in"
    same bin/validate
    same bin/validate -f detailed
    same bin/genreport
done
# JSONTestSuite, if `make test` has fetched it.
input=$BUILD/json-suite/files
[ ! -d "$input" ] || same t/verdicts "$input"/*
