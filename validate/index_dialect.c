/* SPDX-License-Identifier: Apache-2.0
 * Which dialect a schema is in: that of its $schema, a draft or what the $vocabulary of a meta-schema makes of one. */
#include "index.h"

#include "clip.h"
#include "edits.h"
#include "uri.h"

#include <string.h>

/* What the $vocabulary of a meta-schema makes of its draft. */
static bool vocabularies_apply(const struct document *d, const struct jsonl_value *named, const struct resource *meta,
                               struct dialect *dialect, struct complaint *c)
{
    *dialect = (struct dialect){meta->dialect.draft, meta->dialect.vocabularies, meta};
    const struct jsonl_value *list = jsonl_get(meta->root, "$vocabulary");
    if (meta->dialect.draft < DRAFT_2019_09 || !list || list->type != JSONL_OBJECT) {
        dialect->vocabularies = dialect_standard(dialect->draft).vocabularies;
        return true;
    }
    dialect->vocabularies = VOCABULARY_CORE;
    const struct jsonl_value *key = list + 1;
    for (uint32_t i = 0; i < list->len; i++, key += 1 + key[1].span) {
        bool required = key[1].type == JSONL_TRUE;
        unsigned bits = vocabulary_find(dialect->draft, jsonl_text(key), required);
        if (!bits && required)
            return complain(c, d, named, "its meta-schema %s requires the vocabulary \"%.*s\", which is not known here",
                            meta->document->name, clip(jsonl_text(key), 80), key->u.str);
        dialect->vocabularies |= bits;
    }
    return true;
}

static void unknown_tell(const struct store *s, const struct document *d, const struct jsonl_value *named,
                         struct complaint *c)
{
    struct jsonl_text uri = jsonl_text(named);
    if (uri.n > 0 && uri.s[uri.n - 1] == '#')
        uri.n--;
    for (int draft = DRAFTS - 1; draft >= 0; draft--) {
        const char *right = draft_uri((enum draft)draft);
        if (edits_slip((struct jsonl_text){right, strlen(right)}, uri) >= 0) {
            complain(c, d, named, "\"%.*s\" is no draft that is known here; did you mean \"%s\"?", (int)uri.n, uri.s,
                     right);
            return;
        }
    }
    complain(c, d, named, "\"%.*s\" is no draft that is known here, and no meta-schema of that name is %s",
             clip(uri, 80), uri.s, s->folders ? "in the folders of -r" : "given with -r");
}

bool dialect_find(struct store *s, const struct document *d, const struct jsonl_value *root, struct dialect *dialect,
                  struct complaint *c)
{
    const struct jsonl_value *named = jsonl_get(root, "$schema");
    enum draft draft;
    if (!named)
        return true;
    if (named->type != JSONL_STRING)
        return complain(c, d, named, "should be a string");
    if (draft_by_uri(jsonl_text(named), &draft)) {
        *dialect = dialect_standard(draft);
        return true;
    }
    const char *uri = uri_resolve(&s->arena, "", jsonl_text(named));
    struct resource *meta = uri ? resource_find(s, uri, c) : NULL;
    if (!uri)
        return complain_no_memory(c);
    if (!meta && c->error.message[0] == '\0')
        unknown_tell(s, d, named, c);
    if (!meta)
        return false;
    if (meta->document->state == DOCUMENT_REGISTERED && !document_index(s, meta->document, c))
        return false;
    if (meta->document->state != DOCUMENT_READY)
        return complain(c, d, named, "a meta-schema has to end at one of the drafts, this one leads back to itself");
    return vocabularies_apply(d, named, meta, dialect, c);
}
