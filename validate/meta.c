/* SPDX-License-Identifier: Apache-2.0 */
#include "meta.h"

#include "describe.h"
#include "index.h"
#include "uri.h"

#include <string.h>

#define DRAFT_2019 "https://json-schema.org/draft/2019-09/"
#define DRAFT_2020 "https://json-schema.org/draft/2020-12/"

static const struct {
    const char *uri, *file; /* in validate/meta/ */
} metas[] = {
    {"http://json-schema.org/draft-04/schema", "draft-04.json"},
    {"http://json-schema.org/draft-06/schema", "draft-06.json"},
    {"http://json-schema.org/draft-07/schema", "draft-07.json"},
    {DRAFT_2019 "schema", "2019-09.json"},
    {DRAFT_2019 "meta/core", "2019-09-core.json"},
    {DRAFT_2019 "meta/applicator", "2019-09-applicator.json"},
    {DRAFT_2019 "meta/validation", "2019-09-validation.json"},
    {DRAFT_2019 "meta/meta-data", "2019-09-meta-data.json"},
    {DRAFT_2019 "meta/format", "2019-09-format.json"},
    {DRAFT_2019 "meta/content", "2019-09-content.json"},
    {DRAFT_2020 "schema", "2020-12.json"},
    {DRAFT_2020 "meta/core", "2020-12-core.json"},
    {DRAFT_2020 "meta/applicator", "2020-12-applicator.json"},
    {DRAFT_2020 "meta/unevaluated", "2020-12-unevaluated.json"},
    {DRAFT_2020 "meta/validation", "2020-12-validation.json"},
    {DRAFT_2020 "meta/meta-data", "2020-12-meta-data.json"},
    {DRAFT_2020 "meta/format-annotation", "2020-12-format-annotation.json"},
    {DRAFT_2020 "meta/format-assertion", "2020-12-format-assertion.json"},
    {DRAFT_2020 "meta/content", "2020-12-content.json"},
};

const char *meta_file(const char *uri)
{
    for (size_t i = 0; i < sizeof metas / sizeof *metas; i++) {
        if (strcmp(metas[i].uri, uri) == 0)
            return metas[i].file;
    }
    return NULL;
}

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
                            meta->document->name, (int)(key->len < 80 ? key->len : 80), key->u.str);
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
        if (describe_distance((struct jsonl_text){right, strlen(right)}, uri) >= 0) {
            complain(c, d, named, "\"%.*s\" is no draft that is known here; did you mean \"%s\"?", (int)uri.n, uri.s,
                     right);
            return;
        }
    }
    complain(c, d, named, "\"%.*s\" is no draft that is known here, and no meta-schema of that name is %s",
             (int)(uri.n < 80 ? uri.n : 80), uri.s, s->folders ? "in the folders of -r" : "given with -r");
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
    struct resource *meta = uri ? store_find(s, uri, c) : NULL;
    if (!uri)
        return complain(c, NULL, NULL, "out of memory");
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
