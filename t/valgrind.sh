#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# valgrind.sh: the golden cases and real runs under memcheck, and what has threads under helgrind.  Part of `make
# valgrind`, which has made $BUILD.  Prints what is run, and of what fails also what it said; then it exits with 1.
set -u
top=$(cd "$(dirname "$0")/.." && pwd) || exit
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$top/$BUILD ;; esac
tmp=$(mktemp -d "${TMPDIR:-/tmp}/valgrind.XXXXXX") || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
unset MLXK_BENCH_CONFIG
failed=0

# wrap CHECK OPTION...: makes CHECK/bin, with the programs under valgrind.  An error there is exit status 99.  What
# valgrind says goes to files of its own: it also speaks of calls of the system that it does not know.
wrap() {
    dir=$tmp/$1/bin
    shift
    mkdir -p "$dir" || exit
    for program in memmon validate genreport memplot; do
        printf '#!/bin/sh\nexec valgrind -q --error-exitcode=99 --log-file="%s/log.%%%%p" %s "%s" "$@"\n' \
            "$tmp" "$*" "$BUILD/bin/$program" >"$dir/$program"
        chmod +x "$dir/$program" || exit
    done
}

try() { # CHECK COMMAND: in a directory with run.jsonl, old-benchmark.jsonl, long.jsonl and the shell script job
    echo "  VALGRIND  $1: $2"
    rm -f "$tmp"/log.*
    (cd "$tmp" && PATH=$tmp/$1/bin:$PATH && eval "$2") >"$tmp/out" 2>&1 && return
    echo "valgrind: status $?"
    cat "$tmp/out" "$tmp"/log.* | grep -v -e '^ok ' -e '^--' | tail -n 200
    failed=1
}

wrap memcheck --leak-check=full --errors-for-leak-kinds=definite,possible
wrap helgrind --tool=helgrind "--suppressions=$top/t/helgrind.supp"
reports=$top/reports/2026-11-23
cat "$reports"-v2.0.5*.jsonl "$reports"-2gpu-memory.jsonl >"$tmp/run.jsonl" || exit
cp "$reports"-v2.0.4-benchmark.jsonl "$tmp/old-benchmark.jsonl" || exit
cat >"$tmp/job" <<'END'
echo '{"event":"mark","label":"here"}' >"$MEMMON_EVENTS"
sleep 1
END
# So long that threads are worth their start.
for kind in 'sample 12000' 'test 500'; do
    # shellcheck disable=SC2086
    "$BUILD/bench/grow" $kind <"$tmp/run.jsonl" || exit
done >"$tmp/long.jsonl"

try memcheck "BUILD='$tmp/memcheck' sh '$top/t/golden.t'"
try memcheck 'memmon -q -i 100 -d 2'
try memcheck 'memmon -q -i 100 -o samples.jsonl -e events -- sh job'
try memcheck 'validate <run.jsonl'
for format in markdown json jsonl; do
    try memcheck "genreport -f $format -c old-benchmark.jsonl -o report run.jsonl"
done
for format in html svg trace text; do
    try memcheck "memplot -f $format -o picture run.jsonl"
done
try helgrind 'memmon -q -i 2 -d 1'
try helgrind 'memmon -q -i 2 -o samples.jsonl -e events -- sh job'
try helgrind 'validate -j 4 <long.jsonl'
try helgrind 'validate -j 4 -f detailed long.jsonl run.jsonl'
try helgrind 'genreport -c old-benchmark.jsonl long.jsonl'
try helgrind 'memplot -o picture long.jsonl'
exit "$failed"
