/* SPDX-License-Identifier: Apache-2.0
 * Tests that failed, and why tests were skipped. */
#include "finish.h"

#include <math.h>
#include <stdlib.h>

/* Groups of the same id and model; fills `list` if it is not NULL.  Returns how many have failures. */
static size_t failures_walk(struct finish *f, struct report_failure *list)
{
    size_t n = f->run->tests_len, len = 0;

    for (size_t i = 0, next; i < n; i = next) {
        const struct run_test *first = f->tests[i];
        struct report_failure group = {
            .id = finish_name(f, first->id), .model = f->labels[first->model], .longest_s = NAN};

        for (next = i; next < n && f->tests[next]->id == first->id && f->tests[next]->model == first->model; next++) {
            const struct run_test *t = f->tests[next];

            group.runs++;
            if (t->outcome != JSONL_FAILED)
                continue;
            group.failed++;
            group.longest_s = number_max(group.longest_s, t->duration);
        }
        if (group.failed == 0)
            continue;
        if (list)
            list[len] = group;
        len++;
    }
    return len;
}

static int skip_compare_reason(const void *a, const void *b)
{
    const struct report_skip *x = a, *y = b;

    return text_order(x->reason, y->reason);
}

static int skip_compare(const void *a, const void *b)
{
    const struct report_skip *x = a, *y = b;

    if (x->tests != y->tests)
        return x->tests > y->tests ? -1 : 1;
    return text_order(x->reason, y->reason);
}

/* pytest's "Skipped: " before a reason says nothing in a list of reasons. */
static struct jsonl_text reason_plain(struct jsonl_text t)
{
    static const struct jsonl_text lead = {"Skipped: ", 9};

    if (t.n > lead.n && jsonl_text_compare((struct jsonl_text){t.s, lead.n}, lead) == 0)
        return (struct jsonl_text){t.s + lead.n, t.n - lead.n};
    return t;
}

static bool finish_skips(struct finish *f)
{
    struct report *r = f->report;
    size_t len = 0;

    r->skips = jsonl_arena_alloc(&r->arena, r->totals.outcomes[JSONL_SKIPPED], sizeof *r->skips);
    if (!r->skips)
        return false;
    for (size_t i = 0; i < f->run->tests_len; i++)
        if (f->tests[i]->outcome == JSONL_SKIPPED)
            r->skips[len++] =
                (struct report_skip){.reason = reason_plain(finish_name(f, f->tests[i]->skip_reason)), .tests = 1};
    if (len > 1)
        qsort(r->skips, len, sizeof *r->skips, skip_compare_reason);
    for (size_t i = 0; i < len; i++) {
        if (r->skips_len > 0 && skip_compare_reason(&r->skips[r->skips_len - 1], &r->skips[i]) == 0)
            r->skips[r->skips_len - 1].tests++;
        else
            r->skips[r->skips_len++] = r->skips[i];
    }
    if (r->skips_len > 1)
        qsort(r->skips, r->skips_len, sizeof *r->skips, skip_compare);
    return true;
}

bool finish_outcomes(struct finish *f)
{
    struct report *r = f->report;

    r->failures_len = failures_walk(f, NULL);
    r->failures = jsonl_arena_alloc(&r->arena, r->failures_len, sizeof *r->failures);
    if (!r->failures)
        return false;
    failures_walk(f, r->failures);
    return finish_skips(f);
}
