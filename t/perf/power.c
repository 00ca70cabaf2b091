/* SPDX-License-Identifier: Apache-2.0
 * How often the comparison cries wolf, and how often it sees a change: `make power`, t/perf/README.md.
 *
 *     power [-n SIMULATIONS] [RUN.jsonl ...]
 *
 * Prints a Markdown table: simulated runs of 11 models, each with its first test and 4 more, whose noise is that of the
 * recordings (Student's t with 3 degrees of freedom) or of a quiet machine (normal), and every ordered pair of the
 * recordings given, which are of the same code.  Beside it the old rule: a model's summed time changed by more than 5
 * %.  The seed is fixed.
 *
 * With ENOUGH simulations it exits with 1 if the comparison is wrong too often or sees too little (below). */
#include "../../genreport/compare.h"
#include "../../genreport/input.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ENOUGH = 500 }; /* simulations */
static const double most_false = 0.05, least_seen = 0.9;
static bool bad;

enum { MODELS = 11, TESTS = 5, CELLS = MODELS * TESTS, BASELINES_MAX = 29 };

static struct jsonl_config config;
static uint64_t seed;

static double uniform(void) /* 0 < u < 1; Steele, Lea and Flood's splitmix64 */
{
    uint64_t z = seed += 0x9E3779B97F4A7C15u;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return ((double)((z ^ (z >> 31)) >> 12) + 0.5) / 4503599627370496.0;
}

static double normal(void)
{
    return sqrt(-2 * log(uniform())) * cos(2 * acos(-1) * uniform());
}

/* Student's t with 3 degrees of freedom, made to have standard deviation 1. */
static double student(void)
{
    double squares = 0, z = normal();

    for (int i = 0; i < 3; i++) {
        double x = normal();

        squares += x * x;
    }
    return z / sqrt(squares / 3) / sqrt(3);
}

/* A machine: standard deviations of ln(duration). */
struct machine {
    const char *name;
    double cell, test, run; /* of each value, of a test in a run, of the run */
    bool heavy;             /* tailed */
};

static const struct machine recorded = {"like the recordings", 0.09, 0.06, 0.04, true};
static const struct machine quiet = {"quiet", 0.02, 0.005, 0.01, false};

/* What is done to the new run: some durations are multiplied. */
enum injection { NOTHING, ONE_MODEL, ONE_TEST, ALL_MODELS };

static const char *const injection_names[] = {"nothing", "one model", "one test", "all models"};

static void die(const char *what)
{
    fprintf(stderr, "power: %s\n", what);
    exit(1);
}

static uint32_t name_of(struct run *run, const char *what, size_t number)
{
    char text[64];
    uint32_t name;
    int n = snprintf(text, sizeof text, "%s_%02zu", what, number);

    if (!jsonl_intern_add(&run->names, (struct jsonl_text){text, (size_t)n}, &name))
        die("out of memory");
    return name;
}

/* A run whose tests need only their durations to be drawn. */
static void run_prepare(struct run *run)
{
    if (!run_init(run))
        die("out of memory");
    run->tests = calloc(CELLS, sizeof *run->tests);
    if (!run->tests)
        die("out of memory");
    run->tests_len = run->tests_room = CELLS;
    for (size_t i = 0; i < CELLS; i++) {
        char id[64];
        int n = snprintf(id, sizeof id, "t.py::test_%zu[%zu]", i % TESTS, i / TESTS);
        struct run_test *t = &run->tests[i];

        *t = (struct run_test){.outcome = JSONL_PASSED};
        if (!jsonl_intern_add(&run->names, (struct jsonl_text){id, (size_t)n}, &t->id))
            die("out of memory");
        t->model = name_of(run, "model", i / TESTS);
        t->start = (double)i * 1000; /* so test 0 is each model's first */
        t->end = t->size_gb = t->peak_ram_gb = t->swap_mb = t->ram_free_gb = t->zombies = NAN;
        t->tokens_per_s = t->prompt_tokens = t->completion_tokens = NAN;
        t->inference_s = t->load_s = t->ttft_s = t->cleanup_s = NAN;
    }
}

