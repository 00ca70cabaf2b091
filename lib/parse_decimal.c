/* SPDX-License-Identifier: Apache-2.0
 * The numbers that are not exact in one operation: the C library rounds them right, in the C locale. */
#include "parser.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif

/* Of more digits than these the nearest double depends only through "is there a digit but 0": half way between two
 * doubles takes at most 767 digits to write. */
enum { DECIMAL_MAX = 800 };

static locale_t c_locale;
static pthread_once_t c_locale_once = PTHREAD_ONCE_INIT;

static void c_locale_make(void)
{
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

/* `text` is a string here. */
static double decimal_read(const char *text)
{
    pthread_once(&c_locale_once, c_locale_make);
    return c_locale ? strtod_l(text, NULL, c_locale) : strtod(text, NULL);
}

/* The significant digits of `text`, at most DECIMAL_MAX and one that stands for the rest, with the exponent that makes
 * up for what was left out, so that a number of any length takes linear time and a fixed buffer. */
static double decimal_read_long(const char *text, size_t n)
{
    char digits[DECIMAL_MAX + 40];
    size_t len = 0, dropped = 0, i = 0;
    long long scale = 0, exponent = 0;
    bool rest = false, point = false;
    for (; i < n && text[i] != 'e' && text[i] != 'E'; i++) {
        if (text[i] == '.') {
            point = true;
            continue;
        }
        scale -= point;
        if (len == 0 && text[i] == '0')
            continue;
        if (len < DECIMAL_MAX) {
            digits[len++] = text[i];
        } else {
            dropped++;
            rest |= text[i] != '0';
        }
    }
    if (len == 0)
        return 0;
    if (rest) {
        digits[len++] = '1';
        dropped--;
    }
    if (i < n) {
        bool down = text[++i] == '-';
        i += text[i] == '-' || text[i] == '+';
        for (; i < n; i++)
            exponent = exponent < 1000000000000 ? exponent * 10 + (text[i] - '0') : exponent;
        exponent = down ? -exponent : exponent;
    }
    snprintf(digits + len, sizeof digits - len, "e%lld", exponent + scale + (long long)dropped);
    return decimal_read(digits);
}

double parse_decimal(const char *text, size_t n)
{
    char copy[64];
    if (n >= sizeof copy)
        return decimal_read_long(text, n);
    memcpy(copy, text, n);
    copy[n] = '\0';
    return decimal_read(copy);
}

double parse_divide(uint64_t m, unsigned k)
{
    /* m / 10^k is m / 5^k / 2^k.  Both scaled to 64 bits, the quotient has 62 or 63: more than a double, and its lowest
     * bit takes up whether there is a remainder, so that the conversion rounds the exact value. */
    int m_up = __builtin_clzll(m), power_up = __builtin_clzll(powers_of_five[k]);
    uint128_t dividend = (uint128_t)m << m_up << 62;
    uint64_t divisor = powers_of_five[k] << power_up;
    uint64_t quotient = (uint64_t)(dividend / divisor);
    quotient |= dividend % divisor != 0;
    return ldexp((double)(int64_t)quotient, power_up - m_up - 62 - (int)k);
}
