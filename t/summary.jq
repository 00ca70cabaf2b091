# SPDX-License-Identifier: Apache-2.0
# The figures of a summary, worked out from the samples before it: jq -s -f summary.jq RECORDING prints those that differ,
# one a line, so nothing if all is right.  How late samples were, what only the kernel counts (peaks between two samples,
# energy) and memmon's own time are not to be seen in the samples.
def all_of(f): [.[] | f | values];
def mean: if length > 0 then add / length else null end;
(map(.summary | values)[0]) as $summary
| map(select(.summary | not))
| .[0].session as $session
| {
    samples: [length, 0],
    interval_ms: [$session.interval_ms, 0],
    command: [$session.command],
    ram_free_min_gb: [(all_of(.ram_free_gb) | min), 0],
    ram_free_max_gb: [(all_of(.ram_free_gb) | max), 0],
    ram_free_avg_gb: [(all_of(.ram_free_gb) | mean), 0.0101],
    swap_max_mb: [(all_of(.swap_used_mb) | max), 0],
    swap_avg_mb: [(all_of(.swap_used_mb) | mean), 0.101],
    load_max: [(all_of(.load_1) | max), 0],
    load_avg: [(all_of(.load_1) | mean), 0.0101],
    cpu_user_max: [(all_of(.cpu_user) | max), 0],
    cpu_sys_max: [(all_of(.cpu_sys) | max), 0],
    gpu_device_max: [(all_of(.gpu_device_util) | max), 0],
    gpu_device_avg: [(all_of(.gpu_device_util) | mean), 0.101],
    gpu_renderer_max: [(all_of(.gpu_renderer_util) | max), 0],
    gpu_renderer_avg: [(all_of(.gpu_renderer_util) | mean), 0.101],
    gpu_mem_max_gb: [(all_of(.gpu_mem_used_gb) | max), 0],
    zombies_max: [(all_of(.zombies) | max), 0],
    pressure_max: [(all_of(.memory_pressure) | max), 0]
  }
| to_entries[]
| .key as $name | .value as [$want, $tolerance] | $summary[$name] as $got
| select(if ($got | type) == "number" and ($want | type) == "number" then $got - $want | fabs > $tolerance
         else $got != $want end)
| "\($name): \($got), and by the samples \($want)"
