#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The examples that are installed beside the manual: a night under cron, a Makefile's rules, events from sh and Python.
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
. "${0%/*}/tap.sh"
examples=$top/man/examples
cd "$tmp" || exit
jq -c 'select(.outcome != "failed")' "$top/reports/2026-11-23-v2.0.5-benchmark.jsonl" >before.jsonl
unset MAKEFLAGS MAKELEVEL MEMMON_EVENTS

# A suite that does what the H200 machine's once did, and a little faster.
cat >suite.sh <<END
[ -t 0 ] && echo "a terminal"
head -n 30 "$tmp/before.jsonl" >"\$BENCHMARK_RECORDS"
sleep 0.3
tail -n +31 "$tmp/before.jsonl" >>"\$BENCHMARK_RECORDS"
echo "55 tests"
exit \${1:-0}
END
ends_in() { find "$1" -name "*$2"; }

# ---- cron: no terminal, no HOME, a short PATH
cron() { env -i PATH=/usr/bin:/bin SHELL=/bin/sh LOGNAME=x MLXK_BENCH_BIN="$BUILD/bin" "$@" </dev/null; }
nightly() { cron sh "$examples/nightly.sh" "$@"; }
exits "a good night" 0 nightly runs sh suite.sh
is "prints nothing" "$(cat "$out_file" "$err_file")" ""
like "but there is a report" "$(cat runs/*.md)" '^# Benchmark Report v1\.2: 2\.0\.5'
like "of the tests and the samples" "$(cat runs/*.md)" '-memory\.jsonl` \([0-9]+ samples?, 1 summary'
like "a timeline" "$(head -c 100 runs/*.html)" '<!DOCTYPE html>'
is "what the suite printed" "$(cat runs/*.log)" "55 tests"
is "its records" "$(cat runs/*-benchmark.jsonl | wc -l | tr -d ' ')" 55
is "and its recording" "$(tail -n 1 runs/*-memory.jsonl | jq '.summary.exit_code + 0')" 0
is "and nothing else" "$(find runs ! -name runs | sed 's/.*[0-9]//' | sort | tr '\n' ' ')" "-benchmark.jsonl -memory.jsonl .html .log .md "
exits "a night with a failing suite" 1 nightly bad sh suite.sh 3
like "tells of it" "$(cat "$out_file")" '^- the suite exited with 3: 55 tests$'
like "with the report's beginning" "$(cat "$out_file")" '^\*\*Tests:\*\* 55 total'
like "the report is there all the same" "$(ends_in bad .md)" .
fail() { jq -c --argjson n "$1" 'if input_line_number <= $n then .outcome = "failed" else . end' before.jsonl; }
fail 1 >one-failed.jsonl
fail 40 >many-failed.jsonl
exits "a night in which a test failed, of a suite that says 0" 1 nightly failed sh -c 'cat one-failed.jsonl >"$BENCHMARK_RECORDS"'
like "tells of it" "$(cat "$out_file")" "^- genreport: failed: $(head -n 1 before.jsonl | jq -r .test | sed 's/[][]/./g')"
exits "a night in which many failed" 1 nightly many sh -c 'cat many-failed.jsonl >"$BENCHMARK_RECORDS"'
is "tells of some" "$(grep -c 'genreport: failed: ' "$out_file")" 20
like "and how many more there are" "$(cat "$out_file")" '^\.\.\. and 20 lines more$'
echo 'echo "{\"outcome\":\"passed\"" >"$BENCHMARK_RECORDS"' >broken.sh
exits "a night with broken records" 1 nightly broken sh broken.sh
like "tells of them" "$(cat "$out_file")" '^- there are records that do not fit'
like "and keeps what is wrong" "$(cat broken/*.invalid)" '\.jsonl:1:'
exits "a night without records" 1 nightly none true
like "tells of it, too" "$(cat "$err_file")" '^nightly\.sh: the suite wrote no records'
exits "a suite that is not there" 1 nightly missing no-such-suite
like "and why it did not start" "$(cat "$err_file")" 'exited with 127: memmon: no-such-suite'
# Another night goes on until a file says that it may end.
cat >slow.sh <<'END'
: >begun
tries=0
until [ -e may-end ] || [ $((tries += 1)) -gt 600 ]; do sleep 0.05; done
cp before.jsonl "$BENCHMARK_RECORDS"
END
nightly runs sh slow.sh >slow.out 2>&1 &
slow=$!
ok "a night begins" await test -e begun
exits "a night while another is going on" 1 nightly runs sh suite.sh
like "is told" "$(cat "$err_file")" 'runs/running is there: another run is going on, process [0-9]+;'
ok "and leaves the lock" test -L runs/running
: >may-end
wait "$slow"
is "the other night is not disturbed" "$? $(cat slow.out)" "0 "
ok "and takes its lock away" test ! -L runs/running
if [ -n "$(ps -o args= -p $$ 2>/dev/null)" ]; then
    sh -c : & # a process that has been
    gone=$!
    wait "$gone"
    for owner in "$gone sh nightly.sh runs" "$$ sh nightly.sh runs"; do
        ln -s "$owner" runs/running
        exits "the lock of a night that was cut off is taken over: process ${owner%% *}" 0 nightly runs sh suite.sh
        is "without a word" "$(cat "$out_file" "$err_file")" ""
    done
    mkdir rush
    ln -s "$gone sh nightly.sh rush" rush/running
    echo 'echo begun >>rushed; n=0; until [ "$(wc -l <ended)" -ge 4 ] || [ $((n += 1)) -gt 400 ]; do sleep 0.05; done; sh suite.sh' >rush.sh
    : >ended
    for n in 1 2 3 4 5; do
        { nightly rush sh rush.sh; echo "$n" >>ended; } >/dev/null 2>&1 &
    done
    wait
    is "of five at once one takes it over" "$(lines rushed)" 1
    rm -f runs/2*
    exits "and the night is recorded" 0 nightly runs sh suite.sh
