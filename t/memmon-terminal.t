#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# memmon at a terminal, in tmux: the live line, ^C and ^Z.
# shellcheck disable=SC2016 # what stands in single quotes is for the shell in the terminal
. "${0%/*}/tap.sh"
cd "$tmp" || exit

if ! command -v tmux >/dev/null; then
    skip "a terminal" "no tmux(1)"
    finish
fi

unset TMUX
mkdir server
tm() { TMUX_TMPDIR=$tmp/server tmux -f /dev/null "$@"; }
open_terminal() { # COLUMNS ROWS
    tm new-session -d -x "$1" -y "$2" "env -u ENV PS1='> ' TERM=screen sh"
    await shows '^> *$'
}
close_terminal() { tm kill-server 2>/dev/null; }
trap 'close_terminal; rm -rf "$tmp"' EXIT
enter() { tm send-keys -l "$1" && tm send-keys Enter; }
keys() { tm send-keys "$@"; }
screen() { tm capture-pane -p; }
history() { tm capture-pane -p -S -; }
shows() { screen | grep -Eq -e "$1"; }
live='RAM \[[| ]*\] [0-9.]+ of [0-9.]+ GB free'
last_row() { screen | tail -n 1; }
last_row_like() { last_row | grep -Eq -e "$1"; }
has_live() { last_row_like "$live"; }
no_live() { ! shows 'RAM \['; }
alone() { has_live && [ "$(history | grep -Ec "$live")" = 1 ]; }
in_colour() { tm capture-pane -p -e | tail -n 1 | grep -q "$(printf '\033\[3[123]mRAM ')"; }
has_summary() { tail -n 1 "$1" | jq -e 'has("summary")'; }
summary() { tail -n 1 "$1" | jq -r ".summary.$2 | if type == \"number\" then . + 0 else . end"; }
follows() { [ "$(tm display-message -p '#{pane_height}')" = "$1" ] && alone; } # ROWS
cat >steps.sh <<'SH'
until_there() { until [ -e "$1" ]; do sleep 0.05; done; }
echo one
printf part
until_there step1
echo ial
i=1
while [ "$i" -le 40 ]; do
    echo "line $i"
    i=$((i + 1))
done
until_there step2
printf unended
exit 4
SH

open_terminal 130 20
# ---- A command that writes to the same terminal
enter 'memmon -i 50 -e ev -o a.jsonl -- sh steps.sh; echo "status $?"'
ok "a live line comes, in the bottom row" await has_live
ok "with the time before it" await last_row_like '^[0-9]+:[0-9][0-9]  RAM'
ok "and pressure or CPU behind it" await last_row_like 'free  .*(pressure|CPU)'
ok "and nowhere else" await alone
ok "in colour" await in_colour
await shows '^part *$'
is "what the command writes is as it wrote it" "$(screen | grep -v "^>" | sed '/^ *$/d; $d' | tr '\n' ' ')" "one part "
printf '{"event":"model_load","model":"org/\\u001b[7mX\302\233"}\n' >ev
ok "the last event stands at its end, harmless" await shows 'model_load org/\\x1b\[7mX\\u009b *$'
tm resize-window -x 130 -y 26
ok "it follows a higher terminal and leaves nothing where it was" await follows 26
tm resize-window -x 60 -y 10
ok "it follows a smaller terminal, alone" await follows 10
: >step1
ok "lines scroll above it" await shows '^line 40$'
ok "and it stays, alone again" await alone
tm resize-window -x 90 -y 24
ok "it follows a larger terminal and leaves nothing where it was" await follows 24
: >step2
await shows '^status 4$'
history >all
is "it is gone at the end" "$(grep -c 'RAM \[' all)" 0
is "all the command wrote is there" "$(grep -Ec '^line [0-9]+$' all)" 40
ok "and whole" grep -qx partial all
[ "$failures" = 0 ] || note "$(head -n 20 all)"
ok "the summary begins on a line of its own" shows '^memmon: [0-9.]+ s: '
ok "below what the command left without an end" shows '^unended$'
ok "and its status comes out" shows '^status 4$'
like "the terminal's rows scroll as before" "$(enter 'clear; i=0; while [ $i -lt 30 ]; do i=$((i+1)); echo "row $i"; done'
    await shows '^row 30$'
    screen | sed -n 1p)" '^row 8$'

# A terminal that is narrower than it says, as one is for a moment after a change of size.
tm resize-window -x 40 -y 24
rm step1
cat >narrow.sh <<'SH'
printf part
until [ -e step1 ]; do sleep 0.05; done
echo ial
SH
enter 'until [ "$(stty size)" = "24 40" ]; do sleep 0.05; done
clear; stty cols 130; memmon -i 50 -o narrow.jsonl -- sh narrow.sh; stty cols 40'
ok "a live line that is too long" await last_row_like '^[0-9]+:[0-9][0-9]  RAM'
: >step1
await shows 'exited with 0'
ok "does not scroll" shows '^partial$'
tm resize-window -x 130 -y 24

