/* SPDX-License-Identifier: Apache-2.0
 * ECMA-262's regular expressions (RegExp with the flag u) in the words of PCRE2.
 *
 *     pattern_translate    what stands where in an expression: alternatives, groups, assertions, quantifiers
 *     escape_take          what starts with a backslash, in classes and outside them
 *     class_translate      [...]
 *     property_write       \p{...}
 *
 * What flag u refuses is refused: it is most often a slip, or means something else to other programs.  Lone
 * surrogates match nothing, as no text holds them. */
#ifndef VALIDATE_PATTERN_ECMA_H
#define VALIDATE_PATTERN_ECMA_H

#include "table.h"

/* An expression on its way.  The writer may be NULL: then it is checked only. */
struct expression {
    const char *s, *end; /* what is left */
    const char *start;
    struct jsonl_writer *w;
    struct jsonl_error *err;
    struct table names; /* of groups: pointers into `start`, one for each group, to its '(' */
    size_t groups;      /* that capture, in all of it */
};

/* Writes the translation, with callouts behind quantifiers and references, at which steps are counted
 * (match_steps.h).  false with *err set: it is no such expression, or out of memory. */
bool pattern_translate(struct jsonl_writer *w, struct jsonl_text regex, struct jsonl_error *err);

/* Sets the error, with the place in the expression; false always. */
bool expression_error(struct expression *x, const char *format, ...) JSONL_PRINTF(2, 3);

/* What an escape stands for. */
enum escape_kind {
    ESCAPE_CHARACTER, /* `character`, perhaps a surrogate */
    ESCAPE_SET,       /* \d \D \s \S \w \W \p \P: written already */
    ESCAPE_ASSERTION, /* \b \B: written already */
    ESCAPE_REFERENCE, /* \1 \k<name>: written already */
};

struct escape {
    enum escape_kind kind;
    uint32_t character;
};

/* Takes an escape, of which the backslash is next. */
bool escape_take(struct expression *x, bool in_class, struct escape *out);

/* Takes a class, of which the bracket is next. */
bool class_translate(struct expression *x);

/* Writes \p{...} or \P{...} for a name or NAME=VALUE between the braces; false: there is no such property. */
bool property_write(struct jsonl_writer *w, bool negated, struct jsonl_text property);

/* The next character of what is left, which is moved on. */
uint32_t expression_character(struct expression *x);

/* A character for itself, in a class and outside one; nothing for a surrogate. */
void character_write(struct jsonl_writer *w, uint32_t c);

/* jsonl_puts, if there is a writer. */
void pattern_puts(struct jsonl_writer *w, const char *string);

#endif
