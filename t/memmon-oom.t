#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# memmon when memory is out: a command that takes more than its control group may is killed, and the recording tells.
#
# Needs the right to make a control group with a limit, of version 2 or, with less to see, of version 1.  `make test-uml`
# runs this on a kernel of its own, where that is so.
# shellcheck disable=SC2016 # what stands in single quotes is for the command
. "${0%/*}/tap.sh"
cd "$tmp" || exit
summary() { tail -n 1 "$1" | jq -r ".summary.$2 | if type == \"number\" then . + 0 else . end"; }
group=memmon-test-$$ limit=64000000

# Sets `version` and `dir`, a new group with a limit; version is 0 where that cannot be had.
make_group() {
    version=0
    trees=$(awk '$3 == "cgroup2" { print $2 }' /proc/mounts 2>/dev/null)
    for tree in $trees; do
        grep -qw memory "$tree/cgroup.controllers" 2>/dev/null || continue
        (echo +memory >"$tree/cgroup.subtree_control") 2>/dev/null
        dir=$tree/$group
        mkdir "$dir" 2>/dev/null || continue
        [ ! -f "$dir/memory.swap.max" ] || (echo 0 >"$dir/memory.swap.max") 2>/dev/null
        (echo "$limit" >"$dir/memory.max") 2>/dev/null && version=2 && return
        rmdir "$dir"
    done
    trees=$(awk '$3 == "cgroup" && $4 ~ /(^|,)memory(,|$)/ { print $2 }' /proc/mounts 2>/dev/null)
    for tree in $trees; do
        dir=$tree/$group
        mkdir "$dir" 2>/dev/null || continue
        if (echo "$limit" >"$dir/memory.limit_in_bytes") 2>/dev/null; then
            (echo "$limit" >"$dir/memory.memsw.limit_in_bytes") 2>/dev/null
            version=1
            return
        fi
        rmdir "$dir"
    done
}

cat >hog.pl <<'END'
my @blocks;
for (1 .. 100) {
    push @blocks, "x" x 4_000_000;
    select undef, undef, undef, 0.01;
}
END

make_group
if [ "$version" = 0 ]; then
    skip "a kill for want of memory" "no control group with a limit can be made here"
    finish
fi
trap 'rmdir "$dir"; rm -rf "$tmp"' EXIT

exits "a command that is killed for want of memory: 137" 137 memmon -q -i 20 -o oom.jsonl -- \
    sh -c 'echo $$ >"$0/cgroup.procs" && exec perl hog.pl' "$dir"
is "its signal is in the summary" "$(summary oom.jsonl signal)" 9
is "each line is whole" "$(jq -c . oom.jsonl | wc -l)" "$(wc -l <oom.jsonl)"
if [ -x "$BUILD/bin/validate" ]; then
    ok "and valid" validate -f quiet oom.jsonl
fi
is "the most that it had is about its limit" "$(summary oom.jsonl 'proc_peak_rss_gb | . > 0.04 and . < 0.08')" true
if [ "$version" = 2 ]; then
    is "the kill is an event" "$(jq -c '.events[]? | select(.event == "oom_kill") | [.scope, .count]' oom.jsonl)" '["cgroup",1]'
    is "after the limit had been reached" "$(jq -s 'map(.events[]? | select(.event == "memory_max") | .count) | add > 0' oom.jsonl)" true
    is "the limit is in the samples" "$(jq -s 'map(.cgroup_limit_gb // 0) | max' oom.jsonl)" 0.064
    is "and how much of it was taken" "$(jq -s 'map(.cgroup_used_gb // 0) | max > 0.04' oom.jsonl)" true
    is "with the peak" "$(summary oom.jsonl 'cgroup_peak_gb | . > 0.05 and . <= 0.065')" true

    exits "in a container's group all of memmon is" 0 sh -c \
        'echo $$ >"$0/cgroup.procs" && exec memmon -q -i 20 -o box.jsonl -- sleep 0.3' "$dir"
    is "its limit stands in the session" "$(head -n 1 box.jsonl | jq '.session.ram_limit_gb')" 0.06
    is "beside the machine's memory" "$(head -n 1 box.jsonl | jq '.session.ram_total_gb > .session.ram_limit_gb')" true
    is "nothing has happened there" "$(jq -c '.events[]? | select(.scope == "cgroup")' box.jsonl)" ""

    mkdir "$dir-2"
    memmon -q -i 20 -o moved.jsonl -- sh -c 'sleep 0.3; echo $$ >"$0/cgroup.procs"; sleep 0.5' "$dir-2"
    is "a command that moves to another group is followed" \
        "$(jq -s 'map(.cgroup_used_gb // empty) | length > 0' moved.jsonl)" true
    rmdir "$dir-2"
else
    is "the kill is an event, of the machine" \
        "$(jq -s 'map(.events[]? | select(.event == "oom_kill" and .scope == "machine") | .count) | add >= 1' oom.jsonl)" true
fi

finish
