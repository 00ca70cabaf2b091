/* SPDX-License-Identifier: Apache-2.0 */
#include "procfs.h"

#include "cursor.h"

#include <limits.h>
#include <math.h>
#include <string.h>

void meminfo_parse(const char *text, size_t n, struct meminfo *out)
{
    *out = (struct meminfo){NAN, NAN, NAN, NAN};
    const struct {
        const char *key;
        double *value;
    } keys[] = {
        {"MemTotal:", &out->total},
        {"MemAvailable:", &out->available},
        {"SwapTotal:", &out->swap_total},
        {"SwapFree:", &out->swap_free},
    };
    enum { KEYS = sizeof keys / sizeof keys[0] };
    size_t found = 0;
    for (struct cursor c = {text, text + n}; c.at < c.end && found < KEYS; cursor_next_line(&c)) {
        if (*c.at != 'M' && *c.at != 'S')
            continue;
        for (size_t k = 0; k < KEYS; k++) {
            uint64_t kib;
            if (!cursor_match(&c, keys[k].key))
                continue;
            if (cursor_number(&c, &kib)) {
                *keys[k].value = (double)kib * 1024;
                found++;
            }
            break;
        }
    }
}

bool stall_parse(const char *text, size_t n, struct stall *out)
{
    bool some = false, full = false;
    for (struct cursor c = {text, text + n}; c.at < c.end; cursor_next_line(&c)) {
        struct cursor line = {c.at, c.at + cursor_line(&c)};
        uint64_t *to = cursor_match(&line, "some ") ? &out->some_us : NULL;
        if (!to && cursor_match(&line, "full "))
            to = &out->full_us;
        if (!to)
            continue;
        bool *have = to == &out->some_us ? &some : &full;
        for (; line.at < line.end && !*have; line.at++)
            if (cursor_match(&line, "total=")) {
                *have = cursor_number(&line, to);
                break;
            }
    }
    return some && full;
}

bool cpu_ticks_parse(const char *text, size_t n, struct cpu_ticks *out)
{
    enum { USER, NICE, SYSTEM, IDLE, IOWAIT, IRQ, SOFTIRQ, STEAL, STATES };
    uint64_t v[STATES] = {0};
    struct cursor c = {text, text + n};
    if (!cursor_match(&c, "cpu "))
        return false;
    size_t states = 0;
    while (states < STATES && cursor_number(&c, &v[states]))
        states++;
    if (states <= IDLE)
        return false;
    out->user = v[USER] + v[NICE];
    out->sys = v[SYSTEM] + v[IRQ] + v[SOFTIRQ];
    out->idle = v[IDLE] + v[IOWAIT];
    out->total = out->user + out->sys + out->idle + v[STEAL];
    return true;
}

bool loadavg_parse(const char *text, size_t n, double out[3])
{
    struct cursor c = {text, text + n};
    for (size_t k = 0; k < 3; k++) {
        uint64_t whole, hundredths;
        if (!cursor_number(&c, &whole) || !cursor_match(&c, ".") || !cursor_number(&c, &hundredths))
            return false;
        out[k] = (double)whole + (double)hundredths / 100;
    }
    return true;
}

bool loadavg_last_parse(const char *text, size_t n, uint64_t *out)
{
    struct cursor c = {text, text + n};
    while (c.at < c.end && *c.at != '/')
        c.at++;
    uint64_t threads;
    return cursor_match(&c, "/") && cursor_number(&c, &threads) && cursor_number(&c, out);
}

bool proc_parse(const char *text, size_t n, struct proc *out)
{
    /* The name in parentheses may hold anything, parentheses and line ends too: so from its last one. */
    enum { PPID = 4, FLAGS = 9, MINFLT = 10, MAJFLT = 12, UTIME = 14, STIME, CUTIME, CSTIME, THREADS = 20, RSS = 24 };
    static const uint64_t kernel_thread = 0x00200000; /* PF_KTHREAD of include/linux/sched.h */
    uint64_t v[RSS + 1] = {0};
    struct cursor c = {text, text + n};
    if (!cursor_number(&c, &v[0]) || v[0] > INT_MAX)
        return false;
    const char *close = c.end;
    while (close > c.at && close[-1] != ')')
        close--;
    c.at = close;
    if (close == text || !cursor_match(&c, " ") || c.at == c.end)
        return false;
    out->state = *c.at++;
    for (size_t field = PPID; field <= RSS; field++) {
        cursor_skip_blanks(&c);
        bool negative = cursor_match(&c, "-"); /* tpgid, priority and nice can be */
        if (!cursor_number(&c, &v[field]))
            return false;
        if (negative)
            v[field] = 0;
    }
    if (v[PPID] > INT_MAX)
        return false;
    out->pid = (int)v[0];
    out->ppid = (int)v[PPID];
    out->seen = false;
    out->kernel = v[FLAGS] & kernel_thread;
    out->faults = v[MINFLT] + v[MAJFLT];
    out->threads = v[THREADS];
    out->ticks = v[UTIME] + v[STIME];
    out->waited = v[CUTIME] + v[CSTIME];
    out->rss = v[RSS];
    return true;
}

int list_next(const char *text, size_t n, size_t *at)
{
    struct cursor c = {text + *at, text + n};
    while (c.at < c.end && (*c.at < '0' || *c.at > '9'))
        c.at++;
    uint64_t v;
    bool ok = cursor_number(&c, &v) && v <= INT_MAX;
    *at = (size_t)(c.at - text);
    return ok ? (int)v : -1;
}

bool cpuinfo_find(const char *text, size_t n, const char *key, char *buf, size_t size)
{
    for (struct cursor c = {text, text + n}; c.at < c.end; cursor_next_line(&c)) {
        struct cursor line = c;
        if (!cursor_match(&line, key))
            continue;
        cursor_skip_blanks(&line);
        if (!cursor_match(&line, ":"))
            continue;
        cursor_skip_blanks(&line);
        size_t len = cursor_line(&line);
        if (len > size - 1)
            len = size - 1;
        memcpy(buf, line.at, len);
        buf[len] = '\0';
        return true;
    }
    return false;
}

/* Copies a word of shell without what quotes it. */
static void unquote(const char *text, size_t n, char *buf, size_t size)
{
    size_t len = 0;
    char quote = n && (*text == '"' || *text == '\'') ? *text : '\0';
    for (size_t i = quote ? 1 : 0; i < n && text[i] != '\r' && !(quote && text[i] == quote); i++) {
        if (text[i] == '\\' && quote != '\'' && ++i == n)
            break;
        if (len < size - 1)
            buf[len++] = text[i];
    }
    buf[len] = '\0';
}

bool os_release_find(const char *text, size_t n, const char *key, char *buf, size_t size)
{
    for (struct cursor c = {text, text + n}; c.at < c.end; cursor_next_line(&c)) {
        struct cursor line = c;
        if (!cursor_match(&line, key) || !cursor_match(&line, "="))
            continue;
        unquote(line.at, cursor_line(&line), buf, size);
        return true;
    }
    return false;
}
