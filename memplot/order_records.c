/* SPDX-License-Identifier: Apache-2.0
 * Tests and events. */
#include "order.h"

#include <stdlib.h>
#include <string.h>

struct place {
    const struct timeline *t;
    int (*compare)(const struct timeline *t, const void *a, const void *b);
    const void *element;
};

static int place_compare(const void *va, const void *vb)
{
    const struct place *a = va, *b = vb;
    return a->compare(a->t, a->element, b->element);
}

/* Puts *array, of n elements, in order, in memory of n elements. */
static bool elements_sort(const struct timeline *t, int (*compare)(const struct timeline *, const void *, const void *),
                          void **array, size_t n, size_t *size, size_t element)
{
    const char *at = *array;
    size_t sorted = 1;
    while (sorted < n && compare(t, at + (sorted - 1) * element, at + sorted * element) <= 0)
        sorted++;
    if (sorted >= n)
        return true;
    struct place *p = malloc(n * sizeof *p);
    char *out = malloc(n * element);
    bool ok = p && out;
    if (ok) {
        for (size_t i = 0; i < n; i++)
            p[i] = (struct place){t, compare, at + i * element};
        qsort(p, n, sizeof *p, place_compare);
        for (size_t i = 0; i < n; i++)
            memcpy(out + i * element, p[i].element, element);
        free(*array);
        *array = out;
        *size = n;
    } else {
        free(out);
    }
    free(p);
    return ok;
}

/* By their texts, none before all. */
static int names_compare(const struct timeline *t, int32_t a, int32_t b)
{
    if (a == b)
        return 0;
    if (a == NAME_NONE || b == NAME_NONE)
        return a == NAME_NONE ? -1 : 1;
    return jsonl_text_compare(names_text(&t->names, a), names_text(&t->names, b));
}

/* ---- Tests */

/* By all that is known of them. */
static int tests_compare(const struct timeline *t, const void *va, const void *vb)
{
    const struct timeline_test *a = va, *b = vb;
    int order = order_numbers(a->start, b->start);
    order = order ? order : order_numbers(a->end, b->end);
    if (order)
        return order;
    const int32_t names_a[] = {a->id, a->model, a->modality, a->skip_reason, a->version};
    const int32_t names_b[] = {b->id, b->model, b->modality, b->skip_reason, b->version};
    for (size_t i = 0; !order && i < sizeof names_a / sizeof names_a[0]; i++)
        order = names_compare(t, names_a[i], names_b[i]);
    order = order ? order : (int)a->outcome - (int)b->outcome;
    order = order ? order : order_numbers(a->tokens_per_sec, b->tokens_per_sec);
    return order ? order : order_numbers(a->ttft_s, b->ttft_s);
}

bool order_tests(struct timeline *t)
{
    if (!elements_sort(t, tests_compare, (void **)&t->test, t->tests, &t->tests_size, sizeof *t->test))
        return false;
    size_t kept = 0;
    for (size_t i = 0; i < t->tests; i++)
        if (!kept || tests_compare(t, &t->test[kept - 1], &t->test[i]) != 0)
            t->test[kept++] = t->test[i];
    t->duplicate_tests = t->tests - kept;
    t->tests = kept;
    return true;
}

/* ---- Events */

static int events_compare(const struct timeline *t, const void *va, const void *vb)
{
    const struct timeline_event *a = va, *b = vb;
    int order = order_numbers(a->ts, b->ts);
    order = order ? order : (int)a->kind - (int)b->kind;
    order = order ? order : names_compare(t, a->model, b->model);
    order = order ? order : names_compare(t, a->label, b->label);
    return order ? order : (int)a->kill - (int)b->kill;
}

/* Of n events of one time puts the unloads of models that are there before the others.  `there` has a place for each
 * name, `scratch` one for each event. */
static void unloads_first(struct timeline_event *event, size_t n, bool *there, struct timeline_event *scratch)
{
    size_t first = 0, rest = 0;
    for (size_t i = 0; i < n; i++) {
        bool goes = event[i].kind == EVENT_UNLOAD && event[i].model != NAME_NONE && there[event[i].model];
        if (goes)
            event[first++] = event[i];
        else
            scratch[rest++] = event[i];
    }
    memcpy(event + first, scratch, rest * sizeof *event);
    for (size_t i = 0; i < n; i++)
        if (event[i].model != NAME_NONE && event[i].kind != EVENT_USE)
            there[event[i].model] = event[i].kind != EVENT_UNLOAD;
}

bool order_events(struct timeline *t)
{
    if (!elements_sort(t, events_compare, (void **)&t->event, t->events, &t->events_size, sizeof *t->event))
        return false;
    bool *there = calloc(names_len(&t->names) + 1, sizeof *there);
    struct timeline_event *scratch = malloc((t->events + 1) * sizeof *scratch);
    bool ok = there && scratch;
    for (size_t a = 0, b; ok && a < t->events; a = b) {
        for (b = a + 1; b < t->events && t->event[b].ts == t->event[a].ts;)
            b++;
        unloads_first(&t->event[a], b - a, there, scratch);
    }
    free(there);
    free(scratch);
    return ok;
}

/* ---- Names */

/* number[name]: what it becomes; NAME_NONE: not known yet. */
static void name_order(int32_t *name, int32_t *number, int32_t *next)
{
    if (*name == NAME_NONE)
        return;
    if (number[*name] == NAME_NONE)
        number[*name] = (*next)++;
    *name = number[*name];
}

bool order_names(struct timeline *t)
{
    size_t n = names_len(&t->names);
    int32_t *number = malloc((n + 1) * sizeof *number), next = 0;
    if (!number)
        return false;
    for (size_t i = 0; i < n; i++)
        number[i] = NAME_NONE;
    for (size_t i = 0; i < t->tests; i++) {
        struct timeline_test *test = &t->test[i];
        int32_t *const names[] = {&test->id,       &test->label,       &test->model,
                                  &test->modality, &test->skip_reason, &test->version};
        for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
            name_order(names[k], number, &next);
    }
    for (size_t i = 0; i < t->events; i++) {
        name_order(&t->event[i].model, number, &next);
        name_order(&t->event[i].label, number, &next);
    }
    bool ok = names_renumber(&t->names, number, (size_t)next);
    free(number);
    return ok;
}
