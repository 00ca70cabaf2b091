#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# memmon, end to end: records a real machine, treats its command well, and tells how it ended.
# shellcheck disable=SC2016 # what stands in single quotes is for the command
. "${0%/*}/tap.sh"
cd "$tmp" || exit

# What happens soon, but not at once.
at_least() { [ "$(lines "$1")" -ge "$2" ]; }
gone() { ! kill -0 "$1" 2>/dev/null; }
# With INT and QUIT as a terminal's programs have them: a script's background jobs ignore both.
interruptible() { exec perl -e '$SIG{INT} = $SIG{QUIT} = "DEFAULT"; exec @ARGV or die' -- "$@"; }
# Some versions of jq print a number as it was written, others as they would write it: + 0 is for these.
summary() { tail -n 1 "$1" | jq -r ".summary.$2 | if type == \"number\" then . + 0 else . end"; }
samples='select(.summary | not)'
# How long a command lasts is the test's to say: it waits for the file `release`.
echo 'select undef, undef, undef, 0.02 until -e "release" || !-e "hold.pl"' >hold.pl
# record FILE FILTER CMD…: the command, until there is a sample for which the filter is true
record() {
    recording=$1 seen=$2
    shift 2
    rm -f release
    "$@" &
    pid=$!
    await recorded "$recording" "$seen"
    : >release
    wait "$pid"
}
now() { perl -MTime::HiRes=time -e 'printf "%.6f\n", time'; }

# ---- Usage
usage='usage: memmon [-qv] [-C file] [-d sec] [-e fifo] [-i ms] [-o file] [--] [command [arg ...]]'
exits "-h is told on stdout" 0 memmon -h
is "and begins with the usage" "$(head -n 1 "$out_file")" "$usage"
exits "--help is -h" 0 memmon --help
exits "--version" 0 memmon --version
like "names it" "$(cat "$out_file")" '^memmon [0-9]+\.[0-9]+\.[0-9]+$'
exits "-h to a full disk" 3 sh -c 'memmon -h >/dev/full'
for wrong in '-i 0' '-i 0.99' '-i 3600001' '-i x' '-i 5ms' '-i' '-d 0' '-d -1' '-d nan' '-d' '-x' '--nonsense' \
    '--interval' '-C' '-e' '-o'; do
    # shellcheck disable=SC2086
    exits "usage error: $wrong" 2 memmon $wrong
    like "says so on stderr: $wrong" "$(cat "$err_file")" '^memmon: '
    is "and nothing on stdout: $wrong" "$(cat "$out_file")" ""
done
for wrong in '-q --' '-q -d 9 --' '-o file --' '--'; do
    # shellcheck disable=SC2086
    exits "no command behind $wrong" 2 memmon $wrong
    is "says so" "$(head -n 1 "$err_file")" "memmon: -- without a command"
done
exits "an empty command" 2 memmon -q -- ""
is "says so" "$(head -n 1 "$err_file")" "memmon: the command is empty"
exits "without --, too" 2 memmon -q "" x
exits "-- as an option's argument is a name" 0 memmon -q -d 0.01 -o --
exits "-d has an upper end" 2 memmon -d 1000000001
like "which is told" "$(head -n 1 "$err_file")" 'up to 1000000000$'

# ---- A recording
exits "records until -d" 0 memmon -i 20 -d 0.5
cp "$out_file" rec.jsonl
is "each line is JSON" "$(jq -c . rec.jsonl | wc -l | tr -d ' ')" "$(lines rec.jsonl)"
is "the first sample has the session" "$(head -n 1 rec.jsonl | jq -r '.session.platform')" "$(uname -s)"
is "with the interval" "$(head -n 1 rec.jsonl | jq -c '[.session.interval_ms, .elapsed_s + 0]')" '[20,0]'
is "no other has one" "$(jq -s 'map(select(.session)) | length' rec.jsonl)" 1
is "the summary comes last, and once" "$(jq -s 'map(has("summary")) | .[-1] and (map(select(.)) | length == 1)' rec.jsonl)" true
is "it counts the samples" "$(summary rec.jsonl samples)" "$(($(lines rec.jsonl) - 1))"
is "samples and missed are the ticks of the time" "$(summary rec.jsonl 'samples + .summary.missed')" 25
is "and tells how long it was" "$(summary rec.jsonl duration_s)" 0.5
is "no command, no status" "$(summary rec.jsonl 'exit_code, .summary.signal, .summary.command' | sort -u)" null
# A late sample and the next one in time can have the same millisecond.
is "elapsed_s follows the grid" \
    "$(jq -s "map($samples | .elapsed_s) | [range(1; length) as \$i | .[\$i] >= .[\$i - 1]] | all" rec.jsonl)" true
