/* SPDX-License-Identifier: Apache-2.0 */
#include "event_queue.h"

#include <stdlib.h>
#include <string.h>

void event_queue_free(struct event_queue *q)
{
    free(q->bytes);
}

/* Half of it must be free before what waits is moved, so that a byte is moved but a few times. */
static bool queue_reserve(struct event_queue *q, size_t n)
{
    if (n <= q->cap - q->len)
        return true;
    size_t waiting = q->len - q->head;
    if (q->head >= q->cap / 2 && q->head > 0) {
        memmove(q->bytes, q->bytes + q->head, waiting);
        q->head = 0;
        q->len = waiting;
    }
    size_t cap = q->cap ? q->cap : 4096;
    while (cap < q->len + n)
        cap *= 2;
    if (cap == q->cap)
        return true;
    char *bytes = cap <= QUEUE_MAX ? realloc(q->bytes, cap) : NULL;
    if (!bytes)
        return false;
    q->bytes = bytes;
    q->cap = cap;
    return true;
}

bool event_queue_add(struct event_queue *q, struct jsonl_text before, struct jsonl_text after)
{
    if (!queue_reserve(q, before.n + after.n + 1))
        return false;
    memcpy(q->bytes + q->len, before.s, before.n);
    memcpy(q->bytes + q->len + before.n, after.s, after.n);
    q->len += before.n + after.n + 1;
    q->bytes[q->len - 1] = '\n';
    return true;
}

bool event_queue_empty(const struct event_queue *q)
{
    return q->head == q->len;
}

struct jsonl_text event_queue_text(struct event_queue *q)
{
    size_t n = q->len - q->head;
    if (n > EVENTS_MAX - 1) /* the bracket at the end takes the place of the last LF */
        for (n = EVENTS_MAX - 1; q->bytes[q->head + n - 1] != '\n'; n--)
            ;
    q->taken = n;
    if (n == 0)
        return (struct jsonl_text){0};
    char *text = q->text + 1, *end = text + n;
    q->text[0] = '[';
    memcpy(text, q->bytes + q->head, n);
    for (char *lf; (lf = memchr(text, '\n', (size_t)(end - text))); text = lf + 1)
        *lf = ',';
    end[-1] = ']';
    return (struct jsonl_text){q->text, n + 1};
}

void event_queue_shift(struct event_queue *q)
{
    q->head += q->taken;
    q->taken = 0;
    if (q->head == q->len)
        q->head = q->len = 0;
}
