/* SPDX-License-Identifier: Apache-2.0 */
#include "mach.h"

#include <math.h>
#include <stdio.h>

/* ---- Time ---- */

/* a × b / c, from parts, so that only a result that is too large overflows: b and c have 32 bits. */
static uint64_t scale(uint64_t a, uint32_t b, uint32_t c)
{
    uint64_t whole = a / c, rest = a % c * b / c;
    return whole > (UINT64_MAX - rest) / b ? UINT64_MAX : whole * b + rest;
}

int64_t mach_ns(struct mach_timebase base, uint64_t ticks)
{
    uint64_t ns = scale(ticks, base.numer, base.denom);
    return ns > INT64_MAX ? INT64_MAX : (int64_t)ns;
}

uint64_t mach_ticks(struct mach_timebase base, int64_t ns)
{
    return scale((uint64_t)ns, base.denom, base.numer);
}

/* ---- Memory ---- */

struct mach_pages mach_pages_unknown(void)
{
    return (struct mach_pages){NAN, NAN, NAN, NAN, NAN};
}

double mach_pages_available(const struct mach_pages *p)
{
    double available = p->free + p->file_backed + p->purgeable;
    return isnan(available) ? p->free + p->speculative + p->inactive : available;
}

void mach_memory_put(const struct mach_pages *pages, double page_bytes, double ram_bytes, const struct mach_swap *swap,
                     struct jsonl_sample *sample)
{
    double *metric = sample->metric;
    double available = mach_pages_available(pages) * page_bytes, used = ram_bytes - available;
    metric[JSONL_METRIC_ram_free_gb] = available / 1e9;
    metric[JSONL_METRIC_ram_used_gb] = used / 1e9;
    metric[JSONL_METRIC_ram_total_gb] = ram_bytes / 1e9;
    metric[JSONL_METRIC_ram_percent] = ram_bytes > 0 ? 100 * used / ram_bytes : NAN;
    metric[JSONL_METRIC_swap_used_mb] = swap->used / 1e6;
    metric[JSONL_METRIC_swap_percent] = swap->total > 0 ? 100 * swap->used / swap->total : NAN;
}

double mach_pressure_level(double level)
{
    return level == 1 || level == 2 || level == 4 ? level : NAN;
}

/* ---- Processors ---- */

double mach_load(uint32_t fixed, int64_t scale)
{
    return scale > 0 ? fixed / (double)scale : NAN;
}

static void remember(struct mach_cpu *c, const uint32_t (*ticks)[MACH_STATES], size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t s = 0; s < MACH_STATES; s++)
            c->last[i][s] = ticks[i][s];
    c->len = n;
}

/* The difference of two counters of 32 bits is right modulo 2^32, whichever has come around; more than half of that is
 * a step back. */
void mach_cpu_add(struct mach_cpu *c, const uint32_t (*ticks)[MACH_STATES], size_t n)
{
    if (n > MACH_CPUS_MAX)
        n = MACH_CPUS_MAX;
    if (n != c->len) {
        remember(c, ticks, n);
        return;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t s = 0; s < MACH_STATES; s++) {
            uint32_t grown = ticks[i][s] - c->last[i][s];
            if (grown > UINT32_MAX / 2)
                continue;
            c->sum[s] += grown;
            c->last[i][s] = ticks[i][s];
        }
}

enum { USER, SYS, IDLE, TOTAL }; /* a reading's */

struct reading mach_cpu_reading(const struct mach_cpu *c, int64_t now_ns)
{
    uint64_t user = c->sum[MACH_USER] + c->sum[MACH_NICE], sys = c->sum[MACH_SYSTEM], idle = c->sum[MACH_IDLE];
    return (struct reading){now_ns, {[USER] = user, [SYS] = sys, [IDLE] = idle, [TOTAL] = user + sys + idle}};
}

void mach_cpu_put(const struct reading *now, const struct reading *then, struct jsonl_sample *sample)
{
    static const enum jsonl_metric metrics[] = {JSONL_METRIC_cpu_user, JSONL_METRIC_cpu_sys, JSONL_METRIC_cpu_idle};
    bool known = then && now->v[TOTAL] > then->v[TOTAL];
    for (size_t i = USER; i <= IDLE; i++)
        sample->metric[metrics[i]] =
            known ? 100 * (double)(now->v[i] - then->v[i]) / (double)(now->v[TOTAL] - then->v[TOTAL]) : NAN;
}

/* ---- Graphics processor ---- */

void mach_gpu_put(const struct mach_gpu *g, struct jsonl_sample *sample)
{
    double *metric = sample->metric;
    sample->gpu_active = isnan(g->device) ? -1 : g->device > 0;
    metric[JSONL_METRIC_gpu_device_util] = g->device;
    metric[JSONL_METRIC_gpu_renderer_util] = g->renderer;
    metric[JSONL_METRIC_gpu_tiler_util] = g->tiler;
    metric[JSONL_METRIC_gpu_mem_used_gb] = g->memory / 1e9;
}

void mach_gpu_name(const char *model, int64_t cores, char *buf, size_t size)
{
    if (cores > 0)
        (void)snprintf(buf, size, "%s, %lld cores", model, (long long)cores);
    else
        (void)snprintf(buf, size, "%s", model);
}

/* ---- Processes ---- */

enum { STATUS_ZOMBIE = 5 }; /* SZOMB of <sys/proc.h> */

struct proc mach_proc(const struct mach_process *p, struct mach_timebase base)
{
    return (struct proc){
        .pid = (int)p->pid,
        .ppid = (int)p->ppid,
        .state = p->status == STATUS_ZOMBIE ? 'Z' : 'R',
        .ticks = (uint64_t)mach_ns(base, p->user + p->system),
        .waited = (uint64_t)mach_ns(base, p->child_user + p->child_system),
        .rss = p->footprint,
    };
}
