/* SPDX-License-Identifier: Apache-2.0
 * Lines as records: kinds, samples, tests, events, and the names for people.
 *
 * The input is lines.  Of each that is a JSON object holds:
 * - Its kind follows from its members as jsonl(5) has it.
 * - Each number and text of a struct is what jsonl_get finds, by the name that the header gives, under the older name
 *   only without the newer, absent if it is beyond the doubles; no test ends before it starts.
 * - It is the same by a parser that has seen other lines, a new one, and one that knows no names.
 * - What is refused comes with a sentence.  Names for people are part of what they name. */
#include "support/fuzz.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct jsonl_value *get2(const struct jsonl_value *v, const char *object, const char *member)
{
    return jsonl_get(object ? jsonl_get(v, object) : v, member);
}

static bool number_same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool text_same(struct jsonl_text a, struct jsonl_text b)
{
    return a.s == b.s && a.n == b.n;
}

static enum jsonl_kind kind_of(const struct jsonl_value *v)
{
    const struct jsonl_value *summary = jsonl_get(v, "summary"), *event = jsonl_get(v, "event");
    bool ts = jsonl_get(v, "ts");
    if (summary && summary->type == JSONL_OBJECT)
        return JSONL_KIND_SUMMARY;
    if (jsonl_get(v, "outcome") || (jsonl_get(v, "schema_version") && jsonl_get(v, "test")))
        return JSONL_KIND_TEST;
    if (!isnan(jsonl_number(jsonl_get(v, "ts"))) && !isnan(jsonl_number(jsonl_get(v, "elapsed_s"))))
        return JSONL_KIND_SAMPLE;
    if (ts && event && event->type == JSONL_STRING)
        return JSONL_KIND_EVENT;
    return ts && jsonl_get(v, "level") && jsonl_get(v, "msg") ? JSONL_KIND_LOG : JSONL_KIND_OTHER;
}

/* As a record has it: a number beyond the doubles is absent. */
static double number_of(const struct jsonl_value *v)
{
    double number = jsonl_number(v);
    return isfinite(number) ? number : (double)NAN;
}

/* What cannot be is absent: below zero, or as much as 10^12. */
static double amount_of(const struct jsonl_value *v)
{
    double number = jsonl_number(v);
    return number < 0 || number >= 1e12 ? (double)NAN : number;
}

static double metric_of(int metric, const struct jsonl_value *v)
{
    bool percent = strcmp(jsonl_metrics[metric].unit, "%") == 0 && metric != JSONL_METRIC_proc_cpu;
    double number = jsonl_number(v);
    if (metric == JSONL_METRIC_gpu_temp_c)
        return number <= -1e12 || number >= 1e12 ? (double)NAN : number;
    if (metric == JSONL_METRIC_memory_pressure)
        return number == 1 || number == 2 || number == 4 ? number : (double)NAN;
    return percent && number > 100 ? (double)NAN : amount_of(v);
}

/* From 1970 to the end of 9999. */
static double time_of(double ts)
{
    return ts >= 0 && ts < 253402300800.0 ? ts : (double)NAN;
}

static struct jsonl_text model_of(const struct jsonl_value *v)
{
    struct jsonl_text model = jsonl_text(v);
    while (model.n > 1 && model.s[model.n - 1] == '/')
        model.n--;
    return model;
}

/* ---- Samples ---- */

/* w: the same line by another parser, which reads the same. */
static void check_sample(const struct jsonl_value *v, const struct jsonl_value *w)
{
    struct jsonl_sample a, b;
    struct jsonl_error err;
    bool read = jsonl_sample_read(v, &a, &err);
    MUST(read == jsonl_sample_read(w, &b, NULL), "by another parser it is something else");
    MUST(read == !isnan(time_of(jsonl_number(jsonl_get(v, "ts")))), "%s", read ? "it has no ts" : err.message);
    MUST(read || *err.message, "no word why");
    if (!read)
        return;
    MUST(a.ts == jsonl_number(jsonl_get(v, "ts")), "ts %f", a.ts);
    MUST(number_same(a.elapsed_s, number_of(jsonl_get(v, "elapsed_s"))), "elapsed_s %f", a.elapsed_s);
    for (int m = 0; m < JSONL_METRICS; m++) {
        double want = metric_of(m, jsonl_get(v, jsonl_metrics[m].name));
        MUST(number_same(a.metric[m], want) && number_same(b.metric[m], want), "%s is %g, not %g",
             jsonl_metrics[m].name, a.metric[m], want);
    }
    const struct jsonl_value *gpus = jsonl_get(v, "gpus"), *active = jsonl_get(v, "gpu_active");
    MUST(a.gpus == (gpus && gpus->type == JSONL_ARRAY ? gpus : NULL) && !a.gpus == !b.gpus, "gpus");
    int want = !active ? -1 : active->type == JSONL_TRUE ? 1 : active->type == JSONL_FALSE ? 0 : -1;
    MUST(a.gpu_active == want && b.gpu_active == want, "gpu_active %d, not %d", a.gpu_active, want);
    MUST((!a.session || a.session->type == JSONL_OBJECT) && (!a.events || a.events->type == JSONL_ARRAY), "types");
}

