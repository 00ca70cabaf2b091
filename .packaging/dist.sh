#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the source release: dist.sh NAME TARBALL PAGE SUM PART..., where the folder PAGE holds the
# parts of memplot's page as they were made, and SUM says of what sources.
#
# In it is what git tracks, as it lies here, and the page, so that building takes no npm.  The same files at the same
# commit make the same bytes: names are sorted, owner, modes and times are set; the time is SOURCE_DATE_EPOCH, else the
# commit's.
set -eu
name=$1 tarball=$2 page=$3 sum=$4
shift 4
LC_ALL=C TZ=UTC
export LC_ALL TZ
die() {
    echo "dist: $*" >&2
    exit 1
}
[ -e .git ] || die "this is made of a clone with git"
tar=$(command -v gtar || echo tar)
"$tar" --version 2>/dev/null | grep -q 'GNU tar' || die "this takes GNU tar"
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
git diff --quiet HEAD 2>/dev/null || echo "dist: some files differ from the last commit" >&2

stage=$(mktemp -d "${TMPDIR:-/tmp}/dist.XXXXXX")
trap 'rm -rf "$stage"' EXIT
mkdir "$stage/$name"
git ls-files -z | "$tar" -c --null -T - | "$tar" -x -C "$stage/$name"
made=$stage/$name/memplot/web/made
mkdir "$made"
for part; do cp "$page/$part.html" "$made/"; done
printf '%s\n' "$sum" >"$made/sum"
# uPlot as people read it, and under which licence.
uplot=$page/node_modules/uplot
cp "$uplot/dist/uPlot.iife.js" "$made/"
cp "$page/LICENSE.uPlot" "$made/"

mkdir -p "${tarball%/*}"
"$tar" -c -C "$stage" --format=ustar --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner \
    --mode=u=rwX,go=rX "$name" | gzip -9n >"$tarball.part"
mv "$tarball.part" "$tarball"
