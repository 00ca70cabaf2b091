/* SPDX-License-Identifier: Apache-2.0 */
#include "upgrade.h"

#include "decimal.h"

#include <math.h>
#include <string.h>

/* A place in the record's text, where something new stands. */
struct edit {
    size_t at, skip; /* bytes from the start; of the old text */
    void (*write)(struct jsonl_writer *w, const struct edit *edit);
    const void *data;
    const char *comma, *colon; /* as the record sets them */
};

enum { EDITS = 3 };

struct edits {
    struct edit at[EDITS]; /* in the order of the text */
    size_t n;
};

static void edit_add(struct edits *e, struct edit edit)
{
    size_t i = e->n++;
    for (; i > 0 && e->at[i - 1].at > edit.at; i--)
        e->at[i] = e->at[i - 1];
    e->at[i] = edit;
}

static void note_add(struct upgrade_notes *notes, const struct jsonl_value *v, const char *text)
{
    if (notes->n < UPGRADE_NOTES)
        notes->at[notes->n++] = (struct upgrade_note){v, text};
}

/* Where a string or number ends in the text. */
static size_t scalar_end(struct jsonl_text text, const struct jsonl_value *v)
{
    size_t i = v->at + 1;
    if (v->type == JSONL_NUMBER)
        return v->at + v->len;
    if (!(v->flags & JSONL_ESCAPED))
        return i + v->len + 1;
    while (text.s[i] != '"')
        i += text.s[i] == '\\' ? 2 : 1;
    return i + 1;
}

static const struct jsonl_value *member(const struct jsonl_value *object, const char *name, enum jsonl_type type)
{
    const struct jsonl_value *v = jsonl_get(object, name);
    return v && v->type == type ? v : NULL;
}

static void member_begin(struct jsonl_writer *w, const struct edit *edit, const char *name)
{
    jsonl_printf(w, "%s\"%s\"%s", edit->comma, name, edit->colon);
}

/* ---- schema_version ---- */

static void version_write(struct jsonl_writer *w, const struct edit *edit)
{
    jsonl_printf(w, "\"%s\"", (const char *)edit->data);
}

/* ---- test_start_ts, test_end_ts ---- */

struct times {
    int64_t start_us, end_us; /* since 1970; < 0: not known */
};

/* Seconds, with as many decimals as it takes. */
static void seconds_write(struct jsonl_writer *w, int64_t us)
{
    unsigned fraction = (unsigned)(us % 1000000), decimals = 6;
    jsonl_printf(w, "%lld", (long long)(us / 1000000));
    if (fraction == 0)
        return;
    for (; fraction % 10 == 0; fraction /= 10)
        decimals--;
    jsonl_printf(w, ".%0*u", (int)decimals, fraction);
}

static void times_write(struct jsonl_writer *w, const struct edit *edit)
{
    const struct times *t = edit->data;
    if (t->start_us >= 0) {
        member_begin(w, edit, "test_start_ts");
        seconds_write(w, t->start_us);
    }
    member_begin(w, edit, "test_end_ts");
    seconds_write(w, t->end_us);
}

/* Epoch microseconds of a time that is told to the second at least; -1 with a note for one that is not. */
static int64_t end_of(const struct jsonl_value *timestamp, struct upgrade_notes *notes)
{
    enum { TO_THE_SECOND = sizeof "2026-11-23T01:49:22" - 1, DATE = sizeof "2026-11-23" - 1 };
    struct jsonl_text t = jsonl_text(timestamp);
    int64_t us;
    if (!jsonl_time_parse(t, &us)) {
        note_add(notes, timestamp, "is no time, so test_start_ts and test_end_ts stay unknown");
        return -1;
    }
    if (t.n < TO_THE_SECOND || t.s[TO_THE_SECOND - 3] != ':') {
        note_add(notes, timestamp, "does not tell the second, so test_start_ts and test_end_ts stay unknown");
        return -1;
    }
    if (us < 0) {
        note_add(notes, timestamp, "is before 1970, so test_start_ts and test_end_ts stay unknown");
        return -1;
    }
    const char *zone = t.s + TO_THE_SECOND, *end = t.s + t.n;
    while (zone < end && !strchr("Zz+-", *zone))
        zone++;
    if (zone == end)
        note_add(notes, timestamp, "has no offset, and is taken as UTC");
    return us;
}