/* ---- Tests ---- */

static const struct number {
    size_t at; /* in struct jsonl_test */
    const char *object, *member;
    const char *older; /* or NULL */
    double factor;     /* of the older one */
} numbers[] = {
#define AT(field) offsetof(struct jsonl_test, field)
    {AT(duration), NULL, "duration", NULL, 1},
    {AT(size_gb), "model", "size_gb", NULL, 1},
    {AT(tokens_per_sec), "performance", "tokens_per_sec", NULL, 1},
    {AT(prompt_tokens), "performance", "prompt_tokens", NULL, 1},
    {AT(completion_tokens), "performance", "completion_tokens", NULL, 1},
    {AT(inference_s), "performance", "duration_s", NULL, 1},
    {AT(load_s), "performance", "model_load_time_s", NULL, 1},
    {AT(ttft_s), "performance", "time_to_first_token_s", NULL, 1},
    {AT(cleanup_s), "performance", "cleanup_time_s", NULL, 1},
    {AT(peak_ram_gb), "performance", "peak_ram_gb", "ram_peak_mb", 0.001},
    {AT(stable_ram_gb), "performance", "stable_ram_gb", NULL, 1},
    {AT(swap_mb), "system_health", "swap_used_mb", "swap_gb", 1000},
    {AT(ram_free_gb), "system_health", "ram_free_gb", NULL, 1},
    {AT(zombies), "system_health", "zombie_processes", "zombies_detected", 1},
    {AT(ram_total_gb), "system", "ram_total_gb", NULL, 1},
};
static const struct text {
    size_t at;
    const char *object, *member;
} texts[] = {
    {AT(id), NULL, "test"},
    {AT(schema_version), NULL, "schema_version"},
    {AT(suite_version), NULL, "mlx_knife_version"},
    {AT(model), "model", "id"},
    {AT(family), "model", "family"},
    {AT(variant), "model", "variant"},
    {AT(framework), "model", "framework"},
    {AT(quantization), "model", "quantization"},
    {AT(modality), "metadata", "inference_modality"},
    {AT(skip_reason), "metadata", "skip_reason"},
    {AT(platform), "system", "platform"},
    {AT(platform_version), "system", "platform_version"},
    {AT(python_version), "system", "python_version"},
    {AT(hardware), "system", "hardware"},
#undef AT
};

static void check_test_members(const struct jsonl_test *t, const struct jsonl_value *v)
{
    for (const struct number *n = numbers; n < numbers + sizeof numbers / sizeof numbers[0]; n++) {
        double got, want = amount_of(get2(v, n->object, n->member));
        memcpy(&got, (const char *)t + n->at, sizeof got);
        if (isnan(want) && n->older) {
            want = amount_of(get2(v, n->object, n->older));
            want = n->factor < 1 ? want / 1000 : want * n->factor;
        }
        MUST(number_same(got, want), "%s is %g, not %g", n->member, got, want);
    }
    for (const struct text *each = texts; each < texts + sizeof texts / sizeof texts[0]; each++) {
        struct jsonl_text got, want = jsonl_text(get2(v, each->object, each->member));
        if (each->at == offsetof(struct jsonl_test, model))
            want = model_of(get2(v, each->object, each->member));
        memcpy(&got, (const char *)t + each->at, sizeof got);
        MUST(text_same(got, want), "%s is %.*s, not %.*s", each->member, (int)got.n, got.s ? got.s : "", (int)want.n,
             want.s ? want.s : "");
    }
}

static bool part_of(struct jsonl_text part, struct jsonl_text whole)
{
    return !part.s ? !whole.s : part.s >= whole.s && part.s + part.n <= whole.s + whole.n;
}

