#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# memmon and NVIDIA's GPUs, by a library that stands in for NVIDIA's (fake/nvml.c).
. "${0%/*}/tap.sh"
cd "$tmp" || exit
summary() { tail -n 1 "$1" | jq -r ".summary.$2 | if type == \"number\" then . + 0 else . end"; }
samples='select(.summary | not)'

if [ "$(uname -s)" != Linux ] || ! command -v "${CC:-cc}" >/dev/null; then
    skip "GPUs" "no compiler for a library that stands in for NVIDIA's"
    finish
fi
mkdir v1 v2
"${CC:-cc}" -shared -fPIC -o v1/libnvidia-ml.so.1 "$top/t/fake/nvml.c" || exit
"${CC:-cc}" -shared -fPIC -DV2 -o v2/libnvidia-ml.so.1 "$top/t/fake/nvml.c" || exit
with() { # DIR VAR=VALUE… CMD…
    dir=$1
    shift
    env LD_LIBRARY_PATH="$tmp/$dir" "$@"
}
fields='[.gpu_active, .gpu_device_util, .gpu_mem_used_gb, .gpu_mem_total_gb, .gpu_power_w, .gpu_temp_c] | map(if type == "number" then . + 0 else . end)'

# record DIR FILE VAR=VALUE…: as long as it takes until the GPUs have been in five samples; on a busy machine they come
# only after the first.
record() {
    dir=$1 file=$2
    shift 2
    exits "${file%.jsonl} is recorded" 0 with "$dir" "$@" memmon -q -i 20 -o "$file" -- \
        sh -c "$await; await $enough" - "$file"
}
# shellcheck disable=SC2016
enough='recorded "$1" '"'[., input, input, input, input] | all(.gpu_mem_used_gb)'"
in_use() { jq -c "$samples | select(.gpu_mem_used_gb)" "$1"; }
first() { in_use "$1" | head -n 1; }

