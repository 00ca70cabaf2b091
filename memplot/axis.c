/* SPDX-License-Identifier: Apache-2.0 */
#include "axis.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DAY = 86400 };

double axis_step(double span, double steps)
{
    double least = span / steps;
    double unit = pow(10, floor(log10(least)));
    static const double round[] = {1, 2, 5, 10};
    size_t i = 0;
    while (i < 3 && round[i] * unit * (1 + 1e-9) < least)
        i++;
    return round[i] * unit;
}

double axis_time_step(double span, double steps)
{
    static const double round[] = {1,   2,   5,    10,   15,   20,   30,    60,    120,  300,
                                   600, 900, 1200, 1800, 3600, 7200, 10800, 21600, 43200};
    double least = span / steps;
    if (least < 1)
        return fmax(axis_step(span, steps), 1e-6);
    for (size_t i = 0; i < sizeof round / sizeof round[0]; i++)
        if (round[i] >= least)
            return round[i];
    return DAY * axis_step(fmax(span / DAY, steps), steps);
}

double axis_first(double from, double step)
{
    return ceil(from / step - 1e-6) * step;
}

/* "2026-11-23T01:49:22.167Z" */
static const char *stamp(char buf[AXIS_LABEL_SIZE], double ts, int decimals)
{
    jsonl_time_format(buf, jsonl_time_us(ts), decimals);
    return buf;
}

const char *axis_time_label(char buf[AXIS_LABEL_SIZE], double ts, double step)
{
    char text[AXIS_LABEL_SIZE];
    int decimals = step < 1 ? (int)fmin(ceil(-log10(step) - 1e-9), 6) : 0;
    /* Half a unit more, since cutting the digits of 1.9999 should not make it 1. */
    stamp(text, step < 1 ? ts + 0.5e-6 : round(ts), decimals);
    bool midnight = !strncmp(text + 11, "00:00:00", 8) && fmod(round(ts), DAY) == 0;
    if (step >= DAY || (midnight && step >= 60))
        snprintf(buf, AXIS_LABEL_SIZE, step >= 200.0 * DAY ? "%.10s" : "%.5s", step >= 200.0 * DAY ? text : text + 5);
    else
        snprintf(buf, AXIS_LABEL_SIZE, "%.*s", step >= 60 ? 5 : decimals ? 9 + decimals : 8, text + 11);
    return buf;
}

const char *axis_time_full(char buf[AXIS_LABEL_SIZE], double ts)
{
    stamp(buf, ts, 0);
    buf[10] = ' ';
    buf[19] = 0;
    return buf;
}

const char *axis_span(char buf[AXIS_LABEL_SIZE], double seconds)
{
    static const struct {
        double unit, part;
        const char *name, *part_name;
    } units[] = {{DAY, 3600, "d", "h"}, {3600, 60, "h", "min"}, {60, 1, "min", "s"}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        double parts = round(seconds / units[i].part);
        double per = units[i].unit / units[i].part;
        if (parts < per)
            continue;
        int n = snprintf(buf, AXIS_LABEL_SIZE, "%.0f %s", floor(parts / per), units[i].name);
        if (fmod(parts, per) > 0)
            snprintf(buf + n, AXIS_LABEL_SIZE - (size_t)n, " %.0f %s", fmod(parts, per), units[i].part_name);
        return buf;
    }
    bool short_one = seconds < 0.1 && seconds > 0;
    snprintf(buf, AXIS_LABEL_SIZE, "%.3g %s", short_one ? seconds * 1000 : seconds, short_one ? "ms" : "s");
    return buf;
}
