/* SPDX-License-Identifier: Apache-2.0
 * memplot, all of it: lines as a timeline, in every format.
 *
 * The first byte of the input says how wide a text is and whether it is ASCII, the second which format to try; lines up
 * to a byte 0xff are one file, the rest another.  It holds:
 * - What is finished is in order: samples, tests, events and models by time, nothing ends before it starts, all lies
 *   between the timeline's start and end, and tests of one lane overlap by their clocks at most.
 * - A column of pixels has the least and the greatest of the values that lie in it, and no more.
 * - The page's columns are, unpacked, the numbers of the timeline, to the decimal step of each column.
 * - The picture is well-formed XML, the trace JSON; a text has no control characters; the page closes what it opens.
 * - The second time all formats come out the same, and so they do of the lines in reverse. */
#include "../../memplot/fold.h"
#include "../../memplot/format.h"
#include "../../memplot/html_columns.h"
#include "../../memplot/pack.h"
#include "../../memplot/reduce.h"
#include "support/fuzz.h"
#include "support/markup.h"

#include <libdeflate.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct jsonl_config config;
static struct jsonl_parser *parser;

static void begin(void)
{
    fuzz_config(&config);
    parser = fuzz_need(jsonl_parser_new());
}

/* ---- What is finished */

static void check_tests(const struct timeline *t)
{
    for (size_t i = 0; i < t->tests; i++) {
        const struct timeline_test *test = &t->test[i];
        MUST(test->start <= test->end && test->start >= t->start && test->end <= t->end, "test %zu", i);
        MUST(i == 0 || t->test[i - 1].start <= test->start, "test %zu is out of order", i);
        MUST(test->lane < t->lanes, "test %zu is in lane %u of %u", i, test->lane, t->lanes);
        for (size_t k = 0; k < i; k++)
            MUST(t->test[k].lane != test->lane || t->test[k].end <= test->start + 0.02,
                 "tests %zu and %zu share a lane", k, i);
    }
}

static void check_order(const struct timeline *t)
{
    for (size_t i = 0; i < t->samples; i++)
        MUST(t->ts[i] >= t->start && t->ts[i] <= t->end && (i == 0 || t->ts[i] >= t->ts[i - 1]), "sample %zu at %f", i,
             t->ts[i]);
    for (size_t i = 1; i < t->events; i++)
        MUST(t->event[i].ts >= t->event[i - 1].ts, "event %zu is out of order", i);
    for (size_t i = 0; i < t->regions; i++) {
        const struct timeline_region *r = &t->region[i];
        MUST(r->start <= r->ready && r->ready <= r->end && (i == 0 || r[-1].start <= r->start), "model %zu", i);
    }
    for (size_t i = 1; i < t->brks; i++)
        MUST(t->brk[i] >= t->brk[i - 1], "break %zu", i);
}

static void check_pixels(const struct timeline *t, const double *v, size_t width)
{
    struct reduced *out = fuzz_need(calloc(width, sizeof *out));
    double end = t->end > t->start ? t->end : t->start + 1;
    reduce_column(t, v, t->start, end, out, width);
    for (size_t x = 0, i = 0; x < width; x++) {
        double min = INFINITY, max = -INFINITY;
        size_t n = 0;
        for (; i < t->samples && reduce_place(t->ts[i], t->start, end, width) == x; i++) {
            if (isnan(v[i]))
                continue;
            min = fmin(min, v[i]);
            max = fmax(max, v[i]);
            n++;
        }
        MUST(out[x].n == n, "%zu values in column %zu, not %zu", out[x].n, x, n);
        MUST(n == 0 || (out[x].min.v == min && out[x].max.v == max), "%g to %g in column %zu, not %g to %g",
             out[x].min.v, out[x].max.v, x, min, max);
    }
    free(out);
}

/* ---- The page's columns, unpacked as pack.h says */

struct bytes {
    unsigned char *at;
    size_t n, next;
};

