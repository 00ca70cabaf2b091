/* SPDX-License-Identifier: Apache-2.0
 * Output files: there whole or not at all. */
#include "jsonl.h"
#include "unit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
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

/* ---- Signals: in a process of their own */

static const int ending[] = {SIGHUP, SIGINT, SIGTERM, SIGXCPU};
enum { ENDINGS = sizeof ending / sizeof ending[0] };
static volatile sig_atomic_t seen;

static void see(int signo)
{
    seen = signo;
}

static struct jsonl_output *begin(const char *path)
{
    struct jsonl_error err;
    struct jsonl_output *o = jsonl_output_open(path, &err);
    ck_assert_msg(o != NULL, "%s", err.message);
    jsonl_puts(jsonl_output_writer(o), "new");
    ck_assert_int_eq(jsonl_writer_flush(jsonl_output_writer(o)), 0);
    return o;
}

static bool complete(struct jsonl_output *o)
{
    struct jsonl_error err;
    return jsonl_output_close(o, &err);
}

/* Runs it in a child where the signal's action is this; returns how that ended. */
static int status_of(void (*run)(int signo), int signo, void (*action)(int))
{
    pid_t pid = fork();
    if (pid == 0) {
        const struct rlimit none = {0};
        setrlimit(RLIMIT_CORE, &none);
        signal(signo, action); /* libcheck has handlers of its own */
        run(signo);
        _exit(0);
    }
    int status = -1;
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    return status;
}

static void be_killed(int signo)
{
    begin("report");
    begin("other");
    raise(signo);
}

static void go_on(int signo)
{
    struct jsonl_output *o = begin("report");
    raise(signo);
    if (!complete(o))
        _exit(1);
}

static void be_killed_later(int signo)
{
    struct jsonl_output *first = begin("report"), *second = begin("other");
    if (!complete(first))
        _exit(1);
    jsonl_output_abandon(second);
    struct sigaction action;
    sigaction(signo, NULL, &action);
    if (action.sa_handler != SIG_DFL)
        _exit(2);
    raise(signo);
}

static void have_children_killed(int signo)
{
    struct jsonl_output *o = begin("report");
    for (int i = 0; i < 2; i++) { /* one without a file, and one with */
        pid_t pid = fork();
        if (pid == 0) {
            if (i == 1)
                begin("other");
            raise(signo);
        }
        int status = 0;
        if (waitpid(pid, &status, 0) != pid || !WIFSIGNALED(status))
            _exit(1);
    }
    if (!complete(o))
        _exit(1);
}

static void write_old(void)
{
    FILE *f = fopen("report", "w");
    ck_assert_ptr_nonnull(f);
    fputs("old", f);
    fclose(f);
}

static void is_all_there_is(const char *want)
{
    char content[64];
    file_read("report", content, sizeof content);
    ck_assert_str_eq(content, want);
    DIR *dir = opendir(".");
    ck_assert_ptr_nonnull(dir);
    for (const struct dirent *file; (file = readdir(dir));)
        ck_assert_msg(strspn(file->d_name, ".") == strlen(file->d_name) || strcmp(file->d_name, "err") == 0 ||
                          strcmp(file->d_name, "report") == 0,
                      "%s was left", file->d_name);
    closedir(dir);
}

START_TEST(is_taken_away_by_a_signal_that_ends_the_program)
    {
        unit_enter();
        for (size_t i = 0; i < ENDINGS; i++) {
            write_old();
            int status = status_of(be_killed, ending[i], SIG_DFL);
            ck_assert(WIFSIGNALED(status));
            ck_assert_int_eq(WTERMSIG(status), ending[i]);
            is_all_there_is("old");
        }
        unit_leave();
    }
END_TEST

START_TEST(stays_with_a_signal_that_is_ignored_or_handled)
    {
        unit_enter();
        for (size_t i = 0; i < ENDINGS; i++) {
            write_old();
            ck_assert_int_eq(status_of(go_on, ending[i], SIG_IGN), 0);
            is_all_there_is("new");
            write_old();
            ck_assert_int_eq(status_of(go_on, ending[i], see), 0);
            is_all_there_is("new");
        }
        unit_leave();
    }
END_TEST

START_TEST(leaves_signals_as_they_were)
    {
        unit_enter();
        for (size_t i = 0; i < ENDINGS; i++) {
            int status = status_of(be_killed_later, ending[i], SIG_DFL);
            ck_assert(WIFSIGNALED(status));
            ck_assert_int_eq(WTERMSIG(status), ending[i]);
            is_all_there_is("new");
        }
        unit_leave();
    }
END_TEST

START_TEST(is_not_its_childs_to_take_away)
    {
        unit_enter();
        for (size_t i = 0; i < ENDINGS; i++) {
            write_old();
            ck_assert_int_eq(status_of(have_children_killed, ending[i], SIG_DFL), 0);
            is_all_there_is("new");
        }
        unit_leave();
    }
END_TEST

UNIT_MAIN("output", replaces_a_file_only_when_it_is_whole, goes_on_in_a_descriptor_that_is_open,
          names_what_cannot_be_written, leaves_the_old_file_when_the_new_one_is_too_large, takes_the_longest_name,
          knows_a_file_that_is_read_by_any_name, is_taken_away_by_a_signal_that_ends_the_program,
          stays_with_a_signal_that_is_ignored_or_handled, leaves_signals_as_they_were, is_not_its_childs_to_take_away)
