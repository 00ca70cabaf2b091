#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# torture-limits.sh: the tools and their pipelines where something is scarce, closed, full, gone, or dead slow.
#
# What must hold of every program: no signal kills it and it does not hang; its usual exit status means the usual output,
# byte for byte; any other is 2 or 3, memmon's 125 to 127, and a message says why.  A file that -o names is whole or as
# it was, and nothing lies beside it.  Prints what did not hold, and then exits with 1.
# shellcheck disable=SC2016,SC2094
set -u
LC_ALL=C SOURCE_DATE_EPOCH=1800000000 COLUMNS=80
export LC_ALL SOURCE_DATE_EPOCH COLUMNS
reports=$(cd "$(dirname "$0")/../reports" && pwd) || exit 1
tmp=$(mktemp -d "${TMPDIR:-/tmp}/torture.XXXXXX") || exit 1
disk=
trap '[ -z "$disk" ] || umount "$disk"; rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
cd "$tmp" || exit
cases=0 failed=0
fail() {
    echo "torture: $*"
    failed=1
}

mkdir in work
head -n 300 "$reports/2026-11-23-v2.0.5-memory.jsonl" >in/mem.jsonl
cp "$reports/2026-11-23-v2.0.5-benchmark.jsonl" in/bench.jsonl
cp "$reports/2026-11-23-v2.0.4-benchmark.jsonl" in/old.jsonl
cat in/mem.jsonl in/bench.jsonl >in/all.jsonl

# A line each: what is run in `work`, with @ in place of the file that it writes itself.
commands() {
    cat <<'END'
validate ../in/all.jsonl
validate -j 2 -f detailed ../in/bench.jsonl ../in/mem.jsonl
validate -u ../in/old.jsonl
genreport ../in/all.jsonl
genreport -f json -c ../in/old.jsonl -o @ ../in/all.jsonl
genreport -f jsonl ../in/all.jsonl
memplot -o @ ../in/all.jsonl
memplot -f svg ../in/all.jsonl
memplot -f text ../in/all.jsonl
END
}

# Runs `before; exec command` with stdout to `stdout`; sets status.  The time is limited by perl, which every test needs.
go() { # BEFORE COMMAND
    cases=$((cases + 1))
    {
        perl -e 'alarm 60; exec @ARGV' sh -c "cd work; $1; exec $2" </dev/null
        echo $? >status
    } 2>&1 >stdout | cat >stderr # a pipe, which no limit of a file's size reaches
    read -r status <status
}

judge() { # WHERE COMMAND
    tool=${2%% *}
    if [ "$status" = 0 ]; then
        cmp -s stdout want.stdout || fail "$1: $2: status 0, but its output is another"
        [ ! -e want.file ] || cmp -s work/file want.file || fail "$1: $2: status 0, but its file is another"
    elif [ "$status" -ge 128 ]; then
        fail "$1: $2: signal $((status - 128))"
    elif [ "$status" = 127 ] && grep -q 'shared librar' stderr; then
        : # not started at all
    elif [ "$status" != 2 ] && [ "$status" != 3 ]; then
        fail "$1: $2: status $status: $(cat stderr)"
    elif ! grep -q "^$tool: " stderr; then
        fail "$1: $2: status $status without a word: $(cat stderr)"
    elif [ "$(cat work/file)" != before ]; then
        fail "$1: $2: it failed, but left a file of its own"
    fi
    rest=$(find work -type f ! -name file)
    [ -z "$rest" ] || fail "$1: $2: left $rest"
    find work -type f ! -name file -exec rm -f {} +
}

# Each command, after its usual run, under a limit that is set by each line of stdin.
under() { # WHERE, then the lines
    cat >limits
    commands >list
    while read -r command; do
        writes=false
        case $command in *@*) writes=true ;; esac
        command=$(echo "$command" | sed 's/@/file/')
        rm -f want.file
        echo before >work/file
        go : "$command"
        [ "$status" = 0 ] || fail "$command: status $status without any limit: $(cat stderr)"
        mv stdout want.stdout
        ! $writes || cp work/file want.file
        while read -r limit; do
            echo before >work/file
            go "$limit" "$command"
            judge "$limit" "$command"
        done <limits
    done <list
}

# ---- Limits of the process, full disks, closed descriptors
{
    for kilobytes in 5000 7000 8500 10000 20000 30000 40000 60000 90000 150000 300000; do echo "ulimit -v $kilobytes"; done
    for blocks in 0 1 8 100 1000; do echo "ulimit -f $blocks"; done
    for files in 3 4 5 6 8 12; do echo "ulimit -n $files"; done
    echo 'ulimit -s 256'
    echo 'exec >/dev/full'
    echo 'exec <&-'
    echo 'exec >&-'
    echo 'exec <&- >&-'
} >all-limits
if ldd "$(command -v validate)" 2>/dev/null | grep -q asan; then
    sed '/ulimit -[vs]/d' all-limits >few && mv few all-limits # sanitizers take much
fi
under <all-limits

