/* SPDX-License-Identifier: Apache-2.0
 * Output files: there whole or not at all. */
#include "jsonl.h"
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

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

START_TEST(leaves_the_old_file_when_the_new_one_is_too_large)
    {
        char dir[] = "/tmp/lib-output.XXXXXX", path[64], content[64];
        struct jsonl_error err;
        ck_assert_ptr_nonnull(mkdtemp(dir));
        snprintf(path, sizeof path, "%s/report", dir);
        struct jsonl_output *o = jsonl_output_open(path, &err);
        jsonl_puts(jsonl_output_writer(o), "old");
        ck_assert(jsonl_output_close(o, &err));
        signal(SIGXFSZ, SIG_IGN);
        struct rlimit before, limit;
        getrlimit(RLIMIT_FSIZE, &before);
        limit = before;
        limit.rlim_cur = 100000;
        setrlimit(RLIMIT_FSIZE, &limit);
        o = jsonl_output_open(path, &err);
        for (int i = 0; i < 100000; i++)
            jsonl_puts(jsonl_output_writer(o), "new\n");
        ck_assert_int_eq(jsonl_writer_error(jsonl_output_writer(o)), EFBIG);
        ck_assert(!jsonl_output_close(o, &err));
        setrlimit(RLIMIT_FSIZE, &before);
        ck_assert_str_eq(err.message, "cannot write: File too large");
        file_read(path, content, sizeof content);
        ck_assert_str_eq(content, "old");
        unlink(path);
        ck_assert_int_eq(rmdir(dir), 0);
    }
END_TEST

START_TEST(takes_the_longest_name)
    {
        char dir[] = "/tmp/lib-output.XXXXXX", path[300], content[64];
        struct jsonl_error err;
        ck_assert_ptr_nonnull(mkdtemp(dir));
        snprintf(path, sizeof path, "%s/%0255d", dir, 0);
        struct jsonl_output *o = jsonl_output_open(path, &err);
        ck_assert_msg(o != NULL, "%s", err.message);
        jsonl_puts(jsonl_output_writer(o), "x");
        ck_assert(jsonl_output_close(o, &err));
        file_read(path, content, sizeof content);
        ck_assert_str_eq(content, "x");
        unlink(path);
        ck_assert_int_eq(rmdir(dir), 0);
    }
END_TEST

START_TEST(knows_a_file_that_is_read_by_any_name)
    {
        char dir[] = "/tmp/lib-output.XXXXXX", path[64], link_path[64], fd_path[32];
        struct jsonl_error err;
        ck_assert_ptr_nonnull(mkdtemp(dir));
        snprintf(path, sizeof path, "%s/run", dir);
        snprintf(link_path, sizeof link_path, "%s/link", dir);
        const char *const files[] = {"/dev/null", "/nonexistent", path};
        ck_assert_ptr_null(jsonl_output_among(path, files, 3)); /* it is not there yet */
        ck_assert(jsonl_output_close(jsonl_output_open(path, &err), &err));
        int fd = open(path, O_WRONLY);
        snprintf(fd_path, sizeof fd_path, "/dev/fd/%d", fd);
        ck_assert_int_eq(symlink(path, link_path), 0);
        ck_assert_ptr_eq(jsonl_output_among(path, files, 3), path);
        ck_assert_ptr_eq(jsonl_output_among(link_path, files, 3), path);
        ck_assert_ptr_eq(jsonl_output_among(fd_path, files, 3), path);
        ck_assert_ptr_null(jsonl_output_among(path, files, 2));
        ck_assert_ptr_null(jsonl_output_among("/dev/null", files, 3)); /* no regular file */
        close(fd);
        unlink(link_path);
        unlink(path);
        ck_assert_int_eq(rmdir(dir), 0);
    }
END_TEST

UNIT_MAIN("output", replaces_a_file_only_when_it_is_whole, goes_on_in_a_descriptor_that_is_open,
          names_what_cannot_be_written, leaves_the_old_file_when_the_new_one_is_too_large, takes_the_longest_name,
          knows_a_file_that_is_read_by_any_name)
