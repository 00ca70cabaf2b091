#!/bin/sh
# recompute.sh FILE…: the figures of a report, worked out from the records by jq and awk alone, as the lines that
# the report must hold.  genreport.t compares them.  It knows only clean input and hub ids or paths as models.
set -eu
LC_ALL=C
export LC_ALL

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
     (min_by(.duration) | .model.id, .duration), (max_by(.duration) | .model.id, .duration),
     (map(.duration) | median)] | @tsv' "$all" |
    awk -F '\t' "$format"'{
        printf "| %s | %s | %d | %s (%s) | %s (%s) | %s |\n", $1, mode($2), $3, name($4), seconds($5), name($6), seconds($7),
            seconds($8)
    }'

# The GPU during tests of half a second and more: each model's first test, those above 50 %, and all together.
jq -r "$common"'samples as $s | select($s | any(.gpu_device_util != null)) | tests | map(select(.outcome != "skipped")) |
    (map(select(.model.id)) | group_by(.model.id) | map(min_by(from) | {(.model.id): from}) | add // {}) as $first |
    map(. as $t | select((.duration // 0) >= 0.5) | window($s) | map(select(.gpu_device_util != null)) | select(length > 0) |
        {name: ($t.test | bare), model: ($t.model.id // ""), start: ($t | from), n: length,
         device: (map(.gpu_device_util) | add / length), pressure: (map(.memory_pressure // empty) | max),
         cold: ($t.model.id != null and $first[$t.model.id // ""] == ($t | from))}) |
    (sort_by(.start)[] | select(.cold) | ["cold", .name, .model, .device, .n]),
    (sort_by(-.device)[] | select(.device > 50) | ["high", .name, .model, .device, .pressure]),
    ["sum", length, (map(select(.cold)) | length), (map(.device) | add / length), (map(.device) | max)] | @tsv' "$all" |
    awk -F '\t' "$format"'BEGIN { pressure[1] = "OK"; pressure[2] = "Warn"; pressure[4] = "Critical" }
    $1 == "cold" { printf "| %s | %s | %.1f%% | – | %d |\n", $2, name($3), $4, $5 }
    $1 == "high" { printf "| %s | %s | %.1f%% | – | %s |\n", $2, name($3), $4, pressure[$5] }
    $1 == "sum" {
        print "Correlated tests:     " $2
        print "Cold-start tests:     " $3
        printf "GPU Device avg:       %.1f%%\nGPU Device max:       %.1f%%\n", $4, $5
    }'
