/* SPDX-License-Identifier: Apache-2.0 */
#include "pack.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    VARINT_MAX = 10, /* bytes */
    BLOCK = 1 << 15, /* bytes deflated at once, and room for what comes out */
    LEVEL = 5,
    TRIAL = 1 << 12,         /* values by which the best way is found, */
    TRIAL_WORTH = 8 * TRIAL, /* if there are more than these */
    DIGITS = 91,
    FIRST_DIGIT = '#',
    GROUP = 13, /* bits: 2^13 < 91^2 */
    HALF = 6,   /* bits of a single digit: 2^6 < 91 */
};

static const double power10[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

#define EXACT_MAX 2251799813685248.0 /* 2^51 */

/* The nearest integer, ties to even: a double beyond 2^52 has no fraction.  For |v| < 2^51. */
static double nearest(double v)
{
    const double shift = 6755399441055744.0; /* 1.5 * 2^52 */
    return (v + shift) - shift;
}

/* v * 10^e, to the nearest integer. */
static int64_t quantize(double v, int e)
{
    return (int64_t)nearest(e >= 0 ? v * power10[e] : v / power10[-e]);
}

/* Whether e decimals say it: reading back gives the same double, or one that differs by rounding alone
 * (sums and differences of times have such tails). */
static bool fits(double v, int e)
{
    double q = fabs(v) < 1e9 ? nearest(v * power10[e]) : nearbyint(v * power10[e]);
    double back = q / power10[e];
    return back == v || fabs(back - v) <= fabs(v) * 1e-15;
}

int pack_decimals(const double *v, size_t n)
{
    int e = 0;
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(v[i]))
            continue;
        most = fabs(v[i]) > most ? fabs(v[i]) : most;
        while (e < PACK_DECIMALS_MAX && !fits(v[i], e))
            e++;
    }
    while (e > -15 && (e >= 0 ? most * power10[e] : most / power10[-e]) > EXACT_MAX)
        e--;
    return e;
}

/* ---- Text: 13 bits in two characters */

struct text {
    struct jsonl_writer *w;
    uint32_t bits; /* that wait for a full group, low first */
    unsigned len;  /* how many */
};

static char text_digit(uint32_t d)
{
    return (char)(d < '<' - FIRST_DIGIT ? FIRST_DIGIT + d : FIRST_DIGIT + 1 + d);
}

static void text_put(struct text *t, const unsigned char *in, size_t n)
{
    char out[BLOCK / 13 * 16 + 16];
    size_t len = 0;
    uint32_t bits = t->bits;
    unsigned have = t->len;
    for (size_t i = 0; i < n; i++) {
        bits |= (uint32_t)in[i] << have;
        have += 8;
        if (have < GROUP)
            continue;
        uint32_t group = bits & ((1u << GROUP) - 1);
        out[len++] = text_digit(group % DIGITS);
        out[len++] = text_digit(group / DIGITS);
        bits >>= GROUP;
        have -= GROUP;
    }
    t->bits = bits;
    t->len = have;
    jsonl_write(t->w, out, len);
}

static void text_end(struct text *t)
{
    char out[2] = {text_digit(t->bits % DIGITS), text_digit(t->bits / DIGITS)};
    if (t->len)
        jsonl_write(t->w, out, t->len <= HALF ? 1 : 2);
}

/* ---- Deflate */

struct stream {
    z_stream z;
    struct text text;
    size_t len; /* in `in` */
    unsigned char in[BLOCK];
    unsigned char out[BLOCK];
};

static void stream_deflate(struct stream *s, int flush)
{
    s->z.next_in = s->in;
    s->z.avail_in = (uInt)s->len;
    int state = Z_OK;
    do {
        s->z.next_out = s->out;
        s->z.avail_out = BLOCK;
        state = deflate(&s->z, flush);
        if (s->text.w)
            text_put(&s->text, s->out, BLOCK - s->z.avail_out);
    } while (s->z.avail_out == 0 || (flush == Z_FINISH && state == Z_OK));
    s->len = 0;
}

