/* SPDX-License-Identifier: Apache-2.0
 * Numbers, eight digits at a time; part of the parser's loop.  Works on text that is followed by what parser.h asks
 * for.
 */
#ifndef JSONL_PARSE_NUMBER_H
#define JSONL_PARSE_NUMBER_H

#include "ascii.h"
#include "parser.h"

/* Eight bytes, the first one lowest. */
static inline uint64_t digits_load(const char *p)
{
    uint64_t w;
    memcpy(&w, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w = __builtin_bswap64(w);
#endif
    return w;
}

/* The high bit of each byte that is no digit, right up to and in the first one above 0x8a: with '0' taken off a digit
 * is 0 to 9, and 0x76 more leave its high bit clear; a carry out of a byte only reaches those behind it. */
static inline uint64_t digits_others(uint64_t w)
{
    uint64_t v = w ^ 0x3030303030303030u;
    return ((v + 0x7676767676767676u) | v) & 0x8080808080808080u;
}

/* The first byte that has its high bit set. */
static inline unsigned digits_first(uint64_t others)
{
    return (unsigned)__builtin_ctzll(others) >> 3;
}

/* The value of the first n digits, 1 to 8: moved up so that zeros are in front, then added up in pairs, fours and
 * eight. */
static inline uint64_t digits_value(uint64_t w, unsigned n)
{
    w = (w ^ 0x3030303030303030u) << (64 - 8 * n);
    w = w * 10 + (w >> 8);
    uint64_t even = (w & 0x000000ff000000ffu) * (100 + ((uint64_t)1000000 << 32));
    uint64_t odd = (w >> 16 & 0x000000ff000000ffu) * (1 + ((uint64_t)10000 << 32));
    return (even + odd) >> 32;
}

static const uint64_t digits_powers[9] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};

/* Appends the digits at p to *mantissa, which wraps if they are too many.  Returns their end. */
static inline const char *digits_read(const char *p, uint64_t *mantissa)
{
    for (;;) {
        uint64_t w = digits_load(p);
        uint64_t others = digits_others(w);
        unsigned n = others ? digits_first(others) : 8;
        if (n == 0)
            return p;
        *mantissa = *mantissa * digits_powers[n] + digits_value(w, n);
        p += n;
        if (n < 8)
            return p;
    }
}

/* The exponent at p, after its e; held to a size that no number makes up for.  NULL: refused. */
static inline const char *parse_exponent(struct jsonl_parser *parser, const char *p, int *scale)
{
    bool down = *p == '-';
    if (*p == '-' || *p == '+')
        p++;
    if (!is_digit(*p))
        return parse_refuse_found(parser,
                                  p[-1] == '+' || p[-1] == '-' ? "a digit must follow the exponent's sign"
                                                               : "a digit must follow the exponent's e",
                                  p);
    int e = 0;
    for (; is_digit(*p); p++)
        e = e < 10000 ? e * 10 + (*p - '0') : e;
    *scale += down ? -e : e;
    return p;
}

/* mantissa * 10^scale; `count`: digits of the mantissa, which beyond 19 may have overflown, so that the text counts.  A
 * mantissa up to 2^53 times or over a power of ten up to 10^22 is exact in one operation (Clinger, "How to read
 * floating point numbers accurately", 1990). */
static inline double number_value(uint64_t mantissa, int scale, ptrdiff_t count, const char *text, size_t n)
{
    if (count <= 19 && mantissa <= (uint64_t)1 << 53 && scale > -POWERS_OF_TEN && scale < POWERS_OF_TEN)
        return scale < 0 ? (double)mantissa / powers_of_ten[-scale] : (double)mantissa * powers_of_ten[scale];
    if (count <= 19 && mantissa == 0)
        return 0;
    if (count <= 19 && scale < 0 && scale >= -PARSE_DIVIDE_MAX)
        return parse_divide(mantissa, (unsigned)-scale);
    return parse_decimal(text, n);
}

/* A number of less than eight characters, as most are, in one go: the point is cut out of the word.  Returns its end;
 * NULL: it is not such a number, or none, and nothing is set. */
static inline const char *number_short(const char *p, double *value, bool *integer)
{
    uint64_t w = digits_load(p), others = digits_others(w);
    if (!others)
        return NULL;
    unsigned whole = digits_first(others), end = whole;
    *integer = p[whole] != '.';
    if (!*integer) {
        others &= others - 1; /* the point is below 0x8a, so the next one is right as well */
        if (!others)
            return NULL;
        end = digits_first(others);
        uint64_t below = ((uint64_t)1 << 8 * whole) - 1;
        w = (w & below) | (w >> 8 & ~below);
    }
    unsigned digits = end - !*integer;
    if (whole == 0 || (whole > 1 && *p == '0') || (!*integer && digits == whole) || (p[end] | 0x20) == 'e')
        return NULL;
    *value = (double)(int64_t)digits_value(w, digits);
    if (!*integer)
        *value /= powers_of_ten[digits - whole];
    return p + end;
}

/* Zeros before the first digit that counts. */
static inline ptrdiff_t number_zeros(const char *p)
{
    ptrdiff_t zeros = 0;
    for (; *p == '0' || *p == '.'; p++)
        zeros += *p == '0';
    return zeros;
}

/* Any number without its sign.  Returns its end; NULL: refused. */
static const char *number_long(struct jsonl_parser *parser, const char *p, double *value, bool *integer)
{
    const char *digits = p;
    if (!is_digit(*p))
        return parse_refuse_found(parser, "a digit must follow the minus sign", p);
    if (*p == '0' && is_digit(p[1]))
        return parse_refuse(parser, "a number must not start with 0", p);
    uint64_t mantissa = 0;
    int scale = 0;
    p = digits_read(p, &mantissa);
    ptrdiff_t count = p - digits;
    *integer = true;
    if (*p == '.') {
        const char *fraction = ++p;
        *integer = false;
        p = digits_read(p, &mantissa);
        if (p == fraction)
            return parse_refuse_found(parser, "a digit must follow the decimal point", p);
        count += p - fraction;
        scale = p - fraction < 1000 ? -(int)(p - fraction) : -1000; /* count then says that it is not true */
    }
    if (count > 19)
        count -= number_zeros(digits);
    if (*p == 'e' || *p == 'E') {
        *integer = false;
        p = parse_exponent(parser, p + 1, &scale);
        if (!p)
            return NULL;
    }
    *value = number_value(mantissa, scale, count, digits, (size_t)(p - digits));
    return p;
}

/* Returns what follows the number; NULL: refused. */
static inline const char *parse_number(struct jsonl_parser *parser, struct jsonl_value *v, const char *p)
{
    const char *start = p;
    bool negative = *p == '-', integer = true;
    double value = 0;
    p += negative;
    const char *end = number_short(p, &value, &integer);
    if (!end && !(end = number_long(parser, p, &value, &integer)))
        return NULL;
    *v = (struct jsonl_value){.type = JSONL_NUMBER,
                              .flags = integer ? JSONL_INTEGER : 0,
                              .span = 1,
                              .at = (uint32_t)(start - parser->text),
                              .len = (uint32_t)(end - start),
                              .u.num = negative ? -value : value};
    return end;
}

#endif
