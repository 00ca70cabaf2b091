/* SPDX-License-Identifier: Apache-2.0
 * A picture of characters, for terminals and mail.  A column shows the range of its values: up to the least it is full,
 * from there to the greatest shaded, so no peak is hidden. */
#include "axis.h"
#include "devices.h"
#include "format.h"
#include "reduce.h"
#include "spans.h"
#include "title.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LABEL = 10,     /* left of the picture */
    RANGE = 20,     /* right of it: "113.9 .. 125.3 GB" */
    EIGHTHS = 8,    /* of a line, which block characters tell apart */
    LANES_MAX = 4,  /* tests of the lanes beyond are shown in the last */
    FAILED_MAX = 10 /* that are named */
};

/* The characters, in UTF-8 and in ASCII. */
struct glyphs {
    const char *top[EIGHTHS]; /* a line filled up to n + 1 eighths */
    const char *range;        /* from the least to the greatest */
    const char *left, *right; /* edges of the picture */
    const char *start, *run, *infra, *failed, *skipped;
    const char *tick, *line, *dot;
};

static const struct glyphs glyphs_utf8 = {
    .top = {"\u2581", "\u2582", "\u2583", "\u2584", "\u2585", "\u2586", "\u2587", "\u2588"},
    .range = "\u2592",
    .left = "\u2502",
    .right = "\u2502",
    .start = "\u2523",
    .run = "\u2501",
    .infra = "\u2500",
    .failed = "\u2717",
    .skipped = "\u00b7",
    .tick = "\u2534",
    .line = "\u2500",
    .dot = " \u00b7 ",
};
static const struct glyphs glyphs_ascii = {
    .top = {"_", "_", ".", ".", ":", ":", "#", "#"},
    .range = ":",
    .left = "|",
    .right = "|",
    .start = "[",
    .run = "=",
    .infra = "-",
    .failed = "X",
    .skipped = "s",
    .tick = "+",
    .line = "-",
    .dot = ", ",
};

struct picture {
    struct jsonl_writer *w;
    struct jsonl_writer *clean; /* to memory, for text_write */
    const struct timeline *t;
    const struct format_options *options;
    const struct glyphs *glyphs;
    size_t width; /* columns of the picture itself */
    double from, to;
    struct reduced *reduced; /* `width` of them */
    double *values;          /* room for one a sample */
};

/* Text of the data: nothing in it drives the terminal, and it is ASCII where that is asked for. */
static void text_write(struct picture *p, struct jsonl_text text)
{
    jsonl_writer_clear(p->clean);
    jsonl_write_escaped(p->clean, JSONL_TO_TERMINAL, text);
    struct jsonl_text made = jsonl_writer_text(p->clean);
    for (size_t i = 0; i < made.n; i++) {
        unsigned char c = (unsigned char)made.s[i];
        if (c < 0x80 || !p->options->ascii)
            jsonl_write(p->w, &made.s[i], 1);
        else if ((c & 0xc0) != 0x80)
            jsonl_puts(p->w, "?");
    }
}

/* ---- Rows of values */

/* The character of line `line` (0: the lowest) of a column whose values go from `least` to `most` eighths. */
static const char *cell(const struct glyphs *g, int line, int least, int most)
{
    int floor = line * EIGHTHS, ceiling = floor + EIGHTHS;
    if (least >= ceiling)
        return g->top[EIGHTHS - 1];
    if (most >= ceiling)
        return g->range;
    return most > floor ? g->top[most - floor - 1] : " ";
}

static void range_write(struct picture *p, double least, double most, const char *unit)
{
    int decimals = fabs(most) >= 100 || (least == floor(least) && most == floor(most)) ? 0 : fabs(most) >= 10 ? 1 : 2;
    jsonl_puts(p->w, " ");
    jsonl_write_number(p->w, least, decimals);
    if (most > least) {
        jsonl_puts(p->w, "..");
        jsonl_write_number(p->w, most, decimals);
    }
    jsonl_printf(p->w, "%s%s", *unit ? " " : "", unit);
}

