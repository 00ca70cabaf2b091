#!/bin/sh
# Makes the source release: dist.sh NAME PAGE SUM TARBALL, where PAGE is the folder that holds memplot's page as it was
# made, and SUM says of what sources.
#
# In it is what git tracks, as it lies here, and the page, so that building takes no npm.  The same files at the same
# commit make the same bytes: names are sorted, owner, modes and times are set; the time is SOURCE_DATE_EPOCH, else the
# commit's.
set -eu
name=$1 page=$2 sum=$3 tarball=$4
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
cp "$page/head.html" "$page/body.html" "$page/tail.html" "$made/"
printf '%s\n' "$sum" >"$made/sum"
# uPlot as people read it, and under which licence.
uplot=$page/node_modules/uplot
cp "$uplot/dist/uPlot.iife.js" "$uplot/LICENSE" "$made/"
mv "$made/LICENSE" "$made/LICENSE.uPlot"

mkdir -p "${tarball%/*}"
"$tar" -c -C "$stage" --format=ustar --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner \
    --mode=u=rwX,go=rX "$name" | gzip -9n >"$tarball.part"
mv "$tarball.part" "$tarball"
