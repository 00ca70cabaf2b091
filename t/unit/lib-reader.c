/* SPDX-License-Identifier: Apache-2.0
 * Lines and blocks from files and pipes. */
#include "jsonl.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A file with these bytes, opened for reading; the file itself is gone already. */
static struct jsonl_reader *reader_of(const char *data, size_t n, size_t line_max)
{
    char path[] = "/tmp/lib-reader.XXXXXX";
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    for (size_t done = 0; done < n;) {
        ssize_t written = write(fd, data + done, n - done);
        ck_assert_int_gt(written, 0);
        done += (size_t)written;
    }
    close(fd);
    struct jsonl_error err;
    struct jsonl_reader *r = jsonl_reader_open(path, line_max, &err);
    unlink(path);
    ck_assert_ptr_nonnull(r);
    return r;
}

static struct jsonl_reader *reader_of_string(const char *data, size_t line_max)
{
    return reader_of(data, strlen(data), line_max);
}

static void expect(struct jsonl_reader *r, size_t number, const char *text, const char *raw)
{
    struct jsonl_line line;
    struct jsonl_error err;
    ck_assert_int_eq(jsonl_reader_line(r, &line, &err), 1);
    ck_assert_uint_eq(line.number, number);
    ck_assert_uint_eq(line.len, strlen(text));
    ck_assert_mem_eq(line.text, text, line.len);
    ck_assert_uint_eq(line.raw_len, strlen(raw));
    ck_assert_mem_eq(line.raw, raw, line.raw_len);
    ck_assert(!line.too_long);
    ck_assert_int_eq(line.unended, raw[0] == '\0' || raw[strlen(raw) - 1] != '\n');
}

static void expect_too_long(struct jsonl_reader *r, size_t number)
{
    struct jsonl_line line;
    struct jsonl_error err;
    ck_assert_int_eq(jsonl_reader_line(r, &line, &err), 1);
    ck_assert_uint_eq(line.number, number);
    ck_assert(line.too_long);
    ck_assert_uint_eq(line.len + line.raw_len, 0);
    ck_assert(!jsonl_line_blank(&line));
}

static void expect_end(struct jsonl_reader *r)
{
    struct jsonl_line line;
    struct jsonl_error err;
    ck_assert_int_eq(jsonl_reader_line(r, &line, &err), 0);
    ck_assert_int_eq(jsonl_reader_line(r, &line, &err), 0);
    jsonl_reader_close(r);
}

START_TEST(gives_lines_with_and_without_their_ends)
    {
        struct jsonl_reader *r = reader_of_string("\xef\xbb\xbf{}\r\n\n  \t\n[1]\n\xef\xbb\xbfx\nlast", 0);
        expect(r, 1, "{}", "\xef\xbb\xbf{}\r\n");
        expect(r, 2, "", "\n");
        expect(r, 3, "  \t", "  \t\n");
        expect(r, 4, "[1]", "[1]\n");
        expect(r, 5, "x", "\xef\xbb\xbfx\n"); /* as cat leaves it */
        expect(r, 6, "last", "last");
        expect_end(r);
    }
END_TEST

START_TEST(ends_at_once_on_nothing)
    {
        expect_end(reader_of("", 0, 0));
    }
END_TEST

START_TEST(passes_over_lines_that_are_too_long)
    {
        struct jsonl_reader *r = reader_of_string("12345678\n123456789\nok\n1234567890\n", 8);
        expect(r, 1, "12345678", "12345678\n");
        expect_too_long(r, 2);
        expect(r, 3, "ok", "ok\n");
        expect_too_long(r, 4);
        expect_end(r);
        r = reader_of_string("ok\n123456789", 8); /* the last one has no end */
        expect(r, 1, "ok", "ok\n");
        expect_too_long(r, 2);
        expect_end(r);
    }
END_TEST

