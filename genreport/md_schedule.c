/* SPDX-License-Identifier: Apache-2.0
 * Scheduling. */
#include "md.h"

enum { LOADS_MAX = 50 };

static void schedule_switches(struct jsonl_writer *w, const struct report_schedule *s)
{
    jsonl_puts(w, "**Model switches:** ");
    jsonl_printf(w, "%zu in ", s->switches);
    md_count(w, s->tests, "test");
    jsonl_printf(w, "; ordered by model %zu", s->fewest);
    if (s->switches == s->fewest) {
        jsonl_puts(w, ", so nothing is lost\n");
    } else if (s->priced == 0) {
        jsonl_puts(w, "; what that would save is not known, for no load times are\n");
    } else {
        jsonl_puts(w, ", which would save ");
        md_seconds(w, s->saved_s);
        jsonl_puts(w, " of loading");
        if (s->unpriced > 0)
            jsonl_printf(w, " and that of %zu returns whose load time is not known", s->unpriced);
        jsonl_puts(w, " (each return to a model at its usual load time, if it could stay in memory)\n");
    }
    if (s->overlapping > 0) {
        jsonl_puts(w, "\nWithout ");
        md_count(w, s->overlapping, "test");
        jsonl_puts(w, " that began while one of another model ran.\n");
    }
}

static void schedule_loads(struct jsonl_writer *w, const struct report *r)
{
    const struct report_loads *l = &r->loads;

    if (l->len == 0)
        return;
    jsonl_printf(w,
                 "\n### Loads Seen in Memory\n\n"
                 "Steps of %s by about a model's size, of which no event tells.\n\n"
                 "| Model | Loads | Unloads | Step (GB) | Load |\n"
                 "|-------|------:|--------:|----------:|-----:|\n",
                 l->gpu ? "GPU memory" : "free RAM");
    for (size_t i = 0; i < l->len && i < LOADS_MAX; i++) {
        const struct report_load *m = &l->models[i];

        jsonl_puts(w, "| ");
        md_text(w, m->model);
        jsonl_printf(w, " | %zu | %zu | ", m->loads, m->unloads);
        md_number(w, m->step_gb.median, 1, "");
        jsonl_puts(w, " | ");
        md_latency(w, m->load_s.median);
        jsonl_puts(w, " |\n");
    }
    md_rest(w, l->len, LOADS_MAX, "model");
}

void md_schedule(struct jsonl_writer *w, const struct report *r)
{
    const struct report_schedule *s = &r->schedule;

    md_section(w, "Scheduling");
    if (r->mixed)
        jsonl_puts(w, "Not judged: records of several machines are mixed.\n");
    else if (s->tests == 0)
        jsonl_puts(w, "Not known: no test that ran names a model and tells when it ran.\n");
    else if (s->overlapping >= s->tests)
        jsonl_printf(w, "Not judged: %zu of %zu tests began while one of another model ran.\n", s->overlapping,
                     s->overlapping + s->tests);
    else
        schedule_switches(w, s);
    schedule_loads(w, r);
}
