/* SPDX-License-Identifier: Apache-2.0
 * Events: from lines of any bytes to arrays in samples. */
#include "unit.h"

#include "../../memmon/events.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct events *e;

static void feed(const char *bytes)
{
    events_feed(e, bytes, strlen(bytes), 1000.5);
}

static void assert_waiting(const char *want)
{
    struct jsonl_text text = event_queue_text(&e->queue);
    ck_assert_msg(jsonl_text_is(text, want), "got %.*s", (int)text.n, text.s ? text.s : "");
}

/* Takes what waits, sample by sample, and returns how many events that were. */
static size_t drain(void)
{
    struct jsonl_error err;
    struct jsonl_parser *parser = jsonl_parser_new();
    size_t events = 0;
    for (struct jsonl_text text; (text = event_queue_text(&e->queue)).s; event_queue_shift(&e->queue)) {
        ensure(text.n <= EVENTS_MAX, "%zu", text.n);
        const struct jsonl_value *root = jsonl_parse(parser, text.s, text.n, &err);
        ensure(root && root->type == JSONL_ARRAY && root->len > 0, "%s", err.message);
        events += root->len;
    }
    ck_assert(event_queue_empty(&e->queue));
    jsonl_parser_free(parser);
    return events;
}

START_TEST(events_are_stamped_if_they_have_no_time)
    {
        e = events_new();
        ck_assert_ptr_null(event_queue_text(&e->queue).s);
        feed("{\"event\":\"mark\",\"label\":\"a\"}\n{\"event\":\"mark\",\"ts\":7}\n");
        feed("  { \"event\":\"x\", \"ts\":\"2026-11-23T01:49:22Z\" } \r\n\n \n");
        assert_waiting("[{\"ts\":1000.500,\"event\":\"mark\",\"label\":\"a\"},{\"event\":\"mark\",\"ts\":7},"
                       "{ \"event\":\"x\", \"ts\":\"2026-11-23T01:49:22Z\" }]");
        event_queue_shift(&e->queue);
        ck_assert_ptr_null(event_queue_text(&e->queue).s);
        feed("\r{\"event\":\"x\",\"ts\":1}\r\n \r \n\t\r {\t\r\"event\":\"y\"}\n"); /* CR is a blank, too */
        assert_waiting("[{\"event\":\"x\",\"ts\":1},{\"ts\":1000.500,\t\r\"event\":\"y\"}]");
        ck_assert_uint_eq(e->refused, 0);
        events_free(e);
    }
END_TEST

START_TEST(events_may_come_in_pieces)
    {
        static const char line[] = "{\"event\":\"mark\",\"ts\":7}\n";
        e = events_new();
        for (size_t i = 0; i < strlen(line); i++)
            events_feed(e, line + i, 1, 1000);
        events_feed(e, line, strlen(line) - 1, 1000); /* without its end */
        assert_waiting("[{\"event\":\"mark\",\"ts\":7}]");
        event_queue_shift(&e->queue);
        events_end(e, 1000);
        assert_waiting("[{\"event\":\"mark\",\"ts\":7}]");
        events_free(e);
    }
END_TEST

START_TEST(events_that_are_none_are_refused)
    {
        static const char *const lines[] = {
            "hello\n",
            "[]\n",
            "7\n",
            "{}\n",
            "{\"event\":7}\n",
            "{\"event\":\"x\",\"ts\":true}\n",
            "{\"event\":\"x\",\"ts\":\"soon\"}\n",
            "{\"event\":\"x\"}]\n",
            "[{\"event\":\"x\"}]\n",
            "{\"event\":\"x\"}]],[[7\n",
            "{\"event\":\"\xff\"}\n",
            "{\"event\":\"x\"\n",
            "{{{{{{{{\n",
            "\n]\n",
        };
        e = events_new();
        for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
            feed(lines[i]);
            ck_assert_msg(e->refused == i + 1, "%s", lines[i]);
            ck_assert(e->error.message[0]);
        }
        ck_assert_ptr_null(event_queue_text(&e->queue).s);
        events_free(e);
    }
END_TEST

