/* SPDX-License-Identifier: Apache-2.0 */
#include "machine.h"

#include "grow.h"
#include "series.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void machine_init(struct machine *m)
{
    *m = (struct machine){.ram_total_gb = NAN};
}

void machine_free(struct machine *m)
{
    jsonl_arena_free(&m->arena);
    free(m->end);
}

/* Of two different words: which counts, and does the one that does not count as another? */
static bool source_counts(const struct machine_source *by, const struct machine_source *known_by, bool known, int less,
                          bool *others)
{
    if (!known || by->kind < known_by->kind) {
        *others = false;
        return true;
    }
    if (by->kind > known_by->kind)
        return false;
    *others |= less != 0;
    return by->ts < known_by->ts || (by->ts == known_by->ts && less < 0);
}

static bool text_note(struct machine *m, enum machine_fact fact, struct jsonl_text text, struct machine_source by)
{
    struct jsonl_text *known = &m->fact[fact];
    if (!text.s)
        return true;
    int less = known->s ? jsonl_text_compare(text, *known) : 0;
    if (!source_counts(&by, &m->fact_by[fact], known->s, less, &m->others[fact]))
        return true;
    m->fact_by[fact] = by;
    if (!known->s || less)
        *known = (struct jsonl_text){jsonl_arena_copy(&m->arena, text.s, text.n), text.n};
    return known->s != NULL;
}

static void ram_note(struct machine *m, double gb, struct machine_source by)
{
    if (isnan(gb))
        return;
    int less = (gb > m->ram_total_gb) - (gb < m->ram_total_gb);
    if (source_counts(&by, &m->ram_by, !isnan(m->ram_total_gb), less, &m->ram_others)) {
        m->ram_total_gb = gb;
        m->ram_by = by;
    }
}

static double gb_known(double gb)
{
    return gb > 0 && gb <= SERIES_VALUE_MAX ? gb : (double)NAN;
}

/* `gpus` is not empty. */
static bool gpus_note(struct machine *m, const struct jsonl_value *gpus, struct machine_source by)
{
    enum { NAME_MAX_BYTES = 200 };
    struct jsonl_text name = jsonl_text(jsonl_get(gpus + 1, "name"));
    if (gpus->len == 1 || !name.s || name.n > NAME_MAX_BYTES)
        return text_note(m, MACHINE_GPU, name, by);
    uint32_t same = 0;
    const struct jsonl_value *v = gpus + 1;
    for (uint32_t i = 0; i < gpus->len; i++, v += v->span) {
        struct jsonl_text other = jsonl_text(jsonl_get(v, "name"));
        same += other.s && jsonl_text_compare(other, name) == 0;
    }
    char text[NAME_MAX_BYTES + 64];
    int n = 0, len = (int)name.n;
    uint32_t others = gpus->len - same;
    if (same > 1)
        n = snprintf(text, sizeof text, "%" PRIu32 " x ", same);
    n += snprintf(text + n, sizeof text - (size_t)n, "%.*s", len, name.s);
    if (others)
        n +=
            snprintf(text + n, sizeof text - (size_t)n, " and %" PRIu32 " other GPU%s", others, others == 1 ? "" : "s");
    return text_note(m, MACHINE_GPU, (struct jsonl_text){text, (size_t)n}, by);
}

bool machine_session(struct machine *m, const struct jsonl_value *session, double ts)
{
    static const struct {
        enum machine_fact fact;
        const char *member;
    } texts[] = {
        {MACHINE_HOSTNAME, "hostname"}, {MACHINE_CHIP, "chip"},       {MACHINE_MODEL, "model"},
        {MACHINE_PLATFORM, "platform"}, {MACHINE_COMMAND, "command"},
    };
    const struct machine_source by = {MACHINE_BY_SESSION, ts};
    bool ok = true;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        ok = text_note(m, texts[i].fact, jsonl_text(jsonl_get(session, texts[i].member)), by) && ok;
    const struct jsonl_value *gpus = jsonl_get(session, "gpus");
    if (gpus && gpus->type == JSONL_ARRAY && gpus->len)
        ok = gpus_note(m, gpus, by) && ok;
    ram_note(m, gb_known(jsonl_number(jsonl_get(session, "ram_total_gb"))), by);
    return ok;
}

static bool end_add(struct machine *m, struct machine_end end)
{
    if (!GROW(m->end, m->ends + 1, m->ends_size))
        return false;
    m->end[m->ends++] = end;
    return true;
}

bool machine_summary(struct machine *m, const struct jsonl_value *summary)
{
    double ts = jsonl_time(jsonl_get(summary, "timestamp"));
    const struct machine_source by = {MACHINE_BY_SUMMARY, isnan(ts) ? INFINITY : ts};
    double exit_code = jsonl_number(jsonl_get(summary, "exit_code"));
    bool killed = jsonl_get(summary, "signal") != NULL;
    if ((killed || !isnan(exit_code)) && !end_add(m, (struct machine_end){by.ts, killed ? (double)NAN : exit_code}))
        return false;
    return text_note(m, MACHINE_COMMAND, jsonl_text(jsonl_get(summary, "command")), by);
}

bool machine_test(struct machine *m, struct jsonl_text chip, double ts)
{
    return text_note(m, MACHINE_CHIP, chip, (struct machine_source){MACHINE_BY_TEST, ts});
}

bool machine_join(struct machine *m, const struct machine *part)
{
    bool ok = true;
    for (int i = 0; i < MACHINE_FACTS; i++) {
        ok = text_note(m, (enum machine_fact)i, part->fact[i], part->fact_by[i]) && ok;
        if (part->fact[i].s && part->fact_by[i].kind == m->fact_by[i].kind)
            m->others[i] |= part->others[i];
    }
    ram_note(m, part->ram_total_gb, part->ram_by);
    m->ram_others |= part->ram_others;
    for (size_t i = 0; i < part->ends; i++)
        ok = ok && end_add(m, part->end[i]);
    return ok;
}

/* By time; of one time what exited before what a signal ended. */
static int end_compare(const void *a, const void *b)
{
    const struct machine_end *x = a, *y = b;
    if (x->ts != y->ts)
        return x->ts < y->ts ? -1 : 1;
    if (isnan(x->exit_code) || isnan(y->exit_code))
        return !!isnan(x->exit_code) - !!isnan(y->exit_code);
    return (x->exit_code > y->exit_code) - (x->exit_code < y->exit_code);
}

/* A file that was given twice tells of no other command. */
void machine_finish(struct machine *m)
{
    size_t kept = 0;
    if (m->ends)
        qsort(m->end, m->ends, sizeof *m->end, end_compare);
    for (size_t i = 0; i < m->ends; i++)
        if (!kept || end_compare(&m->end[kept - 1], &m->end[i]) != 0)
            m->end[kept++] = m->end[i];
    m->ends = kept;
}
