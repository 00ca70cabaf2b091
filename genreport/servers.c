/* SPDX-License-Identifier: Apache-2.0
 *
 * Tests that talk to a server name no model: the server's events tell what it had in RAM meanwhile. */
#include "finish.h"

#include "residency.h"

#include <stdlib.h>

static bool server_candidate(const struct finish *f, const struct run_test *t)
{
    return t->outcome == JSONL_PASSED && !t->model && t->duration >= f->config->inference_min_s;
}

/* Writes a row if a model was in RAM. */
static bool server_row(struct finish *f, const struct run_test *t, const struct stay *stays, size_t n)
{
    struct report *r = f->report;
    struct report_server *row = &r->servers[r->servers_len];
    struct share shares[RESIDENCY_SHARES];
    size_t len = residency_shares(stays, n, t->start, t->end, shares, &row->more);

    if (len == 0)
        return true;
    row->id = finish_name(f, t->id);
    row->duration_s = t->duration;
    row->models.list = arena_alloc(&r->arena, len, sizeof *row->models.list);
    if (!row->models.list)
        return false;
    for (size_t i = 0; i < len; i++)
        row->models.list[i] = f->labels[shares[i].model];
    row->models.len = len;
    r->servers_len++;
    return true;
}

bool finish_servers(struct finish *f)
{
    struct report *r = f->report;
    struct run *run = f->run;
    size_t n = 0, candidates = 0;
    struct stay *stays = malloc((run->events_len + 1) * sizeof *stays);

    for (size_t i = 0; i < run->tests_len; i++)
        candidates += server_candidate(f, f->tests[i]);
    r->servers = arena_alloc(&r->arena, candidates, sizeof *r->servers);
    bool ok =
        stays && r->servers && residency_stays(run->events, run->events_len, run->names.texts, run->last_ts, stays, &n);
    for (size_t i = 0; ok && n > 0 && i < run->tests_len; i++)
        if (server_candidate(f, f->tests[i]))
            ok = server_row(f, f->tests[i], stays, n);
    free(stays);
    return ok;
}
