#!/bin/sh
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

# ---- One
exits "a GPU" 0 with v1 memmon -q -i 20 -d 0.3 -o gpu.jsonl
is "is in each sample" "$(jq -c "$samples | $fields" gpu.jsonl | sort -u)" '[true,10,10,80,100,40]'
is "with the age of its reading, where that is older than the interval" \
    "$(jq -s "map($samples | .gpu_age_ms // empty) | all(. >= 20)" gpu.jsonl)" true
is "in the session" "$(head -n 1 gpu.jsonl | jq -c '.session.gpus | map(.memory_total_gb += 0)')" '[{"name":"Fake 1","memory_total_gb":80}]'
is "which comes once" "$(jq -s 'map(select(.session)) | length' gpu.jsonl)" 1
is "in the summary" "$(summary gpu.jsonl 'gpu_device_max, .summary.gpu_device_avg, .summary.gpu_mem_max_gb' | xargs)" '10 10 10'
is "with its energy, by its power" "$(jq -s '(.[-2].elapsed_s * 100 - .[-1].summary.gpu_energy_j) | fabs < 1' gpu.jsonl)" true
is "one GPU is not told twice" "$(jq -c 'select(.gpus)' gpu.jsonl)" ""
ok "the library is let go" test -e nvml.shutdown
exits "the newer question for memory" 0 with v2 memmon -q -d 0.1 -o gpu2.jsonl
is "has an answer without what is reserved" "$(head -n 1 gpu2.jsonl | jq '.gpu_mem_used_gb + 0')" 9
exits "a GPU that counts its energy" 0 with v1 NVML_ENERGY=1 memmon -q -i 10 -d 1 -o energy.jsonl
is "is believed, and not its power by time" "$(summary energy.jsonl 'gpu_energy_j | . > 100 and . < 250')" true

# ---- Several
exits "four GPUs" 0 with v1 NVML_GPUS=4 memmon -q -d 0.1 -o gpu4.jsonl
is "the greatest use, the sums of memory and power" "$(head -n 1 gpu4.jsonl | jq -c "$fields")" '[true,40,40,320,400,40]'
is "and each of them" "$(head -n 1 gpu4.jsonl | jq -c '[.gpus[].gpu_device_util + 0]')" '[10,20,30,40]'
is "all in the session" "$(head -n 1 gpu4.jsonl | jq -c '[.session.gpus[].name]')" '["Fake 1","Fake 2","Fake 3","Fake 4"]'
ok "in a way that validate takes" sh -c 'validate <gpu4.jsonl >valid.jsonl'
exits "two, of which one counts its energy" 0 with v1 NVML_GPUS=2 NVML_ENERGY=2 memmon -q -i 10 -d 0.3 -o mixed.jsonl
is "have their power by time, both" "$(jq -s '(.[-2].elapsed_s * 200 - .[-1].summary.gpu_energy_j) | fabs < 2' mixed.jsonl)" true

# ---- Less than whole
exits "a part of a GPU" 0 with v1 NVML_PART=1 memmon -q -d 0.1 -o part.jsonl
is "does not tell its use and power" "$(head -n 1 part.jsonl | jq -c "$fields")" '[null,null,10,80,null,40]'
is "and has no energy" "$(summary part.jsonl gpu_energy_j)" null
exits "a driver that does not fit" 0 with v1 NVML_INIT=18 memmon -d 0.1 -o none.jsonl
like "is told" "$(cat "$err_file")" '^memmon: .*NVIDIA GPUs: .*Driver/library version mismatch'
is "and leaves no zeros" "$(jq -c 'select(has("gpu_active") or has("gpu_mem_used_gb") or .session.gpus)' none.jsonl)" ""
exits "nothing is told with -q" 0 with v1 NVML_INIT=18 memmon -q -d 0.1 -o none.jsonl
is "indeed" "$(cat "$err_file")" ""
# shellcheck disable=SC2016
until_last='until [ "$(tail -n 1 "$0" 2>/dev/null | jq "$1" 2>/dev/null)" = true ]; do sleep 0.05; done'
exits "a GPU that is lost" 0 with v1 NVML_GPUS=2 NVML_LOST=2 NVML_ENERGY=1 timeout 60 memmon -i 20 -o lost.jsonl -- \
    sh -c "$until_last" lost.jsonl '.gpus[1] == {}'
is "is told once" "$(grep -c '^memmon: .*Fake 2: lost' "$err_file")" 1
is "is there at first" "$(jq -s 'map(select(.gpus)) | .[0].gpus | map(.gpu_power_w + 0)' -c lost.jsonl)" '[100,100]'
is "and then no longer" "$(tail -n 2 lost.jsonl | head -n 1 | jq -c "$fields")" '[true,10,10,80,100,40]'
is "never 0" "$(jq -s "map($samples | .gpus[]? | [.[]] | any(. == 0)) | any" lost.jsonl)" false
is "its energy stays" "$(summary lost.jsonl 'gpu_energy_j > 0')" true

# ---- Slow drivers.  A minute is for ever: what waits for one is ended by timeout(1).
exits "a driver that takes a minute to start does not hold back the command, nor its end" 4 \
    with v1 NVML_INIT_MS=60000 timeout 30 memmon -q -i 20 -o never.jsonl -- sh -c 'sleep 0.3; exit 4'
is "nor the samples" "$(summary never.jsonl 'samples > 1')" true
is "nor their ticks" "$(summary never.jsonl 'samples + .summary.missed - .summary.duration_s * 50 | . > -2 and . < 2')" true
is "which have no GPU" "$(jq -c 'select(has("gpu_active") or .session.gpus)' never.jsonl)" ""
exits "one that takes half a second" 0 with v1 NVML_INIT_MS=500 timeout 30 memmon -q -i 20 -o late.jsonl -- \
    sh -c "$until_last" late.jsonl .gpu_active
is "comes later" "$(jq -s 'map(has("gpu_active")) | [.[0], .[-2]]' -c late.jsonl)" '[false,true]'
is "with the session once more, and its name" "$(jq -c 'select(.session) | .session.gpus | length' late.jsonl | xargs)" '0 1'
is "in the same sample" "$(jq -s 'map(select(has("gpu_active")))[0].session.gpus[0].name' late.jsonl)" '"Fake 1"'
echo '{"schema_version":"0.2.2","timestamp":"2026-11-23T01:49:22Z","mlx_knife_version":"2.0.4","test":"t","outcome":"passed"}' |
    cat late.jsonl - | genreport >late.md
is "for genreport it is one machine" "$(grep -c 'Fake 1' late.md) $(grep -Ec 'cores?;' late.md)" "1 0"
exits "without a command there is time to wait for it" 0 with v1 NVML_INIT_MS=300 memmon -q -d 0.1 -o waited.jsonl
is "so that it is there from the first" "$(head -n 1 waited.jsonl | jq '[.elapsed_s + 0, .gpu_active]' -c)" '[0,true]'
exits "one that answers after a second" 0 with v1 NVML_READ_MS=1000 timeout 60 memmon -q -i 20 -o stall.jsonl -- \
    sh -c "$until_last" stall.jsonl '.gpu_age_ms > 900'
is "does not hold up the samples" "$(jq -s "map($samples | .gpu_age_ms // 0 | select(. > 100 and . < 900)) | length >= 5" stall.jsonl)" true
is "and its last word stays" "$(tail -n 2 stall.jsonl | head -n 1 | jq -c "$fields")" '[true,10,10,80,100,40]'
exits "one that hangs does not hold back the end" 5 \
    with v1 NVML_READ_MS=60000 timeout 30 memmon -q -i 20 -o hang.jsonl -- sh -c 'sleep 0.5; exit 5'
is "and the recording is whole" "$(summary hang.jsonl exit_code)" 5

finish
