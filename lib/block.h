/* SPDX-License-Identifier: Apache-2.0
 * A block of lines with its memory; not installed. */
#ifndef JSONL_BLOCK_H
#define JSONL_BLOCK_H

#include "jsonl.h"

struct block {
    struct jsonl_block public; /* `data` is `memory`, once it is there */
    size_t cap;                /* bytes of memory */
    char *memory;
};

/* Room for n bytes, and for what the parser may read beyond.  false: out of memory. */
bool block_reserve(struct block *b, size_t n);

/* Notes that line `number` of the input was too long, of which the block has noted none from there on.  false: out of
 * memory. */
bool block_note_too_long(struct block *b, size_t number);

/* Empties and notes lines that are longer than line_max.  false: out of memory. */
bool block_check_lengths(struct block *b, size_t line_max);

#endif
