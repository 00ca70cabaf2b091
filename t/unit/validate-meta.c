/* SPDX-License-Identifier: Apache-2.0
 * What is built in: our schemas and the drafts' meta-schemas, each held against its own meta-schema; dialects. */
#include "../../validate/compile.h"
#include "../../validate/index.h"
#include "../../validate/meta.h"
#include "embed.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static void built_in_check(const char *name, bool meta)
{
    struct store store = {.draft = DRAFT_2020_12};
    struct complaint complaint = {0};
    struct resource *r = NULL;
    if (meta) {
        for (const struct embedded *e = metas_builtin; e->name; e++) {
            struct jsonl_error error = {0};
            if (strcmp(e->name, name) == 0)
                r = document_add(&store, name, "",
                                 jsonl_document_parse(name, (struct jsonl_text){e->data, e->len}, &error), &error,
                                 &complaint);
        }
        ck_assert_msg(r && meta_file(r->uri) && strcmp(meta_file(r->uri), name) == 0, "%s is not what its $id says",
                      name);
    } else {
        r = document_builtin(&store, name, &complaint);
    }
    ck_assert_msg(r, "%s: %s", name, complaint.error.message);
    r->document->checked = false;
    ck_assert_msg(document_check(&store, r->document, &complaint), "%s: %s", name, complaint.error.message);
    struct program *p = program_compile(&store, r, true, &complaint);
    ck_assert_msg(p, "%s: %s", name, complaint.error.message);
    program_free(p);
    meta_programs_free(&store);
    store_free(&store);
}

START_TEST(what_is_built_in_is_well_made)
    {
        size_t n = 0;
        for (const struct embedded *e = schemas_builtin; e->name; e++, n++)
            built_in_check(e->name, false);
        for (const struct embedded *e = metas_builtin; e->name; e++, n++)
            built_in_check(e->name, true);
        ck_assert_uint_gt(n, 24);
    }
END_TEST

START_TEST(drafts_by_name_and_uri)
    {
        static const struct {
            const char *name, *uri;
        } drafts[DRAFTS] = {{"4", "http://json-schema.org/draft-04/schema#"},
                            {"6", "http://json-schema.org/draft-06/schema#"},
                            {"7", "http://json-schema.org/draft-07/schema"},
                            {"2019-09", "https://json-schema.org/draft/2019-09/schema"},
                            {"2020-12", "https://json-schema.org/draft/2020-12/schema"}};
        for (int d = 0; d < DRAFTS; d++) {
            enum draft by_name, by_uri;
            ck_assert(draft_by_name(drafts[d].name, &by_name) && (int)by_name == d);
            ck_assert(draft_by_uri((struct jsonl_text){drafts[d].uri, strlen(drafts[d].uri)}, &by_uri));
            ck_assert_int_eq((int)by_uri, d);
            ck_assert(meta_file(draft_uri((enum draft)d)));
        }
        enum draft draft;
        ck_assert(!draft_by_name("3", &draft));
        ck_assert(!draft_by_uri((struct jsonl_text){"http://json-schema.org/schema", 29}, &draft));
    }
END_TEST

static unsigned vocabulary(enum draft draft, const char *uri, bool required)
{
    return vocabulary_find(draft, (struct jsonl_text){uri, strlen(uri)}, required);
}

START_TEST(vocabularies_belong_to_their_draft)
    {
        static const char in_2019[] = "https://json-schema.org/draft/2019-09/vocab/",
                          in_2020[] = "https://json-schema.org/draft/2020-12/vocab/";
        char uri[100];
        snprintf(uri, sizeof uri, "%sapplicator", in_2019);
        ck_assert(vocabulary(DRAFT_2019_09, uri, true) & VOCABULARY_UNEVALUATED);
        ck_assert(!vocabulary(DRAFT_2020_12, uri, true));
        ck_assert(!vocabulary(DRAFT_7, uri, true));
        snprintf(uri, sizeof uri, "%sapplicator", in_2020);
        ck_assert(!(vocabulary(DRAFT_2020_12, uri, true) & VOCABULARY_UNEVALUATED));
        snprintf(uri, sizeof uri, "%sformat", in_2019);
        ck_assert(vocabulary(DRAFT_2019_09, uri, true) & VOCABULARY_ASSERTION);
        ck_assert(!(vocabulary(DRAFT_2019_09, uri, false) & VOCABULARY_ASSERTION));
        snprintf(uri, sizeof uri, "%sformat-assertion", in_2020);
        ck_assert(vocabulary(DRAFT_2020_12, uri, false) & VOCABULARY_ASSERTION);
        snprintf(uri, sizeof uri, "%sunevaluated", in_2019);
        ck_assert(!vocabulary(DRAFT_2019_09, uri, true));
        ck_assert(!vocabulary(DRAFT_2020_12, "https://example.com/vocab", true));
    }
END_TEST

UNIT_MAIN("validate-meta", what_is_built_in_is_well_made, drafts_by_name_and_uri, vocabularies_belong_to_their_draft)
