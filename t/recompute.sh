#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# recompute.sh [-1] FILE…: the figures of a report, worked out from the records by jq and awk alone, as the lines that
# the report must hold.  genreport.t compares them.  -1: only those of Template v1.1.  It knows only clean input and hub ids or paths as models.
set -eu
LC_ALL=C
export LC_ALL
all_sections=true
if [ "$1" = -1 ]; then
    all_sections=false
    shift
fi

# What awk needs to write numbers as the report does.
format='
function seconds(s) { return s > 0 && s < 0.005 ? "<0.01 s" : sprintf(s < 9.995 ? "%.2f s" : "%.1f s", s) }
function human(s,  t) {
    if (s < 59.95) return sprintf("%.1f s", s)
    t = int(s + 0.5)
    if (t < 3600) return sprintf("%dm %02ds", t / 60, t % 60)
    return sprintf("%dh %02dm", t / 3600, t % 3600 / 60)
}
function total(s) { return sprintf("%.1f s", s) (s < 59.95 ? "" : " (" human(s) ")") }
function size(g) { return g == "" ? "–" : sprintf(g > 0 && g < 0.095 ? "%.2f GB" : "%.1f GB", g) }
function range(lo, hi,  a, b) {
    if (lo == "") return "–"
    a = sprintf("%.1f", lo); b = sprintf("%.1f", hi)
    return a == b ? a : a "-" b
}
function mode(m) { return m == "" ? "–" : toupper(substr(m, 1, 1)) substr(m, 2) }
function name(m) { sub(/^[~.$]?[A-Z_]*\/.*\//, "", m); if (gsub(/\//, "/", m) == 1) sub(/^[^\/]+\//, "", m); return m }
'
# What jq needs: the tests with the time they ran, and which of them count.
# shellcheck disable=SC2016 # jq's variables, not ours
common='
def tests: map(select(.outcome));
def samples: map(select(.ts != null and .elapsed_s != null)) | sort_by(.ts);
def epoch: sub("\\.[0-9]+"; "") | sub("\\+00:00$"; "Z") | fromdate;
def from: .test_start_ts // ((.timestamp | epoch) - (.duration // 0));
def to: .test_end_ts // (.timestamp | epoch);
def infer: map(select(.outcome == "passed" and .model.id and (.duration // 0) >= 0.5));
def median: sort | if length % 2 == 1 then .[length / 2 | floor] else (.[length / 2 - 1] + .[length / 2]) / 2 end;
def bare: sub("\\[.*$"; "") | sub("^.*::"; "");
def moderank: {"vision": 0, "text": 1, "audio": 2, "video": 3}[.] // 4;
# The samples while a test ran, or the nearest one.
def window($samples): . as $t |
    ($samples | map(select(.ts >= ($t | from) and .ts <= ($t | to)))) as $in |
    if $in | length > 0 then $in
    else [$samples | min_by([(.ts - ($t | from)), (.ts - ($t | to))] | map(fabs) | min)] end;
# RAM of a test: [values], from health, else from its samples, else from its peak.
def ram($source; $samples): . as $t |
    if $source == "health" then [$t.system_health.ram_free_gb // empty]
    elif $source == "samples" then
        window($samples) |
        map(.ram_free_gb // empty)
    else [$t.performance | .peak_ram_gb // (.ram_peak_mb / 1000)?] end;
def ramsource($samples): tests |
    if any(.[]; .system_health.ram_free_gb != null) then "health"
    elif $samples | length > 0 then "samples" else "peak" end;
'
all=$(mktemp "${TMPDIR:-/tmp}/recompute.XXXXXX")
trap 'rm -f "$all"' EXIT
cat "$@" | jq -s . >"$all"

jq -r "$common"'tests | [length, map(select(.outcome == "passed")), map(select(.outcome == "failed")),
    map(select(.outcome == "skipped"))] as [$n, $p, $f, $s] |
    [$n, ($p | length), ($p | map(select(.model.id)) | length), (infer | length), ($f | length), ($s | length),
     (map(.duration // 0) | add), ((map(to) | max) - (map(from) | min)),
     (map(select(.outcome != "skipped") | .model.id // empty) | unique | length)] | @tsv' "$all" |
    awk -F '\t' "$format"'{
        printf "**Tests:** %d total (%d passed", $1, $2
        if ($5) printf ", %d failed", $5
        if ($6) printf ", %d skipped", $6
        print ")  "
        print "**Models:** " $9 " tested"
        print "Total tests:       " $1
        print "Passed:            " $2
        print "  With model:      " $3
        print "  Inference:       " $4 " (with model, at least 0.5 s)"
        print "  Infrastructure:  " $2 - $3
        print "Failed:            " $5
        print "Skipped:           " $6
        print "Duration:          " total($7)
        print "First to last:     " total($8)
    }'

# System health, of tests and of samples.
for metric in swap_used_mb ram_free_gb zombie_processes; do
    jq -r --arg m "$metric" "$common"'
        def line($values; $lead): select($values | length > 0) |
            [$lead, ($values | min, max, add / length)] | @tsv;
        line(tests | map(.system_health[$m]? // empty); ""),
        line(samples | map(.[if $m == "zombie_processes" then "zombies" else $m end] // empty); "  ")' "$all" |
        awk -F '\t' -v metric="$metric" 'BEGIN {
            label["swap_used_mb"] = "Swap (MB):"; label["ram_free_gb"] = "RAM free (GB):"
            label["zombie_processes"] = "Zombies:"
            decimals = metric == "ram_free_gb" ? 1 : 0
        } { printf "%-18s min=%.*f, max=%.*f, avg=%.1f\n", $1 label[metric], decimals, $2, decimals, $3, $4 }'
done
# Memory pressure: the spans of the samples' levels, added up over the run and over each test.
# shellcheck disable=SC2016 # jq's variables, not ours
spans='
def spans: samples | select(any(.memory_pressure)) |
    ([range(1; length) as $i | .[$i].ts - .[$i - 1].ts | select(. > 0)] | if length > 0 then median else 0 end) as $step |
    map(select(.memory_pressure)) | . as $all | length as $n |
    [range($n) as $i | $all[$i] | {from: .ts, to: ([.ts + 4 * $step, ($all[$i + 1].ts // .ts)] | min), level: .memory_pressure}];
def spent($level): map(select(.level == $level) | .to - .from) | add // 0;
'
jq -r "$common$spans"'samples as $s | spans | . as $spans |
    (if spent(4) > 0 then 4 else 2 end) as $worst |
    (reduce (.[] | select(.level == $worst and .to > .from)) as $x ({best: {from: 0, to: 0}, now: {to: -1}};
        .now = {from: (if $x.from - .now.to < 0.000001 then .now.from else $x.from end), to: $x.to} |
        if .now.to - .now.from > .best.to - .best.from + 0.0000001 then .best = .now else . end) | .best) as $longest |
    [(map(.to - .from) | add), spent(2), spent(4), $longest.to - $longest.from, ($longest.from | floor | todate), $worst,
     ($s | map(.psi_some // empty) | max), ($s | map(.psi_full // empty) | max)] | @tsv' "$all" |
    awk -F '\t' "$format"'{
        if ($2 + $3 > 0)
            printf "  Memory pressure: warn %s (%.1f%%), critical %s (%.1f%%)\n", human($2), 100 * $2 / $1, human($3), 100 * $3 / $1
        else
            print "  Memory pressure: normal all the time"
        if ($4 > 0)
            printf "  Longest:         %s %s from %s UTC\n", ($6 > 2 ? "critical" : "warn"), human($4), substr($5, 1, 19)
        if ($7 != "")
            printf "  Stalls (PSI):    %.1f%% some, %.1f%% full at most\n", $7, $8
    }'
jq -r "$common$spans"'samples as $s | spans as $spans | tests | map(select(.outcome != "skipped") | . as $t | ($t | to) as $to | ($t | from) as $from |
        ($spans | map(select(.to > $from and .from < $to) | .from |= ([., $from] | max) | .to |= ([., $to] | min))) as $in |
        {test, model: (.model.id // ""), time: ($to - $from), warn: ($in | spent(2)), critical: ($in | spent(4))} |
        select(.warn + .critical > 0)) | sort_by(-.critical, -.warn) | .[:10][] | [.test, .model, .time, .warn, .critical] | @tsv' "$all" |
    awk -F '\t' "$format"'{
        gsub(/[][]/, "\\\\&", $1)
        printf "| %s | %s | %s | %s | %s | %.1f |\n", $1, name($2), seconds($3), ($4 > 0 ? seconds($4) : 0), ($5 > 0 ? seconds($5) : 0), 100 * $5 / $3
    }'
jq -r "$common"'tests | map(.system_health // empty) | select(length > 0) |
    [length, map(select((.ram_free_gb // 99) >= 5 and (.zombie_processes // 0) <= 0)),
     map(select((.ram_free_gb // 99) < 5)), map(select((.zombie_processes // 0) > 0))] |
    [.[0], (.[1:][] | length)] | @tsv' "$all" |
    awk -F '\t' '{
        printf "  Clean:           %d/%d (%.1f%%)\n", $2, $1, 100 * $2 / $1
        print "  Degraded (RAM):  " $3
        print "  Degraded (zombies): " $4
    }'

# Per model and modality, in the order of the report.
jq -r "$common"'samples as $s | ramsource($s) as $src | tests | infer |
    group_by([(.model.id | ascii_downcase), .model.id, (.metadata.inference_modality // "" | moderank)])[] |
    . as $rows | (map(ram($src; $s)[]) // []) as $ram |
    [.[0].model.id, (map(.model.size_gb // empty) | max), (.[0].metadata.inference_modality // ""), length,
     (map(.duration) | add), ($ram | min), ($ram | max)] | @tsv' "$all" |
    awk -F '\t' "$format"'{
        printf "| %s | %s | %s | %d | %s | %s |\n", name($1), size($2), mode($3), $4, seconds($5), range($6, $7)
    }'

# Size classes.
jq -r "$common"'tests | infer | group_by(.model.id) |
    map({size: (map(.model.size_gb // empty) | max), rows: .}) |
    (map(select(.size != null and .size >= 20)), map(select(.size != null and .size >= 10 and .size < 20)),
     map(select(.size != null and .size < 10))) |
    [length, (map(.size) | if length > 0 then add / length else 0 end)] | @tsv' "$all" |
    awk -F '\t' "$format"'BEGIN {
        class[1] = "LARGE MODELS (≥20 GB): "; class[2] = "MEDIUM MODELS (10-20 GB): "; class[3] = "SMALL MODELS (<10 GB): "
    } $1 > 0 {
        print class[NR] $1 " model" ($1 == 1 ? "" : "s")
        print "  Avg size:               " size($2)
    }'
# Mean over models of their mean test, by class and modality.
jq -r "$common"'tests | infer | group_by(.model.id) |
    map((map(.model.size_gb // empty) | max) as $size | group_by(.metadata.inference_modality // "")[] |
        {class: (if $size >= 20 then 0 elif $size >= 10 then 1 else 2 end), mode: (.[0].metadata.inference_modality // ""),
         mean: (map(.duration) | add / length)}) |
    group_by([.class, (.mode | moderank)])[] | [length, (map(.mean) | add / length)] | @tsv' "$all" |
    awk -F '\t' "$format"'{ print "    Models tested:        " $1; print "    Avg test time:        " seconds($2) }'

# Per test and modality.
jq -r "$common"'tests | infer |
    group_by([(.test | bare | ascii_downcase), (.test | bare), (.metadata.inference_modality // "" | moderank)])[] |
    [(.[0].test | bare), (.[0].metadata.inference_modality // ""), (map(.model.id) | unique | length),
     (sort_by(.duration, .model.id) | .[0, -1] | .model.id, .duration),
     (map(.duration) | median)] | @tsv' "$all" |
    awk -F '\t' "$format"'{
        printf "| %s | %s | %d | %s (%s) | %s (%s) | %s |\n", $1, mode($2), $3, name($4), seconds($5), name($6), seconds($7),
            seconds($8)
    }'

# The GPU during tests of half a second and more: each model's first test, those above 50 %, and all together.
jq -r "$common"'samples as $s | select($s | any(.gpu_device_util != null)) | tests | map(select(.outcome != "skipped")) |
    (map(select(.model.id)) | group_by(.model.id) | map(min_by(from) | {(.model.id): from}) | add // {}) as $first |
    map(. as $t | select((.duration // 0) >= 0.5) | window($s) | map(select(.gpu_device_util != null)) | select(length > 0) |
        {name: ($t.test | bare), id: $t.test, model: ($t.model.id // ""), start: ($t | from), n: length,
         device: (map(.gpu_device_util) | add / length), pressure: (map(.memory_pressure // empty) | max),
         cold: ($t.model.id != null and $first[$t.model.id // ""] == ($t | from))}) |
    (sort_by(.start)[] | select(.cold) | ["cold", .name, .model, .device, .n]),
    (map(select(.device > 50)) | group_by([.name, .model]) |
        map(if map(.id) | unique | length > 1 then map(.name += (.id | [match("\\[.*\\]$").string][0] // "")) else . end) |
        add // [] | sort_by(-.device)[] | ["high", .name, .model, .device, .pressure]),
    ["sum", length, (map(select(.cold)) | length), (map(.device) | add / length), (map(.device) | max)] | @tsv' "$all" |
    awk -F '\t' "$format"'BEGIN { pressure[1] = "OK"; pressure[2] = "Warn"; pressure[4] = "Critical" }
    $1 == "cold" { printf "| %s | %s | %.1f%% | – | %d |\n", $2, name($3), $4, $5 }
    $1 == "high" { gsub(/[][]/, "\\\\&", $2); printf "| %s | %s | %.1f%% | – | %s |\n", $2, name($3), $4, pressure[$5] }
    $1 == "sum" {
        print "Correlated tests:     " $2
        print "Cold-start tests:     " $3
        printf "GPU Device avg:       %.1f%%\nGPU Device max:       %.1f%%\n", $4, $5
    }'

"$all_sections" || exit 0

# Performance: medians by model and modality; columns that nobody fills are left out.
# shellcheck disable=SC2016 # awk's
latency='function latency(s) { return s == "" ? "–" : s >= 0.9995 ? seconds(s) : sprintf(s < 0.09995 ? "%.1f ms" : "%.0f ms", s * 1000) }
function rate(v) { return v == "" ? "–" : sprintf(v < 9.995 ? "%.2f" : "%.1f", v) }
function joule(v) { return v == "" ? "–" : sprintf(v < 99.5 ? "%.1f J" : "%.0f J", v) }
function gb(v) { return v == "" ? "–" : sprintf(v > 0 && v < 0.095 ? "%.2f" : "%.1f", v) }
# Rows of name, mode, count and n columns, without the columns that are empty in all of them.
function row_add(   i) { rows++; for (i = 1; i <= NF; i++) { cell[rows, i] = $i; if ($i != "") filled[i] = 1 } }
'
# shellcheck disable=SC2016 # jq's
rows=$common'
def rows: tests | infer | group_by([(.model.id | ascii_downcase), .model.id, (.metadata.inference_modality // "" | moderank)])[];
def head: [.[0].model.id, (.[0].metadata.inference_modality // ""), length];
def energy($s): . as $t | window($s) | map(.gpu_power_w // empty) |
    if length > 0 then add / length * (($t | to) - ($t | from)) else null end;
def mid: map(select(. != null)) | if length > 0 then median else null end;
def span($s): if $s | length > 0 then window($s) else [] end;
'
jq -r "$rows"'samples as $s | rows | . as $rows |
    (map(.performance | select(.completion_tokens and .model_load_time_s and .time_to_first_token_s)) | length) as $net |
    (map(select(.performance | .completion_tokens and .model_load_time_s and .time_to_first_token_s) |
        [.performance.completion_tokens, (.performance.duration_s // .duration) - .performance.model_load_time_s - .performance.time_to_first_token_s]) |
        if length > 0 then (map(.[0]) | add) / (map(.[1]) | add) else null end) as $net |
    (map(span($s) as $w | select($w | any(.gpu_power_w != null)) | [energy($s), .performance.completion_tokens])) as $e |
    head + [(map(.performance.tokens_per_sec) | mid), $net, (map(.performance.time_to_first_token_s) | mid),
     (map(.performance.model_load_time_s) | mid), (map(.performance.cleanup_time_s) | mid), ($e | map(.[0]) | mid),
     ($e | map(select(.[1])) | if length > 0 then (map(.[0]) | add) / (map(.[1]) | add) * 1000 else null end)] | @tsv' "$all" |
    awk -F '\t' "$format$latency"'{ row_add() } END {
        for (r = 1; r <= rows; r++) {
            line = "| " name(cell[r, 1]) " | " mode(cell[r, 2]) " | " cell[r, 3] " |"; any = 0
            for (i = 4; i <= 10; i++) {
                if (!filled[i]) continue
                any = any || cell[r, i] != ""
                line = line " " (i <= 5 ? rate(cell[r, i]) : i <= 8 ? latency(cell[r, i]) : joule(cell[r, i])) " |"
            }
            if (any) print line
        }
    }'

# Memory by model and modality: of the samples of its tests, and over the level before each test.
jq -r "$rows"'samples as $s | rows | . as $tests |
    def before($t; $m): ($s | map(select(.ts < ($t | from) and .[$m] != null))[-1]) as $last |
        if $last and ($t | from) - $last.ts <= 5 then $last[$m] else ($t | window($s) | map(.[$m] // empty))[0] end;
    (map(span($s)[].ram_free_gb // empty)) as $free | (map(span($s)[].gpu_mem_used_gb // empty)) as $gpu |
    head + [($free | min), ($free | if length > 0 then add / length else null end), ($free | max),
     ([.[] | . as $t | select($free | length > 0) | [0, before($t; "ram_free_gb") - (span($s) | map(.ram_free_gb // empty) | min)] | max] | max),
     ($gpu | max),
     ([.[] | . as $t | select($gpu | length > 0) | [0, (span($s) | map(.gpu_mem_used_gb // empty) | max) - before($t; "gpu_mem_used_gb")] | max] | max),
     (map(.performance | .peak_ram_gb // (.ram_peak_mb / 1000)?) | map(select(. != null)) | max)] | @tsv' "$all" |
    awk -F '\t' "$format$latency"'{ row_add() } END {
        for (r = 1; r <= rows; r++) {
            line = "| " name(cell[r, 1]) " | " mode(cell[r, 2]) " | " cell[r, 3] " |"; any = 0
            for (i = 4; i <= 10; i++) {
                if (!filled[i]) continue
                any = any || cell[r, i] != ""
                line = line " " gb(cell[r, i]) " |"
            }
            if (any) print line
        }
    }'

# RAM that is not given back: the breaks of at least eight, the median slope, and Mann and Kendall's S (normal, with ties).
jq -r "$common"'samples as $s | select($s | any(.ram_free_gb != null)) |
    [tests[] | select(.outcome != "skipped") | {from: from, to: to}] | sort_by(.from, .to) |
    . as $t | [range(1; length) as $i | ($t[:$i] | map(.to) | max) as $e | select($t[$i].from >= $e) |
        {test_start_ts: $e, test_end_ts: $t[$i].from}] |
    map({x: ((.test_start_ts + .test_end_ts) / 2), y: (window($s) | map(.ram_free_gb // empty) | max)}) | select(length >= 8) | . as $p |
    [range(length) as $i | range($i + 1; length) as $j | ($p[$j].y - $p[$i].y) / ($p[$j].x - $p[$i].x)] as $slopes |
    ([range(length) as $i | range($i + 1; length) as $j | ($p[$j].y - $p[$i].y) | if . > 0 then 1 elif . < 0 then -1 else 0 end] | add) as $S |
    length as $n | ([group_by(.y)[] | length | . * (. - 1) * (2 * . + 5)] | add) as $ties |
    (($n * ($n - 1) * (2 * $n + 5) - $ties) / 18 | sqrt) as $sd |
    [$n, ($slopes | median), ($p[-1].x - $p[0].x), (if $S < 0 then ($S + 1) / $sd else 0 end)] | @tsv' "$all" |
    awk -F '\t' "$format"'{
        lost = -$2 * $3
        if ($4 < -2.576 && lost > 0.5) # what p < 0.001 is in z, too, of all runs here
            printf "- ⚠️ **RAM not given back:** free RAM between tests fell by %.1f GB over %s, that is %.1f GB per hour (%d breaks, p < 0.001)\n", lost, human($3), -$2 * 3600, $1
        else
            printf "- ✅ **RAM given back:** no lasting fall of free RAM over %d breaks between tests\n", $1
    }'

# Outliers within tests of one name and modality.
jq -r "$common"'tests | infer | group_by([(.test | bare), (.metadata.inference_modality // "")])[] | select(length >= 5) |
    (map(.duration) | median) as $m | (map(.duration - $m | fabs) | median) as $mad | length as $n |
    .[] | {score: ((.duration - $m | fabs) / (1.4826 * $mad)), t: .} | select(.score > 3.5) |
    [(.t.test | gsub("\\["; "\\[") | gsub("\\]"; "\\]")), .t.model.id, .t.duration, $m, .score, $n] | @tsv' "$all" |
    awk -F '\t' "$format"'{
        gsub(/\\\\/, "\\", $1)
        printf "| %s | %s | %s | %s | %.1f | %d tests |\n", $1, name($2), seconds($3), seconds($4), $5, $6
    }'

# Scheduling: each return to a model costs the median of its load times.
jq -r "$common"'tests | map(select(.outcome != "skipped" and .model.id)) | sort_by(from, to) | select(length > 0) |
    (group_by(.model.id) | map({(.[0].model.id): (map(.performance.model_load_time_s // empty) | if length > 0 then median else null end)}) | add) as $load |
    map(.model.id) as $m | [range(1; $m | length) as $i | select($m[$i] != $m[$i - 1]) | $i] as $switches |
    ($m | unique | length - 1) as $fewest |
    [$m | length, ($switches | length), $fewest,
     ([$switches[] as $i | select($m[:$i] | index($m[$i])) | $load[$m[$i]] // empty] | add)] | @tsv' "$all" |
    awk -F '\t' "$format"'{
        if ($4 != "" && $2 > $3)
            printf "**Model switches:** %d in %d tests; ordered by model %d, which would save %s of loading (each return to a model at its usual load time, if it could stay in memory)\n", $2, $1, $3, seconds($4)
    }'