static struct bytes inflated(struct jsonl_text text, size_t most)
{
    unsigned char *packed = fuzz_need(malloc(text.n + 1)), *to = fuzz_need(malloc(most));
    uint64_t bits = 0;
    unsigned have = 0;
    size_t n = 0, len;
    for (size_t i = 0; i < text.n; i += 2) {
        bool pair = i + 1 < text.n;
        unsigned low = (unsigned)text.s[i] - '#', high = pair ? (unsigned)text.s[i + 1] - '#' : 0;
        MUST(low < 92 && high < 92 && text.s[i] != '<', "digit %zu is none", i);
        bits |= (uint64_t)(low - (text.s[i] > '<') + 91 * (high - (pair && text.s[i + 1] > '<'))) << have;
        have += pair ? 13 : 6;
        for (; have >= 8; have -= 8, bits >>= 8)
            packed[n++] = (unsigned char)bits;
    }
    struct libdeflate_decompressor *d = fuzz_need(libdeflate_alloc_decompressor());
    enum libdeflate_result result = libdeflate_deflate_decompress(d, packed, n, to, most, &len);
    MUST(result == LIBDEFLATE_SUCCESS || result == LIBDEFLATE_SHORT_OUTPUT, "deflate says %d", result);
    libdeflate_free_decompressor(d);
    free(packed);
    return (struct bytes){to, len, 0};
}

static uint64_t varint(struct bytes *b)
{
    uint64_t v = 0;
    for (unsigned shift = 0;; shift += 7) {
        MUST(b->next < b->n && shift < 64, "a number has no end");
        unsigned char c = b->at[b->next++];
        v |= (uint64_t)(c & 0x7f) << shift;
        if (c < 0x80)
            return v;
    }
}

