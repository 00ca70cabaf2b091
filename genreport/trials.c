/* SPDX-License-Identifier: Apache-2.0 */
#include "trials.h"

#include "number.h"
#include "order.h"

#include <math.h>
#include <stdlib.h>

static double ln_of(double value)
{
    return value > 0 ? log(value) : NAN;
}

static struct trial trial_of(const struct run_test *t, const uint32_t *ranks, uint32_t run, bool cold)
{
    struct trial trial = {
        .id = ranks[t->id],
        .model = ranks[t->model],
        .mode = ranks[t->modality],
        .run = run,
        .outcome = t->outcome,
        .cold = cold,
        .end = t->end,
        .start = t->start,
        .duration = t->duration,
    };
    const double ln[COMPARE_METRICS] = {
        [COMPARE_DURATION] = ln_of(t->duration),    [COMPARE_COLD] = ln_of(t->duration),
        [COMPARE_TOKENS] = -ln_of(t->tokens_per_s), [COMPARE_TTFT] = ln_of(t->ttft_s),
        [COMPARE_LOAD] = ln_of(t->load_s),
    };

    for (size_t i = 0; i < COMPARE_METRICS; i++)
        trial.ln[i] = t->outcome == JSONL_PASSED && cold == (i == COMPARE_COLD) ? ln[i] : NAN;
    return trial;
}

static bool trials_add(struct trials *trials, const struct run *run, const uint32_t *ranks, struct run *names_of,
                       uint32_t number)
{
    uint32_t *here = malloc((run->names.len + 1) * sizeof *here);
    double *first = run_first_uses(run);
    bool ok = here && first;

    for (size_t i = 0; ok && i < run->names.len; i++) {
        uint32_t there;

        ok = jsonl_intern_add(&names_of->names, run->names.texts[i], &there); /* known already */
        here[i] = ok ? ranks[there] : 0;
    }
    for (size_t i = 0; ok && i < run->tests_len; i++) {
        const struct run_test *t = &run->tests[i];

        trials->list[trials->len++] = trial_of(t, here, number, t->model && t->start == first[t->model]);
    }
    free(here);
    free(first);
    return ok;
}

static int trial_compare(const void *a, const void *b)
{
    const struct trial *x = a, *y = b;

    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    if (x->model != y->model)
        return x->model < y->model ? -1 : 1;
    if (x->mode != y->mode)
        return x->mode < y->mode ? -1 : 1;
    if (x->run != y->run)
        return x->run < y->run ? -1 : 1;
    int order = number_order(x->end, y->end);
    if (!order)
        order = number_order(x->start, y->start);
    if (!order)
        order = number_order(x->duration, y->duration);
    if (!order)
        order = (int)x->outcome - (int)y->outcome;
    for (size_t i = 0; !order && i < COMPARE_METRICS; i++)
        order = number_order(x->ln[i], y->ln[i]);
    return order;
}

/* A record at a known time that is just like another, as when a file is given twice, is no second measurement. */
static void trials_once(struct trials *trials)
{
    size_t len = 0;

    for (size_t i = 0; i < trials->len; i++)
        if (len == 0 || isnan(trials->list[i].end) || trial_compare(&trials->list[len - 1], &trials->list[i]) != 0)
            trials->list[len++] = trials->list[i];
    trials->len = len;
    for (size_t i = 0; i < len; i++) {
        const struct trial *t = &trials->list[i];

        if (t->run + 1 == trials->runs && (i == 0 || t[-1].run != t->run || !trials_same(&t[-1], t)))
            trials->distinct++;
    }
}

/* What stands at i and after it, up to the return value, is of one test and model. */
static size_t trials_of_model(const struct trials *trials, size_t i)
{
    size_t next = i + 1;

    while (next < trials->len && trials->list[next].id == trials->list[i].id &&
           trials->list[next].model == trials->list[i].model)
        next++;
    return next;
}

/* Records before 0.2.1 have no modality, so where one run tells none for a test and others tell always the same, it is
 * the same test.  It goes under what the last run says.  Returns whether anything has changed. */
static bool modes_join(struct trials *trials, size_t from, size_t to)
{
    uint32_t absent = trials->absent, told = absent, last = absent;
    bool any_absent = false, any_last = false;

    for (size_t i = from; i < to; i++) {
        const struct trial *t = &trials->list[i];

        any_absent |= t->mode == absent;
        if (t->mode != absent && told != absent && t->mode != told)
            return false;
        told = t->mode != absent ? t->mode : told;
        if (t->run + 1 != trials->runs)
            continue;
        if (any_last && t->mode != last)
            return false;
        any_last = true;
        last = t->mode;
    }
    if (!any_absent || told == absent)
        return false;
    for (size_t i = from; i < to; i++)
        trials->list[i].mode = any_last ? last : told;
    return true;
}

static void trials_sort(struct trials *trials)
{
    bool joined = false;

    if (trials->len > 1)
        qsort(trials->list, trials->len, sizeof *trials->list, trial_compare);
    for (size_t i = 0, next; i < trials->len; i = next) {
        next = trials_of_model(trials, i);
        joined |= modes_join(trials, i, next);
    }
    if (joined)
        qsort(trials->list, trials->len, sizeof *trials->list, trial_compare);
}

bool trials_collect(struct trials *trials, const struct run *const *runs, size_t n, struct run *names_of)
{
    size_t tests = 0;

    *trials = (struct trials){.runs = (uint32_t)n};
    for (size_t i = 0; i < n; i++) {
        tests += runs[i]->tests_len;
        for (size_t k = 0; k < runs[i]->names.len; k++) {
            uint32_t number;

            if (!jsonl_intern_add(&names_of->names, runs[i]->names.texts[k], &number))
                return false;
        }
    }
    trials->list = malloc((tests + 1) * sizeof *trials->list);
    trials->names = malloc((names_of->names.len + 1) * sizeof *trials->names);
    uint32_t *ranks = trials->names ? names_rank(&names_of->names, trials->names) : NULL;
    bool ok = trials->list && ranks;
    if (ok)
        trials->absent = ranks[0];
    for (size_t i = 0; ok && i < n; i++)
        ok = trials_add(trials, runs[i], ranks, names_of, (uint32_t)i);
    if (ok) {
        trials_sort(trials);
        trials_once(trials);
    }
    free(ranks);
    return ok;
}

void trials_free(struct trials *trials)
{
    free(trials->list);
    free(trials->names);
    *trials = (struct trials){0};
}
