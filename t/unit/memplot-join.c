/* SPDX-License-Identifier: Apache-2.0
 * A timeline of parts is the timeline of the whole, in whatever order its records come. */
#include "../../memplot/devices.h"
#include "../../memplot/timeline.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT(literal) ((struct jsonl_text){literal, sizeof literal - 1})

enum { RECORDS = 60 };

static struct jsonl_text number_text(char buf[24], const char *prefix, int i)
{
    return (struct jsonl_text){buf, (size_t)snprintf(buf, 24, "%s%d", prefix, i)};
}

static const struct jsonl_value *session(struct jsonl_parser *p, int i)
{
    char text[200];
    int n = snprintf(text, sizeof text,
                     "{\"hostname\":\"h%d\",\"ram_total_gb\":%d,\"gpus\":[{\"name\":\"A\"},{\"name\":\"B\"}]}", i, i);
    return jsonl_parse(p, text, (size_t)n, NULL);
}

static const struct jsonl_value *gpus(struct jsonl_parser *p, int i)
{
    char text[200];
    int n = snprintf(text, sizeof text, "[{\"gpu_device_util\":%d},{\"gpu_device_util\":%d}]", i, i / 2);
    return jsonl_parse(p, text, (size_t)n, NULL);
}

/* Record i of a stream of all kinds: three recordings, of which the second begins by its session alone, and the last
 * goes back; a series that begins late, one that ends early; names that come again. */
static void add_record(struct timeline *t, struct jsonl_parser *p, int i)
{
    char id[24], model[24];
    if (i % 5 == 3) {
        struct jsonl_test test = {.id = number_text(id, "t.py::test_", i / 10),
                                  .model = i % 10 == 3 ? number_text(model, "org/m", i % 3) : (struct jsonl_text){0},
                                  .start = 1000 + (i * 37) % 90,
                                  .end = 1000 + (i * 37) % 90 + 2,
                                  .tokens_per_sec = i % 4 ? i : (double)NAN,
                                  .ttft_s = NAN,
                                  .chip = i > 20 ? number_text(model, "chip", i) : (struct jsonl_text){0}};
        ck_assert(timeline_add_test(t, &test));
        return;
    }
    if (i % 5 == 4) {
        struct jsonl_event e = {.ts = 1000 + i,
                                .name = i % 2   ? TEXT("model_load")
                                        : i % 3 ? TEXT("mark")
                                                : TEXT("oom_kill")};
        e.model = i % 2 ? number_text(model, "org/m", i % 4) : (struct jsonl_text){0};
        ck_assert(timeline_add_event(t, &e));
        return;
    }
    struct jsonl_sample s = {.ts = 1000 + i, .elapsed_s = i < 20 ? i : i < 40 ? i - 20 : i - 50, .gpu_active = -1};
    for (size_t m = 0; m < JSONL_METRICS; m++)
        s.metric[m] = m == JSONL_METRIC_ram_free_gb || (m == JSONL_METRIC_swap_used_mb && i > 33) ||
                              (m == JSONL_METRIC_cpu_user && i < 12)
                          ? i % 7
                          : (double)NAN;
    if (i % 10 == 6)
        s.session = session(p, i);
    ck_assert(timeline_add_sample(t, &s));
    if (i % 10 == 5 && i != 25) {
        s.gpus = gpus(p, i);
        s.ts += 0.5;
        s.elapsed_s += 0.5;
        ck_assert(timeline_add_sample(t, &s));
    }
}

static bool same_doubles(const double *a, const double *b, size_t n)
{
    for (size_t i = 0; a && b && i < n; i++)
        if (a[i] != b[i] && !(isnan(a[i]) && isnan(b[i])))
            return false;
    return !a == !b;
}

static void same_texts(struct jsonl_text a, struct jsonl_text b)
{
    ck_assert_int_eq(a.s == NULL, b.s == NULL);
    ck_assert_uint_eq(a.n, b.n);
    ck_assert(!a.n || !memcmp(a.s, b.s, a.n));
}