else
    skip "the lock of a night that was cut off is taken over" "there is no ps"
fi
mkdir runs/running
exits "a lock of another kind" 1 nightly runs sh suite.sh
like "is left to a person" "$(cat "$err_file")" 'runs/running is there: another run is going on; if it was cut off, remove'
rmdir runs/running
exits "usage" 2 nightly runs
exits "the night after a good one" 0 nightly runs sh suite.sh
is "is quiet, too" "$(cat "$out_file" "$err_file")" ""
slower() { jq -c --argjson f "$1" 'if .duration then .duration *= $f else . end | if .test_end_ts then .test_end_ts = .test_start_ts + .duration else . end' before.jsonl; }
mkdir -p runs/older # what lies there is not of this history
echo '{' >runs/older/9-benchmark.jsonl
for day in 1 2 3; do slower "1.00$day" >"runs/2001-01-0$day-benchmark.jsonl"; done
slower 1.4 >slower.jsonl
exits "a night in which all took longer" 1 nightly runs sh -c 'cat slower.jsonl >"$BENCHMARK_RECORDS"'
like "tells of it, too" "$(cat "$out_file")" '^- genreport: .*regressed'
like "by the runs before" "$(cat "$out_file")" '^\*\*Against:\*\* 5 runs, `runs/2001-01-01-benchmark.jsonl`'
unlike "and no more than a mail takes" "$(cat "$out_file")" '<details>|^\| Model'
mkdir suite
sed 's/^exit .*/exit/' suite.sh >suite/suite.sh
line=$(sed -n 's/^0 2 \* \* \*  //p' "$examples/crontab" |
    sed "s|/srv|$tmp|g; s|/usr/local/share/mlxk-bench|$top/man|; s|pytest .*\"\\\$|sh suite.sh \"\$|")
