/* SPDX-License-Identifier: Apache-2.0
 * References between schemas: RFC 3986, as far as finding a schema needs it.  Nothing is ever fetched. */
#ifndef VALIDATE_URI_H
#define VALIDATE_URI_H

#include "jsonl.h"

/* The absolute form of `reference` as seen from `base` (section 5.2), without its fragment; both may lack a
 * scheme.  A string in the arena; NULL: out of memory. */
char *uri_resolve(struct jsonl_arena *a, const char *base, struct jsonl_text reference);

/* What stands behind the first '#', percent-decoded, a text in the arena; s == NULL: there is none, or memory ran
 * out (*failed). */
struct jsonl_text uri_fragment(struct jsonl_arena *a, struct jsonl_text reference, bool *failed);

/* The bytes of a scheme without its colon, as in "urn:" or "https:"; 0: there is none, and it is a relative reference.
 */
size_t uri_scheme_length(struct jsonl_text uri);

/* For taking URIs apart: cuts a text off before the first of `stops`, and moves it on; passes over n bytes. */
struct jsonl_text uri_cut(struct jsonl_text *t, const char *stops);
static inline void uri_skip(struct jsonl_text *t, size_t n)
{
    t->s += n;
    t->n -= n;
}

#endif
