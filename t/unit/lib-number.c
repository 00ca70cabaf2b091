/* SPDX-License-Identifier: Apache-2.0
 * Numbers as text: fixed decimals against printf, the shortest against its definition. */
#include "jsonl.h"
#include "unit.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t random_state = 88172645463325252u;

static uint64_t random_bits(void)
{
    random_state ^= random_state << 13, random_state ^= random_state >> 7, random_state ^= random_state << 17;
    return random_state;
}

static const char *number(double n, int decimals)
{
    static struct jsonl_writer *w;
    if (!w)
        w = jsonl_writer_new(-1);
    jsonl_writer_clear(w);
    jsonl_write_number(w, n, decimals);
    return jsonl_writer_text(w).s;
}

START_TEST(writes_numbers_with_fixed_decimals)
    {
        ck_assert_str_eq(number(1.005, 2), "1.00"); /* the double is below 1.005 */
        ck_assert_str_eq(number(0.125, 1), "0.1");
        ck_assert_str_eq(number(-0.04, 1), "0.0");
        ck_assert_str_eq(number(-1.25, 2), "-1.25");
        ck_assert_str_eq(number(99.996, 2), "100.00");
        ck_assert_str_eq(number(0, 3), "0.000");
        ck_assert_str_eq(number(7, 0), "7");
        ck_assert_str_eq(number(1e300, 0) + 300, "0");
        ck_assert_str_eq(number(1795398707.8119, 3), "1795398707.812");
        ck_assert_str_eq(number(-0.5, 0), "0");
        ck_assert_str_eq(number(-1.5, 0), "-2");
        ck_assert_str_eq(number(-1e17, 1), "-100000000000000000.0");
        ck_assert_str_eq(number(1.5, 9), "1.500000000");
        ck_assert_str_eq(number(1.5, 10), "1.500000000"); /* held to 9 */
        ck_assert_str_eq(number(1.5, -7), "1.5");         /* as JSONL_SHORTEST */
        ck_assert_str_eq(number(DBL_MIN, 9), "0.000000000");
        ck_assert_uint_eq(strlen(number(-DBL_MAX, 9)), 1 + 309 + 1 + 9);
        ck_assert_str_eq(number(NAN, 2), "null");
        ck_assert_str_eq(number(-INFINITY, JSONL_SHORTEST), "null");
    }
END_TEST

/* What printf writes, but for a minus before nothing but zeros. */
static void same_as_printf(double d, int decimals)
{
    char want[400];
    snprintf(want, sizeof want, "%.*f", decimals, d);
    const char *w = want + (want[0] == '-' && strspn(want, "-0.") == strlen(want));
    ensure(strcmp(number(d, decimals), w) == 0, "%.17g to %d: %s, not %s", d, decimals, number(d, decimals), w);
}

START_TEST(rounds_as_printf_does)
    {
        ck_assert_str_eq(number(1.115, 2), "1.11");
        ck_assert_str_eq(number(2.5, 0), "2");
        ck_assert_str_eq(number(3.5, 0), "4");
        for (int i = 0; i < 50000; i++) {
            double d;
            uint64_t r = random_bits();
            int decimals = (int)(r % 10);
            /* Decimal numbers with one digit more than is written, ending in 5, are the hard cases, */
            same_as_printf((double)(r >> 40) / 1e4 + 5 / pow(10, decimals + 1), decimals);
            /* and true ties, which only sums of few powers of two are; */
            same_as_printf((double)(r >> 44) + (double)(r % 1024) / 1024, decimals);
            /* then any double, and any in the range where we do the rounding. */
            memcpy(&d, &r, sizeof d);
            if (isfinite(d))
                same_as_printf(d, decimals);
            same_as_printf(ldexp((double)(r >> 11), (int)(r % 80) - 79), decimals);
        }
    }
END_TEST

static bool reads_as(const char *text, double d)
{
    double back = strtod(text, NULL);
    return !(back < d) && !(back > d);
}

static size_t digits_of(const char *text)
{
    char digits[40];
    size_t n = 0;
    for (; *text && *text != 'e'; text++)
        if (*text >= '0' && *text <= '9' && (n > 0 || *text > '0'))
            digits[n++] = *text;
    while (n > 1 && digits[n - 1] == '0')
        n--;
    return n;
}

