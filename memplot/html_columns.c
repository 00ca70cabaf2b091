/* SPDX-License-Identifier: Apache-2.0 */
#include "html_columns.h"

#include "devices.h"
#include "pack.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool block_write(struct jsonl_writer *w, const char *id, const double *v, size_t n, enum pack_order order)
{
    jsonl_printf(w, "<script type=\"text/plain\" id=\"%s\">", id);
    bool ok = pack_column(w, v, n, order);
    jsonl_puts(w, "</script>\n");
    return ok;
}

static double name_or_nan(int32_t name)
{
    return name == NAME_NONE ? (double)NAN : (double)name;
}

/* A column is a function of a row. */
struct field {
    const char *id;
    double (*get)(const struct timeline *t, size_t row);
};

#define FIELD(name, expression)                            \
    static double name(const struct timeline *t, size_t i) \
    {                                                      \
        return expression;                                 \
    }
FIELD(test_start, t->test[i].start)
FIELD(test_end, t->test[i].end)
FIELD(test_id, name_or_nan(t->test[i].id))
FIELD(test_model, name_or_nan(t->test[i].model))
FIELD(test_modality, name_or_nan(t->test[i].modality))
FIELD(test_reason, name_or_nan(t->test[i].skip_reason))
FIELD(test_outcome, t->test[i].outcome)
FIELD(test_inferred, t->test[i].inferred)
FIELD(test_lane, t->lanes > 1 ? (double)t->test[i].lane : (double)NAN)
FIELD(test_tokens, t->test[i].tokens_per_sec)
FIELD(test_ttft, t->test[i].ttft_s)
FIELD(region_start, t->region[i].start)
FIELD(region_ready, t->region[i].ready)
FIELD(region_end, t->region[i].end)
FIELD(region_model, name_or_nan(t->region[i].model))
FIELD(mark_ts, t->event[i].kind == EVENT_MARK ? t->event[i].ts : (double)NAN)
FIELD(mark_label, t->event[i].kind == EVENT_MARK ? name_or_nan(t->event[i].label) : (double)NAN)
FIELD(break_ts, t->brk[i])
#undef FIELD

static const struct field test_fields[] = {
    {"test.start", test_start},           {"test.end", test_end},           {"test.id", test_id},
    {"test.model", test_model},           {"test.modality", test_modality}, {"test.reason", test_reason},
    {"test.outcome", test_outcome},       {"test.inferred", test_inferred}, {"test.lane", test_lane},
    {"test.tokens_per_sec", test_tokens}, {"test.ttft_s", test_ttft},       {NULL, NULL},
};
static const struct field region_fields[] = {
    {"region.start", region_start},
    {"region.ready", region_ready},
    {"region.end", region_end},
    {"region.model", region_model},
    {NULL, NULL},
};
static const struct field mark_fields[] = {{"mark.ts", mark_ts}, {"mark.label", mark_label}, {NULL, NULL}};
static const struct field break_fields[] = {{"breaks", break_ts}, {NULL, NULL}};

static bool table_write(struct jsonl_writer *w, const struct timeline *t, const struct field *f, size_t rows)
{
    if (!rows)
        return true;
    double *v = malloc(rows * sizeof *v);
    bool ok = v != NULL;
    for (; ok && f->id; f++) {
        bool any = false;
        for (size_t i = 0; i < rows; i++) {
            v[i] = f->get(t, i);
            any = any || !isnan(v[i]);
        }
        ok = !any || block_write(w, f->id, v, rows, PACK_BEST);
    }
    free(v);
    return ok;
}

/* The samples' column that says the same as this one, an earlier one of the table; -1: none. */
static int column_same(const struct timeline *t, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (t->column[k] && !memcmp(t->column[k], t->column[i], t->samples * sizeof *t->column[k]))
            return (int)k;
    return -1;
}

static bool devices_write(struct jsonl_writer *w, const struct timeline *t)
{
    double *v = t->devices ? malloc((t->samples + 1) * sizeof *v) : NULL;
    bool ok = v || !t->devices;
    for (size_t d = 0; ok && d < t->devices; d++)
        for (size_t m = 0; ok && m < DEVICE_METRICS; m++) {
            char id[HTML_DEVICE_ID];
            if (devices_column(t, d, device_metrics[m], v))
                ok = block_write(w, html_device_id(id, d, device_metrics[m]), v, t->samples, PACK_BEST);
        }
    free(v);
    return ok;
}

const char *html_device_id(char id[HTML_DEVICE_ID], size_t device, enum jsonl_metric metric)
{
    snprintf(id, HTML_DEVICE_ID, "gpu.%zu.%s", device, jsonl_metrics[metric].name);
    return id;
}

static bool series_write(struct jsonl_writer *w, const struct timeline *t)
{
    for (size_t i = 0; i < series_len; i++) {
        const char *id = jsonl_metrics[series_table[i].metric].name;
        int same = t->column[i] ? column_same(t, i) : -1;
        if (same >= 0)
            jsonl_printf(w, "<script type=\"text/plain\" id=\"%s\" data-same=\"%s\"></script>\n", id,
                         jsonl_metrics[series_table[same].metric].name);
        else if (t->column[i] && !block_write(w, id, t->column[i], t->samples, PACK_BEST))
            return false;
    }
    return true;
}

/* The tests come first: what the page makes of them takes longest. */
bool html_columns(struct jsonl_writer *w, const struct timeline *t)
{
    return table_write(w, t, test_fields, t->tests) && table_write(w, t, region_fields, t->regions) &&
           table_write(w, t, mark_fields, t->events) && table_write(w, t, break_fields, t->brks) &&
           (!t->samples || block_write(w, "ts", t->ts, t->samples, PACK_TWICE)) && series_write(w, t) &&
           devices_write(w, t);
}
