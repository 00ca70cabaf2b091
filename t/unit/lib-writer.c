/* SPDX-License-Identifier: Apache-2.0
 * JSON, errors, and how text is handed over to descriptors. */
#include "jsonl.h"
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

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

/* What comes out of fd by single reads of at most n bytes, until its end. */
static size_t pipe_read(int fd, char *to, size_t room, size_t n)
{
    size_t len = 0;
    for (;;) {
        ssize_t got = read(fd, to + len, room - len < n ? room - len : n);
        if (got <= 0)
            return len;
        len += (size_t)got;
    }
}

enum { LINES = 3000 };

/* Lines of 1 to about 600 bytes, and now and then one that is larger than the buffer. */
static size_t line_length(unsigned i)
{
    return i % 500 == 499 ? 100000 + i : 1 + i * 7919 % 600;
}

static void line_write(struct jsonl_writer *w, char c, unsigned i)
{
    static char text[200000];
    size_t n = line_length(i);
    memset(text, c, n);
    for (size_t at = 0, piece; at < n; at += piece) { /* as JSON is written */
        piece = n - at < 50 || i % 1000 == 999 ? n - at : 50;
        jsonl_write(w, text + at, piece);
    }
    jsonl_puts(w, "\n");
}

START_TEST(hands_over_whole_lines)
    {
        int fds[2];
        static char packet[300000];
        if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds) < 0) /* in which each write is read as one piece */
            return;                                          /* not on this system */
        pid_t child = fork();
        if (child == 0) {
            struct jsonl_writer *w = jsonl_writer_new(fds[1]);
            for (unsigned i = 0; i < LINES; i++)
                line_write(w, 'x', i);
            _exit(jsonl_writer_flush(w));
        }
        close(fds[1]);
        size_t lines = 0;
        for (ssize_t n; (n = read(fds[0], packet, sizeof packet)) > 0;) {
            ck_assert_int_eq(packet[n - 1], '\n');
            for (ssize_t i = 0; i < n; i++)
                lines += packet[i] == '\n';
        }
        ck_assert_uint_eq(lines, LINES);
        int status;
        waitpid(child, &status, 0);
        ck_assert_int_eq(status, 0);
        close(fds[0]);
    }
END_TEST

START_TEST(two_writers_may_append_to_one_file)
    {
        char file[] = "/tmp/lib-writer.XXXXXX";
        int fd = mkstemp(file);
        close(fd);
        pid_t children[2];
        for (int k = 0; k < 2; k++) {
            children[k] = fork();
            if (children[k] == 0) {
                struct jsonl_writer *w = jsonl_writer_new(open(file, O_WRONLY | O_APPEND));
                for (unsigned i = 0; i < LINES; i++)
                    line_write(w, (char)('a' + k), i);
                _exit(jsonl_writer_flush(w));
            }
        }
        for (int k = 0; k < 2; k++) {
            int status;
            waitpid(children[k], &status, 0);
            ck_assert_int_eq(status, 0);
        }
        FILE *f = fopen(file, "r");
        unsigned next[2] = {0, 0};
        for (int c; (c = getc(f)) != EOF;) {
            size_t n = 1;
            int other;
            while ((other = getc(f)) == c)
                n++;
            ck_assert_int_eq(other, '\n'); /* and nothing of the other's */
            ck_assert_uint_eq(n, line_length(next[c - 'a']++));
        }
        ck_assert_uint_eq(next[0], LINES);
        ck_assert_uint_eq(next[1], LINES);
        fclose(f);
        unlink(file);
    }
END_TEST

static void ignore(int signal)
{
    (void)signal;
}

/* A reader that takes its time, a descriptor that does not block, and a signal every millisecond. */
START_TEST(gets_everything_through_a_short_pipe)
    {
        int fds[2];
        enum { SIZE = 400000 };
        static char got[SIZE + 1];
        ck_assert_int_eq(pipe(fds), 0);
        pid_t child = fork();
        if (child == 0) {
            struct sigaction action = {.sa_handler = ignore}; /* without SA_RESTART: writes are interrupted */
            struct itimerval often = {{0, 1000}, {0, 1000}};
            sigaction(SIGALRM, &action, NULL);
            setitimer(ITIMER_REAL, &often, NULL);
            fcntl(fds[1], F_SETFL, O_NONBLOCK);
            close(fds[0]);
            struct jsonl_writer *w = jsonl_writer_new(fds[1]);
            for (int i = 0; i < SIZE / 8; i++)
                jsonl_printf(w, "%07d\n", i);
            _exit(jsonl_writer_flush(w));
        }
        close(fds[1]);
        ck_assert_uint_eq(pipe_read(fds[0], got, sizeof got, 1000), SIZE);
        for (int i = 0; i < SIZE / 8; i++)
            ensure(atoi(got + 8 * (size_t)i) == i, "line %d", i);
        int status;
        waitpid(child, &status, 0);
        ck_assert_int_eq(status, 0);
        close(fds[0]);
    }
