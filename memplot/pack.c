/* SPDX-License-Identifier: Apache-2.0 */
#include "pack.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    VARINT_MAX = 10, /* bytes */
    BLOCK = 1 << 15, /* bytes deflated at once, and room for what comes out */
    LEVEL = 6,
};

static const double power10[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

/* v * 10^e, to the nearest integer. */
static int64_t quantize(double v, int e)
{
    return (int64_t)nearbyint(e >= 0 ? v * power10[e] : v / power10[-e]);
}

/* Whether e decimals say it: reading back gives the same double, or one that differs by rounding alone
 * (sums and differences of times have such tails). */
static bool fits(double v, int e)
{
    double q = nearbyint(v * power10[e]);
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
        most = fmax(most, fabs(v[i]));
        while (e < PACK_DECIMALS_MAX && !fits(v[i], e))
            e++;
    }
    while (e > -15 && (e >= 0 ? most * power10[e] : most / power10[-e]) > 9007199254740992.0)
        e--;
    return e;
}

/* ---- Base64 */

struct base64 {
    struct jsonl_writer *w;
    unsigned char rest[3]; /* bytes that wait for a full group */
    size_t rest_len;
};

static size_t base64_group(char *out, const unsigned char *in)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    out[0] = digit[in[0] >> 2];
    out[1] = digit[(in[0] & 3) << 4 | in[1] >> 4];
    out[2] = digit[(in[1] & 15) << 2 | in[2] >> 6];
    out[3] = digit[in[2] & 63];
    return 4;
}

static void base64_put(struct base64 *b, const unsigned char *in, size_t n)
{
    char out[4 * (BLOCK / 3 + 2)];
    size_t len = 0;
    for (; n && b->rest_len; n--) {
        b->rest[b->rest_len++] = *in++;
        if (b->rest_len < 3)
            continue;
        len += base64_group(out, b->rest);
        b->rest_len = 0;
    }
    for (; n >= 3; in += 3, n -= 3)
        len += base64_group(out + len, in);
    for (; n; n--)
        b->rest[b->rest_len++] = *in++;
    jsonl_write(b->w, out, len);
}

static void base64_end(struct base64 *b)
{
    if (!b->rest_len)
        return;
    unsigned char in[3] = {0};
    char out[4];
    memcpy(in, b->rest, b->rest_len);
    base64_group(out, in);
    memset(out + b->rest_len + 1, '=', 3 - b->rest_len);
    jsonl_write(b->w, out, sizeof out);
}

/* ---- Deflate */

struct stream {
    z_stream z;
    struct base64 b;
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
        base64_put(&s->b, s->out, BLOCK - s->z.avail_out);
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

static void stream_values(struct stream *s, const double *v, size_t n, int e, int order)
{
    int64_t last = 0, step = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(v[i]))
            continue;
        int64_t q = quantize(v[i], e);
        int64_t d = q - last;
        last = q;
        stream_varint(s, zigzag(order == 2 ? d - step : d));
        step = d;
    }
}

bool pack_column(struct jsonl_writer *w, const double *v, size_t n, int order)
{
    struct stream *s = calloc(1, sizeof *s);
    if (!s || deflateInit2(&s->z, LEVEL, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        free(s);
        return false;
    }
    s->b.w = w;
    size_t missing = 0;
    for (size_t i = 0; i < n; i++)
        missing += isnan(v[i]) != 0;
    int e = pack_decimals(v, n);
    stream_varint(s, (uint64_t)order);
    stream_varint(s, zigzag(e));
    stream_varint(s, n);
    stream_varint(s, missing);
    if (missing)
        stream_bitmap(s, v, n);
    stream_values(s, v, n, e, order);
    stream_deflate(s, Z_FINISH);
    base64_end(&s->b);
    deflateEnd(&s->z);
    free(s);
    return true;
}