/* A row of some lines: `v` from 0 (or below) to `most` at the upper edge, or further if it goes further. */
static void row_write(struct picture *p, const char *label, const char *unit, const double *v, double most, int lines)
{
    double low = INFINITY, high = -INFINITY;
    reduce_column(p->t, v, p->from, p->to, p->reduced, p->width);
    for (size_t x = 0; x < p->width; x++) {
        if (!p->reduced[x].n)
            continue;
        low = fmin(low, p->reduced[x].min.v);
        high = fmax(high, p->reduced[x].max.v);
    }
    if (high < low)
        return;
    double base = fmin(0, low), scale = fmax(most, high) - base;
    double eighths = scale > 0 ? lines * EIGHTHS / scale : 0;
    for (int line = lines - 1; line >= 0; line--) {
        jsonl_printf(p->w, "%-*s%s", LABEL, line == lines - 1 ? label : "", p->glyphs->left);
        for (size_t x = 0; x < p->width; x++) {
            const struct reduced *c = &p->reduced[x];
            int from = (int)floor((c->min.v - base) * eighths + 1e-9),
                to = (int)ceil((c->max.v - base) * eighths - 1e-9);
            jsonl_puts(p->w, c->n ? cell(p->glyphs, line, from, to < 1 ? 1 : to) : " ");
        }
        jsonl_puts(p->w, p->glyphs->right);
        if (line == lines - 1)
            range_write(p, low, high, unit);
        jsonl_puts(p->w, "\n");
    }
}

static const double *column_of(const struct timeline *t, enum jsonl_metric metric)
{
    for (size_t i = 0; i < series_len; i++)
        if (series_table[i].metric == metric)
            return t->column[i] && (t->drawn[i] || series_table[i].style == STYLE_VALUE) ? t->column[i] : NULL;
    return NULL;
}

static double greatest(const double *v, size_t n)
{
    double most = 0;
    for (size_t i = 0; v && i < n; i++)
        most = fmax(most, v[i]);
    return most;
}

static void memory_write(struct picture *p)
{
    const struct timeline *t = p->t;
    const double *free_gb = column_of(t, JSONL_METRIC_ram_free_gb), *swap = column_of(t, JSONL_METRIC_swap_used_mb);
    double total = greatest(column_of(t, JSONL_METRIC_ram_total_gb), t->samples);
    if (free_gb)
        row_write(p, "RAM free", "GB", free_gb, total > 0 ? total : t->machine.ram_total_gb, 3);
    if (swap)
        row_write(p, "Swap", "MB", swap, 0, 1);
}

/* User and system time as one. */
static void cpu_write(struct picture *p)
{
    const double *user = column_of(p->t, JSONL_METRIC_cpu_user), *sys = column_of(p->t, JSONL_METRIC_cpu_sys);
    for (size_t i = 0; (user || sys) && i < p->t->samples; i++)
        p->values[i] = !user || isnan(user[i]) ? sys ? sys[i] : (double)NAN
                       : sys && !isnan(sys[i]) ? user[i] + sys[i]
                                               : user[i];
    if (user || sys)
        row_write(p, "CPU", "%", p->values, 100, 3);
}

static void gpu_write(struct picture *p)
{
    const double *gpu = column_of(p->t, JSONL_METRIC_gpu_device_util);
    const double *memory = column_of(p->t, JSONL_METRIC_gpu_mem_used_gb);
    if (!gpu)
        gpu = column_of(p->t, JSONL_METRIC_gpu_renderer_util);
    if (gpu)
        row_write(p, "GPU", "%", gpu, 100, 3);
    for (size_t d = 0; d < p->t->devices; d++) {
        char label[32];
        snprintf(label, sizeof label, "GPU %zu", d);
        if (devices_column(p->t, d, JSONL_METRIC_gpu_device_util, p->values))
            row_write(p, label, "%", p->values, 100, 1);
    }
    if (memory)
        row_write(p, "GPU mem", "GB", memory, 0, 1);
}

