/* SPDX-License-Identifier: Apache-2.0 */
#include "source.h"

#include <string.h>

/* Whether the file is where lines or messages go: they would be read again, and it would grow for ever. */
static bool is_output(const char *path)
{
    return jsonl_output_among("-", &path, 1) || jsonl_output_among("/dev/stderr", &path, 1);
}

/* Opens the next file; false: it cannot be read. */
static bool file_open(struct source *s, struct delivery *d)
{
    d->first = true;
    d->path = s->files[s->next];
    d->name = strcmp(d->path, "-") == 0 ? "(standard input)" : d->path;
    if (is_output(d->path))
        jsonl_error_set(&d->error, "cannot read: it is the output, too");
    else
        s->reader = jsonl_reader_open(d->path, 0, &d->error);
    if (!s->reader) {
        d->failed = true;
        s->next++;
        return false;
    }
    jsonl_reader_until(s->reader, s->until);
    return true;
}

/* Whether the file in hand is standard input, and was read before. */
static bool was_read(const struct source *s)
{
    for (size_t i = 0; i < s->next; i++)
        if (strcmp(s->files[i], "-") == 0 && strcmp(s->files[s->next], "-") == 0)
            return true;
    return false;
}

bool source_next(struct source *s, struct delivery *d)
{
    *d = (struct delivery){.block = NULL};
    if (s->next == s->n)
        return false;
    if (!s->reader && !file_open(s, d))
        return true;
    d->path = s->files[s->next];
    d->name = jsonl_reader_name(s->reader);
    int got = jsonl_reader_block(s->reader, &d->block, &d->error);
    if (got < 1) {
        d->failed = got < 0;
        d->again = was_read(s);
        d->reader = s->reader;
        s->reader = NULL;
        s->next++;
    }
    return true;
}

void delivery_discard(struct delivery *d)
{
    jsonl_block_free(d->block);
    jsonl_reader_close(d->reader);
    *d = (struct delivery){.block = NULL};
}

void source_close(struct source *s)
{
    jsonl_reader_close(s->reader);
    s->reader = NULL;
}