# But where the machine stood still between one clock and the other.
is "ts and elapsed_s go together" \
    "$(jq -s "map($samples | .ts - .elapsed_s) | sort | .[length * 3 / 4 | floor] - .[length / 4 | floor] < 0.2" rec.jsonl)" true
is "every sample has the RAM" "$(jq -s "map($samples | .ram_free_gb > 0 and .ram_total_gb >= .ram_free_gb) | all" rec.jsonl)" true
is "used and free are the total" \
    "$(jq -s "map($samples | (.ram_used_gb + .ram_free_gb - .ram_total_gb) | fabs <= 0.011) | all" rec.jsonl)" true
is "the three CPU shares stay within 100" \
    "$(jq -s "map(select(.cpu_idle) | .cpu_user + .cpu_sys + .cpu_idle <= 100.2) | all" rec.jsonl)" true
is "CPU shares come once there are 100 ms to judge" \
    "$(jq -s "map($samples | select(.elapsed_s < 0.099 or .elapsed_s > 0.3) | (.elapsed_s > 0.3) == (.cpu_user != null)) | all" rec.jsonl)" true
is "no metric is null" "$(jq -c 'select([.[]?] | any(. == null))' rec.jsonl)" ""
is "nothing of a command" "$(jq -c 'select(has("proc_count"))' rec.jsonl)" ""
like "a short summary goes to stderr" "$(cat "$err_file")" '^memmon: 0\.5 s: [0-9]+ samples'
if [ -x "$BUILD/bin/validate" ]; then
    ok "validate agrees" sh -c 'validate <rec.jsonl >valid.jsonl'
    same "and passes all of it" rec.jsonl valid.jsonl
fi
is "and its figures are those of the samples" "$(jq -sr -f "$top/t/summary.jq" rec.jsonl)" ""
like "a time of day in the summary" "$(summary rec.jsonl timestamp)" '^20[0-9-]+T[0-9:]+\.[0-9]{3}Z$'
exits "a fraction of an interval" 0 memmon -q --interval 12.5 --duration .1
is "-q says nothing" "$(cat "$err_file")" ""
is "the interval as given" "$(summary "$out_file" interval_ms)" 12.5
is "8 ticks in 100 ms" "$(summary "$out_file" 'samples + .summary.missed')" 8
exits "an interval longer than the time" 0 memmon -qi 3600000 -d 0.05
is "has one sample" "$(summary "$out_file" samples)" 1
exits "1 ms" 0 memmon -qi 1 -d 0.3
is "300 ticks" "$(summary "$out_file" 'samples + .summary.missed')" 300
exits "-v" 0 memmon -v -i 50 -d 0.2 -o v.jsonl
is "is a line for each sample" "$(grep -c '^[0-9.]* s  RAM ' "$err_file")" "$(summary v.jsonl samples)"
unlike "no live line where there is no terminal" "$(cat "$err_file")" "$(printf '\033')"
exits "--verbose is -v, --quiet is -q" 0 memmon --verbose --quiet -d 0.01
is "together: lines and no summary" "$(lines "$err_file")" 1

# ---- The command
exits "its status is ours" 7 memmon -- sh -c 'exit 7'
is "and in the summary" "$(summary "$out_file" exit_code)" 7
is "with the command" "$(summary "$out_file" command)" "sh -c 'exit 7'"
is "its session too" "$(head -n 1 "$out_file" | jq -r .session.command)" "sh -c 'exit 7'"
exits "128 + n for a signal" 143 memmon -- sh -c 'kill -TERM $$'
is "which the summary has, and no exit code" "$(summary "$out_file" 'signal, .summary.exit_code' | xargs)" "15 null"
is "a quick command has one sample all the same" "$(memmon -q true | jq -s 'map(has("elapsed_s")) | .[0]')" true
i=0
while [ "$i" -lt 20 ]; do
    memmon -q true
    i=$((i + 1))
