/* SPDX-License-Identifier: Apache-2.0
 * A row for each test record, sorted by id, model and time (RFC 4180).  What is not known is an empty field. */
#include "format.h"

#include <math.h>

static void csv_text(struct jsonl_writer *w, struct jsonl_text text)
{
    jsonl_puts(w, ",");
    jsonl_write_escaped(w, JSONL_TO_CSV, text);
}

static void csv_number(struct jsonl_writer *w, double number)
{
    jsonl_puts(w, ",");
    if (isfinite(number))
        jsonl_write_number(w, number_short(number), JSONL_SHORTEST);
}

static void csv_time(struct jsonl_writer *w, double ts)
{
    char buf[JSONL_TIME_SIZE];

    jsonl_puts(w, ",");
    if (!isnan(ts))
        jsonl_puts(w, jsonl_time_format(buf, run_time_us(ts), 3));
}

static void csv_range(struct jsonl_writer *w, struct number_range range)
{
    csv_number(w, range.min);
    csv_number(w, range.mean);
    csv_number(w, range.max);
}

static const char header[] =
    "test,name,model,mode,outcome,start,end,duration_s,size_gb,tokens_per_sec,prompt_tokens,completion_tokens,"
    "model_load_time_s,time_to_first_token_s,cleanup_time_s,peak_ram_gb,swap_used_mb,ram_free_gb,zombies,skip_reason,"
    "version,schema_version,hardware,samples,parallel,ram_free_min_gb,ram_free_avg_gb,ram_free_max_gb,ram_use_gb,"
    "gpu_device_min,gpu_device_avg,gpu_device_max,gpu_mem_min_gb,gpu_mem_avg_gb,gpu_mem_max_gb,gpu_mem_use_gb,"
    "gpu_power_avg_w,gpu_energy_j,memory_pressure_max\r\n";

static void csv_record(struct jsonl_writer *w, const struct report_record *r)
{
    const struct run_test *t = r->test;
    const struct profile *p = &r->profile;
    const double told[] = {t->duration,          t->size_gb, t->tokens_per_s, t->prompt_tokens,
                           t->completion_tokens, t->load_s,  t->ttft_s,       t->cleanup_s,
                           t->peak_ram_gb,       t->swap_mb, t->ram_free_gb,  t->zombies};

    jsonl_write_escaped(w, JSONL_TO_CSV, r->id);
    csv_text(w, r->name);
    csv_text(w, r->model);
    csv_text(w, r->mode);
    jsonl_printf(w, ",%s", jsonl_outcome_names[t->outcome]);
    csv_time(w, t->start);
    csv_time(w, t->end);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        csv_number(w, told[i]);
    csv_text(w, r->skip_reason);
    csv_text(w, r->version);
    csv_text(w, r->schema);
    csv_text(w, r->hardware);
    jsonl_printf(w, ",%zu,%s", p->samples, p->parallel ? "true" : "false");
    csv_range(w, p->ram_free_gb);
    csv_number(w, p->ram_use_gb);
    csv_range(w, p->gpu_device);
    csv_range(w, p->gpu_mem_gb);
    csv_number(w, p->gpu_mem_use_gb);
    csv_number(w, p->gpu_power_w.mean);
    csv_number(w, p->gpu_energy_j);
    csv_number(w, p->pressure);
    jsonl_puts(w, "\r\n");
}

bool csv_render(struct jsonl_writer *w, const struct report *r)
{
    jsonl_puts(w, header);
    for (size_t i = 0; i < r->totals.tests; i++) {
        struct report_record record = report_record(r, i);

        csv_record(w, &record);
    }
    return true;
}
