#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Golden cases: t/data/golden/TOOL/CASE/cmd prints what `out` and `err` hold and exits with `status`.
. "${0%/*}/tap.sh"
. "$top/t/golden.sh"
for case in "$top"/t/data/golden/*/*/; do
    name=${case#"$top"/t/data/golden/}
    golden_run "$case" "$tmp"
    for part in out err status; do
        golden_want "$case" "$part" >"$tmp/want"
        same "${name%/}: $part" "$tmp/want" "$tmp/$part"
    done
done

mkdir "$tmp/reports"
sh "$top/t/reports.sh" "$tmp/reports" 2>"$tmp/reports.err"
for report in "$top"/reports/BENCHMARK-*.md; do
    same "reports/${report##*/} is what genreport writes" "$report" "$tmp/reports/${report##*/}"
done
is "and none lacks" "$(find "$tmp/reports" -type f | wc -l | tr -d ' ')" "$(find "$top/reports" -name 'BENCHMARK-*.md' | wc -l | tr -d ' ')"
finish