static int64_t zigzag(uint64_t v)
{
    return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

static void check_packed(const double *v, size_t n, enum pack_order order)
{
    struct jsonl_writer *w = fuzz_need(jsonl_writer_new(-1));
    MUST(pack_column(w, v, n, order), "no memory");
    struct bytes b = inflated(jsonl_writer_text(w), 64 + 12 * n);
    uint64_t orders = varint(&b);
    int64_t e = zigzag(varint(&b)), value = 0, step = 0;
    MUST(orders <= 2 && varint(&b) == n, "it is of order %d", (int)orders);
    uint64_t missing = varint(&b), seen = 0;
    const unsigned char *bitmap = b.at + b.next;
    b.next += missing ? (n + 7) / 8 : 0;
    MUST(b.next <= b.n, "its bitmap is cut off");
    MUST(e == pack_decimals(v, n) && e <= PACK_DECIMALS_MAX, "%d decimals", (int)e);
    for (size_t i = 0; i < n; i++) {
        bool absent = missing && bitmap[i / 8] >> i % 8 & 1;
        MUST(absent == (bool)isnan(v[i]), "value %zu is %g", i, v[i]);
        seen += absent;
        if (absent)
            continue;
        int64_t d = zigzag(varint(&b));
        step = orders == 2 ? step + d : d;
        value = orders ? value + step : d;
        double got = e >= 0 ? (double)value / pow(10, (double)e) : (double)value * pow(10, (double)-e);
        MUST(fabs(got - v[i]) <= 0.5000001 * pow(10, (double)-e) + fabs(v[i]) * 1e-15, "value %zu is %.17g, not %.17g",
             i, got, v[i]);
    }
    MUST(seen == missing && b.next == b.n, "%zu bytes are left", b.n - b.next);
    free(b.at);
    jsonl_writer_free(w);
}

/* ---- Formats */

static size_t count(struct jsonl_text t, const char *what)
{
    size_t n = 0, len = strlen(what);
    for (const char *s = t.s, *end = t.s + t.n; (s = memmem(s, (size_t)(end - s), what, len)); s += len)
        n++;
    return n;
}

static void check_format(const char *name, struct jsonl_text t)
{
    struct jsonl_error err;
    if (strcmp(name, "svg") == 0) {
        markup_check_xml(t, "svg");
    } else if (strcmp(name, "trace") == 0) {
        MUST(jsonl_parse(parser, t.s, t.n, &err), "%s: %.*s", err.message, (int)t.n, t.s);
    } else if (strcmp(name, "text") == 0) {
        markup_check_text(t, false);
    } else {
        MUST(count(t, "<script") == count(t, "</script>") && count(t, "<style") == count(t, "</style>"), "%.*s",
             (int)t.n, t.s);
        MUST(t.n > 8 && memcmp(t.s + t.n - 8, "</html>\n", 8) == 0, "the page has no end");
    }
}

/* Which format, by its number; any other: all. */
static void check_formats(const struct timeline *t, const struct format_options *options, size_t which)
{
    for (const struct format *f = format_table; f->name; f++) {
        if (which < 4 && f != &format_table[which])
            continue;
        struct jsonl_writer *w[2];
        for (int i = 0; i < 2; i++) {
            w[i] = fuzz_need(jsonl_writer_new(-1));
            MUST(f->render(w[i], t, options) && !jsonl_writer_error(w[i]), "no memory");
        }
        struct jsonl_text a = jsonl_writer_text(w[0]), b = jsonl_writer_text(w[1]);
        MUST(jsonl_text_compare(a, b) == 0, "%s comes out another way", f->name);
        check_format(f->name, a);
        jsonl_writer_free(w[0]);
        jsonl_writer_free(w[1]);
    }
}

static void check_timeline(const struct timeline *t, const struct format_options *options, size_t which)
{
    check_order(t);
    check_tests(t);
    if (t->samples)
        check_packed(t->ts, t->samples, PACK_TWICE);
    for (size_t i = 0; i < series_len; i++) {
        if (!t->column[i])
            continue;
        check_packed(t->column[i], t->samples, PACK_BEST);
        check_pixels(t, t->column[i], 1 + (size_t)options->width % 50);
    }
    check_formats(t, options, which);
}

/* ---- Lines in reverse */

static struct jsonl_text formats_text(const struct timeline *t, const struct format_options *options, size_t which,
                                      struct jsonl_writer *w)
{
    for (const struct format *f = format_table; f->name; f++)
        if (which >= 4 || f == &format_table[which])
            MUST(f->render(w, t, options) && !jsonl_writer_error(w), "no memory");
    return jsonl_writer_text(w);
}

/* The lines from the last to the first, each with its end, of data whose first file ends at `n`. */
static uint8_t *reversed(const uint8_t *data, size_t size, size_t n)
{
    uint8_t *out = fuzz_need(malloc(size + 2)), *at = out;
    for (size_t end = size, begin;; end = begin - 1) {
        for (begin = end; begin && data[begin - 1] != '\n' && begin - 1 != n; begin--)
            ;
        memcpy(at, data + begin, end - begin);
        at += end - begin;
        *at++ = '\n';
        if (!begin)
            break;
    }
    return out;
}

/* A mark of byte order counts where a file begins, and nowhere else. */
static bool begins_with_order(const uint8_t *data, size_t size)
{
    return size >= 3 && !memcmp(data, "\xef\xbb\xbf", 3);
}

static void check_reversed(const struct timeline *t, const struct format_options *options, size_t which,
                           const uint8_t *data, size_t size, size_t n)
{
    uint8_t *lines = reversed(data, size, n);
    int fd = fuzz_file(lines, size + 1);
    const struct fuzz_path path = fuzz_path(fd);
    const char *file = path.s;
    struct jsonl_input_stats stats;
    struct timeline back;
    timeline_init(&back);
    MUST(fold_files(&back, &config, &file, 1, 1, &stats) && timeline_finish(&back), "no memory");
    struct jsonl_writer *w[] = {fuzz_need(jsonl_writer_new(-1)), fuzz_need(jsonl_writer_new(-1))};
    struct jsonl_text a = formats_text(t, options, which, w[0]), b = formats_text(&back, options, which, w[1]);
    MUST(jsonl_text_compare(a, b) == 0, "in reverse it is not\n%.*s\nbut\n%.*s", (int)a.n, a.s, (int)b.n, b.s);
    jsonl_writer_free(w[0]);
    jsonl_writer_free(w[1]);
    timeline_free(&back);
    close(fd);
    free(lines);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct jsonl_input_stats stats;
    struct timeline t;
    if (!parser)
        begin();
    uint8_t option = fuzz_take(&data, &size);
    size_t which = fuzz_take(&data, &size) % 8;
    const struct format_options options = {.width = 20 + option / 2, .ascii = option & 1, .config = &config};
    const uint8_t *mark = size ? memchr(data, 0xff, size) : NULL;
    size_t n = mark ? (size_t)(mark - data) : size;
    int fds[] = {fuzz_file(data, n), mark ? fuzz_file(mark + 1, size - n - 1) : -1};
    const struct fuzz_path paths[] = {fuzz_path(fds[0]), fuzz_path(fds[1])};
    const char *files[] = {paths[0].s, paths[1].s};
    timeline_init(&t);
    MUST(fold_files(&t, &config, files, mark ? 2 : 1, 1, &stats) && timeline_finish(&t), "no memory");
    MUST(stats.failed == 0, "a file is lost");
    if (t.samples || t.tests) {
        check_timeline(&t, &options, which);
        if (!begins_with_order(data, n) && !(mark && begins_with_order(mark + 1, size - n - 1)))
            check_reversed(&t, &options, which, data, size, n);
    }
    timeline_free(&t);
    close(fds[0]);
    if (mark)
        close(fds[1]);
    return 0;
}
