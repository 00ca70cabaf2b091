/* SPDX-License-Identifier: Apache-2.0 */
#include "../../memplot/pack.h"
#include "unit.h"

#include <libdeflate.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 1 << 20 };

/* Digits to bytes, as pack.h says it. */
static size_t text_read(const char *s, size_t n, unsigned char *out)
{
    static const char digits[] =
        "#$%&'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";
    ck_assert_uint_eq(sizeof digits - 1, 91);
    size_t len = 0;
    uint32_t bits = 0;
    unsigned have = 0;
    for (size_t i = 0; i < n; i += 2) {
        const char *low = memchr(digits, s[i], 91), *high = i + 1 < n ? memchr(digits, s[i + 1], 91) : digits;
        ck_assert_ptr_nonnull(low);
        ck_assert_ptr_nonnull(high);
        bits |= (uint32_t)((low - digits) + 91 * (high - digits)) << have;
        for (have += i + 1 < n ? 13 : 6; have >= 8; have -= 8, bits >>= 8)
            out[len++] = (unsigned char)bits;
    }
    ck_assert_uint_eq(bits, 0); /* no more than the filling */
    return len;
}

static uint64_t varint_read(const unsigned char **at)
{
    uint64_t u = 0;
    unsigned shift = 0;
    do {
        u |= (uint64_t)(**at & 127) << shift;
        shift += 7;
    } while (*(*at)++ & 128);
    return u;
}

static int64_t zigzag_read(const unsigned char **at)
{
    uint64_t u = varint_read(at);
    return (int64_t)(u >> 1) ^ -(int64_t)(u & 1);
}

struct unpacked {
    int e, order;
    size_t n, missing;
    double *v;
    size_t stream; /* bytes before deflate */
};

/* Packs and reads back by the description in pack.h. */
static struct unpacked round_trip(const double *v, size_t n, enum pack_order order)
{
    struct jsonl_writer *w = jsonl_writer_new(-1);
    ck_assert(pack_column(w, v, n, order));
    struct jsonl_text text = jsonl_writer_text(w);
    unsigned char *deflated = malloc(text.n + 1), *bytes = malloc(ROOM);
    size_t deflated_len = text_read(text.s, text.n, deflated);
    struct libdeflate_decompressor *inflate = libdeflate_alloc_decompressor();
    struct unpacked u = {0};
    ck_assert_int_eq(libdeflate_deflate_decompress(inflate, deflated, deflated_len, bytes, ROOM, &u.stream),
                     LIBDEFLATE_SUCCESS);
    libdeflate_free_decompressor(inflate);
    const unsigned char *at = bytes;
    u.order = (int)varint_read(&at);
    ck_assert(order == PACK_BEST ? u.order <= PACK_ONCE : u.order == (int)order);
    u.e = (int)zigzag_read(&at);
    u.n = varint_read(&at);
    u.missing = varint_read(&at);
    const unsigned char *bitmap = at;
    if (u.missing)
        at += (u.n + 7) / 8;
    u.v = malloc((u.n + 1) * sizeof *u.v);
    int64_t last = 0, step = 0;
    for (size_t i = 0; i < u.n; i++) {
        if (u.missing && bitmap[i / 8] >> (i % 8) & 1) {
            u.v[i] = NAN;
            continue;
        }
        int64_t d = zigzag_read(&at);
        step = u.order == 2 ? step + d : d;
        last = u.order == 0 ? d : last + step;
        u.v[i] = u.e >= 0 ? (double)last / pow(10, u.e) : (double)last * pow(10, -u.e);
    }
    ck_assert_uint_eq((size_t)(at - bytes), u.stream);
    free(deflated);
    free(bytes);
    jsonl_writer_free(w);
    return u;
}

static void same_after_round_trip(const double *v, size_t n, enum pack_order order)
{
    struct unpacked u = round_trip(v, n, order);
    ck_assert_uint_eq(u.n, n);
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(u.v[i] == v[i] || (isnan(u.v[i]) && isnan(v[i])), "%zu: %.17g, not %.17g", i, u.v[i], v[i]);
    free(u.v);
}

START_TEST(finds_the_decimal_step)
    {
        ck_assert_int_eq(pack_decimals((double[]){1, 2, -3}, 3), 0);
        ck_assert_int_eq(pack_decimals((double[]){1, 2.5}, 2), 1);
        ck_assert_int_eq(pack_decimals((double[]){124.03, NAN, 0.1}, 3), 2);
        ck_assert_int_eq(pack_decimals((double[]){1795398543.566}, 1), 3);
        ck_assert_int_eq(pack_decimals((double[]){1795398562.16765}, 1), 5);
        ck_assert_int_eq(pack_decimals((double[]){1.0 / 3}, 1), PACK_DECIMALS_MAX);
        ck_assert_int_eq(pack_decimals(NULL, 0), 0);
    }