# What it would say goes nowhere; the rest is as ever.
commands | grep -v @ >list
while read -r command; do
    go : "$command"
    mv stdout want.stdout
    go 'exec 2>&-' "$command"
    [ "$status" = 0 ] || fail "exec 2>&-: $command: status $status"
    cmp -s stdout want.stdout || fail "exec 2>&-: $command: another output"
done <list

# ---- A disk that is full after some kilobytes, where one can be had
mkdir small
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=64k torture small 2>/dev/null; then
    disk=$tmp/small
    for kilobytes in 0 4 16 40 60; do
        commands | sed -n 's/@/..\/small\/file/p' >list
        while read -r command; do
            rm -rf small/*
            [ "$kilobytes" = 60 ] || head -c $((60 - kilobytes))k /dev/zero >small/ballast
            go : "$command"
            case $status in
            0) [ -s small/file ] || fail "$kilobytes kB: $command: status 0, but no file" ;;
            3) [ ! -e small/file ] || fail "$kilobytes kB: $command: it failed, but there is a file" ;;
            *) fail "$kilobytes kB: $command: status $status" ;;
            esac
            [ "$status" = 0 ] || grep -q '^[a-z]*: ' stderr || fail "$kilobytes kB: $command: not a word"
            [ "$(find small -type f ! -name ballast ! -name file)" = "" ] || fail "$kilobytes kB: $command: left something"
        done <list
        rm -f small/file
        go : 'memmon -q -i 1 -o ../small/file -- sh -c "sleep 0.1; exit 7"'
        [ "$status" = 7 ] || fail "$kilobytes kB: memmon: status $status"
        tail -n 1 small/file | grep -q '^{"summary".*}$' || grep -q '^memmon: ' stderr ||
            fail "$kilobytes kB: memmon: no whole recording, and not a word"
    done
else
    echo "torture: no small disk can be mounted here, so none was filled"
fi

# ---- Readers that go away, and dead slow ones
commands | grep -v @ >list
while read -r command; do
    go : "$command"
    mv stdout want.stdout
    for bytes in 0 1 5000; do
        cases=$((cases + 1))
        (cd work && eval "$command" 2>../stderr </dev/null; echo $? >../status) | head -c $bytes >part
        status=$(cat status)
        cmp -s part want.stdout && [ "$status" = 0 ] && continue
        [ "$status" = 3 ] || [ "$status" = 0 ] || fail "reader of $bytes bytes: $command: status $status"
        [ "$status" = 0 ] || grep -q "^${command%% *}: .*pipe" stderr || fail "reader of $bytes bytes: $command: $(cat stderr)"
    done
    cases=$((cases + 1))
    (cd work && eval "$command" 2>../stderr </dev/null; echo $? >../status) |
        perl -e 'select undef, undef, undef, 0.2; while (sysread STDIN, $b, 3001) { print $b; select undef, undef, undef, 0.0005 }' >part
    cmp -s part want.stdout || fail "a slow reader: $command: another output"
    [ "$(cat status)" = 0 ] || fail "a slow reader: $command: status $(cat status)"
done <list

# ---- Pipelines: whatever memory they have, each program ends, and what comes out is whole or was complained of
for kilobytes in 20000 40000 60000 100000 200000; do
    cases=$((cases + 1))
    perl -e 'alarm 60; exec @ARGV' sh -c "ulimit -v $kilobytes
        { memmon -q -i 5 -d 0.2; echo \$? >s1; } 2>e1 | { validate; echo \$? >s2; } 2>e2 | { memplot -f svg; echo \$? >s3; } 2>e3 >picture.svg"
    for i in 1 2 3; do
        read -r status <s$i
        [ "$status" -lt 128 ] || fail "$kilobytes kB: program $i of a pipeline: signal $((status - 128))"
        [ "$status" = 0 ] || [ -s e$i ] || fail "$kilobytes kB: program $i of a pipeline: status $status without a word"
    done
    [ "$status" != 0 ] || [ "$(tail -c 7 picture.svg)" = "</svg>" ] || fail "$kilobytes kB: half a picture"
done

# ---- No threads to be had: only who is not root is held to that
nobody='$) = $( = 65534; $> = $< = 65534; exec @ARGV or die'
[ "$(id -u)" = 0 ] || nobody='exec @ARGV or die'
chmod 755 "$tmp" in && chmod 644 in/*
if perl -e "$nobody" sh -c 'cd in && validate --version' >stdout 2>&1; then
    commands | grep -v @ >list
    while read -r command; do
        go : "$command"
        mv stdout want.stdout
        cases=$((cases + 1))
        perl -e "$nobody" sh -c "cd work; ulimit -u 1 2>/dev/null || ulimit -p 1; exec $command" >stdout 2>stderr </dev/null
        status=$?
        echo before >work/file
        rm -f want.file
        judge 'no threads' "$command"
    done <list
else
    echo "torture: nobody may run the programs here, so threads were not forbidden"
fi
[ "$failed" = 1 ] || echo "torture: scarce, closed, full, gone or slow: $cases cases, all holds"
exit "$failed"
