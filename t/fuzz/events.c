/* SPDX-License-Identifier: Apache-2.0
 * Any bytes through the FIFO of memmon's events.
 *
 * The first byte of the input says in which pieces the rest comes.  Of it holds:
 * - What waits for a sample is an array of objects, each with a string `event` and a time, and still is one within a
 *   sample.
 * - It does not matter in which pieces the bytes came.
 * - A good line is found right behind them, without a line end between the two, as the last one. */
#include "../../memmon/events.h"
#include "support/fuzz.h"

#include <stdlib.h>
#include <string.h>

static const char good[] = "{\"ts\":7,\"event\":\"good\",\"x\":{\"y\":[{}]}}";
static struct jsonl_parser *parser;

/* All that waits, as one array, to be freed; checked on the way. */
static struct jsonl_text take_all(struct events *e)
{
    struct jsonl_writer *w = fuzz_need(jsonl_writer_new(-1));
    struct jsonl_error err;
    jsonl_puts(w, "{\"events\":");
    struct jsonl_text text = event_queue_text(&e->queue);
    MUST(text.s, "not even the good one");
    jsonl_write(w, text.s, text.n);
    event_queue_shift(&e->queue);
    jsonl_puts(w, "}");
    MUST(event_queue_empty(&e->queue), "%zu more bytes", e->queue.len - e->queue.head);
    text = jsonl_writer_text(w);
    const struct jsonl_value *root = jsonl_parse(parser, text.s, text.n, &err);
    MUST(root, "%s: %.*s", err.message, (int)text.n, text.s);
    const struct jsonl_value *events = jsonl_get(root, "events"), *event = events + 1;
    MUST(events && events->type == JSONL_ARRAY && events->len > 0, "%.*s", (int)text.n, text.s);
    for (uint32_t i = 0; i < events->len; i++, event += event->span) {
        const struct jsonl_value *ts = jsonl_get(event, "ts");
        MUST(event->type == JSONL_OBJECT && jsonl_text(jsonl_get(event, "event")).s, "%.*s", (int)text.n, text.s);
        MUST(ts && jsonl_time(ts) == jsonl_time(ts), "%.*s", (int)text.n, text.s);
    }
    struct jsonl_text copy = {fuzz_copy(text.s, text.n), text.n};
    jsonl_writer_free(w);
    return copy;
}

static struct jsonl_text feed(const uint8_t *data, size_t size, size_t piece)
{
    struct events *e = fuzz_need(events_new());
    for (size_t at = 0, n; at < size; at += n) {
        n = size - at < piece ? size - at : piece;
        char *copy = fuzz_copy(data + at, n);
        events_feed(e, copy, n, 1);
        free(copy);
    }
    events_feed(e, good, strlen(good), 1);
    events_end(e, 1);
    struct jsonl_text all = take_all(e);
    events_free(e);
    return all;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t piece = 1U + fuzz_take(&data, &size) % 64;
    if (size > 4096) /* within which the search is sure to reach the good line */
        return -1;
    if (!parser)
        parser = fuzz_need(jsonl_parser_new());
    struct jsonl_text whole = feed(data, size, size + 1), pieces = feed(data, size, piece);
    MUST(whole.n == pieces.n && memcmp(whole.s, pieces.s, whole.n) == 0, "%.*s", (int)pieces.n, pieces.s);
    size_t tail = strlen(good) + 2;
    MUST(whole.n > tail && memcmp(whole.s + whole.n - tail, good, strlen(good)) == 0, "%.*s", (int)whole.n, whole.s);
    free((void *)(uintptr_t)whole.s);
    free((void *)(uintptr_t)pieces.s);
    return 0;
}
