/* SPDX-License-Identifier: Apache-2.0
 * Numbers, escapes, JSON, errors and output files. */
#include "jsonl.h"
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *number(double n, int decimals)
{
    static struct jsonl_writer *w;
    if (!w)
        w = jsonl_writer_new(-1);
    jsonl_writer_clear(w);
    jsonl_write_number(w, n, decimals);
    return jsonl_writer_text(w).s;
}

static const char *escaped(enum jsonl_target target, const char *text, size_t n)
{
    static struct jsonl_writer *w;
    if (!w)
        w = jsonl_writer_new(-1);
    jsonl_writer_clear(w);
    jsonl_write_escaped(w, target, (struct jsonl_text){text, n});
    return jsonl_writer_text(w).s;
}

START_TEST(writes_numbers_with_fixed_decimals)
    {
        ck_assert_str_eq(number(1.005, 2), "1.00"); /* the double is below 1.005 */
        ck_assert_str_eq(number(0.125, 1), "0.1");
        ck_assert_str_eq(number(-0.04, 1), "0.0");
        ck_assert_str_eq(number(-1.25, 2), "-1.25");
        ck_assert_str_eq(number(99.996, 2), "100.00");
        ck_assert_str_eq(number(0, 3), "0.000");
        ck_assert_str_eq(number(7, 0), "7");
        ck_assert_str_eq(number(1e300, 0) + 300, "0");
        ck_assert_str_eq(number(1795398707.8119, 3), "1795398707.812");
        ck_assert_str_eq(number(NAN, 2), "null");
        ck_assert_str_eq(number(-INFINITY, JSONL_SHORTEST), "null");
    }
END_TEST

START_TEST(rounds_as_printf_does)
    {
        uint64_t random = 88172645463325252u;
        for (int i = 0; i < 200000; i++) {
            char want[64];
            random ^= random << 13, random ^= random >> 7, random ^= random << 17;
            int decimals = (int)(random % 4);
            /* Decimal numbers with one digit more than is written, half of them ending in 5, are the hard cases. */
            double d = (double)(random >> 40) / 1e4 + (random & 8 ? 0 : 5) / pow(10, decimals + 1);
            snprintf(want, sizeof want, "%.*f", decimals, d);
            ck_assert_str_eq(number(d, decimals), want);
        }
        ck_assert_str_eq(number(1.115, 2), "1.11");
        ck_assert_str_eq(number(2.5, 0), "2");
        ck_assert_str_eq(number(3.5, 0), "4");
    }
END_TEST

START_TEST(writes_the_shortest_number_that_reads_back)
    {
        ck_assert_str_eq(number(0.1, JSONL_SHORTEST), "0.1");
        ck_assert_str_eq(number(0.1 + 0.2, JSONL_SHORTEST), "0.30000000000000004");
        ck_assert_str_eq(number(1795398707.8118753, JSONL_SHORTEST), "1795398707.8118753");
        ck_assert_str_eq(number(-0.0, JSONL_SHORTEST), "0");
        ck_assert_str_eq(number(123456, JSONL_SHORTEST), "123456");
        ck_assert_str_eq(number(1e100, JSONL_SHORTEST), "1e+100");
        uint64_t random = 88172645463325252u;
        for (int i = 0; i < 20000; i++) {
            double d;
            random ^= random << 13, random ^= random >> 7, random ^= random << 17;
            memcpy(&d, &random, sizeof d);
            if (!isfinite(d))
                continue;
            const char *text = number(d, JSONL_SHORTEST);
            double back = strtod(text, NULL);
            ck_assert_msg(!(back < d) && !(back > d), "%s", text);
        }
    }
END_TEST

START_TEST(writes_a_point_in_any_locale)
    {
        if (!setlocale(LC_ALL, "de_DE.UTF-8") && !setlocale(LC_ALL, "de_DE"))
            return;
        ck_assert_str_eq(number(0.1, JSONL_SHORTEST), "0.1");
        ck_assert_str_eq(number(1e17 + 0.5, 2), "100000000000000000.00");
    }
END_TEST

