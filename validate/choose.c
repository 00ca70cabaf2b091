/* SPDX-License-Identifier: Apache-2.0 */
#include "choose.h"

#include "describe.h"

#define NEWEST "0.2.2"
const char *const choose_newest_version = NEWEST;

static const struct builtin {
    const char *file;    /* among the built-in schemas */
    const char *version; /* schema_version of reports; NULL: not of a report */
} builtins[CHOOSE_SCHEMAS] = {
    {"report-v0.2.2.schema.json", NEWEST}, {"report-v0.2.1.schema.json", "0.2.1"}, {"report-v0.2.schema.json", "0.2.0"},
    {"report-v0.1.schema.json", "0.1.0"},  {"memory-v1.schema.json", NULL},        {"event-v1.schema.json", NULL},
};
enum { NEWEST_REPORT = 0, MEMORY = 4, EVENT = 5 };

/* The kind, also of records that miss it by a wrong type or a missing member only: what holds both members of a pair
 * is meant to be of that kind. */
static enum jsonl_kind kind_meant(const struct jsonl_value *root)
{
    static const struct {
        const char *first, *second;
        enum jsonl_kind kind;
    } marks[] = {
        {"ts", "elapsed_s", JSONL_KIND_SAMPLE},
        {"schema_version", "mlx_knife_version", JSONL_KIND_TEST},
    };
    enum jsonl_kind kind = jsonl_kind(root);
    if (kind != JSONL_KIND_OTHER)
        return kind;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (jsonl_get(root, marks[i].first) && jsonl_get(root, marks[i].second))
            return marks[i].kind;
    }
    return root->len == 1 && jsonl_get(root, "summary") ? JSONL_KIND_SUMMARY : JSONL_KIND_OTHER;
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
static int report_by_version(const struct jsonl_value *root, const struct jsonl_value **at, struct jsonl_writer *reason)
{
    const struct jsonl_value *version = jsonl_get(root, "schema_version");
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
    struct resource *r = store_builtin(&c->store, builtins[i].file, complaint);
    c->builtin[i] = r ? program_compile(&c->store, r, c->formats, complaint) : NULL;
    return c->builtin[i];
}

bool chooser_open(struct chooser *c, const char *schema, bool upgrades, struct complaint *complaint)
{
    if (schema) {
        struct resource *r = store_load(&c->store, schema, complaint);
        c->given = r ? program_compile(&c->store, r, c->formats, complaint) : NULL;
        if (!c->given)
            return false;
    }
    for (int i = 0; i < CHOOSE_SCHEMAS; i++) {
        bool needed = !schema || (upgrades && i == NEWEST_REPORT);
        if (needed && !builtin_compile(c, i, complaint))
            return false;
    }
    lexicon_close(&c->store.lexicon);
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
        return CHOICE_NONE;
    }
    int i = -1;
    switch (kind_meant(root)) {
    case JSONL_KIND_TEST:
        i = report_by_version(root, at, reason);
        if (i < 0)
            return CHOICE_NONE;
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

bool choose_is_old(const struct jsonl_value *root)
{
    return jsonl_kind(root) == JSONL_KIND_TEST && version_find(jsonl_get(root, "schema_version")) > NEWEST_REPORT;
}

void chooser_free(struct chooser *c)
{
    program_free(c->given);
    for (int i = 0; i < CHOOSE_SCHEMAS; i++)
        program_free(c->builtin[i]);
    store_free(&c->store);
}