static void check_test(const struct jsonl_config *config, const struct jsonl_value *v, const struct jsonl_value *w)
{
    struct jsonl_test a, b;
    struct jsonl_error err;
    bool read = jsonl_test_read(v, &a, &err);
    MUST(read == jsonl_test_read(w, &b, NULL), "by another parser it is something else");
    struct jsonl_text outcome = jsonl_text(jsonl_get(v, "outcome"));
    bool known = false;
    for (int o = 0; o < JSONL_OUTCOMES; o++)
        known |= jsonl_text_is(outcome, jsonl_outcome_names[o]);
    double start = time_of(jsonl_number(jsonl_get(v, "test_start_ts")));
    double end = time_of(jsonl_number(jsonl_get(v, "test_end_ts")));
    const struct jsonl_value *timestamp = jsonl_get(v, "timestamp");
    double told = time_of(jsonl_time(timestamp));
    bool timed = start <= end || !timestamp || timestamp->type == JSONL_NULL || !isnan(told);
    MUST(read == (known && timed && jsonl_text(jsonl_get(v, "test")).s), "%s",
         read ? "it lacks something" : err.message);
    MUST(read || *err.message, "no word why");
    if (!read)
        return;
    check_test_members(&a, v);
    check_test_members(&b, w);
    MUST(jsonl_text_is(outcome, jsonl_outcome_names[a.outcome]), "the outcome is %d", a.outcome);
    const struct jsonl_value *health = jsonl_get(v, "system_health");
    MUST(a.has_health == (health && health->type == JSONL_OBJECT), "has_health");
    if (start <= end)
        MUST(a.start == start && a.end == end, "it ran from %f to %f", a.start, a.end);
    else
        MUST(number_same(a.end, told), "it ended at %f", a.end);
    MUST(isnan(a.start) || isnan(a.end) || a.start <= a.end, "it ran from %f to %f", a.start, a.end);
    MUST(number_same(a.start, b.start) && number_same(a.end, b.end) && a.quality == b.quality, "twice is not the same");
    MUST(part_of(jsonl_test_name(a.id), a.id), "the name is no part of %.*s", (int)a.id.n, a.id.s);
    MUST(part_of(jsonl_model_name(config, a.model), a.model), "the name is no part of the model");
}

static void check_event(const struct jsonl_value *v)
{
    struct jsonl_event e;
    struct jsonl_error err;
    bool read = jsonl_event_read(v, &e, &err);
    double ts = time_of(jsonl_time(jsonl_get(v, "ts")));
    MUST(read == (!isnan(ts) && jsonl_text(jsonl_get(v, "event")).s), "%s", read ? "it lacks something" : err.message);
    MUST(read || *err.message, "no word why");
    if (read)
        MUST(e.ts == ts && text_same(e.name, jsonl_text(jsonl_get(v, "event"))) &&
                 text_same(e.model, model_of(jsonl_get(v, "model"))) &&
                 text_same(e.label, jsonl_text(jsonl_get(v, "label"))),
             "another event");
}

static void check_line(struct jsonl_parser *used, struct jsonl_parser *other, const struct jsonl_config *config,
                       const char *text, size_t n)
{
    const struct jsonl_value *v = jsonl_parse(used, text, n, NULL), *w = jsonl_parse(other, text, n, NULL);
    enum jsonl_kind kind = jsonl_kind(v);
    MUST(kind == kind_of(v), "%s, not %s", jsonl_kind_name(kind), jsonl_kind_name(kind_of(v)));
    MUST(kind == jsonl_kind(w), "%s, and by another parser %s", jsonl_kind_name(kind), jsonl_kind_name(jsonl_kind(w)));
    if (v && v->type == JSONL_OBJECT) {
        check_sample(v, w);
        check_test(config, v, w);
        check_event(v);
        check_event(w);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct jsonl_config config;
    if (!config.events)
        MUST(jsonl_config_load(&config, NULL, NULL, NULL), "no presets");
    struct jsonl_parser *used = fuzz_need(jsonl_parser_new()), *nameless = fuzz_need(jsonl_parser_new());
    MUST(jsonl_parser_use(nameless, NULL), "out of memory");
    for (const uint8_t *end = data + size, *next; data < end; data = next + 1) {
        next = memchr(data, '\n', (size_t)(end - data));
        next = next ? next : end;
        struct jsonl_parser *fresh = fuzz_need(jsonl_parser_new());
        check_line(used, nameless, &config, (const char *)data, (size_t)(next - data));
        check_line(fresh, used, &config, (const char *)data, (size_t)(next - data));
        jsonl_parser_free(fresh);
    }
    jsonl_parser_free(nameless);
    jsonl_parser_free(used);
    return 0;
}
