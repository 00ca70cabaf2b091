/* SPDX-License-Identifier: Apache-2.0 */
#include "timeline.h"

#include "devices.h"
#include "grow.h"
#include "recordings.h"
#include "samples.h"

#include <string.h>

/* new_name[i]: what index i of the part's names is in t.  In their order, so that names are numbered as they come. */
static bool names_join(struct timeline *t, const struct timeline *part, int32_t *new_name)
{
    bool ok = true;
    for (size_t i = 0; ok && i < names_len(&part->names); i++) {
        new_name[i] = names_add(&t->names, names_text(&part->names, (int32_t)i));
        ok = new_name[i] >= 0;
    }
    return ok;
}

static int32_t renamed(const int32_t *new_name, int32_t name)
{
    return name == NAME_NONE ? NAME_NONE : new_name[name];
}

static bool tests_join(struct timeline *t, const struct timeline *part, const int32_t *new_name)
{
    if (!GROW(t->test, t->tests + part->tests, t->tests_size))
        return false;
    for (size_t i = 0; i < part->tests; i++) {
        struct timeline_test *test = &t->test[t->tests++];
        *test = part->test[i];
        int32_t *const names[] = {&test->id,       &test->label,       &test->model,
                                  &test->modality, &test->skip_reason, &test->version};
        for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
            *names[k] = renamed(new_name, *names[k]);
    }
    return true;
}

static bool events_join(struct timeline *t, const struct timeline *part, const int32_t *new_name)
{
    if (!GROW(t->event, t->events + part->events, t->events_size))
        return false;
    for (size_t i = 0; i < part->events; i++) {
        struct timeline_event *event = &t->event[t->events++];
        *event = part->event[i];
        event->model = renamed(new_name, event->model);
        event->label = renamed(new_name, event->label);
    }
    return true;
}

void timeline_join(struct timeline *t, const struct timeline *part)
{
    int32_t *new_name = malloc((names_len(&part->names) + 1) * sizeof *new_name);
    bool ok = new_name && !part->failed && names_join(t, part, new_name) && tests_join(t, part, new_name) &&
              events_join(t, part, new_name) && recordings_join(t, part) && samples_join(t, part) &&
              machine_join(&t->machine, &part->machine) && devices_join(t, part);
    if (!ok)
        t->failed = true;
    free(new_name);
}
