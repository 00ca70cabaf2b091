/* SPDX-License-Identifier: Apache-2.0 */
#include "svg.h"

#include "axis.h"
#include "devices.h"
#include "embed.h"
#include "title.h"

#include <math.h>
#include <string.h>

enum { HEAD = 46, AXIS_HEIGHT = 18, MARGIN = 10 };

double svg_x(const struct svg *g, double ts)
{
    return SVG_LEFT + (ts - g->from) / (g->to - g->from) * SVG_PLOT;
}

int svg_row_y(const struct svg *g, int row)
{
    return g->rows_y + row * (SVG_ROW + SVG_ROW_GAP);
}

void svg_text(struct svg *g, struct jsonl_text text)
{
    jsonl_write_escaped(g->w, JSONL_TO_HTML, text);
}

size_t svg_characters(struct jsonl_text text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += ((unsigned char)text.s[i] & 0xc0) != 0x80;
    return n;
}

void svg_text_fit(struct svg *g, struct jsonl_text text, size_t most)
{
    size_t have = svg_characters(text), head = most * 6 / 10, tail = most - head - 1, n = 0, skip_to = have - tail;
    if (have <= most) {
        svg_text(g, text);
        return;
    }
    size_t head_end = 0, tail_start = text.n;
    for (size_t i = 0; i < text.n; i++) {
        if (((unsigned char)text.s[i] & 0xc0) == 0x80)
            continue;
        if (n == head)
            head_end = i;
        if (n == skip_to)
            tail_start = i;
        n++;
    }
    svg_text(g, (struct jsonl_text){text.s, head_end});
    jsonl_puts(g->w, "\xe2\x80\xa6");
    svg_text(g, (struct jsonl_text){text.s + tail_start, text.n - tail_start});
}

bool svg_has(const struct timeline *t, size_t i)
{
    return t->column[i] && t->drawn[i] && series_table[i].style != STYLE_VALUE && series_table[i].when != WHEN_ASKED;
}

bool svg_has_devices(const struct timeline *t, enum jsonl_metric metric)
{
    bool has = false;
    for (size_t d = 0; d < t->devices && metric == JSONL_METRIC_gpu_device_util; d++)
        has = has || devices_has(t, d, metric);
    return has;
}

const char *svg_colour(char out[COLOUR_SIZE], const char *colour)
{
    return colour_readable(out, colour, GROUND_LIGHT, COLOUR_LINE_CONTRAST);
}

void svg_begin_shade(struct svg *g, const char *colour, size_t k, size_t n)
{
    char shade[COLOUR_SIZE];
    size_t number = colour_shade_number(k, n);
    jsonl_printf(g->w, "<g class=\"s%zu\" color=\"%s\">", number, colour_shade(shade, colour, GROUND_LIGHT, number));
}

const char *const svg_looks[LOOKS] = {
    [LOOK_TEST] = "class=\"test\" fill=\"#c8c8c8\" fill-opacity=\".3\"",
    [LOOK_INFRA] = "class=\"infra\" fill=\"#add8e6\" fill-opacity=\".2\"",
    [LOOK_FAILED] = "class=\"failed\" fill=\"#d70015\" fill-opacity=\".12\"",
    [LOOK_HATCH] = "fill=\"url(#mp-hatch)\" fill-opacity=\".7\"",
    [LOOK_PASSED] = "fill=\"#34a853\" fill-opacity=\".75\"",
    [LOOK_BROKEN] = "fill=\"#d70015\" fill-opacity=\".9\"",
    [LOOK_SKIPPED] = "fill=\"#8e8e93\" fill-opacity=\".8\"",
    [LOOK_WARN] = "fill=\"#ffcc00\" fill-opacity=\".15\"",
    [LOOK_CRITICAL] = "fill=\"#ff3b30\" fill-opacity=\".15\"",
    [LOOK_LOADING] = "fill=\"#2f7de1\" fill-opacity=\".18\"",
    [LOOK_IN_RAM] = "fill=\"#2f7de1\" fill-opacity=\".4\"",
    [LOOK_MARK] = "stroke=\"#0a6cff\" stroke-dasharray=\"6 3\"",
    [LOOK_BREAK] = "stroke=\"#6e6e73\" stroke-dasharray=\"2 4\"",
};

/* ---- Layout */

static bool layout(struct svg *g)
{
    const struct timeline *t = g->t;
    timeline_extent(t, &g->from, &g->to);
    for (int row = 0; row < ROWS; row++) {
        bool any = false;
        for (size_t i = 0; i < series_len; i++)
            any = any || (svg_has(t, i) && series_table[i].row == (enum series_row)row);
        if (any)
            g->row[g->rows++] = (enum series_row)row;
    }
    if (!svg_names_room(g))
        return false;
    int y = HEAD + svg_legend_height(g);
    g->models_y = y;
    g->regions_y = y + g->models_height;
    g->regions_height = t->regions ? 14 : 0;
    g->marks_y = g->regions_y + g->regions_height;
    g->rows_y = g->marks_y + g->marks_height + SVG_CAPTION;
    y = g->rows_y + g->rows * (SVG_ROW + SVG_ROW_GAP) - (g->rows ? SVG_ROW_GAP : 0);
    uint32_t lanes = t->lanes < SVG_LANES_MAX ? t->lanes : SVG_LANES_MAX;
    g->lanes_y = y + 6;
    g->lanes_height = t->tests ? (int)lanes * SVG_LANE : 0;
    g->axis_y = g->lanes_y + g->lanes_height + 13;
    g->tests_y = g->axis_y + AXIS_HEIGHT - 10;
    g->height = g->tests_y + g->tests_height + MARGIN;
    return true;
}

