/* SPDX-License-Identifier: Apache-2.0 */
#include "machine.h"

#include "series.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

void machine_init(struct machine *m)
{
    *m = (struct machine){.ram_total_gb = NAN, .exit_code = NAN};
}

void machine_free(struct machine *m)
{
    jsonl_arena_free(&m->arena);
}

static int sources_compare(const struct machine_source *a, const struct machine_source *b)
{
    int order = (int)a->kind - (int)b->kind;
    return order ? order : (a->ts > b->ts) - (a->ts < b->ts);
}

static bool text_note(struct machine *m, enum machine_fact fact, struct jsonl_text text, struct machine_source by)
{
    struct jsonl_text *known = &m->fact[fact];
    if (!text.s)
        return true;
    int order = known->s ? sources_compare(&by, &m->fact_by[fact]) : -1;
    int texts = known->s ? jsonl_text_compare(text, *known) : -1;
    if (order > 0 || (order == 0 && texts >= 0))
        return true;
    m->fact_by[fact] = by;
    if (texts != 0)
        *known = (struct jsonl_text){jsonl_arena_copy(&m->arena, text.s, text.n), text.n};
    return known->s != NULL;
}

static void number_note(double *known, struct machine_source *known_by, double v, struct machine_source by)
{
    if (isnan(v))
        return;
    int order = isnan(*known) ? -1 : sources_compare(&by, known_by);
    if (order > 0 || (order == 0 && v >= *known))
        return;
    *known = v;
    *known_by = by;
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
    number_note(&m->ram_total_gb, &m->ram_by, gb_known(jsonl_number(jsonl_get(session, "ram_total_gb"))), by);
    return ok;
}

bool machine_summary(struct machine *m, const struct jsonl_value *summary)
{
    double ts = jsonl_time(jsonl_get(summary, "timestamp"));
    const struct machine_source by = {MACHINE_BY_SUMMARY, isnan(ts) ? INFINITY : ts};
    number_note(&m->exit_code, &m->exit_by, jsonl_number(jsonl_get(summary, "exit_code")), by);
    return text_note(m, MACHINE_COMMAND, jsonl_text(jsonl_get(summary, "command")), by);
}

bool machine_test(struct machine *m, struct jsonl_text chip, double ts)
{
    return text_note(m, MACHINE_CHIP, chip, (struct machine_source){MACHINE_BY_TEST, ts});
}

bool machine_join(struct machine *m, const struct machine *part)
{
    bool ok = true;
    for (int i = 0; i < MACHINE_FACTS; i++)
        ok = text_note(m, (enum machine_fact)i, part->fact[i], part->fact_by[i]) && ok;
    number_note(&m->ram_total_gb, &m->ram_by, part->ram_total_gb, part->ram_by);
    number_note(&m->exit_code, &m->exit_by, part->exit_code, part->exit_by);
    return ok;
}
