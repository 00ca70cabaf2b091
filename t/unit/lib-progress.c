/* SPDX-License-Identifier: Apache-2.0
 * The line that tells how far a tool has come. */
#include "../../lib/progress.h"
#include "unit.h"

#include <string.h>

/* Half a second after the start. */
static const char *line_of(struct progress p)
{
    static char line[200];
    struct jsonl_writer *w = jsonl_writer_new(-1);
    progress_write(w, &p, 0.5);
    struct jsonl_text text = jsonl_writer_text(w);
    ck_assert_uint_lt(text.n, sizeof line);
    memcpy(line, text.s, text.n + 1);
    jsonl_writer_free(w);
    return line;
}

START_TEST(tells_share_records_and_speed)
    {
        struct progress p = {.file = "its/folder/a\033b", .bytes = 54000000, .total = 108000000, .bytes_all = 60000000};
        p.records = 1234567;
        ck_assert_str_eq(line_of(p), "a\\x1bb: 50 % of 108.0 MB, 1 234 567 records, 120 MB/s");
        p.finds = "invalid";
        p.found = 1003;
        ck_assert_str_eq(line_of(p), "a\\x1bb: 50 % of 108.0 MB, 1 234 567 records, 1 003 invalid, 120 MB/s");
        p = (struct progress){.file = "-", .bytes = 1500000000, .bytes_all = 750000, .records = 1};
        ck_assert_str_eq(line_of(p), "-: 1.50 GB, 1 record, 1.5 MB/s");
    }
END_TEST

START_TEST(a_file_that_grows_is_never_more_than_read)
    {
        struct progress p = {.file = "-", .bytes = 1500000000, .total = 1000000000};
        ck_assert_str_eq(line_of(p), "-: 100 % of 1.00 GB, 0 records, 0.0 MB/s");
    }
END_TEST

START_TEST(is_silent_where_nobody_looks)
    {
        struct progress p;
        jsonl_progress_begin(&p, false, NULL);
        jsonl_progress_file(&p, "x", "x");
        jsonl_progress_step(&p, 1, 1, 0);
        jsonl_progress_erase(&p);
        ck_assert(!p.live && !p.shown);
    }
END_TEST

UNIT_MAIN("lib-progress", tells_share_records_and_speed, a_file_that_grows_is_never_more_than_read,
          is_silent_where_nobody_looks)
