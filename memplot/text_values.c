/* SPDX-License-Identifier: Apache-2.0 */
#include "devices.h"
#include "text.h"

#include <math.h>

/* The character of line `line` (0: the lowest) of a column whose values go from `least` to `most` eighths. */
static const char *cell(const struct glyphs *g, int line, int least, int most)
{
    int floor = line * TEXT_EIGHTHS, ceiling = floor + TEXT_EIGHTHS;
    if (least >= ceiling)
        return g->top[TEXT_EIGHTHS - 1];
    if (most >= ceiling)
        return g->range;
    return most > floor ? g->top[most - floor - 1] : " ";
}

/* The range of a row; one number, where both would be told by the same. */
static void range_note(struct picture *p, double least, double most, const char *unit)
{
    int decimals = fabs(most) >= 100 || (least == floor(least) && most == floor(most)) ? 0 : fabs(most) >= 10 ? 1 : 2;
    double told = pow(10, decimals);
    jsonl_write_number(p->note, least, decimals);
    if (round(most * told) > round(least * told)) {
        jsonl_puts(p->note, "..");
        jsonl_write_number(p->note, most, decimals);
    }
    jsonl_printf(p->note, "%s%s", *unit ? " " : "", unit);
}

/* Between samples of which each is in a column of its own, and no gap, the columns are filled: by the line that leads
 * from one to the other. */
static void columns_join(struct picture *p)
{
    size_t before = p->width;
    for (size_t x = 0; x < p->width; x++) {
        if (!p->reduced[x].n)
            continue;
        const struct reduced_point *a = before < x ? &p->reduced[before].last : NULL, *b = &p->reduced[x].first;
        for (size_t i = before + 1; a && p->reduced[x].joined && i < x; i++) {
            double t = p->from + ((double)i + 0.5) / (double)p->width * (p->to - p->from);
            double share = fmin(fmax((t - a->t) / (b->t - a->t), 0), 1);
            struct reduced_point at = {t, a->v + (b->v - a->v) * share};
            p->reduced[i] = (struct reduced){1, at, at, at, at, at.v, true};
        }
        before = x;
    }
}

/* A row of some lines: `v` from 0 (or below) to `most` at the upper edge, or further if it goes further. */
static void row_write(struct picture *p, const char *label, const char *unit, const double *v, double most, int lines)
{
    double low = INFINITY, high = -INFINITY;
    reduce_column(p->t, v, p->from, p->to, p->reduced, p->width);
    columns_join(p);
    for (size_t x = 0; x < p->width; x++) {
        if (!p->reduced[x].n)
            continue;
        low = fmin(low, p->reduced[x].min.v);
        high = fmax(high, p->reduced[x].max.v);
    }
    if (high < low)
        return;
    double base = fmin(0, low), scale = fmax(most, high) - base;
    double eighths = scale > 0 ? lines * TEXT_EIGHTHS / scale : 0;
    range_note(p, low, high, unit);
    for (int line = lines - 1; line >= 0; line--) {
        for (size_t x = 0; x < p->width; x++) {
            const struct reduced *c = &p->reduced[x];
            int from = (int)floor((c->min.v - base) * eighths + 1e-9),
                to = (int)ceil((c->max.v - base) * eighths - 1e-9);
            p->cell[x] = c->n ? cell(p->glyphs, line, from, to < 1 ? 1 : to) : " ";
        }
        text_line(p, line == lines - 1 ? label : "");
    }
}

/* NULL: there is none, or none that is worth a line. */
static const double *column_drawn(const struct timeline *t, enum jsonl_metric metric)
{
    for (size_t i = 0; i < series_len; i++)
        if (series_table[i].metric == metric)
            return t->drawn[i] ? t->column[i] : NULL;
    return NULL;
}

static double greatest(const double *v, size_t n)
{
    double most = 0;
    for (size_t i = 0; v && i < n; i++)
        most = fmax(most, v[i]);
    return most;
}

void text_memory(struct picture *p)
{
    const struct timeline *t = p->t;
    const double *free_gb = column_drawn(t, JSONL_METRIC_ram_free_gb),
                 *swap = column_drawn(t, JSONL_METRIC_swap_used_mb);
    double total = greatest(timeline_column(t, JSONL_METRIC_ram_total_gb), t->samples);
    if (free_gb)
        row_write(p, "RAM free", "GB", free_gb, total > 0 ? total : t->machine.ram_total_gb, 3);
    if (swap)
        row_write(p, "Swap", "MB", swap, 0, 1);
}

/* User and system time as one. */
void text_cpu(struct picture *p)
{
    const double *user = column_drawn(p->t, JSONL_METRIC_cpu_user), *sys = column_drawn(p->t, JSONL_METRIC_cpu_sys);
    for (size_t i = 0; (user || sys) && i < p->t->samples; i++)
        p->values[i] = !user || isnan(user[i]) ? sys ? sys[i] : (double)NAN
                       : sys && !isnan(sys[i]) ? user[i] + sys[i]
                                               : user[i];
    if (user || sys)
        row_write(p, "CPU", "%", p->values, 100, 3);
}

/* Of several GPUs their mean, and below it the greatest of them. */
void text_gpu(struct picture *p)
{
    const double *gpu = column_drawn(p->t, JSONL_METRIC_gpu_device_util);
    const double *memory = column_drawn(p->t, JSONL_METRIC_gpu_mem_used_gb);
    bool several = devices_mean(p->t, JSONL_METRIC_gpu_device_util, p->values);
    if (!gpu)
        gpu = column_drawn(p->t, JSONL_METRIC_gpu_renderer_util);
    if (several)
        row_write(p, "GPU mean", "%", p->values, 100, 3);
    if (gpu)
        row_write(p, several ? "GPU max" : "GPU", "%", gpu, 100, several ? 1 : 3);
    if (memory)
        row_write(p, "GPU mem", "GB", memory, 0, 1);
}