done >quick.jsonl
is "and never a time below 0" "$(jq -s 'map(.elapsed_s // .summary.duration_s | . >= 0) | all' quick.jsonl)" true
is "a peak is more than nothing, or not known" "$(jq -s 'map(.summary // empty | .proc_peak_rss_gb // 1 | . > 0) | all' quick.jsonl)" true
cat >hwm.pl <<'END'
open F, ">", "ready";
select undef, undef, undef, 0.02 until -e "release" || !-e "hwm.pl";
open S, "<", "/proc/self/status";
print map { /^VmHWM:\s+(\d+) kB$/ ? "$1\n" : () } <S>;
END
rm -f release
memmon -o hwm.jsonl -- perl hwm.pl >"$out_file" 2>"$err_file" &
pid=$!
await test -e ready
await recorded hwm.jsonl ".proc_count and .ts - (.proc_age_ms // 200) / 1000 > $(now)" # it is seen as it is now
: >release
wait "$pid"
if [ -s "$out_file" ]; then
    is "that of a small one is its own" "$(summary hwm.jsonl "proc_peak_rss_gb >= $(cat "$out_file") * 1024 / 1.1e9")" true
    like "and is told" "$(cat "$err_file")" 'its processes took up to [1-9][0-9]* MB$'
fi
run memmon -o /dev/null true
unlike "never nothing" "$(cat "$err_file")" 'up to 0 MB'
exits "127 if it is not there" 127 memmon no-such-command
like "and a message" "$(cat "$err_file")" '^memmon: no-such-command: cannot run: No such file'
is "and no recording" "$(cat "$out_file")" ""
: >plain
exits "126 if it cannot be run" 126 memmon ./plain
exits "-- ends the options" 127 memmon -q -- -i
exits "options after the command are its own" 0 memmon -q echo -i x
is "its stdout goes to stderr, as the samples are on stdout" "$(cat "$err_file")" "-i x"
exits "its stdout is its own with -o" 0 memmon -q -o rec2.jsonl echo hello
is "as it wrote it" "$(cat "$out_file")" hello
is "stdin is the command's" "$(echo text | memmon -qo /dev/null cat)" text
record tree.jsonl '.proc_count == 4' memmon -q -o tree.jsonl -i 20 -- sh -c 'sh -c "perl hold.pl; :" & perl hold.pl; wait'
is "its processes are counted" "$(jq -s 'map(.proc_count // 0) | max' tree.jsonl)" 4
is "and their memory" "$(jq -s 'map(.proc_rss_gb // 0) | max > 0.0005' tree.jsonl)" true
record cpu.jsonl '.proc_cpu > 2' memmon -q -o cpu.jsonl -i 100 -- perl -e '1 until -e "release" || !-e "hold.pl"'
is "and their processor time" "$(jq -s 'map(.proc_cpu // 0) | max > 2' cpu.jsonl)" true
is "and the summary's figures are those of its samples" "$(jq -sr -f "$top/t/summary.jq" cpu.jsonl)" ""
# Its two siblings come only after its parent has gone.
record orphan.jsonl '.proc_count == 4' memmon -q -o orphan.jsonl -i 20 -- \
    sh -c '(perl hold.pl &); perl hold.pl & perl hold.pl; wait'
is "an orphan still counts" "$(jq -s 'map(.proc_count // 0) | max' orphan.jsonl)" 4
if unshare -pf true 2>/dev/null; then
    record pid.jsonl .proc_count unshare -pf memmon -q -o pid.jsonl -i 20 -- perl hold.pl
    is "and no others where /proc counts by other pids" "$(jq -s 'map(.proc_count // 0) | max' pid.jsonl)" 1
else
    skip "pids other than those in /proc" "no unshare(1), or no right to it"