/* ---- Rows of marks: a character a column, of several the one that says more */

static size_t place(const struct picture *p, double ts)
{
    return reduce_place(ts, p->from, p->to, p->width);
}

static void marks_write(struct picture *p, const char *label, const char *const *at)
{
    jsonl_printf(p->w, "%-*s%s", LABEL, label, p->glyphs->left);
    for (size_t x = 0; x < p->width; x++)
        jsonl_puts(p->w, at[x] ? at[x] : " ");
    jsonl_printf(p->w, "%s", p->glyphs->right);
}

static bool pressure_write(struct picture *p, const char **at)
{
    struct spans spans = {0};
    bool ok = spans_pressure(&spans, p->t);
    memset(at, 0, p->width * sizeof *at);
    for (int level = 2; ok && level <= 4; level += 2)
        for (size_t i = 0; i < spans.len; i++)
            for (size_t x = place(p, spans.span[i].start);
                 spans.span[i].what == level && x <= place(p, spans.span[i].end); x++)
                at[x] = level == 4 ? "C" : "w";
    if (ok && spans.len) {
        marks_write(p, "Pressure", at);
        jsonl_puts(p->w, " w warn, C critical\n");
    }
    spans_free(&spans);
    return ok;
}

/* What a column shows of tests; of several the greatest. */
enum rank { RANK_NONE, RANK_SKIPPED, RANK_INFRA, RANK_RUN, RANK_START, RANK_FAILED };

static enum rank rank_of(const struct timeline_test *test)
{
    return test->outcome == JSONL_FAILED    ? RANK_FAILED
           : test->outcome == JSONL_SKIPPED ? RANK_SKIPPED
           : test->model == NAME_NONE       ? RANK_INFRA
                                            : RANK_RUN;
}

static void lane_write(struct picture *p, uint32_t lane, unsigned char *rank, const char **at)
{
    const struct glyphs *g = p->glyphs;
    const char *const signs[] = {" ", g->skipped, g->infra, g->run, g->start, g->failed};
    memset(rank, RANK_NONE, p->width);
    size_t done[RANK_FAILED + 1] = {0}; /* up to these columns a rank is marked: none is marked twice */
    for (size_t i = 0; i < p->t->tests; i++) {
        const struct timeline_test *test = &p->t->test[i];
        uint32_t its = test->lane < LANES_MAX ? test->lane : LANES_MAX - 1;
        if (its != lane)
            continue;
        enum rank r = rank_of(test);
        size_t from = place(p, test->start), to = place(p, test->end);
        for (size_t x = from > done[r] ? from : done[r]; x <= to; x++)
            rank[x] = rank[x] < r ? (unsigned char)r : rank[x];
        done[r] = to + 1 > done[r] ? to + 1 : done[r];
        if (r == RANK_RUN && to > from && rank[from] == RANK_RUN)
            rank[from] = RANK_START;
    }
    for (size_t x = 0; x < p->width; x++)
        at[x] = signs[rank[x]];
    marks_write(p, lane ? "" : "Tests", at);
    if (!lane)
        jsonl_printf(p->w, " %s failed, %s skipped", g->failed, g->skipped);
    jsonl_puts(p->w, "\n");
}

static void failed_write(struct picture *p)
{
    size_t failed = 0;
    for (size_t i = 0; i < p->t->tests; i++) {
        const struct timeline_test *test = &p->t->test[i];
        char buf[AXIS_LABEL_SIZE];
        if (test->outcome != JSONL_FAILED || failed++ >= FAILED_MAX)
            continue;
        jsonl_printf(p->w, "%s%s %s ", failed == 1 ? "\n" : "", p->glyphs->failed,
                     axis_time_full(buf, test->start) + 11);
        text_write(p, names_text(&p->t->names, test->id));
        if (test->model != NAME_NONE) {
            jsonl_puts(p->w, " (");
            text_write(p, jsonl_model_name(p->options->config, names_text(&p->t->names, test->model)));
            jsonl_puts(p->w, ")");
        }
        jsonl_printf(p->w, ", %s\n", axis_span(buf, test->end - test->start));
    }
    if (failed > FAILED_MAX)
        jsonl_printf(p->w, "and %zu more failed\n", failed - FAILED_MAX);
}

