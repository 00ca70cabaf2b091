/* SPDX-License-Identifier: Apache-2.0
 * Several files as one stream of records: what is wrong is said, counted and passed over. */
#include "jsonl.h"
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void write_file(const char *name, const char *data)
{
    FILE *f = fopen(name, "w");
    ck_assert_ptr_nonnull(f);
    fputs(data, f);
    fclose(f);
}

/* Into an empty directory, with stderr in the file "err". */
static void enter(void)
{
    unit_enter();
    jsonl_tool("tool");
}

static const char *leave(void)
{
    static char said[8192];
    FILE *f = fopen("err", "r");
    said[fread(said, 1, sizeof said - 1, f)] = '\0';
    fclose(f);
    unit_leave();
    return said;
}

START_TEST(goes_on_after_what_is_wrong)
    {
        enter();
        write_file("a", "{\"outcome\":\"passed\",\"test\":\"t\"}\nnot json\n\n[1]\n{\"ts\":1,\"event\":\"x\"}\n");
        write_file("b", "{\"ts\":1,\"elapsed_s\":0}\n{\"ts\":2,\"elap");
        const char *const files[] = {"a", "missing", "b"};
        struct jsonl_input *in = jsonl_input_open(files, 3);
        struct jsonl_record record;
        ck_assert(jsonl_input_next(in, &record));
        ck_assert(record.kind == JSONL_KIND_TEST && record.line == 1);
        ck_assert(jsonl_input_next(in, &record));
        ck_assert(record.kind == JSONL_KIND_EVENT && record.line == 5);
        jsonl_input_reject(in, "no good: %d", 7);
        ck_assert(jsonl_input_next(in, &record));
        ck_assert_str_eq(record.file, "b");
        ck_assert(!jsonl_input_next(in, &record));
        struct jsonl_input_stats stats = jsonl_input_close(in);
        ck_assert_uint_eq(stats.records, 2);
        ck_assert_uint_eq(stats.bad, 3);
        ck_assert_uint_eq(stats.truncated, 1);
        ck_assert_uint_eq(stats.failed, 1);
        ck_assert_uint_eq(stats.kinds[JSONL_KIND_EVENT], 0);
        ck_assert_str_eq(leave(), "tool: a:2:1: not JSON: a value was expected, found 'not'\n"
                                  "tool: a:4:1: a record should be an object\n"
                                  "tool: a:5: no good: 7\n"
                                  "tool: missing: cannot read: No such file or directory\n"
                                  "tool: b:2:14: the last line is cut off, its producer was probably stopped\n");
    }
END_TEST

START_TEST(shows_ten_problems_and_counts_the_rest)
    {
        enter();
        char many[400] = "";
        for (int i = 0; i < 25; i++)
            strcat(many, "\x1b[31m\n");
        write_file("a", many);
        const char *const files[] = {"a"};
        struct jsonl_input *in = jsonl_input_open(files, 1);
        struct jsonl_record record;
        ck_assert(!jsonl_input_next(in, &record));
        ck_assert_uint_eq(jsonl_input_close(in).bad, 25);
        const char *said = leave();
        ck_assert_ptr_nonnull(strstr(said, "tool: a:10:1: not JSON: a value was expected, found \\x1b\n"));
        ck_assert_ptr_null(strstr(said, "a:11"));
        ck_assert_ptr_nonnull(strstr(said, "tool: 15 more lines with problems, not shown\n"));
        ck_assert_ptr_null(strchr(said, '\x1b'));
    }
END_TEST

UNIT_MAIN("input", goes_on_after_what_is_wrong, shows_ten_problems_and_counts_the_rest)
