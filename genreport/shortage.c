/* SPDX-License-Identifier: Apache-2.0
 * Want of memory: how low free RAM was while the run was recorded, and what was killed for it. */
#include "finish.h"

#include <math.h>

/* A kill is noticed by a counter, a sample or so after it: by then its test may be over, failed. */
static const double NOTICED_S = 1;

static const struct run_test *test_killed(const struct finish *f, double ts)
{
    const struct run_test *now = finish_test_at(f, ts), *before = finish_test_at(f, ts - NOTICED_S);

    if (before && before->outcome == JSONL_FAILED && !(now && now->outcome == JSONL_FAILED))
        return before;
    return now ? now : before;
}

static struct jsonl_text test_id(const struct finish *f, const struct run_test *t)
{
    return t ? finish_name(f, t->id) : (struct jsonl_text){NULL, 0};
}

static void shortage_ram(const struct finish *f, struct report_shortage *s)
{
    double limit = f->config->quality_ram_free_min_gb * run_parts[RUN_ram_free_gb];
    int32_t lowest = INT32_MAX;

    s->judged = !(f->run->ram_total_gb <= f->config->quality_ram_free_min_gb);
    for (size_t i = 0; i < f->windows.len; i++) {
        const struct run_sample *sample = &f->windows.samples[i];
        int32_t free = sample->metric[RUN_ram_free_gb];

        if (free == RUN_ABSENT)
            continue;
        s->samples++;
        s->low += s->judged && free < limit;
        if (free < lowest) {
            lowest = free;
            s->lowest_s = sample->ts;
        }
    }
    if (s->samples == 0)
        return;
    s->lowest_gb = lowest / run_parts[RUN_ram_free_gb];
    s->lowest_id = test_id(f, finish_test_at(f, s->lowest_s));
}

/* Those of the command's control group and those elsewhere. */
static void shortage_kills(const struct finish *f, struct report_shortage *s)
{
    for (size_t i = 0; i < f->run->kills_len; i++) {
        s->killed += f->run->kills[i].count;
        s->killed_s = number_min(s->killed_s, f->run->kills[i].ts);
    }
    if (!isnan(s->killed_s))
        s->killed_id = test_id(f, test_killed(f, s->killed_s));
}

bool finish_shortage(struct finish *f)
{
    struct report_shortage *s = &f->report->shortage;

    *s = (struct report_shortage){.lowest_gb = NAN, .lowest_s = NAN, .killed_s = NAN};
    shortage_ram(f, s);
    shortage_kills(f, s);
    return true;
}
