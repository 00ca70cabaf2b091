#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# memplot's page with recordings that are odd: many samples, few, several GPUs, hostile names, clocks that jump.
. "${0%/*}/../tap.sh"
. "${0%/*}/browser.sh"
find_browser 'odd recordings in a browser'

cat >"$tmp/odd.jsonl" <<'END'
{"schema_version":"0.2.2","timestamp":"1970-01-01T00:00:20Z","duration":4,"mlx_knife_version":"1.0.0","test":"a.py::test_</script><img src=x onerror=alert(1)>\"'\n[x]","outcome":"failed","model":{"id":"<b onclick=alert(1)>&amp;\u2028m"}}
{"ts":10,"elapsed_s":0,"ram_free_gb":40,"swap_used_mb":0,"memory_pressure":1,"gpu_tiler_util":3,"gpu_renderer_util":3}
{"ts":11,"elapsed_s":1,"ram_free_gb":20,"swap_used_mb":0,"memory_pressure":2,"gpu_tiler_util":4,"gpu_renderer_util":3}
{"ts":12,"elapsed_s":2,"ram_free_gb":10,"swap_used_mb":9,"memory_pressure":4}
{"ts":13,"elapsed_s":3,"swap_used_mb":9,"memory_pressure":4}
{"ts":14,"elapsed_s":4,"ram_free_gb":10,"swap_used_mb":9}
{"ts":34,"elapsed_s":24,"ram_free_gb":11,"swap_used_mb":0}
END
memplot -o "$tmp/odd.html" -t '<script>alert(1)</script>' "$tmp/odd.jsonl"
# 50 000 samples with one peak that is one sample wide.
awk 'BEGIN { for (i = 0; i < 50000; i++)
    printf "{\"ts\":%d,\"elapsed_s\":%d,\"ram_free_gb\":%s}\n", 1000 + i, i, i == 31234 ? 3 : 50 + i % 2 }' |
    memplot -o "$tmp/peak.html"

# Uneven steps, noise, and gaps, 100 000 of them, of ten series: enough for workers.
awk 'BEGIN { srand(3); t = 1000; for (i = 0; i < 100000; i++) { t += 0.5 + rand() + (i % 9973 == 0 ? 60 : 0); c = 40 * rand()
    printf "{\"ts\":%.3f,\"elapsed_s\":%.3f,\"ram_free_gb\":%.2f", t, t - 1000, 50 + 30 * rand() * rand() * rand()
    if (i % 7) printf ",\"cpu_user\":%.1f,\"cpu_sys\":%.1f,\"load_1\":%.2f", c, c / 2, c / 9
    printf ",\"swap_used_mb\":%d,\"gpu_device_util\":%d,\"gpu_power_w\":%.1f,\"gpu_temp_c\":%d,\"gpu_mem_used_gb\":%.3f,\"zombies\":%d}\n",
        c * 2e9, c, c * 7, 30 + c / 9, c / 3, i % 2 } }' >"$tmp/long.jsonl"
memplot -o "$tmp/long.html" "$tmp/long.jsonl"
sed "s/worker-src blob:/worker-src 'none'/" "$tmp/long.html" >"$tmp/alone.html"

printf '{"ts":1000,"elapsed_s":0,"ram_free_gb":50}\n' | memplot -o "$tmp/one.html" --utc
# Of many tests the last has the longest name.
awk 'BEGIN { for (i = 0; i < 1200; i++)
    printf "{\"outcome\":\"passed\",\"test\":\"t_%s\",\"test_start_ts\":%d,\"test_end_ts\":%d}\n",
        i == 1199 ? "with_a_long_name" : i, 1000 + i, 1001 + i }' | memplot -o "$tmp/many.html"
# Two models in RAM at once.
awk 'BEGIN { for (i = 0; i < 100; i++) printf "{\"ts\":%d,\"elapsed_s\":%d,\"ram_free_gb\":%d}\n", 1000 + i, i, 50 - i % 9
    n = split("1005 model_load org/first-of-two 1008 model_load org/second-of-two 1060 model_unload org/first-of-two " \
        "1080 model_unload org/second-of-two", e)
    for (i = 1; i < n; i += 3) printf "{\"ts\":%d,\"event\":\"%s\",\"model\":\"%s\"}\n", e[i], e[i + 1], e[i + 2] }' |
    memplot -o "$tmp/two-models.html"

# Two GPUs as they were recorded, and eight of which one says less.
memplot -o "$tmp/gpus2.html" "$top/reports/2026-11-23-2gpu-memory.jsonl"
awk 'BEGIN { for (i = 0; i < 300; i++) {
    most = 0; all = ""
    for (d = 0; d < 8; d++) { u = (i * 7 + d * 13) % 101; if (d != 3 || i % 2) most = u > most ? u : most
        all = all sprintf("%s{%s\"gpu_power_w\":%d,\"gpu_temp_c\":%d}", d ? "," : "",
            d != 3 || i % 2 ? sprintf("\"gpu_device_util\":%d,\"gpu_mem_used_gb\":%.1f,", u, d + u / 10) : "", 90 + u, 30 + d) }
    printf "{\"ts\":%d,\"elapsed_s\":%d,\"ram_free_gb\":50,\"gpu_device_util\":%d,\"gpus\":[%s]}\n", 1000 + i, i, most, all } }' >"$tmp/gpus8.jsonl"
memplot -o "$tmp/gpus8.html" "$tmp/gpus8.jsonl"

run_browser data "$top/reports/2026-11-23-2gpu-memory.jsonl"
finish
