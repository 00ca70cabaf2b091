/* SPDX-License-Identifier: Apache-2.0
 * Random numbers that are the same everywhere. */
#ifndef RANDOM_H
#define RANDOM_H

#include <stdint.h>

/* Steele, Lea and Flood's SplitMix64: any seed will do. */
struct random {
    uint64_t state;
};

static inline uint64_t random_next(struct random *r)
{
    uint64_t z = r->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* One of 0 … n-1; n > 0 is so small that the remainder's bias does not matter. */
static inline uint64_t random_below(struct random *r, uint64_t n)
{
    return (random_next(r) >> 16) % n;
}

#endif