/* Longer than a block, in the middle and at the end of the input, with and without a line end. */
START_TEST(passes_over_a_line_of_many_blocks)
    {
        enum { LONG = 5000000 };
        char *data = malloc(2 * LONG + 16);
        size_t n = 0;
        memcpy(data, "a\n", 2);
        memset(data + 2, 'x', LONG);
        n = LONG + 2;
        memcpy(data + n, "\nb\n", 3);
        memset(data + n + 3, 'y', LONG);
        n += LONG + 3;
        struct jsonl_reader *r = reader_of(data, n, 1000000);
        expect(r, 1, "a", "a\n");
        expect_too_long(r, 2);
        expect(r, 3, "b", "b\n");
        expect_too_long(r, 4);
        expect_end(r);
        r = reader_of(data, n, 0);
        struct jsonl_line line;
        struct jsonl_error err;
        expect(r, 1, "a", "a\n");
        ck_assert_int_eq(jsonl_reader_line(r, &line, &err), 1);
        ck_assert_uint_eq(line.len, LONG);
        expect(r, 3, "b", "b\n");
        ck_assert_int_eq(jsonl_reader_line(r, &line, &err), 1);
        ck_assert(line.unended && line.len == LONG);
        expect_end(r);
        free(data);
    }
END_TEST

START_TEST(hands_a_pipes_lines_over_as_they_come)
    {
        int ends[2];
        ck_assert_int_eq(pipe(ends), 0);
        dup2(ends[0], STDIN_FILENO);
        struct jsonl_error err;
        struct jsonl_reader *r = jsonl_reader_open("-", 0, &err);
        ck_assert_str_eq(jsonl_reader_name(r), "(standard input)");
        ck_assert_int_eq(write(ends[1], "one\ntw", 6), 6);
        expect(r, 1, "one", "one\n"); /* would hang if it waited for more */
        ck_assert_int_eq(write(ends[1], "o\n", 2), 2);
        expect(r, 2, "two", "two\n");
        close(ends[1]);
        expect_end(r);
    }
END_TEST

START_TEST(blocks_hold_whole_lines_in_order)
    {
        enum { LINES = 400000 };
        char *data = malloc(LINES * 16);
        size_t n = 0;
        for (int i = 1; i <= LINES; i++)
            n += (size_t)sprintf(data + n, "line %d\n", i);
        struct jsonl_reader *r = reader_of(data, n - 1, 0); /* the last line end is cut off */
        struct jsonl_block *b;
        struct jsonl_error err;
        size_t number = 0, order = 0, bytes = 0;
        bool last = false;
        while (jsonl_reader_block(r, &b, &err) == 1) {
            struct jsonl_line line;
            size_t cursor = 0;
            ck_assert_uint_eq(b->order, order++);
            ck_assert_mem_eq(b->data, data + bytes, b->len);
            bytes += b->len;
            last = b->last;
            while (jsonl_block_line(b, &cursor, &line)) {
                char want[24];
                snprintf(want, sizeof want, "line %zu", ++number);
                ck_assert_uint_eq(line.number, number);
                ck_assert(line.len == strlen(want) && memcmp(line.text, want, line.len) == 0);
                ck_assert_int_eq(line.unended, number == LINES);
            }
            jsonl_block_free(b);
        }
        ck_assert(last && order > 2);
        ck_assert_uint_eq(number, LINES);
        ck_assert_uint_eq(bytes, n - 1);
        jsonl_reader_close(r);
        free(data);
    }
END_TEST

START_TEST(names_what_cannot_be_read)
    {
        struct jsonl_error err;
        ck_assert_ptr_null(jsonl_reader_open("/nonexistent/file", 0, &err));
        ck_assert_str_eq(err.message, "cannot read: No such file or directory");
        ck_assert_ptr_null(jsonl_reader_open("/", 0, &err));
        ck_assert_str_eq(err.message, "cannot read: Is a directory");
    }
END_TEST

UNIT_MAIN("reader", gives_lines_with_and_without_their_ends, ends_at_once_on_nothing,
          passes_over_lines_that_are_too_long, passes_over_a_line_of_many_blocks, hands_a_pipes_lines_over_as_they_come,
          blocks_hold_whole_lines_in_order, names_what_cannot_be_read)
