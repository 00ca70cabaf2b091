#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# genreport's comparison: how often it cries wolf and how often it sees a change, by simulations with a fixed seed, so
# that the figures are the same each time.  A hundred of them know a share of 0.05 to 0.02 and one of 0.9 to 0.03, so the
# bounds are that much wider than what `make power` asks of a thousand.
. "${0%/*}/tap.sh"
R=$top/reports/2026-11-23-v2.0
exits "simulates" 0 "$BUILD/bench/power" -n 100 "$R.4-benchmark.jsonl" "$R.5-benchmark.jsonl"
cp "$out_file" "$tmp/table"

# share RUNS BASELINES WHAT BY COLUMN: a cell of the table.
share() {
    awk -F ' *[|] *' -v runs="$1" -v n="$2" -v what="$3" -v by="$4" -v column="$5" \
        '$2 == runs && $3 == n && $4 == what && $5 == by { print $column }' "$tmp/table"
}
any=7 seen=8 others=9 old_any=10
within() { # TITLE SHARE LOW HIGH
    ok "$1: $2 is within $3 and $4" awk -v x="$2" -v low="$3" -v high="$4" 'BEGIN { exit !(x != "" && x >= low && x <= high) }'
}
for runs in "like the recordings" quiet; do
    for n in 1 3 5; do
        within "$runs, $n baselines, same code: any flag" "$(share "$runs" "$n" nothing +0% $any)" 0 0.09
    done
done
within "the old rule cries wolf" "$(share "like the recordings" 1 nothing +0% $old_any)" 0.8 1
within "half as slow again is seen, one run each" "$(share "like the recordings" 1 "one model" +50% $seen)" 0.84 1
within "half as slow again is seen, five baselines" "$(share "like the recordings" 5 "one model" +50% $seen)" 0.84 1
within "and nothing else is" "$(share "like the recordings" 5 "one model" +50% $others)" 0 0.1
within "a tenth is seen on a quiet machine, one run each" "$(share quiet 1 "one model" +10% $seen)" 0.84 1
within "a tenth is seen on a quiet machine, five baselines" "$(share quiet 5 "one model" +10% $seen)" 0.84 1
within "so is that of a test" "$(share quiet 5 "one test" +10% $seen)" 0.84 1
within "and that of the whole run" "$(share quiet 5 "all models" +10% $seen)" 0.84 1
within "which with one run each is nobody's fault" "$(share "like the recordings" 1 "all models" +50% $any)" 0 0.09
is "the recordings are of the same code: nothing is flagged" "$(share recordings 1 nothing +0% $any)" 0.000
# 7 of the 11 models have three warm tests or more.
is "half as slow again is seen in each model that can be judged" "$(share recordings 1 "one model" +50% $seen)" 0.636
is "and nothing else is" "$(share recordings 1 "one model" +50% $others)" 0.000

# trend RUNS NIGHTS STEP COLUMN: a cell of the table of histories.
trend() {
    awk -F ' *[|] *' -v runs="$1" -v nights="$2" -v step="$3" -v column="$4" \
        '/^[|] Histories/ { there = 1 } there && $2 == runs && $3 == nights && $4 == step { print $column }' "$tmp/table"
}
within "thirty nights of the same: any step" "$(trend "like the recordings" 30 +0% 6)" 0 0.1
within "a step of a fifth in thirty nights is found" "$(trend "like the recordings" 30 +20% 7)" 0.84 1
within "so is one of a tenth on a quiet machine" "$(trend quiet 30 +10% 7)" 0.84 1
finish
