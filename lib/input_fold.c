/* SPDX-License-Identifier: Apache-2.0
 * All records of some files, folded by several threads.  Each takes a block, folds it into a part of its own, and waits
 * for its turn, which is that of the block in the input, to say what was wrong and to join the part to the whole.  So
 * nothing that comes of it tells how many threads there were, nor where a block ended. */
#include "input.h"
#include "progress.h"

#include <pthread.h>

enum { ALONE_BYTES = 2 << 20 }; /* of input that are read before other threads are worth their start */

/* A block, what is wrong with its lines, and how many of them were what. */
struct batch {
    const char *path, *name;   /* strings: of the file, and for messages */
    size_t file;               /* its number */
    struct jsonl_block *block; /* NULL: there is none, as the first complaint says */
    size_t order;              /* among all, from 0 */
    struct jsonl_input_stats stats;
    size_t complaints;
    struct jsonl_error shown[INPUT_SHOWN_MAX]; /* the first of them, with line and column */
};

struct gang {
    const struct jsonl_fold *fold;
    void *context;

    pthread_mutex_t reading; /* holds who reads, and what follows belongs to it */
    const char *const *files;
    size_t files_len, next; /* file to read, or that is being read */
    struct jsonl_reader *reader;
    size_t taken; /* batches */
    size_t bytes; /* of them all */
    bool no_more; /* to be taken */

    pthread_mutex_t joining; /* likewise */
    pthread_cond_t joined;
    size_t turn; /* order of the batch that is to be joined next */
    size_t complaints;
    bool failed;
    struct jsonl_input_stats stats;
    size_t file; /* of the batch that was joined last */
    struct progress progress;
};

static void batch_complain(struct batch *b, size_t line, const struct jsonl_error *err)
{
    if (b->complaints < INPUT_SHOWN_MAX) {
        b->shown[b->complaints] = *err;
        b->shown[b->complaints].line = line;
    }
    b->complaints++;
}

/* ---- Reading */

/* The next block of the file in hand, if there is one.  false: the file has ended, and nothing is to be said of it. */
static bool file_read(struct gang *g, struct batch *b)
{
    struct jsonl_error err;
    int got = -1;
    b->file = g->next;
    b->path = g->files[b->file];
    b->name = b->path;
    if (!g->reader)
        g->reader = jsonl_reader_open(b->path, 0, &err);
    if (g->reader) {
        b->name = b->path[0] == '-' && !b->path[1] ? "(standard input)" : b->path;
        got = jsonl_reader_block(g->reader, &b->block, &err);
    }
    if (got < 0) {
        batch_complain(b, 0, &err);
        b->stats.failed++;
    }
    if (got < 1) {
        jsonl_reader_close(g->reader);
        g->reader = NULL;
        g->next++;
    }
    return got != 0;
}

/* false: there are no more, or more than `bytes` were taken. */
static bool batch_take(struct gang *g, struct batch *b, size_t bytes)
{
    bool got = false;
    *b = (struct batch){.block = NULL};
    pthread_mutex_lock(&g->reading);
    while (!got && !g->no_more && g->bytes <= bytes) {
        if (g->next == g->files_len)
            g->no_more = true;
        else
            got = file_read(g, b);
    }
    if (got) {
        b->order = g->taken++;
        g->bytes += b->block ? b->block->len : 0;
    }
    pthread_mutex_unlock(&g->reading);
    return got;
}

/* ---- Folding */

static void batch_fold(const struct jsonl_fold *fold, struct batch *b, struct jsonl_parser *parser, void *part)
{
    struct jsonl_line line;
    for (size_t cursor = 0; b->block && jsonl_block_line(b->block, &cursor, &line);) {
        struct jsonl_record record;
        struct jsonl_error err;
        if (jsonl_line_blank(&line))
            continue;
        enum input_verdict verdict = input_line_read(parser, &line, &record, &err);
        record.file = b->path;
        input_count(&b->stats, verdict, verdict == INPUT_RECORD ? record.kind : JSONL_KIND_OTHER);
        bool good = verdict == INPUT_RECORD && fold->record(part, &record, &err);
        if (verdict == INPUT_RECORD && !good)
            input_uncount(&b->stats, record.kind);
        if (!good)
            batch_complain(b, line.number, &err);
    }
}

