/* SPDX-License-Identifier: Apache-2.0 */
#include "incident.h"

#include <stddef.h>

static const struct {
    const char *event, *scope;
} names[INCIDENTS] = {
    [INCIDENT_OOM_KILL] = {"oom_kill", "cgroup"},
    [INCIDENT_OOM] = {"oom", "cgroup"},
    [INCIDENT_MAX] = {"memory_max", "cgroup"},
    [INCIDENT_HIGH] = {"memory_high", "cgroup"},
    [INCIDENT_MACHINE_OOM_KILL] = {"oom_kill", "machine"},
};

void incidents_move(struct incidents *to, struct incidents *from)
{
    if (incidents_empty(from))
        return;
    for (size_t i = 0; i < INCIDENTS; i++)
        to->count[i] += from->count[i];
    to->ts = from->ts;
    *from = (struct incidents){0};
}

bool incidents_empty(const struct incidents *in)
{
    for (size_t i = 0; i < INCIDENTS; i++)
        if (in->count[i])
            return false;
    return true;
}

void incidents_write(const struct incidents *in, struct jsonl_writer *w)
{
    for (size_t i = 0; i < INCIDENTS; i++) {
        if (!in->count[i])
            continue;
        jsonl_begin_object(w);
        jsonl_key(w, "ts");
        jsonl_real(w, in->ts, 3);
        jsonl_key(w, "event");
        jsonl_cstring(w, names[i].event);
        jsonl_key(w, "scope");
        jsonl_cstring(w, names[i].scope);
        jsonl_key(w, "count");
        jsonl_real(w, (double)in->count[i], 0);
        jsonl_end_object(w);
    }
}