END_TEST

START_TEST(keeps_integers_below_two_to_the_53)
    {
        ck_assert_int_eq(pack_decimals((double[]){1e12, 0.123456}, 2), 3);
        ck_assert_int_lt(pack_decimals((double[]){1e17}, 1), 0);
    }
END_TEST

START_TEST(gives_back_the_same_doubles)
    {
        const double v[] = {124.03, 123.94, 0, -0.01, 99999.99, 0.1, 0.2, 0.3};
        same_after_round_trip(v, sizeof v / sizeof v[0], PACK_ONCE);
        const double ts[] = {1795398543.566, 1795398543.766, 1795398543.966,
                             1795398544.169, 1795398544.366, 1795398540};
        same_after_round_trip(ts, sizeof ts / sizeof ts[0], PACK_TWICE);
        const double extremes[] = {1e12, -1e12, 0, 1e12};
        same_after_round_trip(extremes, 4, PACK_ONCE);
    }
END_TEST

START_TEST(keeps_missing_values_apart_from_zero)
    {
        const double v[] = {NAN, 0, NAN, NAN, 1, 0, 0, 0, 0, NAN};
        same_after_round_trip(v, sizeof v / sizeof v[0], PACK_ONCE);
        struct unpacked u = round_trip(v, sizeof v / sizeof v[0], PACK_ONCE);
        ck_assert_uint_eq(u.missing, 4);
        free(u.v);
        same_after_round_trip((double[]){NAN, NAN}, 2, PACK_ONCE);
        same_after_round_trip((double[]){0}, 0, PACK_ONCE);
    }
END_TEST

START_TEST(packs_more_than_a_block)
    {
        enum { N = 100000 };
        double *v = malloc(N * sizeof *v);
        uint32_t random = 1;
        for (size_t i = 0; i < N; i++) {
            random = random * 1664525u + 1013904223u;
            v[i] = random % 7 ? (double)(random >> 12) / 100 : NAN;
        }
        same_after_round_trip(v, N, PACK_ONCE);
        same_after_round_trip(v, N, PACK_TWICE);
        same_after_round_trip(v, N, PACK_PLAIN);
        same_after_round_trip(v, N, PACK_BEST);
        free(v);
    }
END_TEST

START_TEST(a_steady_clock_costs_a_byte_a_sample)
    {
        enum { N = 1000 };
        double v[N];
        for (size_t i = 0; i < N; i++)
            v[i] = nearbyint((1795398543.5 + 0.2 * (double)i) * 1000) / 1000;
        struct unpacked u = round_trip(v, N, PACK_TWICE);
        ck_assert_uint_lt(u.stream, N + 32);
        free(u.v);
    }
END_TEST

START_TEST(takes_the_shorter_order)
    {
        enum { N = 100000 };
        double *v = malloc(N * sizeof *v);
        uint32_t random = 1;
        for (size_t i = 0; i < N; i++) { /* a walk, by small steps */
            random = random * 1664525u + 1013904223u;
            v[i] = (i ? v[i - 1] : 5000) + (double)(random >> 30) - 1;
        }
        struct unpacked u = round_trip(v, N, PACK_BEST);
        ck_assert_int_eq(u.order, PACK_ONCE);
        free(u.v);
        for (size_t i = 0; i < N; i++) { /* noise between few levels: its differences are more than its values */
            random = random * 1664525u + 1013904223u;
            v[i] = (double)(random >> 30) * (double)(random >> 29 & 1);
        }
        u = round_trip(v, N, PACK_BEST);
        ck_assert_int_eq(u.order, PACK_PLAIN);
        free(u.v);
        free(v);
    }
END_TEST

START_TEST(text_ends_after_any_number_of_bytes)
    {
        double v[64];
        for (size_t n = 0; n < sizeof v / sizeof v[0]; n++) {
            v[n] = (double)(n * n * 7919 % 1009);
            same_after_round_trip(v, n + 1, PACK_ONCE);
        }
    }
END_TEST

UNIT_MAIN("memplot-pack", finds_the_decimal_step, keeps_integers_below_two_to_the_53, gives_back_the_same_doubles,
          keeps_missing_values_apart_from_zero, packs_more_than_a_block, takes_the_shorter_order,
          text_ends_after_any_number_of_bytes, a_steady_clock_costs_a_byte_a_sample)
