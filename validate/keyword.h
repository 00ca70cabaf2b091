/* SPDX-License-Identifier: Apache-2.0
 * The keywords' compile functions, one each, for the table in keywords.c. */
#ifndef VALIDATE_KEYWORD_H
#define VALIDATE_KEYWORD_H

#include "compiler.h"

/* Bits of the types that a keyword looks at. */
enum {
    ON_NUMBER = 1 << JSONL_NUMBER,
    ON_STRING = 1 << JSONL_STRING,
    ON_ARRAY = 1 << JSONL_ARRAY,
    ON_OBJECT = 1 << JSONL_OBJECT,
};

#define KEYWORD(name) bool compile_##name(struct compiler *c, struct schema *s, const struct jsonl_value *key)

/* keyword_any.c */
KEYWORD(type);
KEYWORD(enum);
KEYWORD(const);
KEYWORD(format);
/* keyword_number.c */
KEYWORD(limit); /* minimum, maximum, and the exclusive ones */
KEYWORD(exclusive_4);
KEYWORD(multiple_of);
/* keyword_count.c */
KEYWORD(count); /* of elements, members, characters: at least, at most */
/* keyword_pattern.c */
KEYWORD(pattern_keyword);
/* keyword_content.c */
KEYWORD(content);
/* keyword_array.c */
KEYWORD(unique_items);
KEYWORD(items);
KEYWORD(contains);
KEYWORD(contains_count);
KEYWORD(additional_items);
/* keyword_object.c */
KEYWORD(members); /* required, properties, patternProperties, additionalProperties: one pass for all */
/* keyword_names.c */
KEYWORD(property_names);
KEYWORD(dependencies); /* also dependentRequired and dependentSchemas */
/* keyword_logic.c */
KEYWORD(all_of);
KEYWORD(any_of);
KEYWORD(one_of);
KEYWORD(not );
KEYWORD(if);
KEYWORD(branch); /* then, else: run by `if` */
/* keyword_reference.c */
KEYWORD(reference);
KEYWORD(dynamic_reference);
KEYWORD(recursive_reference);
KEYWORD(definitions);
/* keyword_unevaluated.c */
KEYWORD(unevaluated_items);
KEYWORD(unevaluated_properties);

/* ", is -1.5" */
void tell_found(struct jsonl_writer *w, const char *text, const struct jsonl_value *v);

#endif
