/* SPDX-License-Identifier: Apache-2.0
 * ECMA-262's regular expressions in the words of PCRE2. */
#ifndef PATTERN_ECMA_H
#define PATTERN_ECMA_H

#include "jsonl.h"

/* Writes the translation; what is wrong in the expression stays so, for PCRE2 to tell. */
void pattern_translate(struct jsonl_writer *w, struct jsonl_text regex);

#endif
