/* SPDX-License-Identifier: Apache-2.0 */
#include "input.h"

#include "lines.h"
#include "progress.h"

#include <string.h>

/* Which source a record is of: the same as the last one, or one of those after it. */
struct input_place {
    size_t source;
    size_t line; /* of the last record; numbers grow within a file */
};

static void place_find(struct input_place *place, const struct report_source *sources, size_t n,
                       const struct jsonl_record *record)
{
    size_t i = place->source + (record->line <= place->line);

    while (i < n && strcmp(sources[i].name.s, record->file) != 0)
        i++;
    if (i < n)
        place->source = i;
    place->line = record->line;
}

static enum run_result input_fold(struct jsonl_input *in, struct run *run, struct jsonl_rules *rules,
                                  struct report_source *sources, size_t n, struct progress *progress)
{
    struct jsonl_record record;
    struct input_place place = {0};

    while (jsonl_input_next(in, &record)) {
        struct jsonl_error err;

        progress_record(progress);
        enum run_result result = run_add(run, rules, record.root, record.kind, &err);

        place_find(&place, sources, n, &record);
        if (result == RUN_OK && record.kind == JSONL_KIND_TEST && run->lines && !lines_add(run->lines, &record))
            result = RUN_NO_MEMORY;
        if (result == RUN_NO_MEMORY)
            return result;
        if (result == RUN_REFUSED)
            jsonl_input_reject(in, "%s", err.message);
        else
            sources[place.source].kinds[record.kind]++;
    }
    return RUN_OK;
}

bool input_read(const char *const *files, size_t n, struct run *run, struct jsonl_rules *rules,
                struct report_source *sources, struct jsonl_input_stats *stats)
{
    struct jsonl_input *in = jsonl_input_open(files, n);
    enum run_result result = RUN_NO_MEMORY;
    struct progress progress;

    memset(stats, 0, sizeof *stats);
    for (size_t i = 0; i < n; i++) {
        const char *name = strcmp(files[i], "-") == 0 ? "(standard input)" : files[i];

        sources[i] = (struct report_source){.name = {name, strlen(name)}};
    }
    progress_begin(&progress);
    if (in)
        result = input_fold(in, run, rules, sources, n, &progress);
    progress_end(&progress);
    if (in)
        *stats = jsonl_input_close(in);
    return result != RUN_NO_MEMORY;
}