static int64_t start_of(const struct jsonl_value *root, const struct jsonl_value *duration, int64_t end_us,
                        struct upgrade_notes *notes)
{
    double us = duration ? duration->u.num * 1e6 : NAN;
    if (isnan(us)) {
        note_add(notes, root, "has no duration, so test_start_ts stays unknown");
        return -1;
    }
    if (!(us >= 0 && us <= (double)end_us)) {
        note_add(notes, duration, "leads to before 1970, so test_start_ts stays unknown");
        return -1;
    }
    return end_us - llround(us);
}

/* ---- peak_ram_gb ---- */

/* The digits of a decimal, with a point before the digit at `point` (-1: none). */
static void digits_write(struct jsonl_writer *w, const struct decimal *d, int64_t point)
{
    int64_t i = 0;
    for (const char *s = d->digits; s < d->digits + d->bytes; s++) {
        if (*s == '.')
            continue;
        if (i++ == point)
            jsonl_puts(w, ".");
        jsonl_write(w, s, 1);
    }
}

static void decimal_write(struct jsonl_writer *w, const struct decimal *d)
{
    enum { PLAIN = 20 }; /* digits before the point, and zeros behind it, that are written out */
    int64_t digits = (int64_t)d->count;
    if (d->negative)
        jsonl_puts(w, "-");
    if (digits == 0) {
        jsonl_puts(w, "0");
    } else if (d->point <= 0 && d->point > -PLAIN) {
        jsonl_printf(w, "0.%.*s", (int)-d->point, "00000000000000000000");
        digits_write(w, d, -1);
    } else if (d->point > 0 && d->point <= PLAIN) {
        digits_write(w, d, d->point);
        if (digits < d->point)
            jsonl_printf(w, "%.*s", (int)(d->point - digits), "00000000000000000000");
    } else {
        digits_write(w, d, 1);
        jsonl_printf(w, "e%lld", (long long)d->point - 1);
    }
}

static void peak_write(struct jsonl_writer *w, const struct edit *edit)
{
    struct decimal gb = *(const struct decimal *)edit->data;
    gb.point -= 3;
    member_begin(w, edit, "peak_ram_gb");
    decimal_write(w, &gb);
}

/* ---- The record ---- */

static void edits_write(struct jsonl_writer *w, struct jsonl_text text, const struct edits *e)
{
    size_t from = 0;
    for (size_t i = 0; i < e->n; i++) {
        const struct edit *edit = &e->at[i];
        jsonl_write(w, text.s + from, edit->at - from);
        edit->write(w, edit);
        from = edit->at + edit->skip;
    }
    jsonl_write(w, text.s + from, text.n - from);
}

/* Edits, in a record that sets its commas and colons like the one of its version. */
static struct edit edit_begin(struct jsonl_text text, const struct jsonl_value *version)
{
    bool spaced = version && text.s[version->at - 1] != ':';
    return (struct edit){.comma = spaced ? ", " : ",", .colon = spaced ? ": " : ":"};
}

static void edit_behind(struct edits *e, struct edit edit, struct jsonl_text text, const struct jsonl_value *v)
{
    edit.at = scalar_end(text, v);
    edit_add(e, edit);
}

void upgrade_write(struct jsonl_writer *w, struct jsonl_text text, const struct jsonl_value *root, const char *version,
                   struct upgrade_notes *notes)
{
    const struct jsonl_value *old = member(root, "schema_version", JSONL_STRING);
    const struct jsonl_value *timestamp = member(root, "timestamp", JSONL_STRING);
    const struct jsonl_value *duration = member(root, "duration", JSONL_NUMBER);
    const struct jsonl_value *performance = jsonl_get(root, "performance");
    const struct jsonl_value *peak = member(performance, "ram_peak_mb", JSONL_NUMBER);
    struct times times = {-1, -1};
    struct decimal mb;
    struct edits edits = {.n = 0};
    struct edit edit = edit_begin(text, old);
    notes->n = 0;
    if (old)
        edit_add(&edits, (struct edit){old->at, scalar_end(text, old) - old->at, version_write, version, "", ""});
    if (timestamp && !jsonl_get(root, "test_start_ts") && !jsonl_get(root, "test_end_ts"))
        times.end_us = end_of(timestamp, notes);
    if (times.end_us >= 0) {
        times.start_us = start_of(root, duration, times.end_us, notes);
        edit.write = times_write;
        edit.data = &times;
        edit_behind(&edits, edit, text, duration ? duration : timestamp);
    }
    if (peak && !jsonl_get(performance, "peak_ram_gb")) {
        mb = decimal_of(peak, text.s);
        edit.write = peak_write;
        edit.data = &mb;
        edit_behind(&edits, edit, text, peak);
    }
    edits_write(w, text, &edits);
}