# ---- One
record v1 gpu.jsonl
is "a GPU is in each sample" "$(jq -s "map($samples | has(\"gpu_active\")) | . == sort" gpu.jsonl)" true
is "with all that is known of it" "$(in_use gpu.jsonl | jq -c "$fields" | sort -u)" '[true,10,10,80,100,40]'
is "with the age of its reading, where that is older than the interval" \
    "$(jq -s "map($samples | .gpu_age_ms // empty) | all(. >= 20)" gpu.jsonl)" true
is "in the session" "$(first gpu.jsonl | jq -c '.session.gpus | map(.memory_total_gb += 0)')" '[{"name":"Fake 1","memory_total_gb":80}]'
is "which comes once" "$(jq -s 'map(select(.session.gpus | length > 0)) | length' gpu.jsonl)" 1
is "in the summary" "$(summary gpu.jsonl 'gpu_device_max, .summary.gpu_device_avg, .summary.gpu_mem_max_gb' | xargs)" '10 10 10'
by_power() { # FILE WATTS
    is "with its energy, by its power" "$(jq -s --argjson w "$2" '
        .[-1].summary.gpu_energy_j as $j | map(select(.gpu_active).elapsed_s) | (.[-1] - .[0]) * $w - $j | fabs < 2' "$1")" true
}
by_power gpu.jsonl 100
is "one GPU is not told twice" "$(jq -c 'select(.gpus)' gpu.jsonl)" ""
# But where its thread does not get its turn for a second.
let_go() { with v1 memmon -q -d 0.01 -o again.jsonl && test -e nvml.shutdown; }
ok "the library is let go" in_time let_go
record v2 gpu2.jsonl
is "the newer question for memory has an answer without what is reserved" "$(first gpu2.jsonl | jq '.gpu_mem_used_gb + 0')" 9
record v1 energy.jsonl NVML_ENERGY=1
is "a GPU that counts its energy is believed, and not its power by time" \
    "$(summary energy.jsonl 'gpu_energy_j | . % 7000 == 0 and . >= 0')" true

# ---- Several
record v1 gpu4.jsonl NVML_GPUS=4
is "four GPUs: the greatest use, the sums of memory and power" "$(first gpu4.jsonl | jq -c "$fields")" '[true,40,40,320,400,40]'
is "of which the summary has the figures" "$(for f in gpu.jsonl gpu4.jsonl; do jq -sr -f "$top/t/summary.jq" "$f"; done)" ""
is "and each of them" "$(first gpu4.jsonl | jq -c '[.gpus[].gpu_device_util + 0]')" '[10,20,30,40]'
is "all in the session" "$(first gpu4.jsonl | jq -c '[.session.gpus[].name]')" '["Fake 1","Fake 2","Fake 3","Fake 4"]'
ok "in a way that validate takes" sh -c 'validate <gpu4.jsonl >valid.jsonl'
record v1 mixed.jsonl NVML_GPUS=2 NVML_ENERGY=2
by_power mixed.jsonl 200 # two, of which one counts its energy

# ---- Less than whole
record v1 part.jsonl NVML_PART=1
is "a part of a GPU does not tell its use and power" "$(first part.jsonl | jq -c "$fields")" '[null,null,10,80,null,40]'
is "and has no energy" "$(summary part.jsonl gpu_energy_j)" null
exits "a driver that does not fit" 0 with v1 NVML_INIT=18 memmon -i 20 -o none.jsonl -- \
    sh -c "$await; await grep -q NVIDIA '$err_file'"
like "is told" "$(cat "$err_file")" '^memmon: .*NVIDIA GPUs: .*Driver/library version mismatch'
is "and leaves no zeros" "$(jq -c 'select(has("gpu_active") or has("gpu_mem_used_gb") or .session.gpus)' none.jsonl)" ""
exits "nothing is told with -q" 0 with v1 NVML_INIT=18 memmon -q -d 0.1 -o none.jsonl
is "indeed" "$(cat "$err_file")" ""
exits "a GPU that is lost" 0 with v1 NVML_GPUS=2 NVML_LOST=gone NVML_ENERGY=1 memmon -i 20 -o lost.jsonl -- \
    sh -c "$await; await recorded lost.jsonl '.gpus[1].gpu_power_w'; : >gone; await recorded lost.jsonl '.gpus[1] == {}'; await grep -q lost '$err_file'"
is "is told once" "$(grep -c '^memmon: .*Fake 2: lost' "$err_file")" 1
is "is there at first" "$(jq -s 'map(select(.gpus)) | .[0].gpus | map(.gpu_power_w + 0)' -c lost.jsonl)" '[100,100]'
is "and then no longer" "$(tail -n 2 lost.jsonl | head -n 1 | jq -c "$fields")" '[true,10,10,80,100,40]'
is "never 0" "$(jq -s "map($samples | .gpus[]? | [.[]] | any(. == 0)) | any" lost.jsonl)" false
is "the other's energy is still counted" "$(summary lost.jsonl 'gpu_energy_j | . > 0 and . % 7000 == 0')" true

# ---- Slow drivers
exits "a driver that never starts does not hold back the command, nor its end" 4 \
    with v1 NVML_INIT_TILL=never memmon -q -i 20 -o never.jsonl -- sh -c "$await; await recorded never.jsonl '.elapsed_s > 0.1'; exit 4"
is "nor the samples" "$(summary never.jsonl 'samples > 1')" true
is "nor their ticks" "$(summary never.jsonl 'samples + .summary.missed - .summary.duration_s * 50 | . > -2 and . < 2')" true
is "which have no GPU" "$(jq -c 'select(has("gpu_active") or .session.gpus)' never.jsonl)" ""
exits "one that takes its time" 0 with v1 NVML_INIT_TILL=go memmon -q -i 20 -o late.jsonl -- \
    sh -c "$await; await test -s late.jsonl; : >go; await recorded late.jsonl .gpu_active"
is "comes later" "$(jq -s 'map(has("gpu_active")) | [.[0], .[-2]]' -c late.jsonl)" '[false,true]'
is "with the session once more, and its name" "$(jq -c 'select(.session) | .session.gpus | length' late.jsonl | xargs)" '0 1'
is "in the same sample" "$(jq -s 'map(select(has("gpu_active")))[0].session.gpus[0].name' late.jsonl)" '"Fake 1"'
echo '{"schema_version":"0.2.2","timestamp":"2026-11-23T01:49:22Z","mlx_knife_version":"2.0.4","test":"t","outcome":"passed"}' |
    cat late.jsonl - | genreport >late.md
is "for genreport it is one machine" "$(grep -c 'Fake 1' late.md) $(grep -Ec 'cores?;' late.md)" "1 0"
waits() { [ "$(with v1 NVML_INIT_MS=300 memmon -q -d 0.01 | head -n 1 | jq '[.elapsed_s + 0, .gpu_active]' -c)" = '[0,true]' ]; }
ok "without a command there is a second to wait for it, so that it is there from the first" in_time waits
rm go
exits "one that does not answer" 0 with v1 NVML_READ_TILL=go memmon -q -i 20 -o stall.jsonl -- \
    sh -c "$await; await recorded stall.jsonl '[., input, input, input, input] | all(.gpu_age_ms > 100)'; : >go"
is "does not hold up the samples" "$(jq -s "map($samples | .gpu_age_ms // 0 | select(. > 100)) | length >= 5" stall.jsonl)" true
is "and its last word stays" "$(in_use stall.jsonl | jq -c "$fields" | sort -u)" '[true,10,10,80,100,40]'
exits "one that hangs does not hold back the end" 5 \
    with v1 NVML_READ_TILL=never memmon -q -i 20 -o hang.jsonl -- sh -c "$await; await recorded hang.jsonl '.gpu_age_ms > 100'; exit 5"
is "and the recording is whole" "$(summary hang.jsonl exit_code)" 5

finish
