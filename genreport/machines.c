/* SPDX-License-Identifier: Apache-2.0
 * Which machines the tests ran on, if there are several. */
#include "finish.h"
#include "texts.h"

#include <math.h>
#include <stdlib.h>

/* Rows by number of the hardware's name + 1. */
static void machines_count(struct finish *f, const size_t *rows, double *durations)
{
    struct report *r = f->report;

    for (size_t m = 0; m < r->machines_len; m++) {
        struct report_machine *row = &r->machines[m];
        size_t n = 0;

        *row = (struct report_machine){.hardware = r->hardware.list[m], .first_s = NAN};
        for (size_t i = 0; i < f->run->tests_len; i++) {
            const struct run_test *t = f->tests[i];

            if (rows[t->hardware] != m + 1)
                continue;
            row->tests++;
            row->failed += t->outcome == JSONL_FAILED;
            row->first_s = number_min(row->first_s, isnan(t->start) ? t->end : t->start);
            durations[n++] = t->duration;
        }
        row->duration_s = number_sum(durations, number_sort(durations, n));
    }
}

static bool tests_tell(const struct run *run)
{
    size_t i = 0;

    while (i < run->tests_len && run->tests[i].hardware == 0)
        i++;
    return i < run->tests_len;
}

bool finish_machines(struct finish *f)
{
    enum { MACHINES_MAX = 100 };
    struct report *r = f->report;
    size_t *rows;
    double *durations;

    if (r->hardware.len < 2 || !tests_tell(f->run)) /* else the recordings have told, and not which test ran where */
        return true;
    r->machines_len = r->hardware.len < MACHINES_MAX ? r->hardware.len : MACHINES_MAX;
    r->machines = jsonl_arena_alloc(&r->arena, r->machines_len, sizeof *r->machines);
    rows = calloc(f->run->names.len, sizeof *rows);
    durations = malloc((f->run->tests_len + 1) * sizeof *durations);
    bool ok = r->machines && rows && durations;
    for (size_t i = 0; ok && i < f->run->tests_len; i++) {
        uint32_t name = f->run->tests[i].hardware;

        for (size_t m = 0; m < r->machines_len && name && !rows[name]; m++)
            if (texts_same_machine(finish_name(f, name), r->hardware.list[m]))
                rows[name] = m + 1;
    }
    if (ok)
        machines_count(f, rows, durations);
    free(rows);
    free(durations);
    return ok;
}
