/* SPDX-License-Identifier: Apache-2.0
 * Columns of numbers as short text.
 *
 * Numbers become integers by the decimal step that the data has (124.03 -> 12403 with e = 2), each the
 * difference to the one before, as a zigzag varint (7 bits a byte, low first, the top bit set on all but the
 * last), raw deflate (RFC 1951), text.  Reading back divides by 10^e, which gives the very double that the decimal text
 * stands for.
 *
 *     stream  = varint(order) varint(zigzag e) varint(n) varint(m) bitmap? value*
 *     order     0: the integers; 1: differences; 2: differences of differences, for times
 *     n         numbers, m of them missing
 *     bitmap    if m > 0: ceil(n / 8) bytes, low bit first, 1 = missing
 *     value     varint(zigzag d), one for each that is not missing; the first from 0
 *
 * Text has 91 digits, from # to ~ without <, so that it holds nothing that a page could take for a tag; it is a
 * thirteenth shorter than base64 would be.  Two digits, the low one first, are 13 bits, of bytes that begin with their
 * low bit; of the bits that remain at the end up to 6 are one digit, more are two, filled up with zeros. */
#ifndef MEMPLOT_PACK_H
#define MEMPLOT_PACK_H

#include "jsonl.h"

/* At most this many decimals are kept: a microsecond. */
enum { PACK_DECIMALS_MAX = 6 };

enum pack_order {
    PACK_PLAIN, /* as in the stream */
    PACK_ONCE,
    PACK_TWICE,
    PACK_BEST, /* PLAIN or ONCE, whichever is shorter */
};

/* Writes v[0..n-1], NAN is missing, |v| < 10^15, as text.  false: out of memory.  Equal input gives equal
 * bytes with one version of libdeflate. */
bool pack_column(struct jsonl_writer *w, const double *v, size_t n, enum pack_order order);

/* The fewest decimals, up to PACK_DECIMALS_MAX, that hold each number; fewer, down below zero, where the
 * integers would leave 2^51. */
int pack_decimals(const double *v, size_t n);

#endif
