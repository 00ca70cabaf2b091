/* SPDX-License-Identifier: Apache-2.0 */
#include "divisor.h"

#include <string.h>

enum {
    CHUNK = 9,                               /* digits that are taken at a time: 10^9 fits a limb */
    LIMBS_MAX = DIVISOR_DIGITS * 4 / 32 + 2, /* a digit takes less than four bits */
};

static const uint64_t SMALL = 1000000000000000000; /* 10^18, so that 10 r + 9 fits 64 bits for a remainder r */
static const uint32_t powers[CHUNK + 1] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};

/* ---- Natural numbers in limbs of 32 bits, the last one first ---- */

struct natural {
    uint32_t limbs[LIMBS_MAX];
    size_t n; /* without zeros at the front */
};

static void natural_multiply_add(struct natural *x, uint32_t factor, uint32_t summand)
{
    uint64_t carry = summand;
    for (size_t i = 0; i < x->n; i++) {
        carry += (uint64_t)x->limbs[i] * factor;
        x->limbs[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry)
        x->limbs[x->n++] = (uint32_t)carry;
}

/* x / divisor if that leaves no remainder; false, and x as it was, if it does. */
static bool natural_divide(struct natural *x, uint32_t divisor)
{
    struct natural quotient = {.n = x->n};
    uint64_t rest = 0;
    for (size_t i = x->n; i-- > 0;) {
        rest = rest << 32 | x->limbs[i];
        quotient.limbs[i] = (uint32_t)(rest / divisor);
        rest %= divisor;
    }
    if (rest)
        return false;
    while (quotient.n > 0 && quotient.limbs[quotient.n - 1] == 0)
        quotient.n--;
    *x = quotient;
    return true;
}

static bool modulus_init(struct modulus *m, const struct natural *x, struct jsonl_arena *a)
{
    uint64_t low = x->limbs[0] | (uint64_t)(x->n > 1 ? x->limbs[1] : 0) << 32;
    *m = (struct modulus){.n = x->n};
    if (x->n <= 2 && low < SMALL) {
        m->small = low;
        return true;
    }
    m->limbs = jsonl_arena_alloc(a, x->n, sizeof *m->limbs);
    if (!m->limbs)
        return false;
    while (!(x->limbs[x->n - 1] << m->shift >> 31))
        m->shift++;
    uint32_t carry = 0;
    for (size_t i = 0; i < x->n; i++) {
        m->limbs[i] = x->limbs[i] << m->shift | carry;
        carry = m->shift ? x->limbs[i] >> (32 - m->shift) : 0;
    }
    return true;
}

bool divisor_init(struct divisor *out, const struct decimal *d, struct jsonl_arena *a, bool *failed)
{
    *failed = false;
    if (d->count == 0 || d->negative || d->count > DIVISOR_DIGITS)
        return false;
    struct natural x = {.n = 0};
    const char *s = d->digits;
    for (size_t i = 0; i < d->count; i++)
        natural_multiply_add(&x, 10, (uint32_t)decimal_digit(d, &s));
    *out = (struct divisor){.exponent = d->point - (int64_t)d->count};
    *failed = !modulus_init(&out->whole, &x, a);
    size_t twos = 0, fives = 0;
    while (natural_divide(&x, 2))
        twos++;
    while (natural_divide(&x, 5))
        fives++;
    out->zeros = twos > fives ? twos : fives;
    *failed = *failed || !modulus_init(&out->rest, &x, a);
    return !*failed;
}

/* ---- Remainders ---- */

/* r * factor + summand, less the modulus as often as it goes in; r < modulus, both shifted.  The quotient is less than
 * 2^32, so this is one step of long division (Knuth, The Art of Computer Programming, volume 2, 4.3.1, D3 to D6). */
static void remainder_step(const struct modulus *m, struct natural *r, uint32_t factor, uint32_t summand)
{
    const size_t n = m->n;
    uint64_t carry = (uint64_t)summand << m->shift;
    for (size_t i = 0; i < n; i++) {
        uint64_t product = (uint64_t)r->limbs[i] * factor + (uint32_t)carry;
        r->limbs[i] = (uint32_t)product;
        carry = (carry >> 32) + (product >> 32);
    }
    uint64_t top = carry << 32 | r->limbs[n - 1], quotient = top / m->limbs[n - 1];
    if (quotient > UINT32_MAX)
        quotient = UINT32_MAX;
    uint64_t borrow = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t product = quotient * m->limbs[i] + borrow;
        borrow = (product >> 32) + (r->limbs[i] < (uint32_t)product);
        r->limbs[i] -= (uint32_t)product;
    }
    for (uint64_t high = carry - borrow; high; high += carry) { /* the quotient was too much, by two at most */
        carry = 0;
        for (size_t i = 0; i < n; i++) {
            carry += (uint64_t)r->limbs[i] + m->limbs[i];
            r->limbs[i] = (uint32_t)carry;
            carry >>= 32;
        }
    }
}

static bool divides_large(const struct modulus *m, const struct decimal *d, size_t zeros)
{
    struct natural r = {.n = m->n};
    const char *s = d->digits;
    for (size_t left = d->count + zeros; left > 0;) {
        uint32_t chunk = 0;
        size_t n = left < CHUNK ? left : CHUNK;
        for (size_t i = 0; i < n; i++)
            chunk = chunk * 10 + (uint32_t)decimal_digit(d, &s);
        remainder_step(m, &r, powers[n], chunk);
        left -= n;
    }
    for (size_t i = 0; i < r.n; i++) {
        if (r.limbs[i])
            return false;
    }
    return true;
}

/* Whether the modulus divides the digits of d with that many zeros behind them. */
static bool divides(const struct modulus *m, const struct decimal *d, size_t zeros)
{
    if (!m->small)
        return divides_large(m, d, zeros);
    uint64_t r = 0;
    const char *s = d->digits;
    for (size_t i = 0; i < d->count + zeros; i++)
        r = (r * 10 + (uint64_t)decimal_digit(d, &s)) % m->small;
    return r == 0;
}

/* With d = x * 10^e, x a whole number that does not end in 0, and the divisor y * 10^f: where e < f, x would have to be
 * a multiple of 10, which it is not; else y has to divide x * 10^(e - f). */
bool divisor_divides(const struct divisor *by, const struct decimal *d)
{
    if (d->count == 0)
        return true;
    int64_t shift = d->point - (int64_t)d->count - by->exponent;
    if (shift < 0)
        return false;
    return (uint64_t)shift < by->zeros ? divides(&by->whole, d, (size_t)shift) : divides(&by->rest, d, 0);
}
