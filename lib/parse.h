/* SPDX-License-Identifier: Apache-2.0
 * What the parser's files share; not installed. */
#ifndef PARSE_H
#define PARSE_H

#include "jsonl.h"

enum { PARSE_SHADOWED = 0x80 }; /* flag on a key: a later member of the object has the same name */

/* A small Bloom filter over the keys of an object that is still open. */
struct parse_seen {
    uint64_t bits[16];
    bool maybe; /* two keys hit the same bit: look closer when the object closes */
};

struct parse_key {
    const char *s;
    uint32_t len;
    uint32_t at; /* index into values */
};

struct jsonl_parser {
    struct jsonl_value *values;
    size_t len, cap;
    char *text; /* decoded strings; as large as the line, so that it never moves under them */
    size_t text_len, text_cap;
    uint32_t open[JSONL_DEPTH_MAX]; /* indices of the containers that are open */
    struct parse_seen seen[JSONL_DEPTH_MAX];
    struct parse_key *keys; /* for duplicates among many members */
    size_t keys_cap;
};

/* Refusals: a constant sentence, and where. */
struct parse_fault {
    const char *message;
    const char *at;
    bool found; /* what stands there is worth naming */
};

/* Decodes a string with escapes or non-ASCII characters.  `from` is its first character, `p` the first one that
 * is not plain, `to` has room for the rest of the line, or is NULL if the text shall be checked but stay where
 * it is.  Returns the closing quote; NULL with *fault set. */
const char *parse_string_rest(const char *from, const char *p, const char *end, char *to, size_t *len, bool *escaped,
                              struct parse_fault *fault);

/* The nearest double to a number in RFC 8259's grammar; +-HUGE_VAL beyond the range. */
double parse_decimal(const char *text, size_t n);

/* A hash of a key's text for `parse_seen`; its high bits are the good ones. */
uint32_t parse_key_hash(const char *s, size_t n);

/* Drops all but the last of the members with equal names from object `at`, which is closed but for its span.
 * false: out of memory. */
bool parse_drop_duplicates(struct jsonl_parser *p, uint32_t at);

#endif
