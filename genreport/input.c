/* SPDX-License-Identifier: Apache-2.0 */
#include "input.h"

#include "lines.h"

#include <stdlib.h>
#include <string.h>

/* Some records that follow one another in a file. */
struct part {
    struct run run;
    struct lines lines;
    bool keeps_lines;
    struct jsonl_rules *rules;
    const char *file; /* of the last record */
    bool failed;      /* out of memory */
};

struct whole {
    struct run *run;
    const struct jsonl_config *config;
    const char *const *files;
    struct report_source *sources; /* one a file */
    size_t n, at;                  /* how many; which one was the last part's */
};

static void part_free(void *part)
{
    struct part *p = part;

    run_free(&p->run);
    lines_free(&p->lines);
    jsonl_rules_free(p->rules);
    free(p);
}

static void *part_begin(void *whole)
{
    const struct whole *w = whole;
    struct part *p = calloc(1, sizeof *p);

    if (!p)
        return NULL;
    p->keeps_lines = w->run->lines != NULL;
    p->rules = w->config ? jsonl_rules_new(w->config, NULL) : NULL; /* it has been tried before: see input_read */
    if (run_init(&p->run) && (p->rules || !w->config))
        return p;
    part_free(p);
    return NULL;
}

static bool part_add(void *part, const struct jsonl_record *record, struct jsonl_error *err)
{
    struct part *p = part;
    enum run_result result = run_add(&p->run, p->rules, record->root, record->kind, err);

    p->file = record->file;
    if (result == RUN_OK && record->kind == JSONL_KIND_TEST && p->keeps_lines && !lines_add(&p->lines, record))
        result = RUN_NO_MEMORY;
    p->failed = p->failed || result == RUN_NO_MEMORY;
    return result != RUN_REFUSED;
}

/* A part is of one file, and files come in their order; one may be given twice. */
static struct report_source *part_source(struct whole *w, const struct part *p)
{
    size_t i = w->at;

    while (i < w->n && w->files[i] != p->file)
        i++;
    if (i < w->n)
        w->at = i;
    return &w->sources[w->at];
}

static bool part_join(void *whole, void *part)
{
    struct whole *w = whole;
    struct part *p = part;

    if (p->failed || !run_merge(w->run, &p->run) || (p->keeps_lines && !lines_join(w->run->lines, &p->lines)))
        return false;
    if (p->file) {
        struct report_source *source = part_source(w, p);

        for (size_t i = 0; i < JSONL_KINDS; i++)
            source->kinds[i] += p->run.kinds[i];
    }
    p->file = NULL;
    run_free(&p->run);
    lines_free(&p->lines);
    return run_init(&p->run);
}

bool input_read(const char *const *files, size_t n, size_t threads, struct run *run, const struct jsonl_config *config,
                struct report_source *sources, struct jsonl_input_stats *stats)
{
    static const struct jsonl_fold fold = {part_begin, part_add, part_join, part_free};
    struct whole whole = {.run = run, .config = config, .files = files, .sources = sources, .n = n};

    for (size_t i = 0; i < n; i++) {
        const char *name = strcmp(files[i], "-") == 0 ? "(standard input)" : files[i];

        sources[i] = (struct report_source){.name = {name, strlen(name)}};
    }
    return jsonl_input_fold(files, n, threads, &fold, &whole, stats);
}
