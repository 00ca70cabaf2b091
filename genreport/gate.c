/* SPDX-License-Identifier: Apache-2.0 */
#include "gate.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *name;
    enum gate gate;
} gates_known[] = {{"regressed", GATE_REGRESSED}, {"failed", GATE_FAILED}, {"degraded", GATE_DEGRADED}};

const char *gate_read(const char *text, unsigned *gates)
{
    for (;;) {
        size_t n = strcspn(text, ","), i = 0;
        const size_t known = sizeof gates_known / sizeof *gates_known;

        while (i < known && (strlen(gates_known[i].name) != n || strncmp(gates_known[i].name, text, n) != 0))
            i++;
        if (i == known)
            return text;
        *gates |= gates_known[i].gate;
        if (text[n] == '\0')
            return NULL;
        text += n + 1;
    }
}

/* For a message, which is cut anyway. */
static int width(struct jsonl_text t)
{
    return (int)(t.n < 300 ? t.n : 300);
}

static const char *space(struct jsonl_text t)
{
    return t.n > 0 ? " " : "";
}

static size_t find_regressed(const struct compare_row *rows, size_t n, const char *what)
{
    size_t found = 0;

    for (size_t i = 0; i < n; i++) {
        const struct compare_row *r = &rows[i];

        if (!compare_slower(r->verdict))
            continue;
        found++;
        jsonl_warn("%s: %s%s%.*s%s%.*s, %s: %+.1f %% (%+.1f to %+.1f), %zu pair%s, q = %.3g",
                   compare_verdict_names[r->verdict], what, space(r->name), width(r->name), r->name.s ? r->name.s : "",
                   space(r->mode), width(r->mode), r->mode.s ? r->mode.s : "", compare_metric_names[r->metric],
                   r->effect * 100, r->low * 100, r->high * 100, r->pairs, r->pairs == 1 ? "" : "s", r->q);
    }
    return found;
}

static size_t find_failed(const struct report *report)
{
    for (size_t i = 0; i < report->failures_len; i++) {
        const struct report_failure *f = &report->failures[i];

        jsonl_warn("failed: %.*s%s%.*s", width(f->id), f->id.s, f->model.n > 0 ? " with " : "", width(f->model),
                   f->model.s ? f->model.s : "");
    }
    return report->failures_len;
}

static size_t find_degraded(const struct report *report)
{
    const struct report_health *h = &report->health;
    const struct report_pressure *p = &report->pressure;
    const struct report_shortage *s = &report->shortage;
    const struct report_zombies *z = &report->zombies;
    const struct jsonl_config *c = report->config;
    size_t found = 0;

    if (!isnan(s->killed_s) && ++found)
        jsonl_warn("degraded: %g process%s killed for want of memory%s%.*s", s->killed,
                   s->killed == 1 ? " was" : "es were", s->killed_id.n > 0 ? ", in " : "", width(s->killed_id),
                   s->killed_id.n > 0 ? s->killed_id.s : "");
    /* Where no test tells it, the samples do. */
    if (h->judged == 0 && s->low > 0 && ++found)
        jsonl_warn("degraded: less than %g GB of RAM free in %zu of %zu samples, at worst %.1f GB",
                   c->quality_ram_free_min_gb, s->low, s->samples, s->lowest_gb);
    if (h->judged == 0 && !isnan(z->at_s) && z->max > c->quality_zombies_max && ++found)
        jsonl_warn("degraded: up to %g zombie%s, more than %g", z->max, z->max == 1 ? "" : "s", c->quality_zombies_max);
    if (h->degraded_ram > 0 && ++found)
        jsonl_warn("degraded: less than %g GB of RAM free in %zu of %zu tests", c->quality_ram_free_min_gb,
                   h->degraded_ram, h->judged);
    if (h->degraded_zombies > 0 && ++found)
        jsonl_warn("degraded: more than %g zombies in %zu of %zu tests", c->quality_zombies_max, h->degraded_zombies,
                   h->judged);
    if (h->swap_grew && ++found)
        jsonl_warn("degraded: swap grew by %.1f MB within the run", h->swap_climb_mb);
    if (p->tests_critical > 0 && ++found)
        jsonl_warn("degraded: memory pressure was critical in %zu test%s, at worst for %.1f of %.1f s, in %.*s",
                   p->tests_critical, p->tests_critical == 1 ? "" : "s", (double)p->tests->critical_us / 1e6,
                   (double)p->tests->length_us / 1e6, width(p->tests->id), p->tests->id.s ? p->tests->id.s : "");
    return found;
}

size_t gate_findings(const struct report *report, unsigned gates)
{
    const struct comparison *c = &report->comparison;
    size_t found = 0;

    if (gates & GATE_REGRESSED && c->made) {
        if (compare_nothing(c))
            jsonl_warn("regressed: nothing could be judged: %s", compare_nothing(c));
        else if (compare_run_unjudged(c, report->config->compare_effect))
            jsonl_warn("regressed: the whole run took %+.1f %%, which is not judged: %s", c->run_effect.effect * 100,
                       compare_reason_texts[c->run_effect.reason]);
        found += find_regressed(&c->run_effect, 1, "the whole run");
        found += find_regressed(c->models, c->models_len, "model");
        found += find_regressed(c->tests, c->tests_len, "test");
    }
    if (gates & GATE_FAILED)
        found += find_failed(report);
    if (gates & GATE_DEGRADED)
        found += find_degraded(report);
    return found;
}