/* ---- Time axis: a line with ticks, and below it as many times as have room */

static void axis_write(struct picture *p)
{
    enum { ROOM = 12 };
    char buf[AXIS_LABEL_SIZE];
    double step = axis_time_step(p->to - p->from, fmax(1, (double)p->width / ROOM));
    double first = axis_first(p->from, step);
    jsonl_printf(p->w, "%*s%s", LABEL, "", p->options->ascii ? "+" : "\u2514");
    size_t at = 0;
    for (int i = 0; first + i * step <= p->to; i++) {
        for (size_t x = place(p, first + i * step); at < x; at++)
            jsonl_puts(p->w, p->glyphs->line);
        jsonl_puts(p->w, at++ < p->width ? p->glyphs->tick : "");
    }
    for (; at < p->width; at++)
        jsonl_puts(p->w, p->glyphs->line);
    jsonl_printf(p->w, "%s\n%*s", p->options->ascii ? "+" : "\u2518", LABEL + 1, "");
    at = 0;
    for (int i = 0; first + i * step <= p->to; i++) {
        const char *label = axis_time_label(buf, first + i * step, step);
        size_t n = strlen(label), x = place(p, first + i * step);
        x = x > n / 2 ? x - n / 2 : 0;
        if (x < at + (at ? 1 : 0) || x + n > p->width + 1)
            continue;
        jsonl_printf(p->w, "%*s%s", (int)(x - at), "", label);
        at = x + n;
    }
    jsonl_printf(p->w, "%*sUTC\n", (int)(p->width + 2 > at ? p->width + 2 - at : 1), "");
}

static void head_write(struct picture *p, struct jsonl_writer *words)
{
    title_write(words, p->t, p->options);
    text_write(p, jsonl_writer_text(words));
    jsonl_writer_clear(words);
    title_facts(words, p->t, p->glyphs->dot);
    jsonl_puts(p->w, "\n");
    text_write(p, jsonl_writer_text(words));
    jsonl_puts(p->w, "\n\n");
}

bool text_render(struct jsonl_writer *w, const struct timeline *t, const struct format_options *options)
{
    int width = options->width - LABEL - RANGE - 2;
    struct picture p = {
        .w = w,
        .clean = jsonl_writer_new(-1),
        .t = t,
        .options = options,
        .glyphs = options->ascii ? &glyphs_ascii : &glyphs_utf8,
        .width = (size_t)(width < 10 ? 10 : width),
        .from = t->start,
        .to = t->end > t->start ? t->end : t->start + 1,
    };
    struct jsonl_writer *words = jsonl_writer_new(-1);
    const char **at = calloc(p.width, sizeof *at);
    unsigned char *rank = malloc(p.width);
    p.reduced = malloc(p.width * sizeof *p.reduced);
    p.values = malloc((t->samples + 1) * sizeof *p.values);
    bool ok = words && p.clean && at && rank && p.reduced && p.values;
    if (ok) {
        head_write(&p, words);
        memory_write(&p);
        ok = pressure_write(&p, at);
        cpu_write(&p);
        gpu_write(&p);
        for (uint32_t lane = 0; lane < t->lanes && lane < LANES_MAX; lane++)
            lane_write(&p, lane, rank, at);
        axis_write(&p);
        failed_write(&p);
        ok = ok && !jsonl_writer_error(words) && !jsonl_writer_error(p.clean);
    }
    jsonl_writer_free(words);
    jsonl_writer_free(p.clean);
    free(at);
    free(rank);
    free(p.reduced);
    free(p.values);
    return ok;
}