/* ---- Frame and time axis */

/* The words below the ticks.  Behind the last of them, or at the edge, stands of which zone they are. */
static void times_write(struct svg *g, double step)
{
    const int utc = SVG_WIDTH - SVG_RIGHT / 2 + 8; /* middle of a word three characters long */
    double first = axis_first(g->from, step);
    jsonl_puts(g->w, "<g class=\"faint\" fill=\"#6e6e73\" text-anchor=\"middle\">");
    for (int i = 0; first + i * step <= g->to; i++) {
        char buf[AXIS_LABEL_SIZE];
        const char *label = axis_time_label(buf, first + i * step, step);
        double x = svg_x(g, first + i * step);
        if (x + (double)strlen(label) * SVG_CHAR / 2 >= utc - 2 * SVG_CHAR) {
            jsonl_printf(g->w, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s UTC</text></g>\n", SVG_WIDTH - 4,
                         g->axis_y, label);
            return;
        }
        jsonl_printf(g->w, "<text x=\"%.0f\" y=\"%d\">%s</text>", x, g->axis_y, label);
    }
    jsonl_printf(g->w, "<text x=\"%d\" y=\"%d\">UTC</text></g>\n", utc, g->axis_y);
}

static void time_axis(struct svg *g)
{
    double step = axis_time_step(g->to - g->from, SVG_PLOT / 80.0), first = axis_first(g->from, step);
    int bottom = g->lanes_y + g->lanes_height;
    jsonl_puts(g->w, "<path class=\"grid\" stroke=\"#e4e4e8\" fill=\"none\" d=\"");
    for (int i = 0; first + i * step <= g->to; i++)
        jsonl_printf(g->w, "M%.0f %dV%d", svg_x(g, first + i * step), g->rows_y, bottom + 3);
    jsonl_puts(g->w, "\"/>\n");
    times_write(g, step);
}

static void head(struct svg *g, struct jsonl_text title, struct jsonl_text facts)
{
    jsonl_printf(g->w, "<rect class=\"back\" width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", SVG_WIDTH, g->height);
    jsonl_printf(g->w, "<text class=\"text\" x=\"%d\" y=\"20\" font-size=\"16\" font-weight=\"600\">", SVG_LEFT);
    svg_text_fit(g, title, (SVG_WIDTH - SVG_LEFT) / (SVG_CHAR * 3 / 2));
    jsonl_printf(g->w, "</text>\n<text class=\"faint\" x=\"%d\" y=\"37\" fill=\"#6e6e73\">", SVG_LEFT);
    svg_text_fit(g, facts, (SVG_WIDTH - SVG_LEFT) / SVG_CHAR);
    jsonl_puts(g->w, "</text>\n");
    svg_legend(g, HEAD);
    jsonl_puts(g->w, "<defs><pattern id=\"mp-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
                     "patternTransform=\"rotate(45)\"><path class=\"hatch\" d=\"M0 0V6\" stroke=\"#d70015\" "
                     "stroke-width=\"2.4\" stroke-opacity=\".7\"/></pattern></defs>\n");
}

static void style(struct jsonl_writer *w)
{
    for (const struct embedded *f = page_files; f->name; f++) {
        if (strcmp(f->name, "svg.css") != 0)
            continue;
        jsonl_puts(w, "<style>\n");
        jsonl_write(w, f->data, f->len);
        jsonl_puts(w, "</style>\n");
    }
}

bool svg_write(struct jsonl_writer *w, const struct timeline *t, const struct format_options *options, bool embedded)
{
    struct svg g = {.w = w, .t = t, .options = options};
    struct jsonl_writer *title = jsonl_writer_new(-1), *facts = jsonl_writer_new(-1);
    bool ok = title && facts && layout(&g);
    if (ok) {
        title_write(title, t, options);
        title_facts(facts, t, " \xc2\xb7 ");
        jsonl_printf(w,
                     "<svg%s class=\"mp\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" "
                     "aria-labelledby=\"mp-title\" font-size=\"11\" font-family=\"sans-serif\" fill=\"#1d1d1f\">\n"
                     "<title id=\"mp-title\">",
                     embedded ? "" : " xmlns=\"http://www.w3.org/2000/svg\"", SVG_WIDTH, g.height, SVG_WIDTH, g.height);
        svg_text(&g, jsonl_writer_text(title));
        jsonl_puts(w, "</title>\n");
        if (!embedded)
            style(w);
        head(&g, jsonl_writer_text(title), jsonl_writer_text(facts));
        ok = svg_behind(&g);
        time_axis(&g);
        ok = ok && svg_rows(&g);
        svg_marks(&g);
        ok = ok && svg_regions(&g) && svg_lanes(&g) && svg_names(&g) && !jsonl_writer_error(title) &&
             !jsonl_writer_error(facts);
        jsonl_puts(w, "</svg>\n");
    }
    jsonl_writer_free(title);
    jsonl_writer_free(facts);
    return ok;
}

bool svg_render(struct jsonl_writer *w, const struct timeline *t, const struct format_options *options)
{
    return svg_write(w, t, options, false);
}
