/* SPDX-License-Identifier: Apache-2.0 */
#include "progress.h"

#include "utf8.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const double FIRST_S = 1, EACH_S = 0.2;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void jsonl_progress_begin(struct progress *p, bool live, const char *finds)
{
    *p = (struct progress){.live = live && jsonl_terminal_live(STDERR_FILENO), .finds = finds};
    if (p->live) {
        p->start = now();
        p->next = p->start + FIRST_S;
    }
}

/* 0: it has none, or it is not known. */
static uint64_t bytes_left(const char *path)
{
    struct stat s;
    bool standard_input = strcmp(path, "-") == 0;
    if ((standard_input ? fstat(STDIN_FILENO, &s) : stat(path, &s)) < 0 || !S_ISREG(s.st_mode))
        return 0;
    off_t at = standard_input ? lseek(STDIN_FILENO, 0, SEEK_CUR) : 0;
    return at >= 0 && at < s.st_size ? (uint64_t)(s.st_size - at) : 0;
}

void jsonl_progress_file(struct progress *p, const char *name, const char *path)
{
    p->file = name;
    p->bytes = 0;
    p->total = p->live ? bytes_left(path) : 0;
}

/* With spaces between thousands. */
static void count_write(struct jsonl_writer *w, uint64_t n)
{
    if (n >= 1000) {
        count_write(w, n / 1000);
        jsonl_printf(w, " %03u", (unsigned)(n % 1000));
    } else {
        jsonl_printf(w, "%u", (unsigned)n);
    }
}

static void size_write(struct jsonl_writer *w, uint64_t bytes)
{
    double mb = (double)bytes / 1e6;
    jsonl_printf(w, mb < 1000 ? "%.1f MB" : "%.2f GB", mb < 1000 ? mb : mb / 1000);
}

void progress_write(struct jsonl_writer *w, const struct progress *p, double elapsed)
{
    const char *slash = strrchr(p->file, '/'), *name = slash && slash[1] ? slash + 1 : p->file;
    struct jsonl_text file = {name, strlen(name)};
    jsonl_write_escaped(w, JSONL_TO_TERMINAL, file);
    jsonl_puts(w, ": ");
    if (p->total > 0) {
        uint64_t share = p->bytes < p->total ? p->bytes : p->total; /* it may grow under the reader */
        jsonl_printf(w, "%.0f %% of ", 100.0 * (double)share / (double)p->total);
        size_write(w, p->total);
    } else {
        size_write(w, p->bytes);
    }
    jsonl_puts(w, ", ");
    count_write(w, p->records);
    jsonl_puts(w, p->records == 1 ? " record" : " records");
    if (p->finds) {
        jsonl_puts(w, ", ");
        count_write(w, p->found);
        jsonl_printf(w, " %s", p->finds);
    }
    double speed = elapsed > 0 ? (double)p->bytes_all / 1e6 / elapsed : 0;
    jsonl_printf(w, speed < 10 ? ", %.1f MB/s" : ", %.0f MB/s", speed);
}

/* Cut before the last column, since a line that wraps could not be erased; in one write. */
static void progress_draw(struct progress *p, double elapsed)
{
    struct jsonl_writer *line = jsonl_writer_new(-1), *screen = jsonl_writer_new(STDERR_FILENO);
    unsigned columns = jsonl_terminal_columns(STDERR_FILENO);
    if (line && screen) {
        progress_write(line, p, elapsed);
        struct jsonl_text text = jsonl_writer_text(line);
        if (columns > 0 && text.n > columns - 1)
            text.n = utf8_whole(text.s, columns - 1);
        jsonl_puts(screen, "\r");
        jsonl_write(screen, text.s, text.n);
        jsonl_puts(screen, "\033[K");
        (void)jsonl_writer_flush(screen);
        p->shown = true;
    }
    jsonl_writer_free(line);
    jsonl_writer_free(screen);
}

void jsonl_progress_step(struct progress *p, size_t bytes, size_t records, size_t found)
{
    if (!p->live)
        return;
    p->bytes += bytes;
    p->bytes_all += bytes;
    p->records = records;
    p->found = found;
    double t = now();
    if (t < p->next || !jsonl_terminal_ours(STDERR_FILENO))
        return;
    progress_draw(p, t - p->start);
    p->next = t + EACH_S;
}

void jsonl_progress_erase(struct progress *p)
{
    static const char erase[] = "\r\033[K";
    if (p->shown)
        (void)!write(STDERR_FILENO, erase, sizeof erase - 1);
    p->shown = false;
}
