/* SPDX-License-Identifier: Apache-2.0 */
#include "filter.h"

#include "describe.h"
#include "no_memory.h"

#include <errno.h>
#include <string.h>

static void filter_status(struct filter *f, enum jsonl_exit status)
{
    if (status > f->status)
        f->status = status;
}

size_t filter_invalid_left(const struct filter *f)
{
    return f->wishes.invalid_max - f->invalid;
}

static void piece_write(struct filter *f, const char *s, size_t n)
{
    if (f->open_end)
        jsonl_puts(f->out, "\n");
    jsonl_write(f->out, s, n);
    f->open_end = s[n - 1] != '\n';
}

static void out_of_memory(struct filter *f)
{
    jsonl_warn(NO_MEMORY);
    filter_status(f, JSONL_EXIT_IO);
}

/* All of it goes out before the next read, which may have to wait. */
static void filter_flush(struct filter *f)
{
    int failed = jsonl_writer_flush(f->out);
    if (jsonl_writer_flush(f->err) == ENOMEM && !f->stop) { /* of other failures nobody is left to tell */
        out_of_memory(f);
        f->stop = true;
    }
    if (failed) {
        jsonl_warn_at(jsonl_output_name(NULL), 0, 0, "cannot write: %s", strerror(failed));
        filter_status(f, JSONL_EXIT_IO);
        f->stop = true;
    }
}

void filter_write(struct filter *f, struct part *p)
{
    struct jsonl_text text = jsonl_writer_text(p->text), words = jsonl_writer_text(p->words);
    if (f->stop)
        return;
    if (p->in.first) {
        jsonl_progress_file(&f->progress, p->in.name, p->in.path);
        f->file_records = 0;
        p->in.first = false;
    }
    for (size_t i = 0; i < p->pieces_n; i++)
        piece_write(f, p->pieces[i].s ? p->pieces[i].s : text.s + p->pieces[i].at, p->pieces[i].n);
    if (words.n > 0) {
        jsonl_progress_erase(&f->progress);
        jsonl_write(f->err, words.s, words.n);
    }
    filter_flush(f);
    f->records += p->records;
    f->file_records += p->records;
    f->invalid += p->invalid;
    f->upgraded += p->upgraded;
    if (p->invalid > 0)
        filter_status(f, JSONL_EXIT_FOUND);
    if (p->undecided && f->wishes.output->speaks && !f->wishes.silent)
        filter_status(f, JSONL_EXIT_IO); /* and it was said of the line */
    else if (p->undecided)
        out_of_memory(f);
    if (f->invalid == f->wishes.invalid_max)
        f->stop = true;
    part_empty(p);
}

/* The end of a file. */
static void file_end(struct filter *f, const struct delivery *in)
{
    jsonl_progress_erase(&f->progress);
    if (in->failed) {
        jsonl_warn_at(in->name, 0, 0, "%s", in->error.message);
        filter_status(f, JSONL_EXIT_IO);
    } else if (f->file_records == 0 && !in->again && !f->wishes.silent) {
        jsonl_warn_at(in->name, 0, 0, "no records");
    }
}

void filter_close_part(struct filter *f, struct part *p)
{
    bool stopped = f->stop;
    filter_write(f, p);
    if (p->failed && !stopped) {
        out_of_memory(f);
        f->stop = true;
    }
    if (p->in.block)
        jsonl_progress_step(&f->progress, p->in.block->len, f->records, f->invalid);
    else if (!f->stop)
        file_end(f, &p->in);
    delivery_discard(&p->in);
}

void filter_finish(struct filter *f)
{
    bool told = f->wishes.output->speaks && f->invalid > 0;
    struct jsonl_writer *w = jsonl_writer_new(-1);
    jsonl_progress_erase(&f->progress);
    if (w && !f->wishes.silent && f->records > 0 && (told || f->terminal)) {
        describe_count(w, f->records, "record", "records");
        jsonl_printf(w, ", %zu invalid", f->invalid);
        if (f->wishes.upgrades)
            jsonl_printf(w, ", %zu upgraded", f->upgraded);
        if (!jsonl_writer_error(w))
            jsonl_warn("%s", jsonl_writer_text(w).s);
    }
    if (!w || jsonl_writer_error(w))
        out_of_memory(f);
    jsonl_writer_free(w);
}
