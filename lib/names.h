/* SPDX-License-Identifier: Apache-2.0
 * Tables of member names: the public one that is made once, and the one in which a parser keeps what it learns.  Not
 * installed. */
#ifndef JSONL_NAMES_H
#define JSONL_NAMES_H

#include "jsonl.h"

#include <string.h>

/* The longest name that can be compared in place, so that with its closing quote it fills the words below. */
enum { NAME_WORDS = 4, NAME_MAX = NAME_WORDS * 8 - 1 };

struct name {
    /* The text and the quote that ends it, and which bytes of it count: a key is this one if, word by word,
     * (text & mask) == word.  A name that cannot stand in a line as it is, has words that no text fits. */
    uint64_t word[NAME_WORDS], mask[NAME_WORDS];
    const char *s;
    uint32_t n;
    uint32_t hash;
    uint16_t id;     /* from 1, in one count over the given and the learned ones; 0: no name */
    uint16_t number; /* what a value says of it: from 1, or JSONL_NAME_OTHER */
};

struct jsonl_names {
    uint16_t tag; /* of this table among all; 0: none was left */
    size_t len, room;
    struct name *list;
    uint16_t *slots;  /* index into list + 1 by hash, 0: free */
    size_t slots_len; /* a power of two */
    size_t reach;     /* slots to look at from the hash on, until a name is not there */
    struct jsonl_arena texts;
};

/* Head, tail and length tell short names apart; of long ones all counts, for there may be very many that differ in the
 * middle only. */
static inline uint32_t name_hash(const char *s, size_t n)
{
    uint64_t head = 0, tail = 0;
    if (n >= 8) {
        memcpy(&head, s, 8);
        memcpy(&tail, s + n - 8, 8);
        for (size_t i = 8; i + 8 < n; i += 8) {
            uint64_t word;
            memcpy(&word, s + i, 8);
            head = (head ^ word) * 0xff51afd7ed558ccdu;
            head ^= head >> 32;
        }
    } else if (n >= 4) {
        uint32_t a, b;
        memcpy(&a, s, 4);
        memcpy(&b, s + n - 4, 4);
        head = a;
        tail = b;
    } else if (n > 0) {
        head = (unsigned char)s[0];
        tail = (uint64_t)(unsigned char)s[n / 2] << 8 | (unsigned char)s[n - 1];
    }
    uint64_t h = (head ^ (tail << 23 | tail >> 41) ^ n) * 0x9e3779b97f4a7c15u;
    return (uint32_t)(h >> 32);
}

/* Whether the key that starts at p, after its quote, is this name.  Reads NAME_MAX + 1 bytes at most. */
static inline bool name_is_at(const struct name *name, const char *p)
{
    uint64_t text[NAME_WORDS];
    memcpy(text, p, 16);
    if (((text[0] & name->mask[0]) ^ name->word[0]) | ((text[1] & name->mask[1]) ^ name->word[1]))
        return false;
    if (name->n < 16)
        return true;
    memcpy(text + 2, p + 16, 16);
    return !(((text[2] & name->mask[2]) ^ name->word[2]) | ((text[3] & name->mask[3]) ^ name->word[3]));
}

/* A table of all parts of n paths; see jsonl_paths_new.  NULL: too many, or out of memory. */
struct jsonl_names *paths_names_new(const char *const *paths, size_t n);

/* Room for `room` names.  false: out of memory. */
bool name_table_init(struct jsonl_names *t, size_t room);
void name_table_clear(struct jsonl_names *t);

/* Adds a name that is not there yet; its id and number are the caller's to set.  With `near` only where it is found in
 * a few steps, so that no choice of names makes the table slow.  NULL: no room, or out of memory. */
struct name *name_table_add(struct jsonl_names *t, const char *s, size_t n, uint32_t hash, bool near);

/* NULL: it is not there. */
const struct name *name_table_find(const struct jsonl_names *t, const char *s, size_t n, uint32_t hash);

#endif
