/* SPDX-License-Identifier: Apache-2.0
 * Records folded by several threads, and work shared by them. */
#include "jsonl.h"
#include "unit.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINES = 60000 }; /* of 64 bytes and more: far beyond what one thread would read alone */

/* Into an empty directory with "a" and "b", with stderr in the file "err". */
static void enter(void)
{
    unit_enter();
    jsonl_tool("tool");
    FILE *a = fopen("a", "w"), *b = fopen("b", "w");
    ck_assert(a && b);
    for (int i = 0; i < LINES; i++)
        fprintf(a,
                i % 20000 == 7    ? "{\"broken\":\n"
                : i % 20000 == 99 ? "{\"ts\":1,\"event\":\"refused\"}\n"
                                  : "{\"ts\":%d,\"event\":\"one of a long row of events that follow one another\"}\n",
                i);
    fputs("{\"ts\":-1,\"event\":\"b\"}\n{\"ts\":2,\"ev", b);
    fclose(a);
    fclose(b);
}

static const char *said(void)
{
    static char text[8192];
    FILE *f = fopen("err", "r");
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    ck_assert_int_eq(truncate("err", 0), 0);
    lseek(STDERR_FILENO, 0, SEEK_SET);
    return text;
}

/* The fold: the times of all events, in order. */
struct times {
    int *time;
    size_t len;
    size_t joins, joins_max; /* of the whole; it fails after so many */
};

static void *times_begin(void *whole)
{
    (void)whole;
    struct times *part = calloc(1, sizeof *part);
    part->time = malloc((LINES + 1) * sizeof *part->time);
    return part;
}

static bool times_record(void *part, const struct jsonl_record *record, struct jsonl_error *err)
{
    struct times *t = part;
    if (jsonl_text_is(jsonl_text(jsonl_get(record->root, "event")), "refused")) {
        jsonl_error_set(err, "refused in %s", record->file);
        return false;
    }
    t->time[t->len++] = (int)jsonl_number(jsonl_get(record->root, "ts"));
    return true;
}

static bool times_join(void *whole, void *part)
{
    struct times *t = whole, *more = part;
    memcpy(t->time + t->len, more->time, more->len * sizeof *t->time);
    t->len += more->len;
    more->len = 0;
    return ++t->joins != t->joins_max;
}

static void times_end(void *part)
{
    free(((struct times *)part)->time);
    free(part);
}

static const struct jsonl_fold fold = {times_begin, times_record, times_join, times_end};

START_TEST(any_number_of_threads_gives_the_same)
    {
        static const char *const files[] = {"a", "missing", "b"};
        enter();
        for (size_t threads = 1; threads < 10; threads += 2) {
            struct times whole = {.time = malloc((LINES + 1) * sizeof(int))};
            struct jsonl_input_stats stats;
            ck_assert(jsonl_input_fold(files, 3, threads, &fold, &whole, &stats));
            ck_assert_uint_eq(whole.len, LINES - 6 + 1);
            size_t n = 0;
            for (int i = 0; i < LINES; i++)
                if (i % 20000 != 7 && i % 20000 != 99)
                    ensure(whole.time[n++] == i, "%d is not at its place", i);
            ck_assert_int_eq(whole.time[n], -1);
            ck_assert_uint_eq(stats.records, whole.len);
            ck_assert_uint_eq(stats.kinds[JSONL_KIND_EVENT], whole.len);
            ck_assert_uint_eq(stats.bad, 6);
            ck_assert_uint_eq(stats.truncated, 1);
            ck_assert_uint_eq(stats.failed, 1);
            ck_assert_str_eq(said(), "tool: a:8:11: not JSON: a value was expected, the text ends\n"
                                     "tool: a:100: refused in a\n"
                                     "tool: a:20008:11: not JSON: a value was expected, the text ends\n"
                                     "tool: a:20100: refused in a\n"
                                     "tool: a:40008:11: not JSON: a value was expected, the text ends\n"
                                     "tool: a:40100: refused in a\n"
                                     "tool: missing: cannot read: No such file or directory\n"
                                     "tool: b:2:12: the last line is cut off, its producer was probably stopped\n");
            free(whole.time);
        }
        unit_leave();
    }
END_TEST

START_TEST(shows_ten_problems_wherever_blocks_end)
    {
        enter();
        FILE *a = fopen("a", "w");
        for (int i = 0; i < LINES; i++)
            fprintf(a, "%063d\n", i);
        fclose(a);
        for (size_t threads = 1; threads < 4; threads++) {
            struct times whole = {.time = malloc(sizeof(int))};
            struct jsonl_input_stats stats;
            ck_assert(jsonl_input_fold((const char *const[]){"a"}, 1, threads, &fold, &whole, &stats));
            ck_assert_uint_eq(stats.bad, LINES);
            const char *text = said();
            ck_assert_ptr_nonnull(strstr(text, "tool: a:10:"));
            ck_assert_ptr_null(strstr(text, "tool: a:11:"));
            ck_assert_ptr_nonnull(strstr(text, "tool: 59990 more lines with problems, not shown\n"));
            free(whole.time);
        }
        unit_leave();
    }
END_TEST

static void *nothing(void *whole)
{
    (void)whole;
    return NULL;
}

START_TEST(a_join_that_fails_ends_it)
    {
        enter();
        for (size_t threads = 1; threads < 6; threads += 2) {
            struct times whole = {.time = malloc((LINES + 1) * sizeof(int)), .joins_max = 4};
            struct jsonl_input_stats stats;
            ck_assert(!jsonl_input_fold((const char *const[]){"a"}, 1, threads, &fold, &whole, &stats));
            ck_assert_uint_eq(whole.joins, 4);
            free(whole.time);
            const struct jsonl_fold none = {nothing, times_record, times_join, times_end};
            ck_assert(!jsonl_input_fold((const char *const[]){"a"}, 1, threads, &none, NULL, &stats));
        }
        unit_leave();
    }
END_TEST

enum { WORKS = 1000 };

static void count(void *counts, size_t i)
{
    atomic_fetch_add((atomic_int *)counts + i, 1);
}

START_TEST(each_piece_of_work_is_done_once)
    {
        ck_assert_uint_ge(jsonl_processors(), 1);
        static const size_t threads[] = {0, 1, 2, 7, 5000};
        for (size_t k = 0; k < sizeof threads / sizeof threads[0]; k++) {
            static atomic_int counts[WORKS];
            for (size_t i = 0; i < WORKS; i++)
                counts[i] = 0;
            jsonl_share(threads[k], WORKS, count, counts);
            for (size_t i = 0; i < WORKS; i++)
                ck_assert_int_eq(counts[i], 1);
        }
        jsonl_share(0, 0, count, NULL);
    }
END_TEST

UNIT_MAIN("fold", any_number_of_threads_gives_the_same, shows_ten_problems_wherever_blocks_end,
          a_join_that_fails_ends_it, each_piece_of_work_is_done_once)
