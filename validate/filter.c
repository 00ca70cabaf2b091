/* SPDX-License-Identifier: Apache-2.0 */
#include "filter.h"

#include "describe.h"

#include <string.h>

static void filter_status(struct filter *f, enum jsonl_exit status)
{
    if (status > f->status)
        f->status = status;
}

/* Lines that go out as they are and lie side by side in the block: one write for all of them. */
struct stretch {
    const char *start, *end; /* start == end: none */
};

static void stretch_write(struct filter *f, struct stretch *s)
{
    if (s->start == s->end)
        return;
    if (f->open_end)
        jsonl_puts(f->out, "\n");
    jsonl_write(f->out, s->start, (size_t)(s->end - s->start));
    f->open_end = s->end[-1] != '\n';
    s->start = s->end;
}

static void stretch_add(struct filter *f, struct stretch *s, const struct jsonl_line *line)
{
    if (s->start == s->end || line->raw != s->end) {
        stretch_write(f, s);
        s->start = line->raw;
    }
    s->end = line->raw + line->raw_len;
}

/* An upgraded record, in place of the line. */
static void line_write(struct filter *f, struct stretch *s, struct jsonl_text line)
{
    stretch_write(f, s);
    struct stretch alone = {line.s, line.s + line.n};
    stretch_write(f, &alone);
}

static void filter_line(struct filter *f, const char *file, struct stretch *stretch, const struct jsonl_line *line)
{
    struct subject subject = {file, f->several, f->colours, line};
    struct verdict verdict;
    struct complaint complaint = {0};
    if (!judge_line(&f->judge, line, &verdict, &complaint)) {
        jsonl_warn_at(complaint.file, complaint.error.line, complaint.error.column, "%s", complaint.error.message);
        filter_status(f, JSONL_EXIT_USAGE);
        f->stop = true;
        return;
    }
    f->upgraded += verdict.upgraded.s != NULL;
    if (verdict.upgraded.s && f->output->passes)
        line_write(f, stretch, verdict.upgraded);
    else if (verdict.valid && f->output->passes)
        stretch_add(f, stretch, line);
    if (f->output->write)
        f->output->write(f->out, &subject, &verdict);
    if (f->output->speaks && !f->silent && (!verdict.valid || verdict.notes.n > 0)) {
        progress_erase(&f->progress);
        words_write(f->err, &subject, &verdict);
    }
    if (verdict.valid)
        return;
    filter_status(f, JSONL_EXIT_FOUND);
    f->invalid++;
    f->stop = f->invalid == f->invalid_max;
}

/* What has been judged goes out before the next read, which may have to wait. */
static void filter_flush(struct filter *f)
{
    int failed = jsonl_writer_flush(f->out);
    jsonl_writer_flush(f->err);
    if (failed) {
        jsonl_warn("(standard output): %s", strerror(failed));
        filter_status(f, JSONL_EXIT_IO);
        f->stop = true;
    }
}

static void filter_block(struct filter *f, const char *file, const struct jsonl_block *block)
{
    struct stretch stretch = {block->data, block->data};
    struct jsonl_line line;
    size_t cursor = 0;
    while (!f->stop && jsonl_block_line(block, &cursor, &line)) {
        if (!line.too_long && jsonl_line_blank(&line)) {
            if (f->output->passes)
                stretch_add(f, &stretch, &line);
            continue;
        }
        f->records++;
        filter_line(f, file, &stretch, &line);
    }
    stretch_write(f, &stretch);
    filter_flush(f);
    progress_step(&f->progress, block->len, f->records, f->invalid);
}

void filter_file(struct filter *f, const char *path)
{
    struct jsonl_error error = {0};
    struct jsonl_reader *reader = jsonl_reader_open(path, 0, &error);
    const char *name = reader ? jsonl_reader_name(reader) : path;
    struct jsonl_block *block = NULL;
    size_t before = f->records;
    int got = reader ? 1 : -1;
    progress_file(&f->progress, name, path);
    while (reader && !f->stop && (got = jsonl_reader_block(reader, &block, &error)) == 1) {
        filter_block(f, name, block);
        jsonl_block_free(block);
    }
    progress_erase(&f->progress);
    if (got < 0) {
        jsonl_warn_at(name, 0, 0, "%s", error.message);
        filter_status(f, JSONL_EXIT_IO);
    } else if (f->records == before && !f->silent) {
        jsonl_warn_at(name, 0, 0, "no records");
    }
    jsonl_reader_close(reader);
}

void filter_finish(struct filter *f)
{
    bool told = f->output->speaks && f->invalid > 0;
    if (f->silent || f->records == 0 || !(told || f->terminal))
        return;
    struct jsonl_writer *w = f->judge.scratch;
    describe_count(w, f->records, "record", "records");
    jsonl_printf(w, ", %zu invalid", f->invalid);
    if (f->judge.upgrades)
        jsonl_printf(w, ", %zu upgraded", f->upgraded);
    jsonl_warn("%s", jsonl_writer_text(w).s);
    jsonl_writer_clear(w);
}
