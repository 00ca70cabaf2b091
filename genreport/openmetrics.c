/* SPDX-License-Identifier: Apache-2.0
 * OpenMetrics 1.0, which Prometheus and the text file collector of its node exporter read: gauges all of them, in base
 * units, without times of their own. */
#include "format.h"

#include <math.h>

/* A family of metrics, written at its first value. */
struct family {
    const char *name; /* ends with its unit */
    const char *unit, *help;
    bool said;
};

static void family_begin(struct jsonl_writer *w, struct family *f)
{
    if (f->said)
        return;
    f->said = true;
    jsonl_printf(w, "# TYPE mlxk_%s gauge\n", f->name);
    if (*f->unit)
        jsonl_printf(w, "# UNIT mlxk_%s %s\n", f->name, f->unit);
    jsonl_printf(w, "# HELP mlxk_%s %s\n", f->name, f->help);
}

static void label_write(struct jsonl_writer *w, const char *name, struct jsonl_text text)
{
    jsonl_printf(w, "%s=\"", name);
    for (size_t i = 0, from = 0; i <= text.n; i++) {
        bool end = i == text.n;

        if (!end && text.s[i] != '\\' && text.s[i] != '"' && text.s[i] != '\n' && text.s[i] != '\r' &&
            text.s[i] != '\0')
            continue;
        if (i > from)
            jsonl_write(w, text.s + from, i - from);
        if (end)
            break;
        jsonl_puts(w, text.s[i] == '\\' ? "\\\\" : text.s[i] == '"' ? "\\\"" : text.s[i] == '\n' ? "\\n" : " ");
        from = i + 1;
    }
    jsonl_puts(w, "\"");
}

struct label {
    const char *name;
    struct jsonl_text text;
};

static void value_write(struct jsonl_writer *w, struct family *f, double value, const struct label *labels, size_t n)
{
    if (!isfinite(value))
        return;
    family_begin(w, f);
    jsonl_printf(w, "mlxk_%s", f->name);
    for (size_t i = 0; i < n; i++) {
        jsonl_puts(w, i == 0 ? "{" : ",");
        label_write(w, labels[i].name, labels[i].text);
    }
    jsonl_puts(w, n > 0 ? "} " : " ");
    jsonl_write_number(w, value, JSONL_SHORTEST);
    jsonl_puts(w, "\n");
}

static struct jsonl_text text_of(const char *s)
{
    size_t n = 0;

    while (s[n])
        n++;
    return (struct jsonl_text){s, n};
}

static void run_write(struct jsonl_writer *w, const struct report *r)
{
    const struct report_texts *v = &r->versions, *h = &r->hardware;
    const struct label labels[] = {
        {"version", v->len > 0 ? v->list[v->len - 1] : (struct jsonl_text){0}},
        {"hardware", h->len > 0 ? h->list[0] : (struct jsonl_text){0}},
    };
    const struct report_health *q = &r->health;
    const struct report_pressure *p = &r->pressure;
    bool known = p->samples > 0;
    struct family info = {"run_info", "", "The run: version of the suite, and machine.", false};
    struct family tests = {"tests", "", "Test records by outcome.", false};
    const struct {
        struct family family;
        double value;
    } values[] = {
        {{"run_start_timestamp_seconds", "seconds", "When the first test began, since 1970.", false}, r->first_s},
        {{"run_end_timestamp_seconds", "seconds", "When the last test ended, since 1970.", false}, r->last_s},
        {{"run_duration_seconds", "seconds", "Durations of all tests, added up.", false}, r->totals.duration_s},
        {{"run_wall_seconds", "seconds", "From the first test's start to the last one's end.", false},
         r->totals.wall_s},
        {{"models", "", "Models in tests that ran.", false}, (double)r->totals.models},
        {{"quality_clean_ratio", "ratio", "Share of tests on a clean machine.", false},
         q->judged > 0 ? (double)q->clean / (double)q->judged : NAN},
        {{"swap_growth_bytes", "bytes", "Largest rise of swap within the run.", false}, q->swap_climb_mb * 1e6},
        {{"memory_pressure_warn_seconds", "seconds", "Time during which memory pressure was warn.", false},
         known ? (double)p->warn_us / 1e6 : NAN},
        {{"memory_pressure_critical_seconds", "seconds", "Time during which memory pressure was critical.", false},
         known ? (double)p->critical_us / 1e6 : NAN},
        {{"memory_stall_some_max_ratio", "ratio", "Largest share of time that some waited for memory.", false},
         p->psi_some_max / 100},
        {{"memory_stall_full_max_ratio", "ratio", "Largest share of time that all waited for memory.", false},
         p->psi_full_max / 100},
        {{"ram_free_min_bytes", "bytes", "Lowest free RAM of the samples.", false}, q->sample_ram_free_gb.min * 1e9},
        {{"oom_kills", "", "Processes killed for want of memory.", false},
         isnan(r->shortage.killed_s) ? NAN : r->shortage.killed}, /* not every recorder would tell */
        {{"zombies_max", "", "Most zombie processes.", false}, r->zombies.max},
        {{"outliers", "", "Tests far from the others.", false}, (double)r->outliers_len},
        {{"leak_found", "", "1 if free RAM between tests lastingly fell, else 0.", false},
         isnan(r->leak.gb_per_hour) || r->leak.by_model ? NAN : r->leak.found},
        {{"model_switches", "", "Changes from a model to another.", false},
         r->schedule.tests > 0 ? (double)r->schedule.switches : NAN},
        {{"model_switches_saved_seconds", "seconds", "Load time that an order by model would save.", false},
         r->schedule.saved_s},
    };

    value_write(w, &info, 1, labels, 2);
    for (enum jsonl_outcome o = 0; o < JSONL_OUTCOMES; o++) {
        const struct label outcome = {"outcome", text_of(jsonl_outcome_names[o])};

        value_write(w, &tests, (double)r->totals.outcomes[o], &outcome, 1);
    }
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct family f = values[i].family;

        value_write(w, &f, values[i].value, NULL, 0);
    }
}