# ---- When there is none
none() { # TITLE COMMAND: which makes the file `done` when it has run for half a second
    rm -f "done"
    enter "clear; $2 sh -c 'sleep 0.4; : >done; until [ ! -e done ]; do sleep 0.05; done'"
    await test -e "done"
    ok "$1" no_live
    rm -f "done"
    await shows '^> *$'
}
none "none with -q" 'memmon -q -o n.jsonl --'
none "none with -v" 'memmon -v -o n.jsonl --'
none "none on a dumb terminal" 'TERM=dumb memmon -o n.jsonl --'
none "none on a terminal without a name" 'env -u TERM memmon -o n.jsonl --'
none "none in a log" 'memmon -o n.jsonl 2>n.log --'
unlike "nor any trace in it" "$(cat n.log)" "$(printf '\033')"
none "none on a terminal without a size" 'stty rows 0; memmon -o n.jsonl --'
none "none while it is read key by key" 'stty rows 24; stty -icanon; memmon -o n.jsonl --'
enter 'stty icanon; clear; NO_COLOR=1 memmon -o n.jsonl -- sh -c "until [ -e coloured ]; do sleep 0.05; done"'
await has_live
unlike "NO_COLOR: no colours" "$(tm capture-pane -p -e | tail -n 1)" "$(printf '\033\\[3')"
: >coloured
await shows '^memmon: command exited with 0'

# ---- ^C
cat >patient.pl <<'PL'
$| = 1;
$SIG{INT} = sub { $n++; print "interrupt $n\n" };
print "ready\n";
select undef, undef, undef, 0.1 until $n;
select undef, undef, undef, 0.1 for 1 .. 5; # a second one would come now
print "of $n\n";
exit 3;
PL
enter 'clear; memmon -i 50 -o int.jsonl -- perl patient.pl; echo "status $?"'
await shows '^ready$'
await has_live
keys C-c
await shows '^status'
ok "^C reaches the command once" shows '^of 1$'
ok "its status comes out" shows '^status 3$'
is "the recording has its summary" "$(summary int.jsonl exit_code)" 3
is "there is no trace of the live line" "$(screen | grep -c 'RAM \[')" 0
enter 'clear; memmon -i 50 -o sleep.jsonl -- sleep 600; echo "status $?"'
await has_live
keys C-c
await shows '^status'
ok "a command that ^C ends: 128 + 2" shows '^status 130$'
is "and the recording says so" "$(summary sleep.jsonl signal)" 2
enter 'clear; memmon -i 50 -o alone.jsonl; echo "status $?"'
await has_live
await recorded alone.jsonl '.elapsed_s > 0'
keys C-c
await shows '^status'
ok "^C ends a recording without a command" shows '^status 0$'
is "with a summary" "$(summary alone.jsonl 'samples > 1')" true
if python3 -c 'import pytest' 2>/dev/null || /usr/bin/python3 -c 'import pytest' 2>/dev/null; then
    python=$(python3 -c 'import pytest' 2>/dev/null && echo python3 || echo /usr/bin/python3)
    cat >test_slow.py <<'PY'
import time
def test_slow():
    open("started", "w").close()
    time.sleep(600)
PY
    enter "clear; memmon -i 50 -o pytest.jsonl -- $python -m pytest -q -p no:cacheprovider test_slow.py; echo \"status \$?\""
    await test -e started
    keys C-c
    await shows '^status'
    ok "^C in pytest ends it as without memmon: 2" shows '^status 2$'
    ok "and it tells what it did" shows 'no tests ran|KeyboardInterrupt'
    is "which the recording knows" "$(summary pytest.jsonl exit_code)" 2
else
    skip "^C in pytest" "no pytest"
fi

# ---- ^Z
state() { ps -o stat= -p "$1" | cut -c 1; }
stopped() { [ "$(state "$1")" = T ]; }
goes_on() { [ "$(state "$1")" != T ]; }
cat >slow.sh <<'SH'
echo $$ >child.pid
until [ -e enough ]; do sleep 0.05; done
exit 6
SH
enter 'clear; memmon -i 20 -o stop.jsonl -- sh slow.sh; echo "status $?"'
await has_live
await test -s child.pid
keys C-z
await shows '^>'
ok "^Z stops memmon" await stopped "$(ps -o ppid= -p "$(cat child.pid)" | tr -d ' ')"
ok "and the command" await stopped "$(cat child.pid)"
ok "without a trace of the live line" await no_live
samples=$(lines stop.jsonl)
sleep 0.3
is "nothing is recorded meanwhile" "$(lines stop.jsonl)" "$samples"
enter 'clear; fg; echo "status $?"'
ok "fg: both go on" await has_live
ok "the command, too" await goes_on "$(cat child.pid)"
: >enough
await shows '^status'
ok "to the end, with its status" shows '^status 6$'
is "what was missed is counted" "$(summary stop.jsonl 'missed > 10')" true
is "nothing is made up for" \
    "$(summary stop.jsonl 'samples + .summary.missed - .summary.duration_s * 50 | . > -1 and . < 2')" true
rm -f enough child.pid
enter 'clear; memmon -i 20 -o stop2.jsonl -- sh slow.sh; echo "status $?"'
await has_live
await test -s child.pid
memmon_pid=$(ps -o ppid= -p "$(cat child.pid)" | tr -d ' ')
kill -TSTP "$memmon_pid"
ok "TSTP from a process: the command stops, too" await stopped "$(cat child.pid)"
ok "as memmon does" await stopped "$memmon_pid"
await shows '^>'
kill -CONT "$memmon_pid"
ok "CONT from a process: the command goes on, too" await goes_on "$(cat child.pid)"
: >enough
ok "to the end, in the background" await has_summary stop2.jsonl
is "with its status" "$(summary stop2.jsonl exit_code)" 6

# ---- The terminal goes away
rm -f enough child.pid
enter 'clear; memmon -i 20 -o away.jsonl -- sh slow.sh'
await has_live
await test -s child.pid
close_terminal
ok "the terminal goes away: the recording ends with the command" await has_summary away.jsonl
is "which HUP has ended" "$(summary away.jsonl signal)" 1
finish
