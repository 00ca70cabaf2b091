#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes a tarball of programs that need no library but libc: static.sh NAME TARBALL TOOL..., after their build in $BUILD.
#
# The libc stays shared: a static glibc cannot load NVIDIA's library, as memmon does.  What else is in the programs has
# its licences in share/doc, with a page, THIRD-PARTY, of what they ask of whoever passes the tarball on.
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
cp README.md CHANGELOG.md "$doc/"
{
    echo "Beside code of its own (LICENSE), mlxk-bench contains uPlot in memplot (LICENSE.uPlot), the meta-schemas of JSON Schema in"
    echo "validate (LICENSE.json-schema), and these libraries, of these packages:"
    echo
    for package in libjansson libyaml libpcre2 libdeflate libidn2 libunistring; do
        license=/usr/share/doc/$package-dev/copyright
        [ -f "$license" ] || die "$license is not there, and the tarball must not go without it"
        cp "$license" "$doc/LICENSE.$package"
        dpkg-query -W -f "    \${source:Package} \${source:Version}, LICENSE.$package\n" "$package-dev"
    done
    cat <<END

libidn2 and libunistring, which only validate contains, are under the GNU Lesser General Public License, version 3 or later
(LGPL-3, GPL-3).  Whoever passes validate on must pass on, or offer in the same place, the sources of these two packages, and
those of mlxk-bench, so that validate can be linked with changed versions of the two: $name.tar.gz, with
\`make STATIC_DEPS=1\` in it.  Changing validate in this way, and taking it apart to find errors in such changes, is permitted.
END
} >"$doc/THIRD-PARTY"
cp /usr/share/common-licenses/LGPL-3 /usr/share/common-licenses/GPL-3 "$doc/"

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
