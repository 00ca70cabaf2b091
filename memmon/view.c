/* SPDX-License-Identifier: Apache-2.0 */
#include "view.h"

#include "clock.h"
#include "status.h"

#include <unistd.h>

static const int64_t period_ns = 250000000;

void view_open(struct view *v, struct jsonl_writer *screen, const struct jsonl_config *config)
{
    if (!jsonl_terminal_live(STDERR_FILENO))
        return;
    v->live.w = screen;
    v->config = config;
    v->colour = jsonl_terminal_colours(STDERR_FILENO);
    v->start_ns = v->drawn_ns = clock_monotonic();
}

bool view_is_open(const struct view *v)
{
    return v->live.w;
}

int view_patience_ms(const struct view *v)
{
    if (!view_is_open(v))
        return -1;
    int64_t left = v->drawn_ns + period_ns - clock_monotonic();
    return left > 0 ? (int)(left / 1000000) + 1 : 0;
}

void view_draw(struct view *v, struct sampler *sampler, const char *event)
{
    int64_t now = clock_monotonic();
    if (!view_is_open(v) || now - v->drawn_ns < period_ns)
        return;
    v->drawn_ns = now;
    unsigned columns = live_begin(&v->live);
    struct jsonl_writer *text = columns ? jsonl_writer_new(-1) : NULL;
    if (!text)
        return;
    pthread_mutex_lock(&sampler->shown_lock);
    struct jsonl_sample shown = sampler->shown;
    pthread_mutex_unlock(&sampler->shown_lock);
    const struct live_view what = {
        .sample = &shown,
        .elapsed_s = (double)(now - v->start_ns) / 1e9,
        .event = event,
        .config = v->config,
        .colour = v->colour,
    };
    status_live(&what, columns, text);
    live_draw(&v->live, jsonl_writer_text(text));
    jsonl_writer_free(text);
}

void view_leave(struct view *v)
{
    live_leave(&v->live);
}

void view_close(struct view *v)
{
    live_leave(&v->live);
    v->live.w = NULL;
}