/* ---- Joining */

static void stats_add(struct jsonl_input_stats *to, const struct jsonl_input_stats *from)
{
    to->records += from->records;
    to->bad += from->bad;
    to->truncated += from->truncated;
    to->failed += from->failed;
    for (size_t i = 0; i < JSONL_KINDS; i++)
        to->kinds[i] += from->kinds[i];
}

/* A file that cannot be read is always said, and not counted among the lines. */
static void batch_say(struct gang *g, const struct batch *b)
{
    if (b->complaints > 0)
        jsonl_progress_erase(&g->progress);
    for (size_t i = 0; i < b->complaints && i < INPUT_SHOWN_MAX; i++)
        if (!b->block || g->complaints + i < INPUT_SHOWN_MAX)
            jsonl_warn_at(b->name, b->shown[i].line, b->shown[i].column, "%s", b->shown[i].message);
    g->complaints += b->block ? b->complaints : 0;
}

static void batch_count(struct gang *g, const struct batch *b)
{
    stats_add(&g->stats, &b->stats);
    if (b->file != g->file)
        jsonl_progress_file(&g->progress, b->name, b->path);
    g->file = b->file;
    if (b->block)
        jsonl_progress_step(&g->progress, b->block->len, g->stats.records, 0);
}

static bool batch_join(struct gang *g, const struct batch *b, void *part)
{
    pthread_mutex_lock(&g->joining);
    while (g->turn != b->order)
        pthread_cond_wait(&g->joined, &g->joining);
    if (!g->failed) {
        batch_say(g, b);
        batch_count(g, b);
        g->failed = b->block && !g->fold->join(g->context, part);
    }
    g->turn++;
    bool failed = g->failed;
    pthread_cond_broadcast(&g->joined);
    pthread_mutex_unlock(&g->joining);
    return !failed;
}

static void gang_fail(struct gang *g)
{
    pthread_mutex_lock(&g->joining);
    g->failed = true;
    pthread_mutex_unlock(&g->joining);
}

/* What one thread does, until so many bytes were taken. */
static void gang_work(struct gang *g, size_t bytes)
{
    struct jsonl_parser *parser = jsonl_parser_new();
    void *part = g->fold->begin(g->context);
    struct batch b;
    bool ok = parser && part;
    if (!ok)
        gang_fail(g);
    while (ok && batch_take(g, &b, bytes)) {
        batch_fold(g->fold, &b, parser, part);
        ok = batch_join(g, &b, part);
        jsonl_block_free(b.block);
    }
    if (part)
        g->fold->end(part);
    jsonl_parser_free(parser);
}

static void helper_work(void *gang, size_t i)
{
    (void)i;
    gang_work(gang, SIZE_MAX);
}

bool jsonl_input_fold(const char *const *files, size_t n, size_t threads, const struct jsonl_fold *fold, void *context,
                      struct jsonl_input_stats *stats)
{
    static const char *const standard_input[] = {"-"};
    struct gang g = {
        .fold = fold,
        .context = context,
        .reading = PTHREAD_MUTEX_INITIALIZER,
        .joining = PTHREAD_MUTEX_INITIALIZER,
        .joined = PTHREAD_COND_INITIALIZER,
        .files = n ? files : standard_input,
        .files_len = n ? n : 1,
        .file = SIZE_MAX,
    };
    jsonl_progress_begin(&g.progress, true, NULL);
    threads = threads ? threads : jsonl_processors();
    gang_work(&g, threads > 1 ? ALONE_BYTES : SIZE_MAX);
    if (!g.failed && !g.no_more)
        jsonl_share(threads, threads, helper_work, &g);
    jsonl_reader_close(g.reader);
    jsonl_progress_erase(&g.progress);
    input_say_rest(g.complaints);
    *stats = g.stats;
    return !g.failed;
}