START_TEST(escapes_for_each_target)
    {
        static const char text[] = "<a b=\"c\">&|`*\n\x1b[31m\xe2\x80\xa8'\\";
        size_t n = sizeof text - 1;
        ck_assert_str_eq(escaped(JSONL_TO_JSON, text, n),
                         "\\u003ca b=\\\"c\\\"\\u003e\\u0026|`*\\n\\u001b[31m\\u2028'\\\\");
        ck_assert_str_eq(escaped(JSONL_TO_HTML, text, n),
                         "&lt;a b=&quot;c&quot;&gt;&amp;|`*\n\xef\xbf\xbd[31m\xe2\x80\xa8&#39;\\");
        ck_assert_str_eq(escaped(JSONL_TO_HTML, "\xef\xbf\xbd\xef\xbf\xbe\xef\xbf\xbf", 9),
                         "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
        ck_assert_str_eq(escaped(JSONL_TO_MARKDOWN, text, n),
                         "&lt;a b=\"c\"&gt;&amp;\\|\\`\\*  \\[31m\xe2\x80\xa8'\\\\");
        ck_assert_str_eq(escaped(JSONL_TO_CSV, text, n), "\"<a b=\"\"c\"\">&|`*\n\x1b[31m\xe2\x80\xa8'\\\"");
        ck_assert_str_eq(escaped(JSONL_TO_TERMINAL, text, n), "<a b=\"c\">&|`*\\n\\x1b[31m\xe2\x80\xa8'\\");
        ck_assert_str_eq(escaped(JSONL_TO_TERMINAL, "\xc2\x9b\x7f", 3), "\\u009b\\x7f");
        ck_assert_str_eq(escaped(JSONL_TO_JSON, "\0", 1), "\\u0000");
        ck_assert_str_eq(escaped(JSONL_TO_CSV, "=1+1", 4), "\"'=1+1\"");
        ck_assert_str_eq(escaped(JSONL_TO_CSV, "plain", 5), "plain");
    }
END_TEST

START_TEST(replaces_what_is_not_utf8)
    {
        static const enum jsonl_target targets[] = {JSONL_TO_JSON, JSONL_TO_HTML, JSONL_TO_MARKDOWN, JSONL_TO_CSV,
                                                    JSONL_TO_TERMINAL};
        for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
            ck_assert_str_eq(escaped(targets[i],
                                     "a\xff"
                                     "b\xe2\x82",
                                     5),
                             "a\xef\xbf\xbd"
                             "b\xef\xbf\xbd\xef\xbf\xbd");
            ck_assert_str_eq(escaped(targets[i], "\xc3\xa9\xf0\x9f\x98\x80", 6), "\xc3\xa9\xf0\x9f\x98\x80");
        }
    }
END_TEST

START_TEST(lets_no_text_turn_its_line_around)
    {
        static const char turned[] = "a\xe2\x80\xae"
                                     "b\xd8\x9c"
                                     "c\xe2\x81\xa6"
                                     "d\xe2\x82\xac";
        ck_assert_str_eq(escaped(JSONL_TO_MARKDOWN, turned, sizeof turned - 1), "a\xef\xbf\xbd"
                                                                                "b\xef\xbf\xbd"
                                                                                "c\xef\xbf\xbd"
                                                                                "d\xe2\x82\xac");
        ck_assert_str_eq(escaped(JSONL_TO_JSON, turned, sizeof turned - 1), turned);
    }
END_TEST

START_TEST(leaves_underscores_within_words)
    {
        ck_assert_str_eq(escaped(JSONL_TO_MARKDOWN, "test_run_command", 16), "test_run_command");
        ck_assert_str_eq(escaped(JSONL_TO_MARKDOWN, "_a_ b__c", 8), "\\_a\\_ b__c");
        ck_assert_str_eq(escaped(JSONL_TO_MARKDOWN, "a_-b", 4), "a\\_-b");
    }
END_TEST

START_TEST(sets_commas_and_colons)
    {
        struct jsonl_writer *w = jsonl_writer_new(-1);
        jsonl_begin_object(w);
        jsonl_key(w, "a");
        jsonl_begin_array(w);
        jsonl_int(w, INT64_MIN);
        jsonl_real(w, 0.5, 1);
        jsonl_begin_object(w);
        jsonl_end_object(w);
        jsonl_end_array(w);
        jsonl_key(w, "b");
        jsonl_cstring(w, "x\"");
        jsonl_key(w, "c");
        jsonl_bool(w, true);
        jsonl_key(w, "d");
        jsonl_raw(w, (struct jsonl_text){"[1]", 3});
        jsonl_key(w, "e");
        jsonl_string(w, (struct jsonl_text){NULL, 0});
        jsonl_end_object(w);
        jsonl_end_line(w);
        jsonl_int(w, 0);
        ck_assert_str_eq(jsonl_writer_text(w).s,
                         "{\"a\":[-9223372036854775808,0.5,{}],\"b\":\"x\\\"\",\"c\":true,\"d\":[1],\"e\":null}\n0");
        jsonl_writer_free(w);
    }
