#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The release builds where there is no git, node or npm, with the same page, and passes its tests: test-dist.sh TARBALL.
#
# T: the tests, as make check takes them; by default those that do not compile or measure anything again.
set -eu
tarball=$1
# shellcheck disable=SC2016 # it is make that knows them
tests=${T:-'$(UNIT_PROGRAMS) t/golden.t t/man.t t/install.t t/schemas.t t/pipeline.t t/json-suite.t t/browser/page.t'}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
case $tarball in /*) ;; *) tarball=$PWD/$tarball ;; esac
tmp=$(mktemp -d "${TMPDIR:-/tmp}/test-dist.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
die() {
    echo "test-dist: $*" >&2
    exit 1
}

# All commands of this machine but those.
mkdir "$tmp/bin"
IFS=:
for dir in $PATH; do
    for command in "$dir"/*; do
        case ${command##*/} in
        git | git-* | node | nodejs | npm | npx | corepack | '*') ;;
        *) [ ! -x "$command" ] || [ -e "$tmp/bin/${command##*/}" ] || ln -s "$command" "$tmp/bin/" ;;
        esac
    done
done
unset IFS MAKEFLAGS MAKELEVEL MFLAGS
page=$BUILD/gen/page.c
PATH=$tmp/bin
export PATH
for command in git node npm; do
    ! command -v $command >/dev/null || die "$command is still there"
done

tar -xzf "$tarball" -C "$tmp"
cd "$tmp/$(basename "$tarball" .tar.gz)"
jobs=$(getconf _NPROCESSORS_ONLN)
make --no-print-directory -j "$jobs" BUILD=build
cmp build/gen/page.c "$page" || die "another page than the one that npm makes"
JOBS=$jobs make --no-print-directory -j "$jobs" BUILD=build check T="$tests"
echo "// more" >>memplot/web/main.js
! make -s BUILD=build NPM=false build/gen/page.c 2>/dev/null || die "the page of other sources is taken"
echo "test-dist: it builds and passes its tests without git and npm"
