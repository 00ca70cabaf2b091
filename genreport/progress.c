/* SPDX-License-Identifier: Apache-2.0 */
#include "progress.h"

#include "jsonl.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static const double FIRST_S = 1, EACH_S = 0.2;

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void progress_begin(struct progress *p)
{
    *p = (struct progress){.live = jsonl_terminal_live(STDERR_FILENO)};
    if (p->live)
        p->next = now() + FIRST_S;
}

const char *progress_text(char buf[PROGRESS_SIZE], size_t count)
{
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%zu", count);
    size_t at = 0;

    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            buf[at++] = ' ';
        buf[at++] = digits[i];
    }
    snprintf(buf + at, PROGRESS_SIZE - at, " record%s", count == 1 ? "" : "s");
    return buf;
}

static void progress_draw(struct progress *p)
{
    char buf[PROGRESS_SIZE];
    double t = now();

    if (t < p->next || !jsonl_terminal_ours(STDERR_FILENO))
        return;
    fprintf(stderr, "%s\033[K\r", progress_text(buf, p->count));
    p->shown = true;
    p->next = t + EACH_S;
}

void progress_add(struct progress *p, size_t records)
{
    p->count += records;
    if (p->live)
        progress_draw(p);
}

void progress_end(struct progress *p)
{
    if (p->shown)
        fputs("\033[K", stderr);
    p->shown = false;
}