static void same_timelines(const struct timeline *a, const struct timeline *b)
{
    ck_assert_uint_eq(names_len(&a->names), names_len(&b->names));
    for (int32_t i = 0; i < (int32_t)names_len(&a->names); i++)
        same_texts(names_text(&a->names, i), names_text(&b->names, i));
    for (int i = 0; i < MACHINE_FACTS; i++)
        same_texts(a->machine.fact[i], b->machine.fact[i]);
    ck_assert(same_doubles(&a->machine.ram_total_gb, &b->machine.ram_total_gb, 1));
    ck_assert_uint_eq(a->samples, b->samples);
    ck_assert(same_doubles(a->ts, b->ts, a->samples));
    for (size_t i = 0; i < series_len; i++)
        ck_assert(same_doubles(a->column[i], b->column[i], a->samples));
    ck_assert_uint_eq(a->recordings, b->recordings);
    for (size_t i = 0; i < a->recordings; i++)
        ck_assert(same_doubles(&a->recording[i].first, &b->recording[i].first, 2));
    ck_assert_uint_eq(a->brks, b->brks);
    ck_assert_uint_eq(a->overlaps, b->overlaps);
    ck_assert_uint_eq(a->tests, b->tests);
    for (size_t i = 0; i < a->tests; i++) {
        ck_assert(same_doubles(&a->test[i].start, &b->test[i].start, 2));
        ck_assert_int_eq(a->test[i].id, b->test[i].id);
        ck_assert_int_eq(a->test[i].model, b->test[i].model);
        ck_assert_int_eq(a->test[i].label, b->test[i].label);
    }
    ck_assert_uint_eq(a->events, b->events);
    for (size_t i = 0; i < a->events; i++) {
        ck_assert_double_eq(a->event[i].ts, b->event[i].ts);
        ck_assert_int_eq(a->event[i].model, b->event[i].model);
        ck_assert_int_eq(a->event[i].label, b->event[i].label);
        ck_assert_int_eq(a->event[i].kill, b->event[i].kill);
    }
    ck_assert_uint_eq(a->devices, b->devices);
    for (size_t i = 0; i < a->devices; i++) {
        same_texts(a->device[i].name, b->device[i].name);
        ck_assert_uint_eq(a->device[i].rows, b->device[i].rows);
        for (size_t k = 0; k < a->device[i].rows; k++)
            ck_assert_double_eq(a->device[i].row[k].ts, b->device[i].row[k].ts);
    }
}

START_TEST(parts_of_any_size_make_the_whole)
    {
        struct jsonl_parser *p = jsonl_parser_new();
        struct timeline whole;
        timeline_init(&whole);
        for (int i = 0; i < RECORDS; i++)
            add_record(&whole, p, i);
        ck_assert(timeline_finish(&whole));
        ck_assert_uint_eq(whole.recordings, 3);
        ck_assert_uint_eq(whole.devices, 2);
        for (int size = 1; size <= RECORDS; size++) {
            struct timeline joined;
            timeline_init(&joined);
            for (int i = 0; i < RECORDS; i += size) {
                struct timeline part;
                timeline_init(&part);
                for (int k = i; k < i + size && k < RECORDS; k++)
                    add_record(&part, p, k);
                timeline_join(&joined, &part);
                timeline_free(&part);
            }
            ck_assert(timeline_finish(&joined));
            same_timelines(&joined, &whole);
            timeline_free(&joined);
        }
        timeline_free(&whole);
        jsonl_parser_free(p);
    }
END_TEST

START_TEST(the_order_of_records_does_not_matter)
    {
        struct jsonl_parser *p = jsonl_parser_new();
        struct timeline whole;
        timeline_init(&whole);
        for (int i = 0; i < RECORDS; i++)
            add_record(&whole, p, i);
        ck_assert(timeline_finish(&whole));
        static const int steps[] = {7, 11, 17, 29, 43, RECORDS - 1}; /* with no divisor of RECORDS: each comes once */
        for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
            struct timeline other;
            timeline_init(&other);
            for (int k = 0; k < RECORDS; k++)
                add_record(&other, p, k * steps[i] % RECORDS);
            ck_assert(timeline_finish(&other));
            same_timelines(&other, &whole);
            timeline_free(&other);
        }
        timeline_free(&whole);
        jsonl_parser_free(p);
    }
END_TEST

UNIT_MAIN("memplot-join", parts_of_any_size_make_the_whole, the_order_of_records_does_not_matter)