/* Tokens/s go with durations; the time to the first token and to load have a noise of their own. */
static void run_draw(struct run *run, const struct machine *m)
{
    double whole = m->run * normal(), test[TESTS];

    for (size_t t = 0; t < TESTS; t++)
        test[t] = m->test * normal();
    for (size_t i = 0; i < CELLS; i++) {
        struct run_test *t = &run->tests[i];
        double base = 1 + (double)(i / TESTS) * 0.3 + (double)(i % TESTS) * 2;
        double off = whole + test[i % TESTS] + m->cell * (m->heavy ? student() : normal());

        t->duration = base * exp(off);
        t->end = t->start + t->duration;
        t->tokens_per_s = 100 / t->duration * exp(0.3 * m->cell * normal());
        t->ttft_s = 0.1 * exp(3 * m->cell * (m->heavy ? student() : normal()));
        t->load_s = 0.05 * exp(m->cell * (m->heavy ? student() : normal()));
    }
}

static bool hit(const struct run *run, const struct run_test *t, enum injection what, uint32_t victim)
{
    if (t->outcome != JSONL_PASSED || !t->model)
        return false;
    if (what == ONE_TEST) {
        struct jsonl_text test = jsonl_test_name(run->names.texts[t->id]);

        return jsonl_text_compare(test, jsonl_test_name(run->names.texts[victim])) == 0;
    }
    return what == ALL_MODELS || (what == ONE_MODEL && t->model == victim);
}

static void run_inject(struct run *run, enum injection what, uint32_t victim, double factor)
{
    for (size_t i = 0; what != NOTHING && i < run->tests_len; i++) {
        struct run_test *t = &run->tests[i];

        if (!hit(run, t, what, victim))
            continue;
        t->duration *= factor;
        t->tokens_per_s /= factor;
        t->ttft_s *= factor;
        t->load_s *= factor;
    }
}

/* What became of some comparisons. */
struct tally {
    size_t n;
    size_t any, old_any;   /* something was said to be slower or faster */
    size_t seen, old_seen; /* the victim was said to be slower */
    size_t others;         /* something else was flagged */
};

/* Summed durations of one model; 0: it has none. */
static double sum_of(const struct run *run, struct jsonl_text model)
{
    double sum = 0;

    for (size_t i = 0; i < run->tests_len; i++) {
        const struct run_test *t = &run->tests[i];

        if (t->outcome == JSONL_PASSED && t->model && t->duration >= config.inference_min_s &&
            jsonl_text_compare(run->names.texts[t->model], model) == 0)
            sum += t->duration;
    }
    return sum;
}

/* The old rule knows one baseline, the newest. */
static void tally_old(struct tally *tally, const struct report *report, const struct run *run, const struct run *old,
                      struct jsonl_text victim)
{
    bool any = false, seen = false;

    for (size_t i = 0; i < report->models_len; i++) {
        double now = sum_of(run, report->models[i].id), then = sum_of(old, report->models[i].id);

        if (then <= 0 || fabs(now / then - 1) <= 0.05)
            continue;
        any = true;
        seen |= now > then && victim.s && jsonl_text_compare(report->models[i].id, victim) == 0;
    }
    tally->old_any += any;
    tally->old_seen += seen;
}

static bool row_is(const struct compare_row *row, enum injection what, struct jsonl_text victim)
{
    return what == ALL_MODELS ? !row->name.s : row->name.s && victim.s && jsonl_text_compare(row->id, victim) == 0;
}

static void tally_add(struct tally *tally, struct run *run, const struct baseline *baselines, size_t n,
                      enum injection what, uint32_t victim)
{
    struct report report;
    const struct comparison *c = &report.comparison;
    struct jsonl_text name = {0};
    bool any = false, seen = false, others = false;

