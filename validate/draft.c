/* SPDX-License-Identifier: Apache-2.0 */
#include "draft.h"

#include <string.h>

enum {
    UNTIL_DRAFT_7 = VOCABULARY_CORE | VOCABULARY_APPLICATOR | VOCABULARY_VALIDATION | VOCABULARY_FORMAT,
    SINCE_2019_09 = UNTIL_DRAFT_7 | VOCABULARY_UNEVALUATED | VOCABULARY_NOTES,
};

static const struct {
    const char *name; /* for -d */
    const char *uri;
    unsigned vocabularies;
} drafts[DRAFTS] = {
    [DRAFT_4] = {"4", "http://json-schema.org/draft-04/schema", UNTIL_DRAFT_7},
    [DRAFT_6] = {"6", "http://json-schema.org/draft-06/schema", UNTIL_DRAFT_7},
    [DRAFT_7] = {"7", "http://json-schema.org/draft-07/schema", UNTIL_DRAFT_7},
    [DRAFT_2019_09] = {"2019-09", "https://json-schema.org/draft/2019-09/schema", SINCE_2019_09},
    [DRAFT_2020_12] = {"2020-12", "https://json-schema.org/draft/2020-12/schema", SINCE_2019_09},
};

static const struct {
    const char *name; /* behind https://json-schema.org/draft/…/vocab/ */
    unsigned in_2019_09, in_2020_12, if_required;
} vocabularies[] = {
    {"core", VOCABULARY_CORE, VOCABULARY_CORE, 0},
    {"applicator", VOCABULARY_APPLICATOR | VOCABULARY_UNEVALUATED, VOCABULARY_APPLICATOR, 0},
    {"unevaluated", 0, VOCABULARY_UNEVALUATED, 0},
    {"validation", VOCABULARY_VALIDATION, VOCABULARY_VALIDATION, 0},
    {"meta-data", VOCABULARY_NOTES, VOCABULARY_NOTES, 0},
    {"content", VOCABULARY_NOTES, VOCABULARY_NOTES, 0},
    {"format", VOCABULARY_FORMAT, 0, VOCABULARY_ASSERTION},
    {"format-annotation", 0, VOCABULARY_FORMAT, 0},
    {"format-assertion", 0, VOCABULARY_FORMAT | VOCABULARY_ASSERTION, 0},
};

bool draft_by_name(const char *name, enum draft *draft)
{
    for (int d = 0; d < DRAFTS; d++) {
        if (strcmp(name, drafts[d].name) == 0) {
            *draft = (enum draft)d;
            return true;
        }
    }
    return false;
}

bool draft_by_uri(struct jsonl_text uri, enum draft *draft)
{
    if (uri.n > 0 && uri.s[uri.n - 1] == '#')
        uri.n--;
    for (int d = 0; d < DRAFTS; d++) {
        if (jsonl_text_is(uri, drafts[d].uri)) {
            *draft = (enum draft)d;
            return true;
        }
    }
    return false;
}

const char *draft_uri(enum draft draft)
{
    return drafts[draft].uri;
}

const struct jsonl_value *draft_id(enum draft draft, const struct jsonl_value *schema)
{
    const struct jsonl_value *id = jsonl_get(schema, draft == DRAFT_4 ? "id" : "$id");
    return id && id->type == JSONL_STRING && !(draft <= DRAFT_7 && jsonl_get(schema, "$ref")) ? id : NULL;
}

struct dialect dialect_standard(enum draft draft)
{
    return (struct dialect){draft, drafts[draft].vocabularies, NULL};
}

unsigned vocabulary_find(enum draft draft, struct jsonl_text uri, bool required)
{
    static const char *const bases[DRAFTS] = {[DRAFT_2019_09] = "https://json-schema.org/draft/2019-09/vocab/",
                                              [DRAFT_2020_12] = "https://json-schema.org/draft/2020-12/vocab/"};
    const char *base = bases[draft];
    size_t n = base ? strlen(base) : 0;
    if (n == 0 || uri.n < n || memcmp(uri.s, base, n) != 0)
        return 0;
    struct jsonl_text name = {uri.s + n, uri.n - n};
    for (size_t i = 0; i < sizeof vocabularies / sizeof *vocabularies; i++) {
        unsigned bits = draft == DRAFT_2019_09 ? vocabularies[i].in_2019_09 : vocabularies[i].in_2020_12;
        if (jsonl_text_is(name, vocabularies[i].name))
            return bits ? bits | (required ? vocabularies[i].if_required : 0) : 0;
    }
    return 0;
}
