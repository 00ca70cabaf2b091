/* SPDX-License-Identifier: Apache-2.0 */
#include "texts.h"

#include "order.h"

#include <stdlib.h>
#include <string.h>

/* Of those names that `seen` marks by their numbers; frees it. */
static bool texts_list(struct jsonl_arena *arena, const struct run *run, bool *seen,
                       int (*compare)(const void *, const void *), struct report_texts *texts)
{
    size_t distinct = 0;

    for (size_t i = 1; i < run->names.len; i++) /* 0 is the absent text */
        distinct += seen[i];
    *texts = (struct report_texts){jsonl_arena_alloc(arena, distinct, sizeof *texts->list), 0};
    for (size_t i = 1; texts->list && i < run->names.len; i++)
        if (seen[i])
            texts->list[texts->len++] = run->names.texts[i];
    if (texts->len > 1)
        qsort(texts->list, texts->len, sizeof *texts->list, compare);
    free(seen);
    return texts->list != NULL;
}

bool texts_of_tests(struct jsonl_arena *arena, const struct run *run, size_t member,
                    int (*compare)(const void *, const void *), struct report_texts *texts)
{
    bool *seen = calloc(run->names.len, sizeof *seen);

    for (size_t i = 0; seen && i < run->tests_len; i++) {
        uint32_t number;

        memcpy(&number, (const char *)&run->tests[i] + member, sizeof number);
        seen[number] = true;
    }
    return seen && texts_list(arena, run, seen, compare, texts);
}

/* The same machine, of which more is known there: cores, GPUs and what else stands last. */
static bool text_goes_on(struct jsonl_text t, struct jsonl_text there)
{
    return there.n > t.n + 2 && memcmp(there.s + t.n, ", ", 2) == 0 && memcmp(there.s, t.s, t.n) == 0;
}

bool texts_same_machine(struct jsonl_text a, struct jsonl_text b)
{
    return jsonl_text_compare(a, b) == 0 || text_goes_on(a, b) || text_goes_on(b, a);
}

/* In this order what begins with a text follows it, and no text is long. */
static bool text_has_more(const struct report_texts *texts, size_t i)
{
    struct jsonl_text t = texts->list[i];
    size_t k = i + 1;

    while (k < texts->len && texts->list[k].n > t.n && memcmp(texts->list[k].s, t.s, t.n) == 0 &&
           !text_goes_on(t, texts->list[k]))
        k++;
    return k < texts->len && text_goes_on(t, texts->list[k]);
}

static void texts_fullest(struct report_texts *texts)
{
    size_t len = 0;

    for (size_t i = 0; i < texts->len; i++)
        if (!text_has_more(texts, i))
            texts->list[len++] = texts->list[i];
    texts->len = len;
}

bool texts_of_machines(struct jsonl_arena *arena, const struct run *run, struct report_texts *texts)
{
    if (!texts_of_tests(arena, run, offsetof(struct run_test, hardware), text_compare, texts))
        return false;
    texts_fullest(texts);
    return true;
}

bool texts_of_sessions(struct jsonl_arena *arena, const struct run *run, struct report_texts *texts)
{
    bool *seen = calloc(run->names.len, sizeof *seen);

    for (size_t i = 0; seen && i < run->sessions_len; i++)
        seen[run->sessions[i]] = true;
    if (!seen || !texts_list(arena, run, seen, text_compare, texts))
        return false;
    texts_fullest(texts);
    return true;
}
