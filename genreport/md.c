/* SPDX-License-Identifier: Apache-2.0 */
#include "md.h"

#include <math.h>

enum { TEXT_MAX = 200 };

#define MD_UNKNOWN "–"

/* The first TEXT_MAX characters; the text is UTF-8. */
static struct jsonl_text text_cut(struct jsonl_text t, bool *cut)
{
    size_t characters = 0;

    *cut = false;
    for (size_t i = 0; i < t.n; i++) {
        if (((unsigned char)t.s[i] & 0xC0) == 0x80)
            continue;
        if (characters++ == TEXT_MAX) {
            *cut = true;
            return (struct jsonl_text){t.s, i};
        }
    }
    return t;
}

void md_text(struct jsonl_writer *w, struct jsonl_text text)
{
    bool cut;

    if (text.n == 0) {
        jsonl_puts(w, MD_UNKNOWN);
        return;
    }
    jsonl_write_escaped(w, JSONL_TO_MARKDOWN, text_cut(text, &cut));
    if (cut)
        jsonl_puts(w, "…");
}

/* For a fenced block: control characters as blanks, backticks as apostrophes. */
static void text_plain(struct jsonl_writer *w, struct jsonl_text t)
{
    size_t done = 0;

    for (size_t i = 0; i <= t.n; i++) {
        char c = i < t.n ? t.s[i] : '\0';

        if ((unsigned char)c >= ' ' && c != 0x7F && c != '`')
            continue;
        jsonl_write_escaped(w, JSONL_TO_TERMINAL, (struct jsonl_text){t.s + done, i - done});
        done = i + 1;
        if (i < t.n)
            jsonl_puts(w, c == '`' ? "'" : " ");
    }
}

void md_code(struct jsonl_writer *w, struct jsonl_text text)
{
    size_t run = 0, longest = 0;
    bool cut;

    text = text_cut(text, &cut);
    for (size_t i = 0; i < text.n; i++) {
        run = text.s[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    /* A fence longer than any inside; a blank keeps backticks at the ends from joining it. */
    for (size_t i = 0; i <= longest; i++)
        jsonl_puts(w, "`");
    if (longest > 0 || text.n == 0)
        jsonl_puts(w, " ");
    jsonl_write_escaped(w, JSONL_TO_TERMINAL, text); /* file names may hold anything */
    if (longest > 0)
        jsonl_puts(w, " ");
    for (size_t i = 0; i <= longest; i++)
        jsonl_puts(w, "`");
    if (cut)
        jsonl_puts(w, "…");
}

void md_mode(struct jsonl_writer *w, struct jsonl_text mode, bool plain)
{
    if (mode.n == 0) {
        jsonl_puts(w, plain ? "Other" : MD_UNKNOWN);
        return;
    }
    char first = mode.s[0];
    if (first >= 'a' && first <= 'z') {
        first = (char)(first - 'a' + 'A');
        jsonl_write(w, &first, 1);
        mode.s++;
        mode.n--;
    }
    if (mode.n == 0)
        return;
    if (plain) {
        bool cut;

        text_plain(w, text_cut(mode, &cut));
    } else {
        md_text(w, mode);
    }
}

void md_number(struct jsonl_writer *w, double number, int decimals, const char *unit)
{
    if (!isfinite(number)) {
        jsonl_puts(w, MD_UNKNOWN);
        return;
    }
    jsonl_write_number(w, number, fabs(number) < 1e15 ? decimals : JSONL_SHORTEST);
    if (*unit) {
        jsonl_puts(w, " ");
        jsonl_puts(w, unit);
    }
}

void md_seconds(struct jsonl_writer *w, double seconds)
{
    if (seconds > 0 && seconds < 0.005)
        jsonl_puts(w, "<0.01 s");
    else
        md_number(w, seconds, seconds < 9.995 ? 2 : 1, "s");
}

void md_latency(struct jsonl_writer *w, double seconds)
{
    if (seconds >= 0.9995 || isnan(seconds))
        md_seconds(w, seconds);
    else
        md_number(w, seconds * 1000, seconds < 0.09995 ? 1 : 0, "ms");
}

void md_duration(struct jsonl_writer *w, double seconds)
{
    if (!(seconds >= 59.95 && seconds < 1e15)) {
        md_number(w, seconds, 1, "s");
        return;
    }
    long long s = (long long)(seconds + 0.5);
    if (s < 3600)
        jsonl_printf(w, "%lldm %02llds", s / 60, s % 60);
    else if (s < 86400)
        jsonl_printf(w, "%lldh %02lldm", s / 3600, s % 3600 / 60);
    else
        jsonl_printf(w, "%lldd %02lldh", s / 86400, s % 86400 / 3600);
}

void md_total(struct jsonl_writer *w, double seconds)
{
    md_number(w, seconds, 1, "s");
    if (seconds >= 59.95) {
        jsonl_puts(w, " (");
        md_duration(w, seconds);
        jsonl_puts(w, ")");
    }
}

void md_size(struct jsonl_writer *w, double gb)
{
    md_number(w, gb, gb > 0 && gb < 0.095 ? 2 : 1, "GB");
}

void md_range(struct jsonl_writer *w, struct number_range range, int decimals)
{
    double step = pow(10, decimals);

    if (range.n == 0) {
        jsonl_puts(w, MD_UNKNOWN);
        return;
    }
    md_number(w, range.min, decimals, "");
    if (round(range.min * step) != round(range.max * step)) {
        jsonl_puts(w, "-");
        md_number(w, range.max, decimals, "");
    }
}

double md_percent(uint64_t part, uint64_t all)
{
    double percent = 100.0 * (double)part / (double)all;

    if (part < all)
        percent = fmin(percent, 99.9);
    return part > 0 ? fmax(percent, 0.1) : percent;
}

void md_count(struct jsonl_writer *w, size_t n, const char *what)
{
    jsonl_printf(w, "%zu %s%s", n, what, n == 1 ? "" : "s");
}

/* The first n characters of a moment. */
static void md_time(struct jsonl_writer *w, double ts, size_t n)
{
    char buf[JSONL_TIME_SIZE];

    if (isnan(ts))
        jsonl_puts(w, "unknown");
    else
        jsonl_write(w, jsonl_time_format(buf, run_time_us(ts), 0), n);
}

void md_day(struct jsonl_writer *w, double ts)
{
    md_time(w, ts, 10);
}

void md_moment(struct jsonl_writer *w, double ts)
{
    md_time(w, ts, 19);
    if (!isnan(ts))
        jsonl_puts(w, " UTC");
}

void md_section(struct jsonl_writer *w, const char *title)
{
    jsonl_printf(w, "\n---\n\n## %s\n\n", title);
}

void md_rest(struct jsonl_writer *w, size_t n, size_t shown, const char *what)
{
    if (n <= shown)
        return;
    jsonl_puts(w, "\n*… and ");
    jsonl_printf(w, "%zu more %s%s*\n", n - shown, what, n - shown == 1 ? "" : "s");
}
