#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# memmon in a hostile world: what goes wrong with the recording never reaches the command, and what can be kept is kept.
# shellcheck disable=SC2016 # what stands in single quotes is for the command
. "${0%/*}/tap.sh"
cd "$tmp" || exit

summary() { tail -n 1 "$1" | jq -r ".summary.$2 | if type == \"number\" then . + 0 else . end"; }

# ---- What it is started with
odd=
for files in 5 6 7 8 9 10 11 12 13 14 15 16 18 20 24; do
    rm -f few.jsonl
    sh -c "ulimit -n $files; exec memmon -q -i 20 -e few -o few.jsonl -- sh -c 'exit 4'" 2>few.err
    status=$?
    case $status in
    4) tail -n 1 few.jsonl | grep -q '"exit_code":4' || odd="$odd $files" ;;
    125) grep -q '^memmon: ' few.err || odd="$odd $files" ;;
    *) odd="$odd $files:$status" ;;
    esac
    [ ! -e few ] || odd="$odd $files:fifo"
done
is "with a few descriptors it runs the command or says why not" "$odd" ""
is "and with two dozen it does" "$status" 4
odd=
for closed in '<&-' '>&-' '2>&-' '<&- >&-' '<&- 2>&-' '>&- 2>&-' '<&- >&- 2>&-'; do
    rm -f closed.jsonl
    sh -c "memmon -i 20 -e closed -o closed.jsonl -- sh -c 'echo out; echo err >&2; cat; sleep 0.05; exit 4' $closed" </dev/null >closed.out 2>&1
    [ $? = 4 ] && is_json closed.jsonl && tail -n 1 closed.jsonl | grep -q '"exit_code":4' || odd="$odd [$closed]"
done
is "whichever of the standard descriptors are closed, nothing gets into another's place" "$odd" ""
if sanitized; then
    skip "little memory" "sanitizers take much of it"
else
    odd=
    for kilobytes in 8000 12000 20000 30000 50000 80000 120000; do
        sh -c "ulimit -v $kilobytes; exec memmon -q -e little -o /dev/null -- sh -c 'exit 4'" 2>little.err
        status=$?
        case $status in
        4) ;;
        125 | 127) grep -q . little.err || odd="$odd $kilobytes" ;;
        *) odd="$odd $kilobytes:$status" ;;
        esac
        rm -f little
    done
    is "with little memory it runs the command or says why not" "$odd" ""
fi
exits "CHLD ignored: the command's status is not lost" 5 perl -e '$SIG{CHLD} = "IGNORE"; exec qw(memmon -q -o /dev/null sh -c), "exit 5"'
exits "a directory is no place for a recording" 125 memmon -o . -- true
like "which is told" "$(cat "$err_file")" '^memmon: \.: cannot write: Is a directory$'
chmod 755 "$tmp"
mkdir -m 555 locked
nobody='$) = $( = 65534; $> = $< = 65534; exec @ARGV or die'
if [ "$(id -u)" != 0 ] || perl -e "$nobody" sh -c 'memmon --version' >/dev/null 2>&1; then
    [ "$(id -u)" = 0 ] || nobody='exec @ARGV or die'
    exits "nor is one that cannot be written" 125 perl -e "$nobody" memmon -o locked/x.jsonl -- true
    like "which is told, too" "$(cat "$err_file")" '^memmon: locked/x\.jsonl: cannot write: Permission denied$'
    exits "a FIFO neither" 125 perl -e "$nobody" memmon -e locked/ev -- true
else
    skip "a directory that cannot be written" "no way to become nobody who can run this"
fi
printf '#!/no/such/interpreter\n' >bad && chmod +x bad
exits "an interpreter that is not there: 127" 127 memmon -q ./bad
exits "a directory as command: 126" 126 memmon -q ./locked
exits "an empty word as command is wrong usage" 2 memmon -q ''
printf 'exit 5\n' >plain && chmod +x plain
exits "a script without a first line is the shell's" 5 memmon -q -o /dev/null ./plain

# ---- Where it goes
memmon -q -i 1 -d 0.4 -o both.jsonl &
memmon -q -i 1 -d 0.4 -o both.jsonl
wait
ok "two on one file: whole lines" is_json both.jsonl
is "of both" "$(jq -s 'map(select(.summary)) | length' both.jsonl)" 2
is "and all of them" "$(jq -s 'map(.summary.samples // 0) | add + 2' both.jsonl)" "$(lines both.jsonl)"
if unshare -m sh -c 'mkdir disk && mount -t tmpfs -o size=16k none disk' 2>/dev/null; then
    unshare -m sh -c 'mount -t tmpfs -o size=16k none disk; memmon -qi 1 -o disk/m.jsonl -- sh -c "$0"
        echo $? >status; cp disk/m.jsonl full.jsonl' "$await; await grep -q 'No space' err; exit 6" 2>err
    is "a disk that fills up does not touch the command" "$(cat status)" 6
    like "and is told once" "$(cat err)" '^memmon: disk/m\.jsonl: cannot write: No space left on device; nothing more is recorded$'
    is "the lines before are whole" "$(sed '$d' full.jsonl | jq -c . | wc -l)" "$(sed '$d' full.jsonl | wc -l)"
    ok "and many" test "$(lines full.jsonl)" -gt 5
else
    skip "a disk that fills up" "no right to mount one"
fi

