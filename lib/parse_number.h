/* SPDX-License-Identifier: Apache-2.0
 * Numbers, eight digits at a time; part of the parser's loop.  Works on text that is followed by what parse.h asks for.
 */
#ifndef PARSE_NUMBER_H
#define PARSE_NUMBER_H

#include "parse.h"

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

/* How many of the bytes, from the lowest on, are digits: with '0' taken off a digit is 0 to 9, and 0x76 more leave its
 * high bit clear.  A carry out of a byte that is no digit only reaches those behind it. */
static inline unsigned digits_count(uint64_t w)
{
    uint64_t v = w ^ 0x3030303030303030u;
    uint64_t others = ((v + 0x7676767676767676u) | v) & 0x8080808080808080u;
    return others ? (unsigned)__builtin_ctzll(others) >> 3 : 8;
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
        unsigned n = digits_count(w);
        if (n == 0)
            return p;
        *mantissa = *mantissa * digits_powers[n] + digits_value(w, n);
        p += n;
        if (n < 8)
            return p;
    }
}

static inline bool is_digit(char c)
{
    return (unsigned)(c - '0') < 10;
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

/* mantissa * 10^scale, or what the text says where the mantissa, of `count` digits, has overflown.  A mantissa up to
 * 2^53 times or over a power of ten up to 10^22 is exact in one operation (Clinger, "How to read floating point numbers
 * accurately", 1990). */
static inline double number_value(uint64_t mantissa, int scale, ptrdiff_t count, const char *text, size_t n)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (PARSE_LIKELY(count <= 19 && mantissa <= (uint64_t)1 << 53 && scale >= -22 && scale <= 22))
        return scale < 0 ? (double)mantissa / powers[-scale] : (double)mantissa * powers[scale];
    if (count <= 19 && scale < 0 && scale >= -PARSE_DIVIDE_MAX)
        return parse_divide(mantissa, (unsigned)-scale);
    return parse_decimal(text, n);
}

/* What was read of a number. */
struct number {
    uint64_t mantissa; /* its digits, without the point */
    ptrdiff_t count;   /* how many they are; beyond 19 the mantissa may have overflown */
    int scale;         /* decimal exponent of the mantissa */
    bool integer;      /* no fraction, no exponent */
};

/* Digits and a fraction of together less than eight characters, as most are, in one go: the point is cut out of the
 * word.  false: it is not such a number, nothing is set. */
static inline bool number_short(const char **p, struct number *number)
{
    uint64_t w = digits_load(*p);
    unsigned whole = digits_count(w), n = whole;
    if (whole > 6)
        return false;
    number->integer = (*p)[whole] != '.';
    if (!number->integer) {
        uint64_t below = ((uint64_t)1 << 8 * whole) - 1;
        w = (w & below) | (w >> 8 & ~below);
        n = digits_count(w);
        if (n == whole || n == 7)
            return false;
        ++*p;
    }
    *p += n;
    number->mantissa = digits_value(w, n);
    number->count = n;
    number->scale = (int)whole - (int)n;
    return true;
}

/* Zeros before the first digit that counts. */
static inline ptrdiff_t number_zeros(const char *p)
{
    ptrdiff_t zeros = 0;
    for (; *p == '0' || *p == '.'; p++)
        zeros += *p == '0';
    return zeros;
}

/* Any number, up to the exponent.  Returns its end; NULL: refused. */
static const char *number_long(struct jsonl_parser *parser, const char *p, struct number *number)
{
    const char *digits = p;
    *number = (struct number){.integer = true};
    p = digits_read(p, &number->mantissa);
    number->count = p - digits;
    if (*p == '.') {
        const char *fraction = ++p;
        number->integer = false;
        p = digits_read(p, &number->mantissa);
        if (p == fraction)
            return parse_refuse_found(parser, "a digit must follow the decimal point", p);
        number->count += p - fraction;
        number->scale = p - fraction < 1000 ? -(int)(p - fraction) : -1000; /* count then says that it is not true */
    }
    if (number->count > 19)
        number->count -= number_zeros(digits);
    return p;
}

/* Returns what follows the number; NULL: refused. */
static inline const char *parse_number(struct jsonl_parser *parser, struct jsonl_value *v, const char *p)
{
    const char *start = p;
    bool negative = *p == '-';
    struct number number;
    p += negative;
    if (!is_digit(*p))
        return parse_refuse_found(parser, "a digit must follow the minus sign", p);
    if (*p == '0' && is_digit(p[1]))
        return parse_refuse(parser, "a number must not start with 0", p);
    if (!number_short(&p, &number) && !(p = number_long(parser, p, &number)))
        return NULL;
    if (*p == 'e' || *p == 'E') {
        number.integer = false;
        p = parse_exponent(parser, p + 1, &number.scale);
        if (!p)
            return NULL;
    }
    uint32_t n = (uint32_t)(p - start);
    double magnitude = number_value(number.mantissa, number.scale, number.count, start + negative, n - negative);
    *v = (struct jsonl_value){.type = JSONL_NUMBER,
                              .flags = number.integer ? JSONL_INTEGER : 0,
                              .span = 1,
                              .at = (uint32_t)(start - parser->text),
                              .len = n,
                              .u.num = negative ? -magnitude : magnitude};
    return p;
}

#endif
