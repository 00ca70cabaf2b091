/* SPDX-License-Identifier: Apache-2.0
 * Mixing of 64 bits, by the finishing step of MurmurHash3 (constants found by its author's search for
 * avalanche; public domain). */
#ifndef JSONL_HASH_H
#define JSONL_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define HASH_SEED UINT64_C(0x9e3779b97f4a7c15)

static inline uint64_t hash_mix(uint64_t h, uint64_t x)
{
    h ^= x;
    h ^= h >> 33;
    h *= UINT64_C(0xff51afd7ed558ccd);
    h ^= h >> 33;
    h *= UINT64_C(0xc4ceb9fe1a85ec53);
    h ^= h >> 33;
    return h + HASH_SEED;
}

static inline uint64_t hash_bytes(uint64_t h, const char *s, size_t n)
{
    h = hash_mix(h, n);
    for (; n >= 8; n -= 8, s += 8) {
        uint64_t x;
        memcpy(&x, s, 8);
        h = hash_mix(h, x);
    }
    uint64_t x = 0;
    if (n > 0)
        memcpy(&x, s, n);
    return hash_mix(h, x);
}

#endif
