/* SPDX-License-Identifier: Apache-2.0 */
#include "pack.h"

#include "grow.h"

#include <libdeflate.h>
#include <math.h>
#include <stdlib.h>

enum {
    VARINT_MAX = 10, /* bytes */
    RUN = 1 << 12,   /* values for which room is made at once */
    LEVEL = 6,
    TRIAL = 1 << 12,         /* values by which the better order is found, */
    TRIAL_WORTH = 8 * TRIAL, /* if there are more than these */
    DIGITS = 91,
    FIRST_DIGIT = '#',
    GROUP = 13,          /* bits: 2^13 < 91^2 */
    HALF = 6,            /* bits of a single digit: 2^6 < 91 */
    TEXT_BLOCK = 1 << 13 /* bytes written as text at once */
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

/* ---- The stream */

/* The stream, as it grows.  One of zeros is empty. */
struct stream {
    unsigned char *bytes;
    size_t len, room;
};

static bool stream_reserve(struct stream *s, size_t more)
{
    return GROW(s->bytes, s->len + more, s->room);
}

/* Like all that puts something, it finds the room made. */
static void varint_put(struct stream *s, uint64_t u)
{
    for (; u >= 128; u >>= 7)
        s->bytes[s->len++] = (unsigned char)(u | 128);
    s->bytes[s->len++] = (unsigned char)u;
}

static uint64_t zigzag(int64_t d)
{
    return d < 0 ? ~((uint64_t)d << 1) : (uint64_t)d << 1;
}

static void bitmap_put(struct stream *s, const double *v, size_t n)
{
    for (size_t i = 0; i < n; i += 8) {
        unsigned byte = 0;
        for (size_t j = i; j < n && j < i + 8; j++)
            byte |= (unsigned)(isnan(v[j]) != 0) << (j - i);
        s->bytes[s->len++] = (unsigned char)byte;
    }
}

static bool stream_head(struct stream *s, const double *v, size_t n, int e, enum pack_order order)
{
    size_t missing = 0;
    for (size_t i = 0; i < n; i++)
        missing += isnan(v[i]) != 0;
    if (!stream_reserve(s, 4 * VARINT_MAX + n / 8 + 1))
        return false;
    varint_put(s, (uint64_t)order);
    varint_put(s, zigzag(e));
    varint_put(s, n);
    varint_put(s, missing);
    if (missing)
        bitmap_put(s, v, n);
    return true;
}

static bool stream_values(struct stream *s, const double *v, size_t n, int e, enum pack_order order)
{
    int64_t last = 0, step = 0;
    for (size_t i = 0; i < n; i++) {
        if (i % RUN == 0 && !stream_reserve(s, RUN * VARINT_MAX))
            return false;
        if (isnan(v[i]))
            continue;
        int64_t q = quantize(v[i], e);
        int64_t d = q - last;
        last = order == PACK_PLAIN ? 0 : q;
        varint_put(s, zigzag(order == PACK_TWICE ? d - step : d));
        step = d;
    }
    return true;
}

/* ---- Deflate */

/* Replaces the stream by what it deflates to. */
static bool stream_deflate(struct stream *s, struct libdeflate_compressor *deflate)
{
    size_t room = libdeflate_deflate_compress_bound(deflate, s->len);
    unsigned char *bytes = malloc(room);
    if (!bytes)
        return false;
    s->len = libdeflate_deflate_compress(deflate, s->bytes, s->len, bytes, room);
    free(s->bytes);
    s->bytes = bytes;
    s->room = room;
    return true;
}

/* Bytes that a piece from the middle takes; SIZE_MAX: out of memory. */
static size_t trial(const double *v, size_t n, int e, enum pack_order order, struct libdeflate_compressor *deflate)
{
    struct stream s = {0};
    bool ok = stream_values(&s, v + (n - TRIAL) / 2, TRIAL, e, order) && stream_deflate(&s, deflate);
    free(s.bytes);
    return ok ? s.len : SIZE_MAX;
}

static enum pack_order order_choose(const double *v, size_t n, int e, struct libdeflate_compressor *deflate)
{
    if (n <= TRIAL_WORTH)
        return PACK_ONCE;
    return trial(v, n, e, PACK_PLAIN, deflate) < trial(v, n, e, PACK_ONCE, deflate) ? PACK_PLAIN : PACK_ONCE;
}

/* ---- Text: 13 bits in two characters */

static char text_digit(uint32_t d)
{
    return (char)(d < '<' - FIRST_DIGIT ? FIRST_DIGIT + d : FIRST_DIGIT + 1 + d);
}

static void text_write(struct jsonl_writer *w, const struct stream *s)
{
    char out[2 * TEXT_BLOCK] = {0};
    size_t len = 0;
    uint32_t bits = 0; /* that wait for a full group, low first */
    unsigned have = 0;
    for (size_t i = 0; i < s->len; i++) {
        bits |= (uint32_t)s->bytes[i] << have;
        have += 8;
        if (have < GROUP)
            continue;
        uint32_t group = bits & ((1u << GROUP) - 1);
        out[len++] = text_digit(group % DIGITS);
        out[len++] = text_digit(group / DIGITS);
        bits >>= GROUP;
        have -= GROUP;
        if (len == sizeof out) {
            jsonl_write(w, out, len);
            len = 0;
        }
    }
    jsonl_write(w, out, len);
    char rest[2] = {text_digit(bits % DIGITS), text_digit(bits / DIGITS)};
    if (have)
        jsonl_write(w, rest, have <= HALF ? 1 : 2);
}

bool pack_column(struct jsonl_writer *w, const double *v, size_t n, enum pack_order order)
{
    struct libdeflate_compressor *deflate = libdeflate_alloc_compressor(LEVEL);
    struct stream s = {0};
    int e = pack_decimals(v, n);
    if (deflate && order == PACK_BEST)
        order = order_choose(v, n, e, deflate);
    bool ok =
        deflate && stream_head(&s, v, n, e, order) && stream_values(&s, v, n, e, order) && stream_deflate(&s, deflate);
    if (ok)
        text_write(w, &s);
    libdeflate_free_compressor(deflate);
    free(s.bytes);
    return ok;
}
