/* SPDX-License-Identifier: Apache-2.0
 * Numbers as text, the same in every locale. */
#include "digits.h"
#include "shortest.h"
#include "writer.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    DECIMALS_MAX = 9,
    FIXED_MAX = 24,    /* bytes of 2^53 with a point in it, and to spare */
    NUMBER_ROOM = 336, /* a sign, 309 digits, a point, 9 decimals, and to spare */
};

static const double whole_max = 9007199254740992.0; /* 2^53: up to here each integer is a double */

/* number * power, rounded as printf rounds: by the exact product, ties to even.  Only where the product as a double
 * lies half way can the exact one lie on either side, and fma tells which.  The product is within 0 and 2^53. */
static uint64_t scale_round(double number, double power)
{
    double scaled = number * power;
    uint64_t whole = (uint64_t)scaled;
    double over_half = scaled - (double)whole - 0.5;
    if (over_half > 0 || over_half < 0)
        return whole + (over_half > 0);
    double rest = fma(number, power, -scaled);
    return whole + (rest > 0 || (rest >= 0 && whole % 2 == 1));
}

/* The digits of n with a point before the last `decimals` of them; returns where they start. */
static char *point_before(char *end, uint64_t n, int decimals)
{
    if (decimals == 0)
        return digits_before(end, n);
    char *start = digits_padded(end, n, decimals + 1);
    char *p = start;
    for (; p < end - decimals; p++)
        p[-1] = *p;
    p[-1] = '.';
    return start - 1;
}

/* ECMAScript's form, which RFC 8785 has chosen for JSON: no exponent from 1e-6 up to 1e21.  Returns how many bytes. */
static size_t decimal_format(char *out, struct decimal d)
{
    char digits[DIGITS_MAX];
    char *end = digits + sizeof digits;
    const char *first = digits_before(end, d.digits);
    size_t n = (size_t)(end - first);
    int point = (int)n + d.exponent; /* digits before the point; beyond the ends, zeros */
    char *p = out;
    if (point > 21 || point < -5) {
        *p++ = *first++;
        if (first < end)
            *p++ = '.';
        memcpy(p, first, (size_t)(end - first));
        p += end - first;
        p += snprintf(p, 8, "e%+d", point - 1);
    } else if (point <= 0) {
        memcpy(p, "0.00000", 7);
        p += 2 - point;
        memcpy(p, first, n);
        p += n;
    } else {
        size_t before = (size_t)point, whole = n < before ? n : before;
        memcpy(p, first, whole);
        memset(p + whole, '0', before - whole);
        p += before;
        if (n > whole)
            *p++ = '.';
        memcpy(p, first + whole, n - whole);
        p += n - whole;
    }
    return (size_t)(p - out);
}

/* Beyond 2^53 / 10^decimals, where a double has hardly a digit behind the point. */
static size_t large_format(char *out, double number, int decimals)
{
    size_t n = (size_t)snprintf(out, NUMBER_ROOM - 1, "%.*f", decimals, number);
    if (decimals == 0)
        return n;
    size_t whole = strspn(out, "0123456789"); /* then comes what is the point in this locale, of any length */
    memmove(out + whole + 1, out + n - decimals, (size_t)decimals);
    out[whole] = '.';
    return whole + 1 + (size_t)decimals;
}

/* number >= 0, decimals <= DECIMALS_MAX.  Returns how many bytes it wrote. */
static size_t number_format(char *out, double number, int decimals)
{
    char text[2 * FIXED_MAX];
    char *end = text + FIXED_MAX;
    uint64_t scaled;
    if (decimals >= 0) {
        if (number >= whole_max / powers_of_ten[decimals])
            return large_format(out, number, decimals);
        scaled = scale_round(number, powers_of_ten[decimals]);
    } else {
        if (number >= whole_max || number > (double)(uint64_t)number)
            return decimal_format(out, shortest_decimal(number));
        scaled = (uint64_t)number;
        decimals = 0;
    }
    const char *start = point_before(end, scaled, decimals);
    memcpy(out, start, FIXED_MAX); /* more than there is, as a copy of constant size needs no call */
    return (size_t)(end - start);
}

static bool is_zero(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text[i] != '0' && text[i] != '.')
            return false;
    return true;
}

void jsonl_write_number(struct jsonl_writer *w, double number, int decimals)
{
    if (!isfinite(number)) {
        jsonl_write(w, "null", 4);
        return;
    }
    char *out = writer_room(w, NUMBER_ROOM);
    if (!out)
        return;
    size_t sign = number < 0;
    *out = '-';
    size_t n = number_format(out + sign, fabs(number), decimals < DECIMALS_MAX ? decimals : DECIMALS_MAX);
    if (sign && out[1] == '0' && is_zero(out + 1, n)) {
        memmove(out, out + 1, n);
        sign = 0;
    }
    w->len += sign + n;
}