END_TEST

START_TEST(a_closed_pipe_is_an_error_like_any_other)
    {
        int fds[2];
        jsonl_tool("lib-writer"); /* ignores SIGPIPE */
        ck_assert_int_eq(pipe(fds), 0);
        close(fds[0]);
        struct jsonl_writer *w = jsonl_writer_new(fds[1]);
        for (unsigned i = 0; i < LINES; i++)
            line_write(w, 'x', i);
        ck_assert_int_eq(jsonl_writer_error(w), EPIPE);
        jsonl_begin_object(w);
        jsonl_key(w, "a");
        jsonl_real(w, 1.5, JSONL_SHORTEST);
        jsonl_end_object(w);
        jsonl_end_line(w);
        ck_assert_int_eq(jsonl_writer_flush(w), EPIPE);
        jsonl_writer_free(w);
        close(fds[1]);
    }
END_TEST

START_TEST(out_of_memory_is_an_error_like_any_other)
    {
        struct jsonl_writer *w = jsonl_writer_new(-1);
        volatile size_t huge = SIZE_MAX - 10; /* so that the compiler does not see through it */
        jsonl_puts(w, "kept no longer");
        jsonl_write(w, "", huge);
        ck_assert_int_eq(jsonl_writer_error(w), ENOMEM);
        jsonl_real(w, 1, 0);
        jsonl_printf(w, "%d", 1);
        ck_assert_uint_eq(jsonl_writer_text(w).n, 0);
        ck_assert_str_eq(jsonl_writer_text(w).s, "");
        ck_assert_int_eq(jsonl_writer_flush(w), ENOMEM);
        jsonl_writer_free(w);
    }
END_TEST

/* Of a line that never ends only so much is kept. */
START_TEST(an_endless_line_goes_out_in_pieces)
    {
        int fds[2];
        static char packet[3 << 20];
        enum { SIZE = 20 << 20 };
        ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
        pid_t child = fork();
        if (child == 0) {
            struct jsonl_writer *w = jsonl_writer_new(fds[1]);
            for (int i = 0; i < SIZE / 16; i++)
                jsonl_write(w, "0123456789abcdef", 16);
            for (;;) /* nothing more comes but by a signal */
                pause();
        }
        size_t got = 0;
        while (got < SIZE - (1 << 20)) {
            ssize_t n = read(fds[0], packet, sizeof packet);
            ck_assert_int_gt(n, 0);
            ensure(packet[0] == "0123456789abcdef"[got % 16], "byte %zu", got);
            got += (size_t)n;
        }
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        close(fds[0]);
        close(fds[1]);
    }
END_TEST

START_TEST(a_memory_writer_begins_anew_when_cleared)
    {
        struct jsonl_writer *w = jsonl_writer_new(-1);
        ck_assert_uint_eq(jsonl_writer_text(w).n, 0);
        jsonl_begin_object(w);
        jsonl_key(w, "half");
        jsonl_writer_clear(w);
        jsonl_begin_array(w);
        jsonl_raw(w, (struct jsonl_text){NULL, 0});
        jsonl_cstring(w, NULL);
        jsonl_cstring(w, "");
        jsonl_end_array(w);
        ck_assert_str_eq(jsonl_writer_text(w).s, "[null,null,\"\"]");
        ck_assert_int_eq(jsonl_writer_flush(w), 0);
        ck_assert_uint_eq(jsonl_writer_text(w).n, 14);
        jsonl_writer_free(w);
        jsonl_writer_free(NULL);
    }
END_TEST

UNIT_MAIN("writer", sets_commas_and_colons, keeps_the_first_error, printf_takes_any_length, hands_over_whole_lines,
          two_writers_may_append_to_one_file, gets_everything_through_a_short_pipe,
          a_closed_pipe_is_an_error_like_any_other, out_of_memory_is_an_error_like_any_other,
          an_endless_line_goes_out_in_pieces, a_memory_writer_begins_anew_when_cleared)
