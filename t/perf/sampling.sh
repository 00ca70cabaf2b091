# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# What a monitor costs.  Read by bench.sh, which sets the folders, R and S.

MONITOR_ROUNDS=2   # that many for whole processes, whose figures are sums over seconds
MONITOR_STARTS=1.1 # seconds that a monitor has to start

# sampled WHO NAME <SUMMARIES: the least of each figure
sampled() {
    jq -cs --arg who "$1" --arg name "$2" '[.[].summary] | {group: "memmon-1ms", $who, $name,
        samples: (map(.samples) | max), missed: (map(.missed) | min), cpu_us: (map(.memmon_cpu_s / .samples * 1e6) | min),
        late_p50_ms: (map(.late_p50_ms) | min), late_p99_ms: (map(.late_p99_ms) | min)}' >>"$results"
}

# memmon and the floor by turns, S seconds each.
measure_fast() {
    rm -f "$bench"/sampling.*
    for round in $(seq "$R"); do
        say "memmon-1ms, round $round"
        "$tools/memmon" -q -i 1 -d "$S" -o "$bench/sampling.memory"
        tail -n 1 "$bench/sampling.memory" >>"$bench/sampling.memmon"
        rm "$bench/sampling.memory"
        "$bench/probe_raw" 1 $((S * 1000)) >>"$bench/sampling.raw"
    done
    sampled ours memmon <"$bench/sampling.memmon"
    sampled floor "floor: the files of each sample, read only" <"$bench/sampling.raw"
}

# cost WHO NAME INTERVAL-MS COMMAND…: what a command costs that samples longer than we look at it
cost() {
    who=$1 name=$2 interval=$3
    shift 3
    "$bench/cost" "$MONITOR_STARTS" "$S" "$@" | jq -c --arg who "$who" --arg name "$name" --argjson interval_ms "$interval" \
        '. + {$who, $name, $interval_ms}' >>"$bench/sampling.costs"
}
monitor() { # VERSION-OF NAME INTERVAL-MS COMMAND…: the same for a peer, where it is there
    found=$(version "$1")
    [ -z "$found" ] || { name=$2 && shift 2 && cost peer "$name $found" "$@"; }
}

# Those that cannot do 200 ms get a second.
measure_monitors() {
    long=$((S + 60))
    for round in $(seq "$MONITOR_ROUNDS"); do
        say "memmon-200ms, round $round"
        cost ours memmon 200 "$tools/memmon" -q -d "$long"
        cost ours "memmon, with a command" 200 "$tools/memmon" -q -- sleep "$long"
        cost floor "floor: the files of each sample, read only" 200 "$bench/probe_raw" 200 $((long * 5))
        monitor collectl "collectl, memory and CPU," 200 collectl -i 0.2 -c $((long * 5)) -scm
        monitor mprof "mprof, one process," 200 "$peers/bin/mprof" run -T 0.2 -o "$bench/mprof.dat" sleep "$long"
        monitor dstat "dstat, memory and CPU," 1000 dstat -m -c 1 "$long"
        monitor pidstat "pidstat, memory of all processes," 1000 pidstat -r 1 "$long"
        rm -f "$bench/mprof.dat"
    done
    jq -cs --argjson s "$S" --argjson starts "$MONITOR_STARTS" '
        map(. + {n: ($s * 1000 / .interval_ms), before_n: ($starts * 1000 / .interval_ms | floor)} |
            . + {cpu_us: (.during_s / .n * 1e6)} | . + {start_ms: ([.before_s * 1e3 - .before_n * .cpu_us / 1e3, 0] | max)}) |
        group_by(.name)[] | {group: "memmon-200ms", who: .[0].who, name: .[0].name, interval_ms: .[0].interval_ms,
            cpu_us: (map(.cpu_us) | min), start_ms: (map(.start_ms) | min), peak_mb: (map(.peak_mb) | max)}' \
        "$bench/sampling.costs" >>"$results"
}

measure_memmon() {
    if [ "$(uname -s)" != Linux ]; then
        say "without memmon: what it is measured by is for Linux only"
        return
    fi
    measure_fast
    measure_monitors
}