like "the crontab has a line" "$line" "^cd $tmp/suite && sh .*nightly\.sh $tmp/runs sh -c 'sh suite\.sh"
unlike "without a % that cron would take for a line's end" "$(grep -v '^#' "$examples/crontab")" '%'
rm -rf runs
exits "it works" 0 cron sh -c "$line"
is "and is quiet" "$(cat "$out_file" "$err_file")" ""
like "with a report" "$(ends_in runs .md)" .

# ---- A Makefile's rules
mkdir repo clock
cp suite.sh repo
cat >repo/Makefile <<END
STATUS = 0
BENCH_COMMAND = sh suite.sh \$(STATUS) "\$\$BENCHMARK_RECORDS"
include $examples/bench.mk
END
cat >clock/date <<END
#!/bin/sh
# A second later each time that it is asked.
echo >>"$tmp/clock/asked" && printf '2026-11-24T%06d\n' "\$(wc -l <"$tmp/clock/asked")"
END
chmod +x clock/date
make() { PATH=$tmp/clock:$PATH command "${MAKE:-make}" -s -C repo "$@"; }
first=repo/benchmarks/2026-11-24T000001 second=repo/benchmarks/2026-11-24T000002
exits "make bench" 0 make bench
like "leaves a report" "$(cat $first.md)" '^# Benchmark Report'
ok "and a timeline" test -s $first.html
is "of the recording" "$(head -n 1 $first-memory.jsonl | jq -r .session.command)" "sh suite.sh 0 ${first#*/}-benchmark.jsonl"
is "all of one run, whose time is asked for once" "$(cd repo/benchmarks && echo *)" \
    "$(cd repo/benchmarks && echo 2026-11-24T000001-benchmark.jsonl 2026-11-24T000001-memory.jsonl 2026-11-24T000001.html 2026-11-24T000001.md 2026-11-24T000001.status)"
