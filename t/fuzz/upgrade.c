/* SPDX-License-Identifier: Apache-2.0
 * validate -u: lines as records of the current version.
 *
 * The input is lines.  Of each of them holds:
 * - With upgrades it is judged as without, but for a record that would not be valid as one of the current version.
 * - What is written in its place is an object of the current version, valid by its schema, with each member that the
 *   line has, and with nothing around it changed.  It is written again as it is, and the same the second time.
 * - Where test_start_ts and test_end_ts are filled in, they are `duration` apart. */
#include "../../validate/upgrade.h"
#include "../../validate/run.h"
#include "../../validate/verdict.h"
#include "support/fuzz.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct chooser chooser;
static struct judge plain, upgrading, again;
static struct jsonl_parser *old_parser, *new_parser;

static void begin(void)
{
    struct complaint complaint = {0};
    chooser.store.draft = DRAFT_2020_12;
    MUST(chooser_open(&chooser, NULL, true, &complaint), "%s", complaint.error.message);
    MUST(judge_init(&plain, &chooser, false) && judge_init(&upgrading, &chooser, true) &&
             judge_init(&again, &chooser, true),
         "no memory");
    old_parser = fuzz_need(jsonl_parser_new());
    new_parser = fuzz_need(jsonl_parser_new());
}

/* Each member of a is in b, as it was; but for the version. */
static void check_kept(const struct jsonl_value *a, const struct jsonl_value *b, const char *a_text, const char *b_text)
{
    const struct jsonl_value *key = a + 1;
    for (uint32_t i = 0; i < a->len; i++, key += 1 + key[1].span) {
        char name[64];
        if (key->len >= sizeof name || memchr(key->u.str, '\0', key->len))
            continue;
        memcpy(name, key->u.str, key->len);
        name[key->len] = '\0';
        const struct jsonl_value *v = key + 1, *w = jsonl_get(b, name);
        MUST(w, "%s is gone", name);
        if (v->type == JSONL_OBJECT && w->type == JSONL_OBJECT)
            check_kept(v, w, a_text, b_text);
        else if (strcmp(name, "schema_version") != 0)
            MUST(v->type == w->type && v->len == w->len && v->span == w->span &&
                     (v->type != JSONL_NUMBER || memcmp(a_text + v->at, b_text + w->at, v->len) == 0),
                 "%s is another", name);
    }
}

static void check_times(const struct jsonl_value *a, const struct jsonl_value *b)
{
    double start = jsonl_number(jsonl_get(b, "test_start_ts")), end = jsonl_number(jsonl_get(b, "test_end_ts"));
    double duration = jsonl_number(jsonl_get(a, "duration"));
    if (jsonl_get(a, "test_start_ts") || jsonl_get(a, "test_end_ts") || isnan(start))
        return;
    MUST(fabs(end - start - duration) <= 1e-6 + 1e-15 * (fabs(end) + fabs(duration)), "%f to %f, of %f s", start, end,
         duration);
}

static void check_upgraded(const struct jsonl_line *line, struct jsonl_text all)
{
    struct jsonl_error err;
    struct verdict verdict;
    size_t before = (size_t)(line->text - line->raw), behind = line->raw_len - before - line->len;
    MUST(all.n > before + behind && memcmp(all.s, line->raw, before) == 0 &&
             memcmp(all.s + all.n - behind, line->text + line->len, behind) == 0,
         "what is around it is another");
    char *text = fuzz_copy(all.s + before, all.n - before - behind);
    size_t n = all.n - before - behind;
    const struct jsonl_value *a = jsonl_parse(old_parser, line->text, line->len, &err);
    const struct jsonl_value *b = jsonl_parse(new_parser, text, n, &err);
    MUST(a && b && b->type == JSONL_OBJECT, "%s: %.*s", err.message, (int)n, text);
    MUST(jsonl_text_is(jsonl_text(jsonl_get(b, "schema_version")), choose_newest_version), "%.*s", (int)n, text);
    MUST(run_program(choose_newest(&chooser), NULL, text, b, NULL), "it is not valid: %.*s", (int)n, text);
    check_kept(a, b, line->text, text);
    check_times(a, b);
    int fd = fuzz_file(text, n);
    struct jsonl_line upgraded;
    struct jsonl_reader *r = fuzz_need(jsonl_reader_open(fuzz_path(fd).s, 0, &err));
    MUST(jsonl_reader_line(r, &upgraded, &err) == 1, "it is no line");
    judge_line(&again, &upgraded, &verdict);
    MUST(verdict.valid && !verdict.upgraded.s, "it is upgraded once more: %.*s", (int)n, text);
    jsonl_reader_close(r);
    close(fd);
    free(text);
}

static void check_line(const struct jsonl_line *line)
{
    struct verdict without, with, second;
    judge_line(&plain, line, &without);
    judge_line(&upgrading, line, &with);
    MUST(!without.undecided && !with.undecided, "no memory");
    MUST(without.valid ? with.valid || with.held : !with.valid, "it is %s with upgrades", with.valid ? "valid" : "not");
    if (!with.upgraded.s)
        return;
    check_upgraded(line, with.upgraded);
    judge_line(&again, line, &second);
    MUST(second.upgraded.n == with.upgraded.n && memcmp(second.upgraded.s, with.upgraded.s, with.upgraded.n) == 0,
         "%.*s the second time", (int)second.upgraded.n, second.upgraded.s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!old_parser)
        begin();
    int fd = fuzz_file(data, size);
    struct jsonl_error err;
    struct jsonl_line line;
    struct jsonl_reader *r = fuzz_need(jsonl_reader_open(fuzz_path(fd).s, 0, &err));
    while (jsonl_reader_line(r, &line, &err) == 1)
        if (!jsonl_line_blank(&line))
            check_line(&line);
    jsonl_reader_close(r);
    close(fd);
    return 0;
}
