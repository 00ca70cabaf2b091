/* SPDX-License-Identifier: Apache-2.0
 * Names of models for people.  Two models that would look the same keep their whole ids. */
#include "finish.h"

#include <stdlib.h>

struct label {
    struct jsonl_text text;
    uint32_t number;
};

static int label_compare(const void *a, const void *b)
{
    const struct label *x = a, *y = b;

    return jsonl_text_compare(x->text, y->text);
}

/* The models of tests and events, each once; *n of them. */
static struct label *labels_collect(struct finish *f, size_t *n)
{
    const struct run *run = f->run;
    struct label *list = calloc(run->names.len, sizeof *list);
    bool *seen = calloc(run->names.len, sizeof *seen);

    *n = 0;
    if (!list || !seen) {
        free(list);
        free(seen);
        return NULL;
    }
    seen[0] = true;
    for (size_t i = 0; i < run->tests_len + run->events_len; i++) {
        uint32_t model = i < run->tests_len ? run->tests[i].model : run->events[i - run->tests_len].model;

        if (seen[model])
            continue;
        seen[model] = true;
        list[*n].number = model;
        list[*n].text = jsonl_model_name(f->config, finish_name(f, model));
        ++*n;
    }
    free(seen);
    return list;
}

bool finish_labels(struct finish *f)
{
    size_t n;
    struct label *list = labels_collect(f, &n);

    f->labels = jsonl_arena_alloc(&f->report->arena, f->run->names.len, sizeof *f->labels);
    if (!list || !f->labels) {
        free(list);
        return false;
    }
    if (n > 1)
        qsort(list, n, sizeof *list, label_compare);
    for (size_t i = 0; i < n; i++) {
        bool twin = (i > 0 && label_compare(&list[i - 1], &list[i]) == 0) ||
                    (i + 1 < n && label_compare(&list[i], &list[i + 1]) == 0);

        f->labels[list[i].number] = twin || list[i].text.n == 0 ? finish_name(f, list[i].number) : list[i].text;
    }
    free(list);
    return true;
}