    if (victim)
        name = run->names.texts[victim];
    if (what == ONE_TEST && memchr(name.s, '[', name.n))
        name.n = (size_t)((const char *)memchr(name.s, '[', name.n) - name.s);
    if (!report_make(&report, run, &config, NULL, 0, NAN) || !report_compare(&report, run, baselines, n))
        die("out of memory");
    for (size_t i = 0; i < c->models_len + c->tests_len + 1; i++) {
        const struct compare_row *row = i < c->models_len                  ? &c->models[i]
                                        : i < c->models_len + c->tests_len ? &c->tests[i - c->models_len]
                                                                           : &c->run_effect;

        if (!compare_slower(row->verdict) && !compare_faster(row->verdict))
            continue;
        any = true;
        if (!row_is(row, what, name))
            others = true;
        else if (row->metric == COMPARE_DURATION)
            seen |= compare_slower(row->verdict);
    }
    tally->n++;
    tally->any += any;
    tally->seen += seen;
    tally->others += others;
    tally_old(tally, &report, run, &baselines[n - 1].run, what == ONE_MODEL ? name : (struct jsonl_text){0});
    report_free(&report);
}

static double share(size_t part, size_t all)
{
    return all > 0 ? (double)part / (double)all : NAN;
}

static void table_head(void)
{
    puts("| Runs | Baselines | Slower | By | Comparisons | Any flag | Seen | Others flagged | Old rule: any | Old "
         "rule: seen |\n"
         "|------|----------:|--------|---:|------------:|---------:|-----:|---------------:|--------------:|----------"
         "-----:|");
}

static void table_row(const char *runs, size_t baselines, enum injection what, double factor, const struct tally *t)
{
    printf("| %s | %zu | %s | %+.0f%% | %zu | %.3f | ", runs, baselines, injection_names[what], 100 * (factor - 1),
           t->n, share(t->any, t->n));
    if (what == NOTHING)
        printf("– | – | %.3f | – |\n", share(t->old_any, t->n));
    else
        printf("%.3f | %.3f | %.3f | %.3f |\n", share(t->seen, t->n), share(t->others, t->n), share(t->old_any, t->n),
               share(t->old_seen, t->n));
}

/* must: it has to be seen. */
static void simulate(const struct machine *m, size_t baselines, enum injection what, double factor, bool must,
                     size_t times)
{
    struct baseline old[BASELINES_MAX] = {0};
    struct tally tally = {0};
    struct run run;

    seed = 20261123;
    run_prepare(&run);
    for (size_t i = 0; i < baselines; i++) {
        old[i].file = "simulated";
        run_prepare(&old[i].run);
    }
    for (size_t i = 0; i < times; i++) {
        uint32_t victim = 0;

        for (size_t k = 0; k < baselines; k++)
            run_draw(&old[k].run, m);
        run_draw(&run, m);
        if (what == ONE_MODEL)
            victim = run.tests[i * TESTS % CELLS].model;
        if (what == ONE_TEST)
            victim = run.tests[1 + i % (TESTS - 1)].id;
        run_inject(&run, what, victim, factor);
        tally_add(&tally, &run, old, baselines, what, victim);
    }
    table_row(m->name, baselines, what, factor, &tally);
    if (times >= ENOUGH && ((what == NOTHING && share(tally.any, tally.n) > most_false) ||
                            (must && share(tally.seen, tally.n) < least_seen))) {
        fprintf(stderr, "power: %s, %zu against one, %s %+.0f%%: not good enough\n", m->name, baselines,
                injection_names[what], 100 * (factor - 1));
        bad = true;
    }
    baselines_free(old, baselines);
    run_free(&run);
}