/* Reads back, and no decimal of fewer digits does: neither of the two around d. */
static void is_shortest(double d)
{
    char text[40], shorter[40];
    snprintf(text, sizeof text, "%s", number(d, JSONL_SHORTEST));
    ensure(reads_as(text, d), "%s is not %.17g", text, d);
    size_t n = digits_of(text);
    ensure(n <= 17, "%s", text);
    if (n < 2 || d < 0)
        return;
    int exponent;
    long long digits = 0;
    snprintf(shorter, sizeof shorter, "%.*e", (int)n - 2, d); /* one digit less */
    for (const char *p = shorter; *p != 'e'; p++)
        digits = *p == '.' ? digits : digits * 10 + (*p - '0');
    exponent = atoi(strchr(shorter, 'e') + 1) - ((int)n - 2);
    for (int step = -1; step <= 1; step++) {
        snprintf(shorter, sizeof shorter, "%llde%d", digits + step, exponent);
        ensure(!reads_as(shorter, d), "%s is longer than %s", text, shorter);
    }
}

START_TEST(writes_the_shortest_number_that_reads_back)
    {
        for (int exponent = -1074; exponent <= 1023; exponent++) {
            double power = ldexp(1, exponent); /* here the interval is narrower on one side */
            is_shortest(power);
            is_shortest(nextafter(power, INFINITY));
            is_shortest(nextafter(power, 0) > 0 ? nextafter(power, 0) : power);
        }
        for (int i = 0; i < 40000; i++) {
            double d;
            uint64_t r = random_bits();
            memcpy(&d, &r, sizeof d);
            if (isfinite(d) && i < 5000)
                is_shortest(fabs(d));
            is_shortest((double)(r >> 11) / 9007199254740992.0 * 100);
            is_shortest(ldexp((double)(r >> 11), (int)(r % 92) - 90));
            is_shortest(1795398707 + (double)(r % 1000000007) / 1000);
        }
    }
END_TEST

START_TEST(writes_numbers_as_ecmascript_does)
    {
        static const struct {
            double number;
            const char *text;
        } cases[] = {
            {0.1, "0.1"},
            {0.1 + 0.2, "0.30000000000000004"},
            {-2.5, "-2.5"},
            {1795398707.8118753, "1795398707.8118753"},
            {-0.0, "0"},
            {123456, "123456"},
            {9007199254740991.0, "9007199254740991"},
            {9007199254740992.0, "9007199254740992"},
            {-9007199254740994.0, "-9007199254740994"},
            {123456789012345680000.0, "123456789012345680000"},
            {999999999999999900000.0, "999999999999999900000"},
            {1e21, "1e+21"},
            {1.5e300, "1.5e+300"},
            {1e100, "1e+100"},
            {0.000001, "0.000001"},
            {0.00000123456, "0.00000123456"},
            {0.0000001, "1e-7"},
            {1.5e-7, "1.5e-7"},
            {5e-324, "5e-324"},
            {2.2250738585072014e-308, "2.2250738585072014e-308"},
            {1.7976931348623157e308, "1.7976931348623157e+308"},
            {9.5367431640625e-7, "9.5367431640625e-7"},       /* 2^-20 */
            {5.684341886080802e-14, "5.684341886080802e-14"}, /* 2^-44: its nearest of 16 digits reads as another */
            {-INFINITY, "null"},
        };
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
            ck_assert_str_eq(number(cases[i].number, JSONL_SHORTEST), cases[i].text);
    }
END_TEST

START_TEST(writes_integers)
    {
        static const int64_t numbers[] = {0,         1,        -1, 9, 10, 99, 100, 12345678, 100000000, 1234567890123,
                                          INT64_MAX, INT64_MIN};
        struct jsonl_writer *w = jsonl_writer_new(-1);
        for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
            char want[32];
            snprintf(want, sizeof want, "%lld", (long long)numbers[i]);
            jsonl_writer_clear(w);
            jsonl_int(w, numbers[i]);
            ck_assert_str_eq(jsonl_writer_text(w).s, want);
        }
        jsonl_writer_free(w);
    }
END_TEST

START_TEST(writes_a_point_in_any_locale)
    {
        if (!setlocale(LC_ALL, "de_DE.UTF-8") && !setlocale(LC_ALL, "de_DE"))
            return;
        ck_assert_str_eq(number(0.1, JSONL_SHORTEST), "0.1");
        ck_assert_str_eq(number(1.5e-30, JSONL_SHORTEST), "1.5e-30");
        ck_assert_str_eq(number(1e17, 0), "100000000000000000");
        ck_assert_str_eq(number(1e17 + 0.5, 2), "100000000000000000.00");
    }
END_TEST

UNIT_MAIN("number", writes_numbers_with_fixed_decimals, rounds_as_printf_does,
          writes_the_shortest_number_that_reads_back, writes_numbers_as_ecmascript_does, writes_integers,
          writes_a_point_in_any_locale)
