/* SPDX-License-Identifier: Apache-2.0 */
#include "html_columns.h"

#include "devices.h"
#include "grow.h"
#include "pack.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS_WORTH = 10000 }; /* samples and tests from which on several threads are worth their start */

static double name_or_nan(int32_t name)
{
    return name == NAME_NONE ? (double)NAN : (double)name;
}

/* ---- Tests, regions, marks and breaks: a column is a function of a row */

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
FIELD(mark_ts, timeline_is_mark(t, i) ? t->event[i].ts : (double)NAN)
FIELD(mark_label, timeline_is_mark(t, i) ? name_or_nan(t->event[i].label) : (double)NAN)
FIELD(mark_kill, timeline_is_mark(t, i) && t->event[i].kill ? 1 : (double)NAN)
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
static const struct field mark_fields[] = {
    {"mark.ts", mark_ts}, {"mark.label", mark_label}, {"mark.kill", mark_kill}, {NULL, NULL}};
static const struct field break_fields[] = {{"breaks", break_ts}, {NULL, NULL}};

/* ---- Blocks: what they are, then their text, which several threads make */

struct block {
    char id[HTML_DEVICE_ID];
    const char *same; /* string: id of the block that says the same; or NULL */
    const double *v;  /* a column of the timeline; NULL: `fill` makes it */
    size_t n;         /* values */
    enum pack_order order;
    bool (*fill)(const struct timeline *t, const struct block *b, double *out); /* false: there is no value */
    const struct field *field;                                                  /* for fill */
    size_t device;                                                              /* likewise */
    enum jsonl_metric metric;
    struct jsonl_writer *text; /* made; NULL: there is no value */
    bool failed;
};

struct blocks {
    const struct timeline *t;
    struct block *list;
    size_t len, size;
    bool failed;
};

static void blocks_add(struct blocks *b, const char *id, struct block block)
{
    if (!GROW(b->list, b->len + 1, b->size)) {
        b->failed = true;
        return;
    }
    snprintf(block.id, sizeof block.id, "%s", id);
    b->list[b->len++] = block;
}

static bool field_fill(const struct timeline *t, const struct block *b, double *out)
{
    bool any = false;
    for (size_t i = 0; i < b->n; i++) {
        out[i] = b->field->get(t, i);
        any = any || !isnan(out[i]);
    }
    return any;
}

static void table_add(struct blocks *b, const struct field *f, size_t rows)
{
    for (; rows && f->id; f++)
        blocks_add(b, f->id, (struct block){.fill = field_fill, .field = f, .n = rows, .order = PACK_BEST});
}

/* The samples' column that says the same as this one, an earlier one of the table; NULL: none. */
static const char *column_same(const struct timeline *t, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (t->column[k] && !memcmp(t->column[k], t->column[i], t->samples * sizeof *t->column[k]))
            return jsonl_metrics[series_table[k].metric].name;
    return NULL;
}

static void series_add(struct blocks *b)
{
    const struct timeline *t = b->t;
    for (size_t i = 0; i < series_len; i++)
        if (t->column[i])
            blocks_add(
                b, jsonl_metrics[series_table[i].metric].name,
                (struct block){.same = column_same(t, i), .v = t->column[i], .n = t->samples, .order = PACK_BEST});
}

const char *html_device_id(char id[HTML_DEVICE_ID], size_t device, enum jsonl_metric metric)
{
    snprintf(id, HTML_DEVICE_ID, "gpu.%zu.%s", device, jsonl_metrics[metric].name);
    return id;
}

static bool device_fill(const struct timeline *t, const struct block *b, double *out)
{
    return devices_column(t, b->device, b->metric, out);
}

static void devices_add_all(struct blocks *b)
{
    char id[HTML_DEVICE_ID];
    for (size_t d = 0; d < b->t->devices; d++)
        for (size_t m = 0; m < DEVICE_METRICS; m++)
            blocks_add(b, html_device_id(id, d, device_metrics[m]),
                       (struct block){.fill = device_fill,
                                      .device = d,
                                      .metric = device_metrics[m],
                                      .n = b->t->samples,
                                      .order = PACK_BEST});
}

/* Packs one block. */
static void block_make(void *blocks, size_t i)
{
    const struct blocks *all = blocks;
    struct block *b = &all->list[i];
    if (b->same)
        return;
    double *made = b->v ? NULL : malloc((b->n + 1) * sizeof *made);
    const double *v = b->v ? b->v : made;
    b->failed = !v;
    if (v && (b->v || b->fill(all->t, b, made))) {
        b->text = jsonl_writer_new(-1);
        b->failed = !b->text || !pack_column(b->text, v, b->n, b->order) || jsonl_writer_error(b->text);
    }
    free(made);
}

static void block_write(struct jsonl_writer *w, const struct block *b)
{
    if (b->same)
        jsonl_printf(w, "<script type=\"text/plain\" id=\"%s\" data-same=\"%s\"></script>\n", b->id, b->same);
    if (!b->text)
        return;
    struct jsonl_text text = jsonl_writer_text(b->text);
    jsonl_printf(w, "<script type=\"text/plain\" id=\"%s\">", b->id);
    jsonl_write(w, text.s, text.n);
    jsonl_puts(w, "</script>\n");
}

/* The tests come first: what the page makes of them takes longest. */
bool html_columns(struct jsonl_writer *w, const struct timeline *t)
{
    struct blocks b = {.t = t};
    table_add(&b, test_fields, t->tests);
    table_add(&b, region_fields, t->regions);
    table_add(&b, mark_fields, t->events);
    table_add(&b, break_fields, t->brks);
    if (t->samples)
        blocks_add(&b, "ts", (struct block){.v = t->ts, .n = t->samples, .order = PACK_TWICE});
    series_add(&b);
    devices_add_all(&b);
    if (!b.failed)
        jsonl_share(t->samples + t->tests < THREADS_WORTH ? 1 : 0, b.len, block_make, &b);
    for (size_t i = 0; i < b.len; i++) {
        b.failed = b.failed || b.list[i].failed;
        if (!b.failed)
            block_write(w, &b.list[i]);
        jsonl_writer_free(b.list[i].text);
    }
    free(b.list);
    return !b.failed;
}
