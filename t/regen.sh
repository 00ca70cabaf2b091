#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writes the golden files, the handbook's pictures and the reports in reports/ anew and shows what changed: look at it before you commit.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/t/golden.sh"
case ${BUILD:=build} in /*) ;; *) BUILD=$top/$BUILD ;; esac
PATH=$BUILD/bin:$PATH
export PATH BUILD
tmp=$(mktemp -d "${TMPDIR:-/tmp}/regen.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
for case in "$top"/t/data/golden/*/*/; do
    golden_run "$case" "$tmp"
    cp "$tmp/out" "$case/out"
    if [ -s "$tmp/err" ]; then cp "$tmp/err" "$case/err"; else rm -f "$case/err"; fi
    if [ "$(cat "$tmp/status")" = 0 ]; then rm -f "$case/status"; else cp "$tmp/status" "$case/status"; fi
done
cd "$top"
sh t/pictures.sh <man/mlxk-bench.7 >"$tmp/page" && cp "$tmp/page" man/mlxk-bench.7
sh t/reports.sh "$top/reports" 2>"$tmp/reports"
git --no-pager diff --stat -p -- t/data/golden man/mlxk-bench.7 reports
git status --short -- t/data/golden man/mlxk-bench.7 reports
