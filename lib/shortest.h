/* SPDX-License-Identifier: Apache-2.0
 * The shortest decimal that reads back as a double; not installed. */
#ifndef JSONL_SHORTEST_H
#define JSONL_SHORTEST_H

#include <stdint.h>

/* A finite number above 0 as digits * 10^exponent: of all decimals that round to it (to nearest, ties to even) one of
 * the fewest digits, and of those the nearest to it.  `digits` has at most 17 and does not end in 0. */
struct decimal {
    uint64_t digits;
    int exponent;
};
struct decimal shortest_decimal(double number);

#endif
