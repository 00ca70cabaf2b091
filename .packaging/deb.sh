#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes Debian packages of a release: deb.sh TARBALL DIR.  DIR is made anew.
set -eu
tarball=$1 dir=$2
name=$(basename "$tarball" .tar.gz)
sh .ci/deps --check deb
rm -rf "$dir"
mkdir -p "$dir"
cp "$tarball" "$dir/mlxk-bench_${name#mlxk-bench-}.orig.tar.gz"
tar -xzf "$tarball" -C "$dir"
cp -R "$dir/$name/.packaging/debian" "$dir/$name/debian"
# What make says of itself is not for the make that runs inside.
unset MAKEFLAGS MAKELEVEL MFLAGS BUILD
cd "$dir/$name"
dpkg-buildpackage -us -uc -j"$(getconf _NPROCESSORS_ONLN)" >../build.log 2>&1 || {
    tail -n 40 ../build.log >&2
    echo "deb: see $dir/build.log" >&2
    exit 1
}
cd ..
rm -rf "$name"
ls -- *.deb
