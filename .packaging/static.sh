#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes a tarball of programs that need no library but libc: static.sh NAME TARBALL TOOL..., after their build in $BUILD.
#
# The libc stays shared: a static glibc cannot load NVIDIA's library, as memmon does.  What else is in the programs has
# its licences in share/doc.
set -eu
name=$1 tarball=$2
shift 2
die() {
    echo "static: $*" >&2
    exit 1
}
stage=$(mktemp -d "${TMPDIR:-/tmp}/static.XXXXXX")
trap 'rm -rf "$stage"' EXIT
"${MAKE:-make}" -s BUILD="$BUILD" STATIC_DEPS=1 DESTDIR="$stage" PREFIX=/usr/local install
root=$stage/usr/local
rm -rf "${root:?}/lib" "$root/include" "$root/share/man/man3"

doc=$root/share/doc/mlxk-bench
mkdir -p "$doc"
cp LICENSE README.md CHANGELOG.md "$doc/"
cp "$BUILD/gen/page/node_modules/uplot/LICENSE" "$doc/LICENSE.uPlot" 2>/dev/null ||
    cp memplot/web/made/LICENSE.uPlot "$doc/"
for package in libjansson libyaml libpcre2 libdeflate libidn2 libunistring; do
    license=/usr/share/doc/$package-dev/copyright
    [ ! -f "$license" ] || cp "$license" "$doc/LICENSE.$package"
done

oldest=
if command -v readelf >/dev/null; then
    for tool; do
        strip "$root/bin/$tool"
        needed=$(readelf -d "$root/bin/$tool" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | grep -Ev '^(libc|libm|ld-linux.*)\.so\.' || true)
        [ -z "$needed" ] || die "$tool needs $needed"
    done
    oldest=$(cd "$root/bin" && readelf --dyn-syms -W "$@" | grep -o 'GLIBC_[0-9.]*' | sort -V | tail -n 1 | tr _ ' ')
    echo "Needs $oldest or later, and no other library." >"$doc/NEEDS"
fi

mkdir -p "${tarball%/*}"
mv "$root" "$stage/$name"
tar -c -C "$stage" --owner=0 --group=0 --numeric-owner "$name" | gzip -9n >"$tarball.part"
mv "$tarball.part" "$tarball"
echo "$tarball${oldest:+: needs $oldest or later}"