static void simulate_all(size_t times)
{
    static const struct {
        const struct machine *machine;
        size_t baselines;
        enum injection what;
        double factor;
        bool must;
    } table[] = {
        {&recorded, 1, NOTHING, 1, false},      {&recorded, 1, ONE_MODEL, 1.05, false},
        {&recorded, 1, ONE_MODEL, 1.1, false},  {&recorded, 1, ONE_MODEL, 1.2, false},
        {&recorded, 1, ONE_MODEL, 1.5, true},   {&recorded, 1, ONE_TEST, 1.5, false},
        {&recorded, 1, ALL_MODELS, 1.5, false}, {&recorded, 2, NOTHING, 1, false},
        {&recorded, 3, NOTHING, 1, false},      {&recorded, 3, ONE_MODEL, 1.5, false},
        {&recorded, 5, NOTHING, 1, false},      {&recorded, 5, ONE_MODEL, 1.1, false},
        {&recorded, 5, ONE_MODEL, 1.2, false},  {&recorded, 5, ONE_MODEL, 1.5, true},
        {&recorded, 5, ONE_TEST, 1.5, false},   {&recorded, 5, ALL_MODELS, 1.5, true},
        {&recorded, 15, NOTHING, 1, false},     {&recorded, 15, ONE_MODEL, 1.2, false},
        {&quiet, 1, NOTHING, 1, false},         {&quiet, 1, ONE_MODEL, 1.05, false},
        {&quiet, 1, ONE_MODEL, 1.1, true},      {&quiet, 3, NOTHING, 1, false},
        {&quiet, 3, ONE_MODEL, 1.1, true},      {&quiet, 5, NOTHING, 1, false},
        {&quiet, 5, ONE_MODEL, 1.05, false},    {&quiet, 5, ONE_MODEL, 1.1, true},
        {&quiet, 5, ONE_TEST, 1.1, true},       {&quiet, 5, ALL_MODELS, 1.1, true},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        simulate(table[i].machine, table[i].baselines, table[i].what, table[i].factor, table[i].must, times);
}

/* ---- Trend ---- */

/* Histories of so many nights; one model takes `factor` times as long from the night `at` on (factor 1: none does). */
static void simulate_trend(const struct machine *m, size_t nights, size_t at, double factor, size_t times)
{
    struct baseline old[BASELINES_MAX] = {0};
    struct run run;
    size_t any = 0, found = 0, others = 0;

    seed = 20261123;
    run_prepare(&run);
    for (size_t i = 0; i + 1 < nights; i++) {
        old[i].file = "simulated";
        run_prepare(&old[i].run);
    }
    for (size_t i = 0; i < times; i++) {
        struct report report;
        bool here = false, elsewhere = false;
        uint32_t victim = run.tests[i * TESTS % CELLS].model;

        for (size_t k = 0; k < nights; k++) {
            struct run *night = k + 1 < nights ? &old[k].run : &run;

            run_draw(night, m);
            run_inject(night, factor != 1 && k >= at ? ONE_MODEL : NOTHING, night->tests[i * TESTS % CELLS].model,
                       factor);
        }
        if (!report_make(&report, &run, &config, NULL, 0, NAN) || !report_compare(&report, &run, old, nights - 1))
            die("out of memory");
        for (size_t k = 0; k < report.comparison.steps_len; k++) {
            const struct trend_step *s = &report.comparison.steps[k];
            bool hers = factor != 1 && s->id.s && jsonl_text_compare(s->id, run.names.texts[victim]) == 0;

            here |= hers && s->metric == COMPARE_DURATION && s->run + 1 >= at && s->run <= at + 1;
            elsewhere |= !hers;
        }
        any += report.comparison.steps_len > 0;
        found += here;
        others += elsewhere;
        report_free(&report);
    }
    printf("| %s | %zu | %+.0f%% | %zu | %.3f | ", m->name, nights, 100 * (factor - 1), times, share(any, times));
    if (factor == 1)
        puts("– | – |");
    else
        printf("%.3f | %.3f |\n", share(found, times), share(others, times));
    if (times * 10 >= ENOUGH && factor == 1 && share(any, times) > most_false) {
        fprintf(stderr, "power: %s, %zu nights: steps where there are none\n", m->name, nights);
        bad = true;
    }
    baselines_free(old, nights - 1);
    run_free(&run);
}

static void simulate_trends(size_t times)
{
    puts("\n| Histories | Nights | Step | Times | Any step | Found, a night off at most | Others |\n"
         "|-----------|-------:|-----:|------:|---------:|---------------------------:|-------:|");
    simulate_trend(&recorded, 10, 0, 1, times);
    simulate_trend(&recorded, 30, 0, 1, times);
    simulate_trend(&quiet, 30, 0, 1, times);
    simulate_trend(&recorded, 30, 15, 1.2, times);
    simulate_trend(&quiet, 14, 7, 1.1, times);
    simulate_trend(&quiet, 30, 15, 1.1, times);
}

/* ---- Recordings ---- */

static void recording_read(struct baseline *b, const char *file)
{
    struct jsonl_input_stats stats;

    if (!baselines_read(b, &file, 1, NULL, &stats))
        die("out of memory");
    if (stats.failed > 0 || b->run.tests_len == 0)
        die("a recording that cannot be used");
}

/* The first record of each model (or test), by turns, is the victim. */
static bool victim_at(const struct run *run, size_t i, enum injection what, uint32_t *victim)
{
    const struct run_test *t = &run->tests[i];

    *victim = what == ONE_MODEL ? t->model : t->id;
    if (!t->model || t->outcome != JSONL_PASSED)
        return false;
    for (size_t k = 0; k < i; k++)
        if (run->tests[k].outcome == JSONL_PASSED && hit(run, &run->tests[k], what, *victim))
            return false;
    return true;
}

static void recordings_inject(struct baseline *runs, size_t n, enum injection what, double factor)
{
    struct tally tally = {0};

    for (size_t i = 0; i < n * n; i++) {
        const struct baseline *old = &runs[i / n];
        struct run *run = &runs[i % n].run;

        if (i / n == i % n)
            continue;
        if (what == NOTHING) {
            tally_add(&tally, run, old, 1, what, 0);
            continue;
        }
        for (size_t k = 0; k < run->tests_len; k++) {
            uint32_t victim = 0;

            if (what == ALL_MODELS ? k > 0 : !victim_at(run, k, what, &victim))
                continue;
            run_inject(run, what, victim, factor);
            tally_add(&tally, run, old, 1, what, victim);
            run_inject(run, what, victim, 1 / factor);
        }
    }
    table_row("recordings", 1, what, factor, &tally);
}

static void recordings(char **files, size_t n)
{
    static const struct {
        enum injection what;
        double factor;
    } table[] = {{NOTHING, 1},     {ONE_MODEL, 1.05}, {ONE_MODEL, 1.1}, {ONE_MODEL, 1.2},
                 {ONE_MODEL, 1.5}, {ONE_MODEL, 2},    {ONE_TEST, 1.5},  {ALL_MODELS, 1.5}};
    struct baseline *runs = calloc(n, sizeof *runs);

    if (!runs)
        die("out of memory");
    for (size_t i = 0; i < n; i++)
        recording_read(&runs[i], files[i]);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        recordings_inject(runs, n, table[i].what, table[i].factor);
    baselines_free(runs, n);
    free(runs);
}

int main(int argc, char **argv)
{
    struct jsonl_error err;
    long times = 500;
    int c;

    jsonl_tool("power");
    while ((c = getopt(argc, argv, "n:")) != -1) {
        if (c != 'n' || (times = strtol(optarg, NULL, 10)) < 1) {
            fputs("usage: power [-n simulations] [run.jsonl ...]\n", stderr);
            return 2;
        }
    }
    if (!jsonl_config_load(&config, NULL, NULL, &err))
        die(err.message);
    table_head();
    simulate_all((size_t)times);
    if (argc - optind > 1)
        recordings(argv + optind, (size_t)(argc - optind));
    simulate_trends(((size_t)times + 9) / 10);
    jsonl_config_free(&config);
    return fflush(stdout) == 0 && !ferror(stdout) && !bad ? 0 : 1;
}