/* Whatever of a line a writer has left, the next one's line is found behind it. */
START_TEST(a_half_line_does_not_take_the_next_with_it)
    {
        static const char half[] =
            "{\"event\":\"model_load\",\"model\":{\"a\":[1,{\"b\":\"c\\\"d\"}]},\"n\":[true,-1.5e3]}";
        static const char whole[] = "{\"event\":\"mark\",\"ts\":7,\"more\":{\"x\":{}}}";
        for (size_t n = 0; n < strlen(half); n++) {
            e = events_new();
            events_feed(e, half, n, 1000);
            feed(whole);
            feed("\n");
            struct jsonl_text text = event_queue_text(&e->queue);
            ck_assert_msg(text.n == strlen(whole) + 2 && memcmp(text.s + 1, whole, strlen(whole)) == 0, "%zu: %.*s", n,
                          (int)text.n, text.s ? text.s : "");
            ck_assert_uint_eq(e->refused, n > 0);
            events_free(e);
        }
    }
END_TEST

START_TEST(events_without_a_line_end_between_them_are_told_apart)
    {
        e = events_new();
        feed("{\"event\":\"a\",\"ts\":1}{\"event\":\"b\",\"ts\":2} {\"event\":\"c\",\"ts\":3}\n");
        assert_waiting("[{\"event\":\"a\",\"ts\":1},{\"event\":\"b\",\"ts\":2},{\"event\":\"c\",\"ts\":3}]");
        event_queue_shift(&e->queue);
        ck_assert_uint_eq(e->refused, 0);
        feed("{\"event\":\"a\",\"ts\":1}, {\"event\":\"b\",\"ts\":2}\n"); /* one place in an array is one value's */
        assert_waiting("[{\"event\":\"b\",\"ts\":2}]");
        ck_assert_uint_eq(e->refused, 1);
        events_free(e);
    }
END_TEST

START_TEST(events_are_no_deeper_than_a_reader_of_the_sample_takes)
    {
        char line[2 * JSONL_DEPTH_MAX + 64];
        struct jsonl_error err;
        struct jsonl_parser *parser = jsonl_parser_new();
        e = events_new();
        for (int depth = JSONL_DEPTH_MAX - 6; depth < JSONL_DEPTH_MAX; depth++) {
            size_t n = (size_t)snprintf(line, sizeof line, "{\"event\":\"x\",\"y\":");
            memset(line + n, '[', (size_t)depth);
            memset(line + n + depth, ']', (size_t)depth);
            memcpy(line + n + 2 * (size_t)depth, "}\n", 3);
            feed(line);
        }
        ck_assert_uint_gt(e->refused, 0);
        ck_assert_uint_lt(e->refused, 6);
        struct jsonl_writer *w = jsonl_writer_new(-1);
        jsonl_begin_object(w);
        jsonl_key(w, "events");
        jsonl_raw(w, event_queue_text(&e->queue));
        jsonl_end_object(w);
        struct jsonl_text text = jsonl_writer_text(w);
        ck_assert_msg(jsonl_parse(parser, text.s, text.n, &err) != NULL, "%s", err.message);
        jsonl_writer_free(w);
        jsonl_parser_free(parser);
        events_free(e);
    }
END_TEST

START_TEST(a_burst_rides_in_several_samples_and_loses_nothing)
    {
        enum { N = 100000 };
        e = events_new();
        for (int i = 0; i < N; i++)
            feed("{\"event\":\"mark\",\"label\":\"a burst of many\"}\n");
        ck_assert_uint_gt(e->queue.len, 4 * EVENTS_MAX);
        ck_assert_uint_eq(drain(), N);
        ck_assert_uint_eq(e->refused + e->dropped, 0);
        for (int i = 0; i < 300; i++) { /* one goes while others come, so that the queue turns over its space */
            for (int k = 0; k < 10 + i % 7000; k++)
                feed("{\"event\":\"x\"}\n");
            ensure(event_queue_text(&e->queue).s, "%d", i);
            event_queue_shift(&e->queue);
        }
        drain();
        ck_assert_uint_eq(e->dropped, 0);
        ck_assert_uint_le(e->queue.cap, QUEUE_MAX);
        events_free(e);
    }
