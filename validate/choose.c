/* SPDX-License-Identifier: Apache-2.0 */
#include "choose.h"

#include "compile.h"
#include "describe.h"
#include "index.h"
#include "no_memory.h"

#include <string.h>

#define NEWEST "0.2.2"
const char *const choose_newest_version = NEWEST;

static const struct builtin {
    const char *file;    /* among the built-in schemas */
    const char *version; /* schema_version of reports; NULL: not of a report */
} builtins[CHOOSE_SCHEMAS] = {
    {"report-v0.2.2.schema.json", NEWEST}, {"report-v0.2.1.schema.json", "0.2.1"}, {"report-v0.2.schema.json", "0.2.0"},
    {"report-v0.1.schema.json", "0.1.0"},  {"memory-v1.schema.json", NULL},        {"event-v1.schema.json", NULL},
    {"resources-v1.schema.json", NULL},
};
enum { NEWEST_REPORT = 0, MEMORY = 4, EVENT = 5, RESOURCES = 6 };

/* Members that are looked at: what tells the kind, and what hints at it. */
enum { MARK_SUITE_VERSION = JSONL_MARKS, MARK_RESOURCES, MARKS };

/* The kind, also of records that miss it by a wrong type or a missing member only: what holds both members of a pair
 * is meant to be of that kind. */
static enum jsonl_kind kind_meant(const struct jsonl_value *root, const struct jsonl_value *const at[MARKS])
{
    enum jsonl_kind kind = jsonl_kind_by_marks(at);
    if (kind != JSONL_KIND_OTHER)
        return kind;
    if (at[JSONL_MARK_TS] && at[JSONL_MARK_ELAPSED_S])
        return JSONL_KIND_SAMPLE;
    if (at[JSONL_MARK_SCHEMA_VERSION] && at[MARK_SUITE_VERSION])
        return JSONL_KIND_TEST;
    return root->len == 1 && at[JSONL_MARK_SUMMARY] ? JSONL_KIND_SUMMARY : JSONL_KIND_OTHER;
}

static void versions_write(struct jsonl_writer *w)
{
    for (int i = MEMORY - 1; i >= 0; i--) {
        jsonl_puts(w, builtins[i].version);
        jsonl_puts(w, i > 1 ? ", " : i == 1 ? " and " : "");
    }
}

/* Index into `builtins` of a report's version, -1: there is none of that name. */
static int version_find(const struct jsonl_value *version)
{
    for (int i = 0; i < MEMORY; i++) {
        if (jsonl_text_is(jsonl_text(version), builtins[i].version))
            return i;
    }
    return -1;
}

/* Index into `builtins`, -1 with the reason.  Without a version the newest schema tells all that is wrong, that
 * included. */
static int report_by_version(const struct jsonl_value *version, const struct jsonl_value **at,
                             struct jsonl_writer *reason)
{
    if (!version || version->type != JSONL_STRING)
        return NEWEST_REPORT;
    int i = version_find(version);
    if (i >= 0)
        return i;
    *at = version;
    describe_text(reason, jsonl_text(version));
    jsonl_puts(reason, " is no version of the report format; those are ");
    versions_write(reason);
    return -1;
}

static bool builtin_compile(struct chooser *c, int i, struct complaint *complaint)
{
    struct resource *r = document_builtin(&c->store, builtins[i].file, complaint);
    c->builtin[i] = r ? program_compile(&c->store, r, c->formats, complaint) : NULL;
    return c->builtin[i];
}

/* The parser's names tell these members, too. */
static bool marks_compile(struct chooser *c)
{
    const char *paths[MARKS];
    memcpy(paths, jsonl_marks, sizeof jsonl_marks);
    paths[MARK_SUITE_VERSION] = "mlx_knife_version";
    paths[MARK_RESOURCES] = "resources";
    bool ok = true;
    for (int i = 0; i < MARKS; i++)
        ok = lexicon_add(&c->store.lexicon, (struct jsonl_text){paths[i], strlen(paths[i])}) != LEXICON_NONE && ok;
    lexicon_close(&c->store.lexicon);
    if (ok)
        c->marks = jsonl_paths_new(paths, MARKS, c->store.lexicon.table);
    return c->marks;
}

bool chooser_open(struct chooser *c, const char *schema, bool upgrades, struct complaint *complaint)
{
    if (schema) {
        struct resource *r = document_load(&c->store, schema, complaint);
        c->given = r ? program_compile(&c->store, r, c->formats, complaint) : NULL;
        if (!c->given)
            return false;
    }
    for (int i = 0; i < CHOOSE_SCHEMAS; i++) {
        bool needed = !schema || (upgrades && i == NEWEST_REPORT);
        if (needed && !builtin_compile(c, i, complaint))
            return false;
    }
    if (!marks_compile(c))
        return error_no_memory(&complaint->error);
    return true;
}

enum choice choose_schema(const struct chooser *c, const struct jsonl_value *root, const struct program **program,
                          const struct jsonl_value **at, struct jsonl_writer *reason)
{
    if (c->given) {
        *program = c->given;
        return CHOICE_SCHEMA;
    }
    if (root->type != JSONL_OBJECT) {
        *at = root;
        jsonl_printf(reason, "a record should be an object, this is %s", describe_type((enum jsonl_type)root->type));
        if (root->type == JSONL_ARRAY)
            jsonl_puts(reason, "; jq -c '.[]' makes lines of its elements");
        return CHOICE_NONE;
    }
    const struct jsonl_value *marks[MARKS];
    int i = -1;
    jsonl_paths_find(c->marks, root, marks);
    switch (kind_meant(root, marks)) {
    case JSONL_KIND_TEST:
        i = report_by_version(marks[JSONL_MARK_SCHEMA_VERSION], at, reason);
        if (i < 0)
            return CHOICE_NONE;
        if (marks[MARK_RESOURCES]) /* genreport has added them: to a report of whatever version */
            i = RESOURCES;
        break;
    case JSONL_KIND_SAMPLE:
    case JSONL_KIND_SUMMARY:
        i = MEMORY;
        break;
    case JSONL_KIND_EVENT:
        i = EVENT;
        break;
    default:
        return CHOICE_UNCHECKED;
    }
    *program = c->builtin[i];
    return CHOICE_SCHEMA;
}

const struct program *choose_newest(const struct chooser *c)
{
    return c->builtin[NEWEST_REPORT];
}

bool choose_is_old(const struct chooser *c, const struct jsonl_value *root)
{
    const struct jsonl_value *marks[MARKS];
    jsonl_paths_find(c->marks, root, marks);
    return jsonl_kind_by_marks(marks) == JSONL_KIND_TEST &&
           version_find(marks[JSONL_MARK_SCHEMA_VERSION]) > NEWEST_REPORT;
}

void chooser_free(struct chooser *c)
{
    jsonl_paths_free(c->marks);
    program_free(c->given);
    for (int i = 0; i < CHOOSE_SCHEMAS; i++)
        program_free(c->builtin[i]);
    meta_programs_free(&c->store);
    store_free(&c->store);
}