# ---- The command
memmon -o daemon.jsonl -- sh -c '(sleep 60 & echo $! >daemon.pid)' 2>err
ok "what the command leaves behind is not waited for, and lives on" kill "$(cat daemon.pid)"
# How much they took is not known where so short a command is over before the first sample.
like "but told" "$(cat err)" 'exited with 0(; some of its processes|, .*; some of them) still run$'
sh -c 'sleep 60 & echo $! >other.pid; exec memmon -o other.jsonl -- true' 2>err
kill "$(cat other.pid)"
unlike "others' children are none of that" "$(cat err)" 'still run'
(exec perl -e '$SIG{TERM} = "DEFAULT"; exec @ARGV' memmon -q -o stubborn.jsonl -- perl -e '
    my $n = 0;
    $SIG{TERM} = sub { $n++; open F, ">", "term$n" };
    open F, ">", "stubborn.pid"; print F $$; close F;
    select undef, undef, undef, 0.05 while 1') &
pid=$!
await test -s stubborn.pid
kill -TERM "$pid"
ok "a command that does not heed TERM" await test -e term1
ok "is waited for" kill -0 "$pid"
kill -TERM "$pid"
ok "and gets the second one, too" await test -e term2
kill -KILL "$(cat stubborn.pid)"
wait "$pid"
is "until it ends" "$?" 137
is "as the recording knows" "$(summary stubborn.jsonl signal)" 9
exits "-d is over, the command goes on: TERM still reaches it" 9 sh -c '
    memmon -q -d 0.05 -o over.jsonl -- perl -e "\$SIG{TERM} = sub { exit 9 }; open F, q(>), q(ready); sleep 60" & pid=$!
    until [ -e ready ]; do sleep 0.05; done
    sleep 0.2; kill -TERM $pid; wait $pid'
is "and its end is recorded" "$(summary over.jsonl exit_code)" 9

# ---- Clocks
cat >clock.c <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>
#include <unistd.h>
/* The wall clock is an hour behind while the file "early" is there. */
int clock_gettime(clockid_t id, struct timespec *t)
{
    static int (*next)(clockid_t, struct timespec *);
    if (!next)
        next = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int result = next(id, t);
    if (id == CLOCK_REALTIME && access("early", F_OK) == 0)
        t->tv_sec -= 3600;
    return result;
}
END
if [ "$(uname -s)" = Linux ] && ! sanitized && "${CC:-cc}" -shared -fPIC -o clock.so clock.c -ldl 2>/dev/null; then
    LD_PRELOAD=$tmp/clock.so memmon -q -i 20 -o jump.jsonl -- sh -c "$await"'
        has() { [ "$(wc -l <jump.jsonl)" -ge "$1" ]; }
        two_more() { await has $(($(wc -l <jump.jsonl) + 2)); } # one may have its time from before
        two_more; : >early; two_more; rm early; two_more'
    is "the wall clock jumps, and ts with it" \
        "$(jq -s 'map(.ts // empty) | [range(1; length) as $i | .[$i] - .[$i - 1] | if . < -3000 then "back" elif . > 3000 then "forth" else empty end] | join(" ")' jump.jsonl)" \
        '"back forth"'
    is "elapsed_s does not" \
        "$(jq -s 'map(.elapsed_s // empty) | [range(1; length) as $i | .[$i] - .[$i - 1] | . >= 0 and . < 10] | all' jump.jsonl)" true
    is "nor does the schedule" "$(summary jump.jsonl 'samples + .summary.missed - .summary.duration_s * 50 | . > -2 and . < 2')" true
    ok "and the recording is whole" is_json jump.jsonl
else
    skip "a clock that jumps" "no compiler for one, or sanitizers"
fi

# ---- Threads that cannot be had: the n-th, for all that memmon starts and one more
cat >threads.c <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument)
{
    static int (*next)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    static int left = -1;
    if (!next)
        next = (int (*)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *))dlsym(RTLD_NEXT, "pthread_create");
    if (left < 0)
        left = atoi(getenv("THREADS"));
    return left-- > 0 ? next(thread, attributes, run, argument) : (left = 0, EAGAIN);
}
END
if [ "$(uname -s)" = Linux ] && ! sanitized && "${CC:-cc}" -shared -fPIC -o threads.so threads.c -ldl 2>/dev/null; then
    # There is a sample, or the message that there will be none, after which those go that could be had.
    count="$await"'
        begun() { [ -s few.err ] || [ -s few.jsonl ]; }
        alone() { set -- /proc/$PPID/task/*; [ $# = 1 ]; }
        await begun
        [ ! -s few.err ] || await alone
        set -- /proc/$PPID/task/*; echo $# >tasks; exit 4'
    n=0 wrong='' got=
    while [ "$n" -lt 50 ]; do
        rm -f few.jsonl
        THREADS=$n LD_PRELOAD=$tmp/threads.so memmon -q -o few.jsonl -- sh -c "$count" 2>few.err
        got="$? $(cat tasks) $(cat few.err)"
        [ -s few.err ] || break
        [ "$got" = "4 1 memmon: nothing is recorded: Resource temporarily unavailable" ] || wrong="$wrong
$n threads: $got"
        n=$((n + 1))
    done
    ok "memmon has threads" test "$n" -gt 2
    is "without all of them nothing is recorded, none is left over, and the command goes on" "$wrong" ""
else
    skip "too few threads" "no compiler for what keeps them back, or sanitizers"
fi

# ---- Killed, and under very many processes; `make torture` does more of it
ok "killed 20 times, with 300 processes: all holds" sh "$top/t/torture.sh" 20 300
finish