(cd repo/benchmarks && cksum ./*) >first
exits "make bench with failing tests fails" 2 make bench STATUS=3
is "but records them" "$(tail -n 1 $second-memory.jsonl | jq '.summary.exit_code + 0')" 3
like "and reports" "$(cat $second.md)" '^# Benchmark Report'
exits "make bench whose command writes nothing fails" 2 make bench BENCH_COMMAND=false
like "and says so" "$(cat "$err_file")" 'there are no records'
ok "what was recorded before is as it was" sh -c 'cd repo/benchmarks && cksum 2026-11-24T000001* | sed "s|2026|./2026|" | cmp - ../../first'
rm -f repo/benchmarks/2026-11-24T000003*
exits "make bench-report against another run" 0 make bench-report BENCH_OLD="$top/reports/2026-11-23-v2.0.4-benchmark.jsonl"
like "compares the newest with it" "$(cat $second.md)" '^### Comparison'
rm $second.html
exits "make bench-report again" 0 make bench-report
unlike "makes the report anew" "$(cat $second.md)" '^### Comparison'
ok "and the timeline" test -s $second.html
exits "make bench-report of one that is named" 0 make bench-report BENCH_RUN=${first#*/} BENCH_OLD=${second#*/}-benchmark.jsonl
like "is of that one" "$(cat $first.md)" '^\*\*Against:\*\* `benchmarks/2026-11-24T000002'
exits "make bench-report of a run without records" 2 make bench-report BENCH_RUN=benchmarks/2026-11-01
like "says so" "$(cat "$err_file")" 'benchmarks/2026-11-01: there are no records'
ok "and leaves none of that run" test ! -e repo/benchmarks/2026-11-01.md
exits "make bench into a run that is there" 2 make bench BENCH_RUN=${first#*/}
like "is refused" "$(cat "$err_file")" 'benchmarks/2026-11-24T000001 is there already'
mv repo/Makefile repo/live.mk
exits "under another name" 0 make -f live.mk bench

# ---- A history
mkdir -p past/history
cat >past/Makefile <<END
HISTORY_DIR = history
include $examples/history.mk
END
history() { command "${MAKE:-make}" -s -C past history "$@"; }
exits "make history without a run" 2 history
like "says so" "$(cat "$err_file")" '^no run in history$'
cp before.jsonl past/history/1-benchmark.jsonl
exits "with one that is well" 0 history
like "it has a report" "$(cat past/history/history.md)" '^# Benchmark Report'
cp one-failed.jsonl past/history/1-benchmark.jsonl
exits "with one in which a test failed" 2 history
like "says which" "$(cat "$err_file")" '^genreport: failed: '
exits "unless that is not asked for" 0 history HISTORY_GATE=regressed
exits "nor anything" 0 history HISTORY_GATE=
cp before.jsonl past/history/2-benchmark.jsonl
exits "with a newer one that is well" 0 history
cp slower.jsonl past/history/3-benchmark.jsonl
for day in 21 22 23; do cp before.jsonl "past/history/$day-benchmark.jsonl"; done
exits "with one that is slower" 2 history
like "says so, too" "$(cat "$err_file")" '^genreport: regressed: '

# ---- Events from the shell
cat >job.sh <<END
. "$examples/events.sh"
memmon_event model_load model org/model-7b
memmon_event mark label 'say "a\\b"'
memmon_event plain
memmon_event mark label "\$(printf 'cr\\rx\\033[0m\\ttab\\001')"
memmon_event mark label 'two
lines'
END
run memmon -q -i 20 -e ev -o sh.jsonl -- sh job.sh
is "events from a script" "$(events_of sh.jsonl | jq -c '[.event, .model // .label]' | tr '\n' ' ')" \
    '["model_load","org/model-7b"] ["mark","say \"a\\b\""] ["plain",null] ["mark","cr\rx\u001b[0m\ttab\u0001"] ["mark","two\nlines"] '
exits "without memmon it runs as well" 0 sh job.sh
is "and says nothing" "$(cat "$out_file" "$err_file")" ""
exits "and with a FIFO that is gone" 0 env MEMMON_EVENTS=gone sh job.sh
ok "which it does not make a file of" test ! -e gone
cat >survivor.sh <<END
. "$examples/events.sh"
memmon_event mark label before
kill -KILL "\$PPID"
memmon_event mark label after
memmon_event mark label "long after"
: >survived
END
sh -c 'memmon -q -i 20 -e ev2 -o killed.jsonl -- sh survivor.sh' 2>"$err_file"
ok "nor does it wait for a memmon that was killed" await test -e survived

# ---- Events from Python
cat >job.py <<'END'
import os, sys
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
from memmon_events import in_memory, tell
unloaded = []
with in_memory("org/model-7b", lambda name: name.upper(), unloaded.append) as model:
    tell("mark", label='say "\u00e4"', prompt=3)
    assert model == "ORG/MODEL-7B"
assert unloaded == ["ORG/MODEL-7B"]
if "killed" in sys.argv:
    os.kill(os.getppid(), 9)
    for _ in range(100):
        tell("mark", label="x" * 3000)
    open("python-survived", "w").close()
END
if command -v python3 >/dev/null; then
    run memmon -q -i 20 -e ev -o py.jsonl -- python3 job.py "$examples"
    is "Python's events" "$status $(events_of py.jsonl | jq -c '[.event, .model // .label]' | tr '\n' ' ')" \
        '0 ["model_load_start","org/model-7b"] ["model_load","org/model-7b"] ["mark","say \"ä\""] ["model_unload","org/model-7b"] '
    is "have their own time" "$(events_of py.jsonl | jq -s 'map(.ts) | length == 4 and . == sort')" true
    exits "without memmon Python runs as well" 0 python3 job.py "$examples"
    exits "and with a FIFO that is gone" 0 env MEMMON_EVENTS=gone python3 job.py "$examples"
    ok "which it does not make a file of" test ! -e gone
    sh -c 'memmon -q -i 20 -e ev3 -o killed2.jsonl -- python3 job.py "$1" killed' - "$examples" 2>"$err_file"
    ok "nor does it wait for a memmon that was killed" await test -e python-survived
else
    skip "events from Python" "no python3"
fi
finish