static double time_s(const struct report *r, size_t i)
{
    return r->models[i].time_s;
}

static double tests(const struct report *r, size_t i)
{
    return (double)r->models[i].tests;
}

static double tokens(const struct report *r, size_t i)
{
    return r->performance[i].tokens_per_s.median;
}

static double ttft(const struct report *r, size_t i)
{
    return r->performance[i].ttft_s.median;
}

static double load(const struct report *r, size_t i)
{
    return r->performance[i].load_s.median;
}

static double cleanup(const struct report *r, size_t i)
{
    return r->performance[i].cleanup_s.median;
}

static double energy(const struct report *r, size_t i)
{
    return r->performance[i].gpu_energy_j.median;
}

static double ram_min(const struct report *r, size_t i)
{
    return r->memory[i].ram_free_gb.min * 1e9;
}

static double ram_use(const struct report *r, size_t i)
{
    return r->memory[i].ram_use_gb.max * 1e9;
}

static double gpu_max(const struct report *r, size_t i)
{
    return r->memory[i].gpu_mem_gb.max * 1e9;
}

static void models_write(struct jsonl_writer *w, const struct report *r)
{
    static const struct {
        struct family family;
        double (*value)(const struct report *r, size_t i);
    } families[] = {
        {{"model_time_seconds", "seconds", "Durations of the model's inference tests, added up.", false}, time_s},
        {{"model_tests", "", "Inference tests of the model.", false}, tests},
        {{"model_tokens_per_second", "", "Tokens per second, median.", false}, tokens},
        {{"model_time_to_first_token_seconds", "seconds", "Time to the first token, median.", false}, ttft},
        {{"model_load_seconds", "seconds", "Time to load the model, median.", false}, load},
        {{"model_cleanup_seconds", "seconds", "Time to clean up, median.", false}, cleanup},
        {{"model_gpu_energy_joules", "joules", "Energy of the GPU for a test, median.", false}, energy},
        {{"model_ram_free_min_bytes", "bytes", "Lowest free RAM during the model's tests.", false}, ram_min},
        {{"model_ram_use_bytes", "bytes", "Peak use of RAM over the level before the test.", false}, ram_use},
        {{"model_gpu_memory_max_bytes", "bytes", "Most GPU memory in use during the model's tests.", false}, gpu_max},
    };

    for (size_t k = 0; k < sizeof families / sizeof *families; k++) {
        struct family f = families[k].family;

        for (size_t i = 0; i < r->models_len; i++) {
            const struct label labels[] = {{"model", r->models[i].label}, {"mode", r->models[i].mode}};

            value_write(w, &f, families[k].value(r, i), labels, 2);
        }
    }
}

static void tests_write(struct jsonl_writer *w, const struct report *r)
{
    struct family f = {"test_median_seconds", "seconds", "Median duration of the test over models and runs.", false};

    for (size_t i = 0; i < r->tests_len; i++) {
        const struct label labels[] = {{"test", r->tests[i].name}, {"mode", r->tests[i].mode}};

        value_write(w, &f, r->tests[i].median_s, labels, 2);
    }
}

static void comparison_write(struct jsonl_writer *w, const struct comparison *c)
{
    struct family verdicts = {"verdicts", "", "What was judged against the baselines, by verdict.", false};
    struct family run = {"run_effect_ratio", "ratio", "Change of the whole run against the baselines, + is slower.",
                         false};
    struct family model = {"model_effect_ratio", "ratio", "Change of a model against the baselines, + is slower.",
                           false};

    if (!c->made)
        return;
    for (enum compare_verdict v = 0; v < COMPARE_VERDICTS; v++) {
        const struct label label = {"verdict", text_of(compare_verdict_names[v])};

        value_write(w, &verdicts, (double)c->counts[v], &label, 1);
    }
    value_write(w, &run, c->run_effect.effect, NULL, 0);
    for (size_t i = 0; i < c->models_len; i++) {
        const struct compare_row *row = &c->models[i];
        const struct label labels[] = {
            {"model", row->name}, {"mode", row->mode}, {"metric", text_of(compare_metric_names[row->metric])}};

        value_write(w, &model, row->effect, labels, 3);
    }
}

bool openmetrics_render(struct jsonl_writer *w, const struct report *r)
{
    run_write(w, r);
    models_write(w, r);
    tests_write(w, r);
    comparison_write(w, &r->comparison);
    jsonl_puts(w, "# EOF\n");
    return true;
}
