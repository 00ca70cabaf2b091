#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Puts what `make bench` has found into a page: readme.sh RESULTS PAGE
#
# The summary goes between the lines `<!-- bench -->` and `<!-- /bench -->` of PAGE.  Nothing is changed unless all of it
# was measured.
set -eu
results=$1 page=$2 begin='<!-- bench -->' end='<!-- /bench -->'

fail() { echo "bench: $*" >&2 && exit 1; }
[ -f "$results" ] || fail "nothing has been measured: make bench"
for group in parse-samples validate-report-v0.2.2 records-week report-week timeline-week memmon-200ms; do
    grep -q "\"group\":\"$group\"" "$results" || fail "$group has not been measured: make bench, without W"
done
for line in "$begin" "$end"; do
    [ "$(grep -c -x -e "$line" "$page")" = 1 ] || fail "$page must have one line $line"
done

work=$(mktemp "${TMPDIR:-/tmp}/bench.XXXXXX")
trap 'rm -f "$work"' EXIT
{
    sed -n "1,/^$begin\$/p" "$page"
    echo
    jq -rs --arg part summary -f "$(dirname "$0")/tables.jq" "$results"
    sed -n '\|^'"$end"'$|,$p' "$page"
} >"$work"
cat "$work" >"$page"
