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

bool machine_note(struct machine *m, enum machine_fact fact, struct jsonl_text text)
{
    if (m->fact[fact].s || !text.s)
        return true;
    m->fact[fact] = (struct jsonl_text){jsonl_arena_copy(&m->arena, text.s, text.n), text.n};
    return m->fact[fact].s != NULL;
}

static double gb_known(double gb)
{
    return gb > 0 && gb <= SERIES_VALUE_MAX ? gb : (double)NAN;
}

/* `gpus` is not empty. */
static bool gpus_note(struct machine *m, const struct jsonl_value *gpus)
{
    enum { NAME_MAX_BYTES = 200 };
    struct jsonl_text name = jsonl_text(jsonl_get(gpus + 1, "name"));
    if (gpus->len == 1 || !name.s || name.n > NAME_MAX_BYTES)
        return machine_note(m, MACHINE_GPU, name);
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
    return machine_note(m, MACHINE_GPU, (struct jsonl_text){text, (size_t)n});
}

bool machine_session(struct machine *m, const struct jsonl_value *session)
{
    static const struct {
        enum machine_fact fact;
        const char *member;
    } texts[] = {
        {MACHINE_HOSTNAME, "hostname"}, {MACHINE_CHIP, "chip"},       {MACHINE_MODEL, "model"},
        {MACHINE_PLATFORM, "platform"}, {MACHINE_COMMAND, "command"},
    };
    bool ok = true;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        ok = machine_note(m, texts[i].fact, jsonl_text(jsonl_get(session, texts[i].member))) && ok;
    const struct jsonl_value *gpus = jsonl_get(session, "gpus");
    if (gpus && gpus->type == JSONL_ARRAY && gpus->len)
        ok = gpus_note(m, gpus) && ok;
    if (isnan(m->ram_total_gb))
        m->ram_total_gb = gb_known(jsonl_number(jsonl_get(session, "ram_total_gb")));
    return ok;
}

bool machine_summary(struct machine *m, const struct jsonl_value *summary)
{
    if (isnan(m->exit_code))
        m->exit_code = jsonl_number(jsonl_get(summary, "exit_code"));
    return machine_note(m, MACHINE_COMMAND, jsonl_text(jsonl_get(summary, "command")));
}

bool machine_join(struct machine *m, const struct machine *later)
{
    bool ok = true;
    for (int i = 0; i < MACHINE_FACTS; i++)
        ok = machine_note(m, (enum machine_fact)i, later->fact[i]) && ok;
    if (isnan(m->ram_total_gb))
        m->ram_total_gb = later->ram_total_gb;
    if (isnan(m->exit_code))
        m->exit_code = later->exit_code;
    return ok;
}
