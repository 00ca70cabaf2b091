#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# torture.sh KILLS CHILDREN: memmon is killed at any moment, and its command has very many processes.
#
# What must hold: a killed memmon leaves a recording of whole lines, but for one cut off at its end; the next recording
# in the same file is whole again; the command goes on.  Under very many processes each tick is sampled or counted as
# missed, and the command's status comes out.  Prints what did not hold, and then exits with 1.
# shellcheck disable=SC2016
set -u
kills=$1 children=$2
tmp=$(mktemp -d "${TMPDIR:-/tmp}/torture.XXXXXX") || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
cd "$tmp" || exit
failed=0
fail() {
    echo "torture: $*"
    failed=1
}

# A command that writes a number a millisecond, until it is told to stop.  memmon at 1 or 2 ms, killed within 0.1 s.
cat >kill.pl <<'END'
my ($file, $interval) = @ARGV;
my $pid = fork // die;
if (!$pid) {
    open STDERR, ">", "$file.err";
    exec qw(memmon -q -e), "$file.fifo", "-i", $interval, "-o", $file, "--", $^X, "-e",
        'open O, ">", "$ARGV[0].pid"; print O $$; close O; select undef, undef, undef, 0.001 until -e "$ARGV[0].stop" || !-e "kill.pl"; open D, ">", "$ARGV[0].done"',
        $file;
}
select undef, undef, undef, rand 0.1;
kill KILL => $pid;
waitpid $pid, 0;
END
i=0
while [ "$i" -lt "$kills" ]; do
    i=$((i + 1))
    r=r$i.jsonl # a command of the turn before may still be about to begin
    perl kill.pl "$r" $((i % 2 + 1))
    whole=0
    if [ -s "$r" ]; then
        whole=$(wc -l <"$r" | tr -d ' ') # line ends
        head -n "$whole" "$r" | jq -c . >parsed 2>parsed.err || fail "kill $i: $(cat parsed.err)"
        [ "$(wc -l <parsed | tr -d ' ')" = "$whole" ] || fail "kill $i: a line that is none"
    fi
    if [ -s "$r.pid" ]; then
        kill -0 "$(cat "$r.pid")" || fail "kill $i: the command has gone, too"
    fi
    : >"$r.stop"
    memmon -q -d 0.004 -i 2 -o "$r" || fail "kill $i: no recording after it"
    cut=$(jq -cR 'fromjson? // empty' "$r" | wc -l | tr -d ' ')
    [ $(($(wc -l <"$r") - cut)) -le 1 ] || fail "kill $i: more than one line is lost"
    [ "$(tail -n 1 "$r" | jq 'has("summary")')" = true ] || fail "kill $i: the next recording is not whole"
done

cat >children.pl <<'END'
my @children;
for (1 .. $ARGV[0]) {
    my $pid = fork // last;
    if (!$pid) { sleep 600; exit }
    push @children, $pid;
}
for (my $i = 0; $i < 600; $i++) { # until memmon has looked
    open my $samples, "<", "many.jsonl";
    last if grep { /"proc_count":(\d+)/ && $1 > 10 } <$samples>;
    select undef, undef, undef, 0.1;
}
kill KILL => @children;
1 while wait > 0;
for (1 .. $ARGV[0] / 10) { # and some that memmon has to wait for
    my $pid = fork // last;
    if (!$pid) { fork; exit }
    waitpid $pid, 0;
}
open N, ">", "children"; print N scalar @children; close N;
exit 7;
END
memmon -q -i 20 -o many.jsonl -- perl children.pl "$children"
[ $? = 7 ] || fail "many processes: the command's status is lost"
[ "$(jq -cs 'map(select(has("elapsed_s") or has("summary"))) | length' many.jsonl)" = "$(wc -l <many.jsonl | tr -d ' ')" ] ||
    fail "many processes: lines that are none"
jq -es '.[-1].summary | .samples + .missed - .duration_s * 50 | . > -2 and . < 2' many.jsonl >parsed ||
    fail "many processes: ticks that are neither sampled nor missed: $(tail -n 1 many.jsonl)"
jq -es 'map(.elapsed_s // empty) | [range(1; length) as $i | .[$i] >= .[$i - 1]] | all' many.jsonl >parsed ||
    fail "many processes: time does not go on"
jq -es 'map(.proc_count // 0) | max > 10' many.jsonl >parsed || fail "many processes: they are not seen"
[ "$failed" = 1 ] || echo "torture: $kills kills and $(cat children) processes later all holds"
exit "$failed"
