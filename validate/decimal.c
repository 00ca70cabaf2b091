/* SPDX-License-Identifier: Apache-2.0 */
#include "decimal.h"

#include "ascii.h"
#include "hash.h"

static const int64_t EXPONENT_MAX = 100000000000000000; /* 10^17 */

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
        int x = decimal_digit(a, &s), y = decimal_digit(b, &t);
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
        h = hash_mix(h, (uint64_t)decimal_digit(d, &s));
    return h;
}
