/* SPDX-License-Identifier: Apache-2.0 */
#include "decimal.h"

#include "hash.h"

static const int64_t EXPONENT_MAX = 100000000000000000; /* 10^17 */
enum { DIVISOR_DIGITS = 18 };                           /* so that 10 r + 9 fits 64 bits for a remainder r */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int64_t exponent_parse(const char *s, const char *end)
{
    bool negative = s < end && *s == '-';
    if (s < end && (*s == '-' || *s == '+'))
        s++;
    int64_t e = 0;
    for (; s < end && e < EXPONENT_MAX; s++)
        e = e * 10 + (*s - '0');
    if (e > EXPONENT_MAX)
        e = EXPONENT_MAX;
    return negative ? -e : e;
}

struct decimal decimal_parse(struct jsonl_text text)
{
    const char *s = text.s, *end = s + text.n;
    struct decimal d = {.negative = s < end && *s == '-'};
    if (d.negative)
        s++;
    const char *last = s; /* behind the last digit that is not 0 */
    int64_t before = 0;   /* digits before the point, from the first that is not 0; < 0: zeros behind it */
    bool fraction = false;
    size_t pending = 0; /* digits since `last` */
    for (; s < end && (is_digit(*s) || *s == '.'); s++) {
        if (*s == '.') {
            fraction = true;
            continue;
        }
        if (!d.digits && *s != '0')
            d.digits = s;
        if (!d.digits) {
            before -= fraction;
            continue;
        }
        before += !fraction;
        pending++;
        if (*s != '0') {
            d.count += pending;
            pending = 0;
            last = s + 1;
        }
    }
    if (d.count == 0)
        return (struct decimal){0};
    d.bytes = (size_t)(last - d.digits);
    d.point = before + (s < end ? exponent_parse(s + 1, end) : 0);
    return d;
}

/* The next digit from *s, which is moved on; 0 behind the end. */
static int digit_next(const char **s, const char *end)
{
    if (*s < end && **s == '.')
        ++*s;
    return *s < end ? *(*s)++ - '0' : 0;
}

int decimal_compare(const struct decimal *a, const struct decimal *b)
{
    if (a->negative != b->negative)
        return a->negative ? -1 : 1;
    int greater = a->negative ? -1 : 1;
    if (a->count == 0 || b->count == 0)
        return a->count == b->count ? 0 : a->count > 0 ? greater : -greater;
    if (a->point != b->point)
        return a->point > b->point ? greater : -greater;
    const char *s = a->digits, *t = b->digits;
    for (size_t n = a->count > b->count ? a->count : b->count; n > 0; n--) {
        int x = digit_next(&s, a->digits + a->bytes), y = digit_next(&t, b->digits + b->bytes);
        if (x != y)
            return x > y ? greater : -greater;
    }
    return 0;
}

bool decimal_is_integer(const struct decimal *d)
{
    return d->count == 0 || (d->point > 0 && d->count <= (uint64_t)d->point);
}

uint64_t decimal_hash(const struct decimal *d)
{
    uint64_t h = hash_mix(HASH_SEED + d->negative, (uint64_t)d->point);
    const char *s = d->digits;
    for (size_t i = 0; i < d->count; i++)
        h = hash_mix(h, (uint64_t)digit_next(&s, d->digits + d->bytes));
    return h;
}

bool decimal_divisor(const struct decimal *d, struct divisor *out)
{
    if (d->count == 0 || d->negative || d->count > DIVISOR_DIGITS)
        return false;
    const char *s = d->digits;
    *out = (struct divisor){.exponent = d->point - (int64_t)d->count};
    for (size_t i = 0; i < d->count; i++)
        out->digits = out->digits * 10 + (uint64_t)digit_next(&s, d->digits + d->bytes);
    return true;
}

/* a * b modulo m < 2^63, by doubling: without a type of 128 bits. */
static uint64_t multiply_modulo(uint64_t a, uint64_t b, uint64_t m)
{
    uint64_t r = 0;
    for (; b > 0; b >>= 1) {
        if (b & 1)
            r = (r + a) % m;
        a = (a + a) % m;
    }
    return r;
}

/* With d = x * 10^e and the divisor y * 10^f, x and y whole numbers that do not end in 0: where e < f, x would
 * have to be a multiple of 10, which it is not; else y has to divide x * 10^(e - f). */
bool decimal_is_multiple(const struct decimal *d, const struct divisor *by)
{
    if (d->count == 0)
        return true;
    int64_t shift = d->point - (int64_t)d->count - by->exponent;
    if (shift < 0)
        return false;
    uint64_t m = by->digits, r = 0;
    const char *s = d->digits;
    for (size_t i = 0; i < d->count; i++)
        r = (r * 10 + (uint64_t)digit_next(&s, d->digits + d->bytes)) % m;
    for (uint64_t power = 10 % m, n = (uint64_t)shift; n > 0 && r > 0; n >>= 1) {
        if (n & 1)
            r = multiply_modulo(r, power, m);
        power = multiply_modulo(power, power, m);
    }
    return r == 0;
}