END_TEST

START_TEST(what_waits_is_bounded)
    {
        e = events_new();
        size_t fed = 0;
        for (; !e->dropped; fed++)
            feed("{\"event\":\"mark\",\"label\":\"one that stands for very, very many of its kind, and they are "
                 "long\"}\n");
        ck_assert_uint_gt(fed, 100000);
        ck_assert_uint_le(e->queue.cap, QUEUE_MAX);
        ck_assert_uint_eq(drain(), fed - e->dropped);
        feed("{\"event\":\"mark\",\"ts\":1}\n"); /* there is room again */
        assert_waiting("[{\"event\":\"mark\",\"ts\":1}]");
        events_free(e);
    }
END_TEST

START_TEST(lines_may_be_as_long_as_they_like)
    {
        e = events_new();
        for (size_t i = 0; i < EVENT_LINE_MAX + 10; i++)
            feed("{");
        feed("\n{\"event\":\"x\",\"ts\":1}\n"); /* what follows a line that is too long is read */
        ck_assert_uint_eq(e->refused, 1);
        assert_waiting("[{\"event\":\"x\",\"ts\":1}]");
        event_queue_shift(&e->queue);
        for (size_t n = 1; n < 5 * EVENT_LINE_MAX; n = n * 3 + 1) { /* also without a line end between them */
            static char zeros[5 * EVENT_LINE_MAX];
            events_feed(e, zeros, n, 1);
            feed("{\"event\":\"x\",\"ts\":1}\n");
            assert_waiting("[{\"event\":\"x\",\"ts\":1}]");
            event_queue_shift(&e->queue);
        }
        events_free(e);
    }
END_TEST

START_TEST(events_take_the_longest_line_whole)
    {
        static char line[EVENT_LINE_MAX + 2];
        int head = snprintf(line, sizeof line, "{\"event\":\"x\",\"label\":\"");
        memset(line + head, 'a', sizeof line - (size_t)head);
        memcpy(line + EVENT_LINE_MAX - 2, "\"}\n", 3);
        e = events_new();
        events_feed(e, line, EVENT_LINE_MAX + 1, 5);
        ck_assert_uint_eq(e->refused, 0);
        ck_assert_uint_gt(event_queue_text(&e->queue).n, EVENT_LINE_MAX);
        event_queue_shift(&e->queue);
        memcpy(line + EVENT_LINE_MAX - 2, "a\"}\n", 4);
        events_feed(e, line, EVENT_LINE_MAX + 2, 5);
        ck_assert_uint_eq(e->refused, 1);
        ck_assert_ptr_null(event_queue_text(&e->queue).s);
        events_free(e);
    }
END_TEST

/* What is made to look like events again and again costs no more than the search is allowed to. */
START_TEST(no_line_makes_the_search_long)
    {
        static const char *const patterns[] = {"{", "{\"a\":", "{\"event\":\"x\",", "{\"event\":\"x\"},",
                                               "{\"event\":\"x\"}"};
        static char line[EVENT_LINE_MAX + 1];
        for (size_t p = 0; p < sizeof patterns / sizeof patterns[0]; p++) {
            size_t n = strlen(patterns[p]), len = EVENT_LINE_MAX / n * n;
            for (size_t i = 0; i < len; i += n)
                memcpy(line + i, patterns[p], n);
            line[len] = '\n';
            e = events_new();
            for (int i = 0; i < 20; i++)
                events_feed(e, line, len + 1, 5);
            ck_assert_uint_le(e->refused, 20);
            drain();
            events_free(e);
        }
    }
END_TEST

UNIT_MAIN("events", events_are_stamped_if_they_have_no_time, events_may_come_in_pieces,
          events_that_are_none_are_refused, a_half_line_does_not_take_the_next_with_it,
          events_without_a_line_end_between_them_are_told_apart, events_are_no_deeper_than_a_reader_of_the_sample_takes,
          a_burst_rides_in_several_samples_and_loses_nothing, what_waits_is_bounded, lines_may_be_as_long_as_they_like,
          events_take_the_longest_line_whole, no_line_makes_the_search_long)
