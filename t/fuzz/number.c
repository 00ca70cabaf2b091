/* SPDX-License-Identifier: Apache-2.0
 * jsonl_write_number: numbers as text, against the C library.
 *
 * The input is doubles of eight bytes each; beside each of them one with few digits is tried, as benchmarks have them.
 * - With JSONL_SHORTEST a number is JSON, reads back bit for bit, no decimal of fewer digits does, and it is the
 * nearest of those with as many; its form is ECMAScript's, with an exponent from 1e21 on and below 1e-6.
 * - Decimals of 15 to 21 digits near a number, and near the middle between it and the next, are read by jsonl_parse as
 *   strtod reads them.
 * - With decimals it is what printf writes.
 * - jsonl_int writes what printf writes.
 * - It is never "-0"; NAN and infinities are null. */
#include "support/fuzz.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Significant digits of a decimal. */
static int digits_of(const char *s)
{
    int n = 0, zeros = 0;
    for (; *s && *s != 'e' && *s != 'E'; s++) {
        if (!isdigit((unsigned char)*s) || (n == 0 && *s == '0'))
            continue;
        n++;
        zeros = *s == '0' ? zeros + 1 : 0;
    }
    return n - zeros;
}

/* No decimal of n digits reads as the number: not the nearest, and not those beside it, which can lie within where
 * doubles are further apart on one side. */
static void check_no_shorter(double number, int n, const char *written)
{
    char text[40], beside[64];
    if (n < 1)
        return;
    snprintf(text, sizeof text, "%.*e", n - 1, fabs(number));
    char *e = strchr(text, 'e');
    long exponent = strtol(e + 1, NULL, 10) - (n - 1);
    int64_t digits = 0;
    for (char *c = text; c < e; c++)
        if (*c != '.')
            digits = digits * 10 + (*c - '0');
    for (int64_t d = digits - 1; d <= digits + 1; d++) {
        snprintf(beside, sizeof beside, "%" PRId64 "e%ld", d, exponent);
        MUST(strtod(beside, NULL) != fabs(number), "%s is the same as %s, and shorter", beside, written);
    }
}

/* Of the decimals with as many digits that read as the number it is the nearest: the one that printf rounds to, if that
 * is one of them. */
static void check_nearest(double number, const char *written)
{
    char rounded[40], digits[2][40] = {"", ""};
    int n = digits_of(written);
    if (n < 1)
        return;
    snprintf(rounded, sizeof rounded, "%.*e", n - 1, number);
    if (strtod(rounded, NULL) != number)
        return;
    const char *both[] = {rounded, written};
    for (int i = 0; i < 2; i++) {
        size_t len = 0;
        for (const char *s = both[i]; *s && *s != 'e'; s++)
            if (isdigit((unsigned char)*s) && (len || *s != '0'))
                digits[i][len++] = *s;
        while (len && digits[i][len - 1] == '0')
            digits[i][--len] = '\0';
    }
    MUST(strcmp(digits[0], digits[1]) == 0, "%s is written, %s is nearer", written, rounded);
}

static void check_shortest(struct jsonl_writer *w, double number)
{
    static struct jsonl_parser *p;
    struct jsonl_error err;
    p = p ? p : fuzz_need(jsonl_parser_new());
    jsonl_writer_clear(w);
    jsonl_write_number(w, number, JSONL_SHORTEST);
    struct jsonl_text t = jsonl_writer_text(w);
    const struct jsonl_value *v = jsonl_parse(p, t.s, t.n, &err);
    MUST(v, "%s: %s", t.s, err.message);
    if (!isfinite(number)) {
        MUST(v->type == JSONL_NULL, "%a is %s", number, t.s);
        return;
    }
    double zero = 0, want = number == 0 ? zero : number;
    MUST(v->type == JSONL_NUMBER && memcmp(&v->u.num, &want, sizeof want) == 0, "%a is %s", number, t.s);
    check_no_shorter(number, digits_of(t.s) - 1, t.s);
    check_nearest(number, t.s);
    bool exponent = number != 0 && (fabs(number) >= 1e21 || fabs(number) < 1e-6);
    MUST(!strchr(t.s, 'e') == !exponent, "%a is %s", number, t.s);
}

static void check_fixed(struct jsonl_writer *w, double number, int decimals)
{
    char want[400];
    jsonl_writer_clear(w);
    jsonl_write_number(w, number, decimals);
    const char *got = jsonl_writer_text(w).s;
    if (isfinite(number))
        snprintf(want, sizeof want, "%.*f", decimals, number);
    else
        snprintf(want, sizeof want, "null");
    const char *w0 = want[0] == '-' && !strpbrk(want, "123456789") ? want + 1 : want;
    MUST(strcmp(got, w0) == 0, "%a with %d decimals is %s, by printf %s", number, decimals, got, w0);
}

static void check_numbers(struct jsonl_writer *w, double number)
{
    check_shortest(w, number);
    for (int decimals = 0; decimals <= 9; decimals++)
        check_fixed(w, number, decimals);
    /* As benchmarks have them: few digits. */
    double near = isfinite(number) ? fmod(number, 1e6) : 0;
    check_shortest(w, rint(near * 1000) / 1000);
    check_fixed(w, rint(near * 2000) / 2000, 3);
    check_fixed(w, rint(near * 16) / 16, 2);
}

/* What jsonl_parse makes of a decimal. */
static void check_read(const char *text)
{
    static struct jsonl_parser *p;
    p = p ? p : fuzz_need(jsonl_parser_new());
    const struct jsonl_value *v = jsonl_parse(p, text, strlen(text), NULL);
    double want = strtod(text, NULL);
    MUST(v && v->type == JSONL_NUMBER, "%s is no number", text);
    MUST(memcmp(&v->u.num, &want, sizeof want) == 0, "%s is %a, by strtod %a", text, v->u.num, want);
}

static void check_near(double number)
{
    char text[80];
    if (!isfinite(number) || !isfinite(nextafter(number, INFINITY)))
        return;
    long double middle = ((long double)number + (long double)nextafter(number, INFINITY)) / 2;
    for (int digits = 15; digits <= 21; digits++) {
        snprintf(text, sizeof text, "%.*e", digits - 1, number);
        check_read(text);
        snprintf(text, sizeof text, "%.*Le", digits - 1, middle);
        check_read(text);
        int whole = fabs(number) < 1 ? 1 : (int)log10(fabs(number)) + 1;
        if (whole > digits)
            continue;
        snprintf(text, sizeof text, "%.*Lf", digits - whole, middle);
        check_read(text);
    }
}

static void check_int(struct jsonl_writer *w, int64_t number)
{
    char want[24];
    jsonl_writer_clear(w);
    jsonl_int(w, number);
    snprintf(want, sizeof want, "%" PRId64, number);
    MUST(strcmp(jsonl_writer_text(w).s, want) == 0, "%s is %s", want, jsonl_writer_text(w).s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct jsonl_writer *w = fuzz_need(jsonl_writer_new(-1));
    double number;
    int64_t integer;
    for (; size >= sizeof number; data += sizeof number, size -= sizeof number) {
        memcpy(&number, data, sizeof number);
        memcpy(&integer, data, sizeof integer);
        check_numbers(w, number);
        check_int(w, integer);
        check_near(number);
        check_near(fmod((double)integer / 0x1p40, 1e6)); /* as they are measured */
    }
    jsonl_writer_free(w);
    return 0;
}
