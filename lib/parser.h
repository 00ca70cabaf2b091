/* SPDX-License-Identifier: Apache-2.0
 * What the parser's files share; not installed.
 *
 * All of them read a text that is followed by a control character and SCAN_PADDING readable bytes, so that nothing in
 * it runs over its end: strings, numbers and names stop there by themselves. */
#ifndef JSONL_PARSER_H
#define JSONL_PARSER_H

#include "digits.h"
#include "names.h"
#include "scan.h"

#define PARSE_LIKELY(x) __builtin_expect(!!(x), 1)

enum { PARSE_SHADOWED = 0x80 };    /* flag on a key: a later member of the object has the same name */
enum { PARSE_LEARNED_MAX = 1024 }; /* names that a parser learns */

/* Which names an object that is still open has: by id, or by hash where a name has none. */
struct parse_seen {
    uint64_t bits[8];
    bool maybe; /* two keys hit the same bit: look closer when the object closes */
};

struct parse_key {
    const char *s;
    uint32_t len;
    uint32_t at; /* index into values */
};

/* Refusals: a constant sentence, and where. */
struct parse_fault {
    const char *message; /* NULL: out of memory */
    const char *at;
    const char *found;  /* where what stands is worth naming; NULL: nowhere */
    const char *string; /* the opening quote of the string in which it is; NULL: in none */
    bool behind;        /* what stands there is behind a value that is whole */
};

/* Which keys followed one: the first that ever did, and the last other one.  Most members that may be missing are
 * covered by that. */
struct parse_followers {
    const struct name *first, *other;
};

struct jsonl_parser {
    const char *text, *end;
    struct jsonl_value *values;
    size_t cap;
    char *decoded; /* strings with escapes; as large as the text, so that it never moves under them */
    size_t decoded_len, decoded_cap;
    char *copy; /* of a text that is not followed by what the parser needs */
    size_t copy_cap;
    struct parse_fault fault;

    const struct jsonl_names *given; /* or NULL */
    struct jsonl_names learned;
    struct parse_followers *followers; /* by a key's id; by 0 those of keys without an id, and of none */
    uint16_t last;                     /* id of the last key */
    bool shadowed;                     /* some key may be: of this text, or of one that was refused */

    uint32_t open[JSONL_DEPTH_MAX]; /* indices of the containers that are open */
    struct parse_seen seen[JSONL_DEPTH_MAX];
    struct parse_key *keys; /* for duplicates among many members */
    size_t keys_cap;
};

/* Sets the fault; returns NULL, for callers that return where they got to. */
const char *parse_refuse(struct jsonl_parser *p, const char *message, const char *at);
const char *parse_refuse_found(struct jsonl_parser *p, const char *message, const char *at);

/* Puts the fault into words: line, column in characters and byte, all from 1.  line: what was parsed, NULL if that was
 * no line.  err may be NULL. */
void parse_fault_explain(const struct jsonl_parser *p, const struct jsonl_line *line, struct jsonl_error *err);

/* Reads the rest of a string that is more than plain ASCII, from p on, where the first such character stands:
 * `v->u.str` is the string's first one.  Sets v's text.  Returns what follows the closing quote; NULL: refused. */
const char *parse_string_rest(struct jsonl_parser *parser, struct jsonl_value *v, const char *p);

/* The nearest double to a number in RFC 8259's grammar without a sign; HUGE_VAL beyond the range. */
double parse_decimal(const char *text, size_t n);

/* The nearest double to m / 10^k, m > 0 and k <= PARSE_DIVIDE_MAX. */
enum { PARSE_DIVIDE_MAX = POWERS_OF_FIVE - 1 };
double parse_divide(uint64_t m, unsigned k);

/* A key that is not the expected one: *v is set from p, after its opening quote, on, its name looked up or learned, and
 * noted among its object's.  Returns what follows the closing quote; NULL: refused. */
const char *parse_key_other(struct jsonl_parser *parser, struct parse_seen *seen, struct jsonl_value *v, const char *p);

/* p is after the opening quote.  Returns what follows the closing one; NULL: refused. */
static inline const char *parse_string(struct jsonl_parser *parser, struct jsonl_value *v, const char *p)
{
    const char *stop = scan_plain(p);
    *v = (struct jsonl_value){.type = JSONL_STRING,
                              .span = 1,
                              .at = (uint32_t)(p - 1 - parser->text),
                              .len = (uint32_t)(stop - p),
                              .u.str = p};
    return PARSE_LIKELY(*stop == '"') ? stop + 1 : parse_string_rest(parser, v, stop);
}

/* Marks all but the last of the members with equal names of an object whose values end at `end`, which from then on
 * counts the others only.  false: out of memory. */
bool parse_shadow_duplicates(struct jsonl_parser *p, struct jsonl_value *object, const struct jsonl_value *end);

/* Takes away what was marked in a text whose values end at `end`. */
void parse_drop_shadowed(struct jsonl_parser *p, const struct jsonl_value *end);

/* Notes a name by its bit, of which the lowest nine count. */
static inline void parse_seen_note(struct parse_seen *seen, uint32_t bit)
{
    uint64_t *bits = &seen->bits[bit >> 6 & 7];
    uint64_t mask = (uint64_t)1 << (bit & 63);
    seen->maybe |= (*bits & mask) != 0;
    *bits |= mask;
}

#endif
