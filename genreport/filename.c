/* SPDX-License-Identifier: Apache-2.0 */
#include "filename.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { VERSION_MAX = 64 };

static void filename_text(char out[VERSION_MAX + 1], struct jsonl_text t)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-";
    size_t n = 0;

    for (; n < t.n && n < VERSION_MAX; n++)
        out[n] = t.s[n] && strchr(plain, t.s[n]) ? t.s[n] : '_';
    out[n] = '\0';
}

void filename_of_report(char name[FILENAME_SIZE], const struct report *report, const char *suffix)
{
    char first[VERSION_MAX + 1] = "unknown", last[VERSION_MAX + 1] = "";
    char day[JSONL_TIME_SIZE] = "unknown";
    const struct report_texts *v = &report->versions;

    if (v->len > 0)
        filename_text(first, v->list[0]);
    if (v->len > 1)
        filename_text(last, v->list[v->len - 1]);
    if (!isnan(report->first_s)) {
        jsonl_time_format(day, run_time_us(report->first_s), 0);
        day[10] = '\0';
    }
    snprintf(name, FILENAME_SIZE, "BENCHMARK-v" REPORT_TEMPLATE "-%s%s%s-%s%s", first, *last ? "-" : "", last, day,
             suffix);
}