fi
if unshare -pf --mount-proc true 2>/dev/null; then
    for i in 1 2 3 4 5 6 7 8 9 10; do unshare -pf --mount-proc memmon -q -o "own$i.jsonl" true; done
    is "a command that has ended is no zombie" "$(cat own*.jsonl | jq -s 'map(.zombies // 0) | max')" 0
else
    skip "a command that has ended is no zombie" "no unshare(1), or no right to it"
fi
# Makes zombies and buries them again, and each time goes on when the recording has as many, or after 20 s.
cat >zombies.pl <<'END'
sub recorded {
    my ($want) = @_;
    for (1 .. 400) {
        open my $f, "<", "zombies.jsonl";
        my $last = "";
        while (<$f>) { $last = $1 if /"zombies":(\d+).*\n/ }
        return print "$want\n" if $last eq $want;
        select undef, undef, undef, 0.05;
    }
    print "not $want\n";
}
$| = 1;
my @dead;
for my $n (0, 3, 60, 1, 0) {
    waitpid pop @dead, 0 while @dead > $n;
    while (@dead < $n) { push @dead, fork // die; exit if !$dead[-1] }
    recorded $n;
}
END
if unshare -pf --mount-proc true 2>/dev/null; then
    unshare -pf --mount-proc memmon -q -o zombies.jsonl -i 50 -- perl zombies.pl 2>zombies.err >zombies.out
    is "zombies are counted as they come and go" "$(xargs <zombies.out)" "0 3 60 1 0"
    rm zombies.jsonl
    sh -c "ulimit -n 64; exec unshare -pf --mount-proc memmon -q -o zombies.jsonl -i 50 -- perl zombies.pl" 2>zombies.err >zombies.out
    is "where few files may be open, too" "$(xargs <zombies.out)" "0 3 60 1 0"
    odd=
    for files in 13 15 17 19 21 40; do
        sh -c "ulimit -n $files; exec unshare -pf --mount-proc memmon -q -o few.jsonl -i 50 -- perl -e '
            for (1 .. 3) { fork or exit } sleep 2'" 2>/dev/null
        [ "$(jq 'select(.ts) | .zombies // 3' few.jsonl | tail -n 1)" = 3 ] || odd="$odd $files"
        rm -f few.jsonl
    done
    is "where they are too few for a look nothing is said" "$odd" ""
else
    skip "zombies are counted as they come and go" "no unshare(1), or no right to it"
fi
record zombie.jsonl '.zombies >= 1' memmon -q -o zombie.jsonl -i 100 -- perl -e 'fork or exit; do "./hold.pl"'
is "zombies are seen" "$(jq -s 'map(.zombies // 0) | max >= 1' zombie.jsonl)" true
exits "-d ends the recording, not the command" 5 memmon -q -i 20 -d 0.1 -- sh -c 'sleep 0.4; exit 5'
is "the summary still tells its status" "$(summary "$out_file" exit_code)" 5
is "and the recording's length" "$(summary "$out_file" duration_s)" 0.1

# ---- What the command inherits
is "SIGPIPE as it was" "$(memmon -qo /dev/null -- perl -e 'print $SIG{PIPE} // "DEFAULT"')" DEFAULT
is "or ignored as it was" "$( (trap '' PIPE && memmon -qo /dev/null -- perl -e 'print $SIG{PIPE}'))" IGNORE
is "HUP ignored by nohup" "$( (trap '' HUP && memmon -qo /dev/null -- perl -e 'print $SIG{HUP}'))" IGNORE
masks() { grep -E '^Sig(Blk|Ign|Cgt)' "$1"; }
masks /proc/self/status >masks.plain 2>/dev/null
is "no signal blocked, ignored or caught" "$(memmon -qo /dev/null -- grep -E '^Sig(Blk|Ign|Cgt)' /proc/self/status)" "$(cat masks.plain)"
# shellcheck disable=SC2012
is "no descriptor of ours" "$(memmon -qo rec3.jsonl -e ev -- sh -c 'ls /proc/self/fd' | wc -l)" "$(ls /proc/self/fd | wc -l)"
is "no coarse timer" "$(memmon -qo /dev/null -- cat /proc/self/timerslack_ns)" "$(cat /proc/self/timerslack_ns)"

# ---- Signals
start() { # CMD…: in the background, until it has recorded something
    rm -f s.jsonl
    (interruptible memmon -q -i 20 -o s.jsonl "$@") 2>s.err &
    pid=$!
    await at_least s.jsonl 2
}
for signal in INT TERM HUP; do
    start
    kill -s "$signal" "$pid"
    wait "$pid"
    is "$signal ends a recording without a command, status 0" "$?" 0
    is "with a summary after $signal" "$(tail -n 1 s.jsonl | jq 'has("summary")')" true
done
for signal in TERM HUP USR1 USR2 INT QUIT; do
    rm -f ready
    start -- perl -e '$SIG{$ARGV[0]} = sub { exit 9 }; open F, ">", "ready"; sleep 10 while 1' "$signal"
    await test -e ready
    kill -s "$signal" "$pid"
    wait "$pid"
    is "$signal from a process is passed on" "$?" 9
done
rm -f long.jsonl
(interruptible memmon -q -i 3600000 -o long.jsonl) &
pid=$!
await at_least long.jsonl 1
kill -INT "$pid"
ok "a signal ends the longest sleep" await gone "$pid"
wait "$pid"
is "and is no failure" "$(summary long.jsonl samples)" 1
(trap '' HUP && exec memmon -q -i 20 -o hup.jsonl -d 0.5) &
pid=$!
await at_least hup.jsonl 1
kill -HUP "$pid"
wait "$pid"
is "under nohup HUP does not end it" "$(summary hup.jsonl duration_s)" 0.5
start -- sh -c 'echo $$ >child.pid; exec sleep 60'
await test -s child.pid
kill -KILL "$pid"
wait "$pid" 2>/dev/null
ok "killed, it leaves the command running" kill -0 "$(cat child.pid)"
kill "$(cat child.pid)"
is "and whole lines but for the last" "$(sed '$d' s.jsonl | jq -c . | wc -l)" "$(($(lines s.jsonl) - 1))"
start
kill -STOP "$pid"
sleep 0.4
kill -INT "$pid"
kill -CONT "$pid"
wait "$pid"
is "stopped and continued, it counts what it missed" "$(summary s.jsonl 'missed >= 15')" true
is "and does not catch up" "$(summary s.jsonl 'samples + .summary.missed - .summary.duration_s * 50 | . > -1 and . < 2')" true
# The command's end is noticed even if thousands of other signals have filled memmon's pipe while it was held up.
cat >flood.pl <<'END'
use Fcntl;
pipe R, W;
my $flags = fcntl W, F_GETFL, 0;
fcntl W, F_SETFL, $flags | O_NONBLOCK;
for my $n (4096, 1) { 1 while defined syswrite W, "x" x $n }
fcntl W, F_SETFL, $flags;
my $pid = fork // die;
if (!$pid) {
    open STDERR, ">&", \*W;
    close R;
    exec qw(memmon -q -o /dev/null -e flood -- perl -e), <<'COMMAND';
        my @several = qw(USR1 USR2 TERM HUP INT QUIT);
        $SIG{$_} = "IGNORE" for @several;
        open E, ">", $ENV{MEMMON_EVENTS}; # a message that cannot be written holds memmon up
        syswrite E, "no event\n";
        select undef, undef, undef, 0.2;
        for (1 .. 2000) { kill $_ => getppid for @several; select undef, undef, undef, 1e-5 }
        open F, ">", "flooded";
        exit 5
COMMAND
}
close W;
for (1 .. 3000) { last if -e "flooded"; select undef, undef, undef, 0.1 }
select undef, undef, undef, 0.2;
$SIG{ALRM} = sub { kill KILL => $pid; exit 1 };
alarm 60;
1 while sysread R, my $text, 65536;
waitpid $pid, 0;
exit $? >> 8;
END
exits "a flood of signals does not hide the command's end" 5 perl flood.pl

# ---- A terminal
if command -v tmux >/dev/null; then
    : # memmon-terminal.t does all of this and more
elif command -v script >/dev/null; then
    trap_int='$SIG{INT} = sub { syswrite STDERR, "[i" . "nt]" }; $t = time; select undef, undef, undef, 0.1 while time < $t + 2'
    (sleep 0.7 && printf '\003' && sleep 1) | TERM=xterm script -qec "stty rows 24 cols 120; memmon -o tty.jsonl -- perl -e '$trap_int'" tty.log >/dev/null
    is "^C reaches the command once" "$(grep -o '\[int\]' tty.log | wc -l | tr -d ' ')" 1
    is "and the recording is finished" "$(summary tty.jsonl exit_code)" 0
    like "there is a live line" "$(cat tty.log)" 'RAM \[[| ]*\] [0-9.]+ of [0-9.]+ GB free'
    like "whose row is given back, empty, before the summary" "$(tr -d '\r\n' <tty.log)" \
        "$(printf '\033\\[24;1H\033\\[m\033\\[2K\033\\[r\0338 *\033\\[Kmemmon: ')"
    (sleep 0.4 && printf '\003' && sleep 0.4) | script -qec "memmon -q -o tty2.jsonl" tty2.log >/dev/null
    is "^C ends a recording without a command" "$(tail -n 1 tty2.jsonl | jq 'has("summary")')" true
    unlike "-q: no live line" "$(cat tty2.log)" RAM
    script -qec "memmon -i 50 -d 0.6" tty3.log >/dev/null </dev/null
    unlike "nor one between samples on the same terminal" "$(cat tty3.log)" 'RAM \[[| ]*\] [0-9.]+ of [0-9.]+ GB free'
else
    skip "a terminal" "no script(1)"
fi

# ---- Where it goes
rm -f app.jsonl
memmon -q -d 0.05 --output app.jsonl
memmon -q -d 0.05 -o app.jsonl
is "-o appends" "$(jq -s 'map(has("summary")) | tostring' app.jsonl)" '"[false,true,false,true]"'
is "a new recording starts at 0" "$(jq -s '.[2].elapsed_s + 0' app.jsonl)" 0
printf '{"ts":1,"elapsed_s":0,"ram_fr' >cut.jsonl
memmon -q -d 0.05 -o cut.jsonl
is "what was cut off stays a line of its own" "$(sed -n 2p cut.jsonl | jq '.elapsed_s + 0')" 0
exits "-o - is standard output" 0 memmon -q -d 0.05 -o -
is "with samples" "$(lines "$out_file")" 2
exits "so is -o /dev/stdout" 0 memmon -q -o /dev/stdout echo hello
is "with nothing of the command between the samples" "$(lines "$out_file") $(cat "$err_file")" "2 hello"
exits "it cannot be opened: 3" 3 memmon -o no/such/file -d 1
like "and says why" "$(cat "$err_file")" '^memmon: no/such/file: cannot write: No such file'
exits "with a command: 125, and it is not run" 125 memmon -o no/such/file touch was-run
ok "it was not" test ! -e was-run
exits "a full disk without a command" 3 sh -c 'memmon -q -d 5 >/dev/full'
is "is told once" "$(cat "$err_file")" "memmon: (standard output): cannot write: No space left on device; nothing more is recorded"
exits "a full disk does not touch the command" 6 memmon -qi 10 -o /dev/full -- sh -c 'sleep 0.2; echo done; exit 6'
is "which ends as it would" "$(cat "$out_file")" "done"
is "and is told once" "$(lines "$err_file")" 1
began=$(now)
run memmon -i 10 -o /dev/full -- sh -c "$await; await grep -q 'cannot write' '$err_file'; sleep 0.5"
ended=$(now)
like "and how long there was a recording" "$(cat "$err_file")" '^memmon: [0-9.]* s: 0 samples'
ok "not how long the command went on" awk -v most="$(echo "$ended $began" | awk '{ print $1 - $2 - 0.5 }')" \
    '$3 == "s:" { exit !($2 <= most + 0.05) }' "$err_file"
exits "a limit on files does not touch the command" 6 sh -c "
    ulimit -f 8; exec memmon -qi 1 -o limit.jsonl -- sh -c '$await; await grep -q cannot \"\$0\"; exit 6' '$err_file'"
like "and is told" "$(cat "$err_file")" '^memmon: limit\.jsonl: cannot write: File too large'
mkfifo out
(head -n 1 <out >first) &
exits "-o FIFO: its reader's end is noticed" 3 memmon -qi 10 -d 20 -o out
exits "a closed pipe without a command" 3 sh -c '{ memmon -qi 10 -d 20; echo $? >status; } | head -n 1 >first; exit $(cat status)'
is "its reader has had its line" "$(jq -c '.elapsed_s + 0' first)" 0
exits "a closed pipe does not touch the command" 0 sh -c '{ memmon -qi 10 -- sh -c "sleep 0.3; exit 4"; echo $? >status; } | head -n 1 >first'
is "whose status comes out" "$(cat status)" 4
exits "a closed stdout" 3 sh -c 'memmon -q -d 1 >&-'
exits "a closed stdin and stderr" 0 sh -c 'memmon -d 0.05 <&- 2>&- >closed.jsonl'
is "spoil nothing" "$(jq -c . closed.jsonl | wc -l | tr -d ' ')" 2
# Its standard output is a pipe that nobody reads, with room for the first sample, but not for another line.
memmon -q -d 0.01 -o one.jsonl
head -n 1 one.jsonl >first
cat >stuck.pl <<'END'
use Fcntl;
pipe R, W;
my $flags = fcntl W, F_GETFL, 0;
fcntl W, F_SETFL, $flags | O_NONBLOCK;
for my $n (4096, 1) { 1 while defined syswrite W, "x" x $n }
fcntl W, F_SETFL, $flags;
sysread R, my $text, 4096;
syswrite W, "x" x (4096 - 100 - -s "first");
my $pid = fork // die;
if (!$pid) {
    open STDOUT, ">&", \*W;
    open STDERR, ">", "stuck.err";
    $SIG{TERM} = "DEFAULT";
    exec qw(memmon -v -i), $ARGV[0];
}
select undef, undef, undef, 0.02 until -s "stuck.err" || waitpid($pid, 1) > 0; # a line behind each sample
kill TERM => $pid;
$SIG{ALRM} = sub { kill KILL => $pid; exit 1 };
alarm 60;
waitpid $pid, 0;
exit $? >> 8;
END
exits "a reader that does not read cannot hold it back" 3 perl stuck.pl 1
like "which is told" "$(cat stuck.err)" 'nobody reads it'
rm stuck.err
exits "not even from the summary" 3 perl stuck.pl 3600000

# ---- Events
began=$(now)
run memmon -q -i 50 -e ev -o ev.jsonl -- sh -c '
    sleep 0.15
    echo "{\"event\":\"mark\",\"label\":\"one\"}" >"$MEMMON_EVENTS"
    echo "{\"event\":\"model_load\",\"model\":\"m\",\"ts\":5}" >"$MEMMON_EVENTS"
    sleep 0.15
    cd / && echo "{\"event\":\"mark\",\"label\":\"last\"}" >"$MEMMON_EVENTS"'
is "events ride in the samples" "$(events_of ev.jsonl | jq -c '[.event, .label // .model]' | xargs)" '[mark,one] [model_load,m] [mark,last]'
is "stamped when they came" "$(events_of ev.jsonl | jq -s --argjson a "$began" --argjson b "$(now)" '
    map(.ts | select(. != 5)) | length == 2 and .[0] <= .[1] and .[0] > $a + 0.1 and .[1] < $b')" true
is "unless they have a time" "$(jq '.events[]? | select(.model) | .ts' ev.jsonl)" 5
ok "the FIFO is gone at the end" test ! -e ev
is "nothing to complain of" "$(cat "$err_file")" ""
run memmon -q -i 20 --events ev -o bad.jsonl -- sh -c '
    exec 3>"$MEMMON_EVENTS"
    printf "garbage\n{\"x\":1}\n" >&3
    head -c 200000 /dev/urandom >&3
    printf "\n{\"event\":\"mark\"}\n" >&3
    sleep 0.1'
like "garbage is refused with a message that names the FIFO" "$(head -n 1 "$err_file")" '/ev: refused a line: '
like "and how much there was at the end" "$(sed 1d "$err_file")" '/ev: refused [0-9]+ lines in all$'
is "what follows it is read" "$(events_of bad.jsonl | jq -c .event)" '"mark"'
is "and the recording stays JSON" "$(jq -c . bad.jsonl | wc -l)" "$(wc -l <bad.jsonl)"
exits "a writer that never rests does not, either" 0 memmon -q -i 20 -e ev -o yes.jsonl -- sh -c '
    yes "{\"event\":\"x\"}" >"$MEMMON_EVENTS" & sleep 0.3; echo $! >yes.pid'
kill "$(cat yes.pid)" 2>/dev/null
is "its events are bounded, and JSON" "$(jq -c . yes.jsonl | wc -l)" "$(wc -l <yes.jsonl)"
exits "events after -d hold up no one" 0 memmon -q -e ev -d 0.05 -o /dev/null -- sh -c '
    sleep 0.1; head -c 300000 /dev/zero >"$MEMMON_EVENTS"'
# There is no tick to ride in but the first; a busy machine takes longer to start the command.
for seconds in 0.3 1 3 10 30; do
    rm -f last.jsonl
    memmon -q -i 3600000 -d "$seconds" -e ev -o last.jsonl -- sh -c "$await"'
        await test -s last.jsonl; echo "{\"event\":\"mark\"}" >"$MEMMON_EVENTS"; sleep "$0"; sleep 0.2' "$seconds"
    recorded last.jsonl .events >last && break
done
is "those just before it ride in a sample at the end, not in one after it" \
    "$(jq -s --argjson d "$seconds" 'map(select(.elapsed_s)) | length == 2 and (.[1].events | map(.event) | index("mark")) != null and .[1].elapsed_s >= $d' last.jsonl)" true
is "only the owner may write" "$(memmon -q -e ev -o /dev/null -- sh -c 'ls -l "$MEMMON_EVENTS"' | cut -c 1-10)" prw-------
mkfifo mine
exits "a FIFO that is there is used" 0 memmon -q -e mine -d 0.05
ok "and stays" test -p mine
: >file
exits "anything else there is refused" 3 memmon -e file -d 0.05
like "and named" "$(cat "$err_file")" '^memmon: file: exists and is not a FIFO'
exits "with a command, too" 125 memmon -e file true
ok "the file is as it was" test -f file
exits "so is a path that cannot be" 3 memmon -e no/such/dir/ev -d 0.05
exits "no FIFO stays behind a command that is not there" 127 memmon -e ev no-such-command
ok "none" test ! -e ev

# ---- Configuration
printf 'pressure:\n  warn_some: 10\n' >good.yaml
exits "-C" 0 memmon -q -C good.yaml -d 0.05
printf 'pressure:\n  warn_sum: 10\n' >bad.yaml
exits "an unknown key" 2 memmon -q --config bad.yaml sh -c 'exit 7'
like "is told with its line" "$(cat "$err_file")" '^memmon: bad\.yaml:2:3: unknown key .warn_sum.'
exits "in the environment's it does not keep the command from being recorded" 7 \
    env MLXK_BENCH_CONFIG=bad.yaml memmon -q -o slip.jsonl sh -c 'exit 7'
like "is told with its line" "$(head -n 1 "$err_file")" '^memmon: bad\.yaml:2:'
is "and what comes of it" "$(sed 1d "$err_file")" "memmon: recording with the default configuration"
is "the recording is there" "$(jq -r 'select(.summary).summary.exit_code' slip.jsonl)" 7
exits "-C before the environment's" 0 env MLXK_BENCH_CONFIG=bad.yaml memmon -q -C good.yaml -d 0.05
is "of which nothing is said" "$(cat "$err_file")" ""
exits "no such configuration" 2 memmon -C none.yaml true
like "is told" "$(head -n 1 "$err_file")" '^memmon: none\.yaml: '
head -c 100000 /dev/urandom >noise.yaml
exits "garbage as configuration" 2 memmon -C noise.yaml -d 0.05
like "is told, as well" "$(head -n 1 "$err_file")" '^memmon: noise\.yaml:'

finish
