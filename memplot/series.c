/* SPDX-License-Identifier: Apache-2.0 */
#include "series.h"

const char *const series_row_names[ROWS] = {"Memory", "CPU", "GPU"};

const char *const series_style_names[] = {"line", "bands", "fill", "stack", "dashed", "value"};

#define GREY "#8e8e93"

/* In a row the order is that of legend and hover; fills come before the lines that lie over them. */
const struct series series_table[] = {
    {JSONL_METRIC_ram_free_gb, "RAM free", "GB", ROW_MEMORY, STYLE_BANDS, WHEN_THERE, false, "#2f7de1", "#0072b2"},
    {JSONL_METRIC_gpu_mem_used_gb, "GPU memory", "GB", ROW_MEMORY, STYLE_LINE, WHEN_THERE, false, "#12a594", "#009e73"},
    {JSONL_METRIC_proc_rss_gb, "Processes", "GB", ROW_MEMORY, STYLE_DASHED, WHEN_THERE, false, "#a2742f", "#e69f00"},
    {JSONL_METRIC_swap_used_mb, "Swap", "MB", ROW_MEMORY, STYLE_LINE, WHEN_POSITIVE, true, "#ff3b30", "#d55e00"},
    {JSONL_METRIC_ram_total_gb, "RAM total", "GB", ROW_MEMORY, STYLE_VALUE, WHEN_THERE, false, GREY, GREY},
    {JSONL_METRIC_memory_pressure, "Pressure", "", ROW_MEMORY, STYLE_VALUE, WHEN_THERE, false, GREY, GREY},
    {JSONL_METRIC_psi_some, "Stalled (some)", "%", ROW_MEMORY, STYLE_VALUE, WHEN_THERE, false, GREY, GREY},
    {JSONL_METRIC_psi_full, "Stalled (full)", "%", ROW_MEMORY, STYLE_VALUE, WHEN_THERE, false, GREY, GREY},
    {JSONL_METRIC_zombies, "Zombies", "", ROW_MEMORY, STYLE_VALUE, WHEN_THERE, false, GREY, GREY},
    {JSONL_METRIC_cpu_user, "User", "%", ROW_CPU, STYLE_FILL, WHEN_THERE, false, "#34c759", "#56b4e9"},
    {JSONL_METRIC_cpu_sys, "System", "%", ROW_CPU, STYLE_STACK, WHEN_THERE, false, "#ff3b30", "#d55e00"},
    {JSONL_METRIC_load_1, "Load 1 min", "", ROW_CPU, STYLE_LINE, WHEN_THERE, true, "#af52de", "#cc79a7"},
    {JSONL_METRIC_proc_cpu, "Processes' CPU", "%", ROW_CPU, STYLE_VALUE, WHEN_THERE, false, GREY, GREY},
    {JSONL_METRIC_proc_count, "Processes", "", ROW_CPU, STYLE_VALUE, WHEN_THERE, false, GREY, GREY},
    {JSONL_METRIC_gpu_renderer_util, "Renderer", "%", ROW_GPU, STYLE_FILL, WHEN_THERE, false, "#34c759", "#009e73"},
    {JSONL_METRIC_gpu_tiler_util, "Tiler", "%", ROW_GPU, STYLE_DASHED, WHEN_DIFFERS, false, "#af52de", "#cc79a7"},
    {JSONL_METRIC_gpu_device_util, "Device", "%", ROW_GPU, STYLE_LINE, WHEN_THERE, false, "#ff9500", "#e69f00"},
    {JSONL_METRIC_gpu_power_w, "Power", "W", ROW_GPU, STYLE_LINE, WHEN_THERE, true, "#6b7fa3", "#0072b2"},
    {JSONL_METRIC_gpu_temp_c, "Temperature", "\xc2\xb0\x43", ROW_GPU, STYLE_LINE, WHEN_ASKED, false, "#c2571a",
     "#d55e00"},
};
const size_t series_len = sizeof series_table / sizeof series_table[0];
_Static_assert(sizeof series_table / sizeof series_table[0] <= SERIES_MAX, "SERIES_MAX");

const struct band band_table[BANDS] = {
    {"green", "#34c759", "#009e73"},
    {"orange", "#ff9500", "#e69f00"},
    {"red", "#ff3b30", "#d55e00"},
};
