/* SPDX-License-Identifier: Apache-2.0
 * Tests that talk to a server name no model: the server's events tell what it had in RAM meanwhile.  A model
 * may stay in RAM long after the server's last test, so being there makes no test the server's: the log must
 * have named a model while the test ran, or the test's id says "server". */
#include "finish.h"

#include "residency.h"

#include <stdlib.h>
#include <strings.h>

struct servers {
    struct stay *stays;
    size_t stays_len;
    size_t *named; /* see residency_named */
    bool *seen;    /* by model: a row has it */
};

static bool says_server(struct jsonl_text id)
{
    static const char word[] = "server";

    for (size_t i = 0; i + sizeof word - 1 <= id.n; i++)
        if (strncasecmp(id.s + i, word, sizeof word - 1) == 0)
            return true;
    return false;
}

static bool server_candidate(const struct finish *f, const struct run_test *t)
{
    return t->outcome == JSONL_PASSED && !t->model && t->duration >= f->config->inference_min_s;
}

/* Writes a row if it is a server's test. */
static bool server_row(struct finish *f, const struct run_test *t, const struct servers *s)
{
    struct report *r = f->report;
    struct report_server *row = &r->servers[r->servers_len];
    struct share shares[RESIDENCY_SHARES];
    uint32_t named = residency_named(f->run->events, f->run->events_len, s->named, t->start, t->end);

    if (!named && !says_server(finish_name(f, t->id)))
        return true;
    size_t len = residency_shares(s->stays, s->stays_len, t->start, t->end, shares, &row->more);
    if (len == 0 && named)
        shares[len++].model = named;
    if (len == 0)
        return true;
    row->id = finish_name(f, t->id);
    row->duration_s = t->duration;
    row->models.list = jsonl_arena_alloc(&r->arena, len, sizeof *row->models.list);
    if (!row->models.list)
        return false;
    for (size_t i = 0; i < len; i++) {
        row->models.list[i] = f->labels[shares[i].model];
        r->totals.served += !s->seen[shares[i].model];
        s->seen[shares[i].model] = true;
    }
    row->models.len = len;
    r->servers_len++;
    return true;
}

bool finish_servers(struct finish *f)
{
    struct report *r = f->report;
    struct run *run = f->run;
    size_t n = run->events_len, candidates = 0;
    struct servers s = {malloc((n + 1) * sizeof *s.stays), 0, malloc((n + 1) * sizeof *s.named),
                        calloc(run->names.len, sizeof *s.seen)};

    for (size_t i = 0; i < run->tests_len; i++)
        candidates += server_candidate(f, f->tests[i]);
    r->servers = jsonl_arena_alloc(&r->arena, candidates, sizeof *r->servers);
    bool ok = s.stays && s.named && s.seen && r->servers &&
              residency_stays(run->events, n, run->names.texts, run->last_ts, s.stays, &s.stays_len);
    if (ok)
        residency_names(run->events, n, s.named);
    for (size_t i = 0; ok && n > 0 && i < run->tests_len; i++)
        if (server_candidate(f, f->tests[i]))
            ok = server_row(f, f->tests[i], &s);
    free(s.stays);
    free(s.named);
    free(s.seen);
    return ok;
}