END_TEST

START_TEST(keeps_the_first_error)
    {
        int fd = open("/dev/full", O_WRONLY);
        if (fd < 0)
            return; /* not on this system */
        struct jsonl_writer *w = jsonl_writer_new(fd);
        jsonl_puts(w, "lost");
        ck_assert_int_eq(jsonl_writer_error(w), 0);
        ck_assert_int_eq(jsonl_writer_flush(w), ENOSPC);
        jsonl_puts(w, "more");
        ck_assert_int_eq(jsonl_writer_flush(w), ENOSPC);
        jsonl_writer_free(w);
        close(fd);
    }
END_TEST

START_TEST(printf_takes_any_length)
    {
        struct jsonl_writer *w = jsonl_writer_new(-1);
        jsonl_printf(w, "%*d|", 5000, 7);
        struct jsonl_text t = jsonl_writer_text(w);
        ck_assert_uint_eq(t.n, 5001);
        ck_assert_str_eq(t.s + 4998, " 7|");
        jsonl_writer_free(w);
    }
END_TEST

static void file_read(const char *path, char *to, size_t n)
{
    FILE *f = fopen(path, "r");
    ck_assert_ptr_nonnull(f);
    to[fread(to, 1, n - 1, f)] = '\0';
    fclose(f);
}

START_TEST(replaces_a_file_only_when_it_is_whole)
    {
        char dir[] = "/tmp/lib-writer.XXXXXX", path[64], content[64];
        struct jsonl_error err;
        ck_assert_ptr_nonnull(mkdtemp(dir));
        snprintf(path, sizeof path, "%s/report", dir);
        struct jsonl_output *o = jsonl_output_open(path, &err);
        jsonl_puts(jsonl_output_writer(o), "first");
        ck_assert(jsonl_output_close(o, &err));
        chmod(path, 0640);
        o = jsonl_output_open(path, &err);
        jsonl_puts(jsonl_output_writer(o), "second");
        jsonl_writer_flush(jsonl_output_writer(o));
        file_read(path, content, sizeof content);
        ck_assert_str_eq(content, "first");
        jsonl_output_abandon(o);
        o = jsonl_output_open(path, &err);
        jsonl_puts(jsonl_output_writer(o), "third");
        ck_assert(jsonl_output_close(o, &err));
        file_read(path, content, sizeof content);
        ck_assert_str_eq(content, "third");
        struct stat st;
        stat(path, &st);
        ck_assert_int_eq(st.st_mode & 0777, 0640);
        unlink(path);
        ck_assert_int_eq(rmdir(dir), 0); /* nothing else was left there */
    }
END_TEST

START_TEST(goes_on_in_a_descriptor_that_is_open)
    {
        char file[] = "/tmp/lib-writer.XXXXXX", path[32], content[64];
        struct jsonl_error err;
        int fd = mkstemp(file);
        fcntl(fd, F_SETFL, O_APPEND);
        ck_assert_int_eq(write(fd, "before ", 7), 7);
        snprintf(path, sizeof path, "/dev/fd/%d", fd);
        struct jsonl_output *o = jsonl_output_open(path, &err);
        jsonl_puts(jsonl_output_writer(o), "between");
        ck_assert(jsonl_output_close(o, &err));
        ck_assert_int_eq(write(fd, " after", 6), 6);
        file_read(file, content, sizeof content);
        ck_assert_str_eq(content, "before between after");
        close(fd);
        unlink(file);
        ck_assert_ptr_null(jsonl_output_open(path, &err));
        ck_assert_str_eq(err.message, "cannot write: Bad file descriptor");
    }
END_TEST

START_TEST(names_what_cannot_be_written)
    {
        struct jsonl_error err;
        ck_assert_ptr_null(jsonl_output_open("/nonexistent/dir/file", &err));
        ck_assert_str_eq(err.message, "cannot write: No such file or directory");
    }
END_TEST

UNIT_MAIN("writer", writes_numbers_with_fixed_decimals, rounds_as_printf_does,
          writes_the_shortest_number_that_reads_back, writes_a_point_in_any_locale, escapes_for_each_target,
          replaces_what_is_not_utf8, lets_no_text_turn_its_line_around, leaves_underscores_within_words,
          sets_commas_and_colons, keeps_the_first_error, printf_takes_any_length, replaces_a_file_only_when_it_is_whole,
          goes_on_in_a_descriptor_that_is_open, names_what_cannot_be_written)
