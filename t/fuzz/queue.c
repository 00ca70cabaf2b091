/* SPDX-License-Identifier: Apache-2.0
 * memmon's queue of events, against a list.
 *
 * Each byte of the input is a step: an event of some length comes, or several of them, or a sample takes what it can.
 * It holds:
 * - What comes out is what has come in, each once and in its order, as arrays of no more than EVENTS_MAX bytes.
 * - Only when half of QUEUE_MAX bytes wait there may be no room, and a sample leaves nothing behind that it had room
 * for. */
#include "../../memmon/event_queue.h"
#include "support/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WAITING = 512 };

struct model {
    size_t first, next; /* numbers of the events that wait */
    size_t len[WAITING];
    size_t bytes;
};

static struct event_queue queue;
static char filler[EVENTS_MAX];

/* The n-th event: {"event":"N…"}, of that length. */
static bool put(struct model *m, size_t len)
{
    char before[32];
    int n = snprintf(before, sizeof before, "{\"event\":\"%zu", m->next);
    size_t rest = len > (size_t)n + 2 ? len - (size_t)n - 2 : 0;
    struct jsonl_writer *w = fuzz_need(jsonl_writer_new(-1));
    jsonl_write(w, filler, rest);
    jsonl_puts(w, "\"}");
    struct jsonl_text after = jsonl_writer_text(w);
    size_t all = (size_t)n + after.n;
    bool added = event_queue_add(&queue, (struct jsonl_text){before, (size_t)n}, after);
    jsonl_writer_free(w);
    MUST(added || m->bytes + all + 1 > QUEUE_MAX / 2, "no room behind %zu bytes", m->bytes);
    if (!added)
        return false;
    m->len[m->next++ % WAITING] = all;
    m->bytes += all + 1;
    return true;
}

static void take(struct model *m)
{
    struct jsonl_text text = event_queue_text(&queue);
    MUST(!text.s == (m->first == m->next) && event_queue_empty(&queue) == !text.s, "%zu wait", m->next - m->first);
    if (!text.s)
        return;
    MUST(text.n >= 2 && text.n <= EVENTS_MAX && text.s[0] == '[' && text.s[text.n - 1] == ']', "%zu bytes", text.n);
    size_t at = 1;
    for (; at < text.n; at++) {
        char want[32];
        size_t len = m->len[m->first % WAITING];
        int n = snprintf(want, sizeof want, "{\"event\":\"%zu", m->first);
        MUST(m->first < m->next && at + len < text.n && memcmp(text.s + at, want, (size_t)n) == 0, "no event %zu",
             m->first);
        at += len;
        MUST(strchr(at + 1 < text.n ? "," : "]", text.s[at]), "behind event %zu is %c", m->first, text.s[at]);
        m->bytes -= len + 1;
        m->first++;
    }
    MUST(m->first == m->next || text.n + 1 + m->len[m->first % WAITING] > EVENTS_MAX, "event %zu had room", m->first);
    event_queue_shift(&queue);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct model m = {0};
    memset(filler, 'x', sizeof filler);
    for (size_t i = 0; i < size; i++) {
        size_t kind = data[i] >> 6, number = data[i] & 63;
        size_t len = kind == 1 ? 20 + number * 50 : kind == 2 ? (number + 1) * (EVENTS_MAX / 64) - 1 : 20;
        if (kind == 0)
            take(&m);
        for (size_t k = 0; kind > 0 && k < (kind == 3 ? number : 1) && m.next - m.first < WAITING; k++)
            if (!put(&m, len < EVENTS_MAX - 1 ? len : EVENTS_MAX - 2))
                break;
    }
    while (m.first < m.next)
        take(&m);
    MUST(event_queue_empty(&queue) && m.bytes == 0, "%zu bytes are left", m.bytes);
    event_queue_free(&queue);
    memset(&queue, 0, sizeof queue);
    return 0;
}
