#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Events through memmon's FIFO: whatever writers do, good lines arrive, and nothing else is harmed.
# shellcheck disable=SC2016 # what stands in single quotes is for the command
. "${0%/*}/tap.sh"
cd "$tmp" || exit

events() { events_of "$1" | jq -r ".$2"; } # FILE MEMBER
record() { # FILE SCRIPT: the script writes to descriptor 3
    run memmon -q -i 20 -e fifo -o "$1" -- perl -e "open F, '>', \$ENV{MEMMON_EVENTS}; \$| = 1; select F; $2"
}
line() { printf 'qq({"event":"mark","label":"%s"}\\n)' "$1"; }

record burst.jsonl "\$s .= $(line '$_') for 1 .. 100000; print \$s"
is "100000 lines at once all arrive, in order" "$(events burst.jsonl label | cksum)" "$(seq 100000 | cksum)"
is "with nothing to complain of" "$(cat "$err_file")" ""
ok "in samples of a size that readers take" test "$(awk '{ n = length > n ? length : n } END { print n }' burst.jsonl)" -lt 300000
if [ -x "$BUILD/bin/validate" ]; then
    exits "validate agrees" 0 validate -q burst.jsonl
fi
record end.jsonl "print $(line 1); \$s .= $(line '$_') for 2 .. 20000; print \$s; exit 7"
is "just before the end, too" "$status $(events end.jsonl label | cksum)" "7 $(seq 20000 | cksum)"

record long.jsonl "print $(line 1), 'x' x 10_000_000, qq(\\n), $(line 2), 'x' x 10_000_000, $(line 3)"
is "lines of 10 MB are refused, what stands around them is not" "$(events long.jsonl label | xargs)" "1 2 3"
is "with one message and a count" "$(sed 's/.*fifo: //' "$err_file")" \
    'refused a line: an event is longer than 64 KiB
refused 2 lines in all'

record half.jsonl "for (1 .. 9) { print substr(qq({\"event\":\"mark\",\"label\":1000}), 0, \$_ * 3), $(line '$_') }"
is "behind half a line the next one is found" "$(events half.jsonl label | xargs)" "1 2 3 4 5 6 7 8 9"
is "which is told" "$(head -n 1 "$err_file" | grep -c 'refused a line: ')" 1
record unended.jsonl "print qq({\"event\":\"a\"}{\"event\":\"b\"}); close F; open F, '>', \$ENV{MEMMON_EVENTS}; print qq({\"event\":\"c\"})"
is "and so are lines without an end" "$(events unended.jsonl event | xargs)" "a b c"
is "without a word" "$(cat "$err_file")" ""

record binary.jsonl "srand 1; for (1 .. 200) { print map({ chr rand 256 } 1 .. 500), qq(\\n), $(line '$_') }"
is "among binary data all good lines are found" "$(events binary.jsonl label | cksum)" "$(seq 200 | cksum)"
ok "and nothing else comes into the recording" is_json binary.jsonl
record glued.jsonl "srand 2; for (1 .. 200) { print join('', map { chr rand 256 } 1 .. 50), $(line '$_') }"
is "even right behind them" "$(events glued.jsonl label | cksum)" "$(seq 200 | cksum)"

run memmon -q -i 20 -e fifo -o many.jsonl -- sh -c '
    for writer in 1 2 3 4 5 6 7 8 9 10; do
        (for i in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19; do
            echo "{\"event\":\"mark\",\"label\":\"$writer $i\"}" >"$MEMMON_EVENTS"
        done) &
    done
    wait'
is "writers that come and go all at once" "$(events many.jsonl label | sort | uniq | wc -l | tr -d ' ')" 200
is "none with a complaint" "$(cat "$err_file")" ""

memmon -q -i 20 -e fifo -o open.jsonl -- sh -c '
    (exec 3>"$MEMMON_EVENTS"; echo "{\"event\":\"mark\",\"label\":\"held\"}" >&3; : >said; exec sleep 60) &
    echo $! >writer.pid
    until [ -e said ]; do sleep 0.05; done; exit 3'
is "a writer that never closes holds up nothing" "$?" 3
is "and its line is there" "$(events open.jsonl label)" held
ok "it lives on" kill "$(cat writer.pid)"
ok "the FIFO is gone" test ! -e fifo

# Four times what may wait, and no sample to ride in until the end.
run memmon -q -i 3600000 -e fifo -o flood.jsonl -- perl -e '
    open F, ">", $ENV{MEMMON_EVENTS}; $s = qq({"event":"flood","x":") . "x" x 4000 . qq("}\n); $s x= 16;
    $n = 0; while ($n < 6.4e7) { $n += syswrite F, $s } exit 2'
is "a flood that no recording can hold does not hold up the command" "$status" 2
like "what is lost is told" "$(cat "$err_file")" 'fifo: [0-9]+ events are lost$'
ok "and the recording is whole" is_json flood.jsonl
is "with a summary" "$(tail -n 1 flood.jsonl | jq '.summary.exit_code + 0')" 2
rm flood.jsonl

exits "MEMMON_EVENTS of another memmon is replaced" 0 memmon -q -e outer -o outer.jsonl -- memmon -q -e inner -o inner.jsonl -- \
    sh -c 'echo "{\"event\":\"mark\",\"label\":\"in\"}" >"$MEMMON_EVENTS"'
is "by that of the inner" "$(events inner.jsonl label) $(events outer.jsonl label)" "in "
exits "and without -e it is as it was" 0 memmon -q -i 20 -e outer -o outer.jsonl -- memmon -q -o inner2.jsonl -- \
    sh -c 'echo "{\"event\":\"mark\",\"label\":\"out\"}" >"$MEMMON_EVENTS"'
is "the outer's" "$(events outer.jsonl label)" out
finish