static void stream_varint(struct stream *s, uint64_t u)
{
    if (s->len > BLOCK - VARINT_MAX)
        stream_deflate(s, Z_NO_FLUSH);
    for (; u >= 128; u >>= 7)
        s->in[s->len++] = (unsigned char)(u | 128);
    s->in[s->len++] = (unsigned char)u;
}

static uint64_t zigzag(int64_t d)
{
    return d < 0 ? ~((uint64_t)d << 1) : (uint64_t)d << 1;
}

static void stream_bitmap(struct stream *s, const double *v, size_t n)
{
    for (size_t i = 0; i < n; i += 8) {
        unsigned byte = 0;
        for (size_t j = i; j < n && j < i + 8; j++)
            byte |= (unsigned)(isnan(v[j]) != 0) << (j - i);
        if (s->len == BLOCK)
            stream_deflate(s, Z_NO_FLUSH);
        s->in[s->len++] = (unsigned char)byte;
    }
}

static void stream_values(struct stream *s, const double *v, size_t n, int e, enum pack_order order)
{
    int64_t last = 0, step = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(v[i]))
            continue;
        int64_t q = quantize(v[i], e);
        int64_t d = q - last;
        last = order == PACK_PLAIN ? 0 : q;
        stream_varint(s, zigzag(order == PACK_TWICE ? d - step : d));
        step = d;
    }
}

static bool stream_begin(struct stream *s, struct jsonl_writer *w, int strategy)
{
    *s = (struct stream){.text.w = w};
    return deflateInit2(&s->z, LEVEL, Z_DEFLATED, -MAX_WBITS, 9, strategy) == Z_OK;
}

static void stream_end(struct stream *s)
{
    stream_deflate(s, Z_FINISH);
    if (s->text.w)
        text_end(&s->text);
    deflateEnd(&s->z);
}

/* How a column is packed. */
struct way {
    enum pack_order order;
    int strategy;
};

/* The way that makes a piece from the middle shortest.  false: out of memory. */
static bool way_find(struct stream *s, const double *v, size_t n, int e, struct way *way)
{
    static const struct way ways[] = {{PACK_ONCE, Z_DEFAULT_STRATEGY},
                                      {PACK_ONCE, Z_FILTERED},
                                      {PACK_PLAIN, Z_DEFAULT_STRATEGY},
                                      {PACK_PLAIN, Z_FILTERED}};
    uLong least = ULONG_MAX;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        if (!stream_begin(s, NULL, ways[i].strategy))
            return false;
        stream_values(s, v + (n - TRIAL) / 2, TRIAL, e, ways[i].order);
        stream_end(s);
        if (s->z.total_out < least)
            *way = ways[i];
        least = s->z.total_out < least ? s->z.total_out : least;
    }
    return true;
}

bool pack_column(struct jsonl_writer *w, const double *v, size_t n, enum pack_order order)
{
    struct stream *s = malloc(sizeof *s);
    struct way way = {PACK_ONCE, Z_DEFAULT_STRATEGY};
    way.order = order == PACK_BEST ? PACK_ONCE : order;
    int e = pack_decimals(v, n);
    bool ok = s != NULL;
    if (ok && order == PACK_BEST && n > TRIAL_WORTH)
        ok = way_find(s, v, n, e, &way);
    if (!ok || !stream_begin(s, w, way.strategy)) {
        free(s);
        return false;
    }
    size_t missing = 0;
    for (size_t i = 0; i < n; i++)
        missing += isnan(v[i]) != 0;
    stream_varint(s, (uint64_t)way.order);
    stream_varint(s, zigzag(e));
    stream_varint(s, n);
    stream_varint(s, missing);
    if (missing)
        stream_bitmap(s, v, n);
    stream_values(s, v, n, e, way.order);
    stream_end(s);
    free(s);
    return true;
}
