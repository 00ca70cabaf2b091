/* SPDX-License-Identifier: Apache-2.0
 * What is wrong, for people: on stderr, and as annotations of a GitHub workflow. */
#include "closest.h"
#include "describe.h"
#include "output.h"
#include "pointer.h"
#include "tell.h"
#include "utf8.h"

#include <string.h>

/* Counts characters up to a byte of the line, from where it left off: faults come nearly in order. */
struct column {
    const char *text;
    size_t at, characters;
};

static size_t column_of(struct column *c, size_t at)
{
    for (; c->at < at; c->at++)
        c->characters += utf8_is_start(c->text[c->at]);
    for (; c->at > at; c->at--)
        c->characters -= utf8_is_start(c->text[c->at - 1]);
    return c->characters + 1;
}

/* "place: what is wrong (where the schema says so)" */
struct message {
    struct jsonl_text text;
    size_t place, where; /* bytes of the place; where the last part begins, with its parenthesis */
    size_t column;       /* 0: not known */
    bool note;           /* nothing is wrong */
};

/* How messages are framed; `text` collects one. */
struct frame {
    struct jsonl_writer *w, *text;
    const struct subject *subject;
    const struct verdict *verdict;
    struct column column;
    size_t place;
    void (*emit)(const struct frame *f, const struct message *m);
};

static const char BOLD[] = "\033[1m", RED[] = "\033[31m", CYAN[] = "\033[36m", DIM[] = "\033[2m", PLAIN[] = "\033[0m";

/* A part of a message, in a colour if there are any. */
static void part_write(const struct frame *f, const char *colour, struct jsonl_text t)
{
    bool coloured = f->subject->colours && t.n > 0;
    if (coloured)
        jsonl_puts(f->w, colour);
    jsonl_write_escaped(f->w, JSONL_TO_TERMINAL, t);
    if (coloured)
        jsonl_puts(f->w, PLAIN);
}

static void emit_words(const struct frame *f, const struct message *m)
{
    struct jsonl_text file = {f->subject->file, strlen(f->subject->file)};
    if (f->subject->colours)
        jsonl_puts(f->w, BOLD);
    jsonl_write_escaped(f->w, JSONL_TO_TERMINAL, file);
    jsonl_printf(f->w, ":%zu:", f->subject->line->number);
    if (m->column)
        jsonl_printf(f->w, "%zu:", m->column);
    if (f->subject->colours)
        jsonl_puts(f->w, PLAIN);
    jsonl_puts(f->w, " ");
    part_write(f, m->note ? CYAN : RED, (struct jsonl_text){m->text.s, m->place});
    jsonl_write_escaped(f->w, JSONL_TO_TERMINAL, (struct jsonl_text){m->text.s + m->place, m->where - m->place});
    part_write(f, DIM, (struct jsonl_text){m->text.s + m->where, m->text.n - m->where});
    jsonl_puts(f->w, "\n");
}

/* Workflow commands: https://docs.github.com/actions, "workflow commands"; % and line ends are escaped, in properties
 * : and , too.  Other controls are shown as on a terminal, where the annotations end up as well. */
static void github_escape(struct jsonl_writer *w, struct jsonl_text t, bool property)
{
    size_t from = 0;
    for (size_t i = 0; i < t.n; i++) {
        char c = t.s[i];
        if (c != '%' && c != '\r' && c != '\n' && !(property && (c == ':' || c == ',')))
            continue;
        jsonl_write_escaped(w, JSONL_TO_TERMINAL, (struct jsonl_text){t.s + from, i - from});
        jsonl_printf(w, "%%%02X", (unsigned)c);
        from = i + 1;
    }
    jsonl_write_escaped(w, JSONL_TO_TERMINAL, (struct jsonl_text){t.s + from, t.n - from});
}

static void emit_github(const struct frame *f, const struct message *m)
{
    jsonl_printf(f->w, "::%s file=", m->note ? "notice" : "error");
    github_escape(f->w, (struct jsonl_text){f->subject->file, strlen(f->subject->file)}, true);
    jsonl_printf(f->w, ",line=%zu", f->subject->line->number);
    if (m->column)
        jsonl_printf(f->w, ",col=%zu", m->column);
    jsonl_puts(f->w, "::");
    github_escape(f->w, m->text, false);
    jsonl_puts(f->w, "\n");
}

/* "/json/pointer: " of a value begins the message. */
static void message_begin(struct frame *f, const struct jsonl_value *v)
{
    if (v == f->verdict->root)
        jsonl_puts(f->text, "(root)");
    else
        pointer_show(f->text, f->verdict->root, v);
    f->place = jsonl_writer_text(f->text).n;
    jsonl_puts(f->text, ": ");
}

/* `where` bytes of it are no reference to a schema. */
static void message_end(struct frame *f, size_t where, size_t column, bool note)
{
    struct jsonl_text text = jsonl_writer_text(f->text);
    struct message m = {text, f->place, where, column, note};
    if (m.place <= m.where && m.where <= text.n) /* else memory ran out */
        f->emit(f, &m);
    jsonl_writer_clear(f->text);
    f->place = 0;
}

static size_t column_of_value(struct frame *f, const struct jsonl_value *v)
{
    return column_of(&f->column, v->at);
}

/* Which alternatives the faults that follow belong to. */
static void closest_write(struct frame *f, const struct fault *fault, const struct closest *closest)
{
    if (fault->in->u.schemas.n == 1) {
        jsonl_puts(f->text, ":");
        return;
    }
    jsonl_puts(f->text, closest->n > 1 ? "; equally close are " : "; closest is alternative ");
    for (size_t i = 0; i < closest->n; i++) {
        jsonl_puts(f->text, i == 0 ? "" : i + 1 < closest->n ? ", " : " and ");
        jsonl_printf(f->text, "%zu", closest->at[i]);
        struct jsonl_text name = closest_name(fault, closest->at[i]);
        if (name.s) {
            jsonl_puts(f->text, " (");
            describe_text(f->text, name);
            jsonl_puts(f->text, ")");
        }
    }
    jsonl_puts(f->text, ":");
}

/* Alternatives that come equally close and want the same type say it once. */
static bool type_repeats(const struct fault *a, const struct fault *b)
{
    return a->v == b->v && a->in && b->in && a->in == a->in->owner->type && b->in == b->in->owner->type &&
           a->in->owner->types == b->in->owner->types;
}

static bool closest_has(const struct closest *closest, size_t branch)
{
    for (size_t i = 0; i < closest->n; i++) {
        if (closest->at[i] == branch)
            return true;
    }
    return false;
}

/* A fault; if it holds others, those of the alternatives that come closest after it. */
static void fault_write(struct frame *f, size_t i)
{
    const struct faults *faults = f->verdict->faults;
    const struct fault *at = faults->at, *fault = at + i;
    struct closest closest = {.n = 0};
    message_begin(f, fault->v);
    fault_tell(f->text, faults, fault);
    if (fault->span > 1) {
        closest = closest_find(faults, i);
        closest_write(f, fault, &closest);
    }
    size_t where = jsonl_writer_text(f->text).n;
    if (fault->in) {
        jsonl_puts(f->text, " (");
        instruction_locate(f->text, fault->in);
        jsonl_puts(f->text, ")");
    }
    message_end(f, where, column_of_value(f, fault->v), false);
    size_t before = FAULTS_END, end = i + fault->span;
    for (size_t k = FAULTS_END; (k = faults_next(faults, i + 1, end, k)) != FAULTS_END;) {
        if (!closest_has(&closest, at[k].branch) || (before != FAULTS_END && type_repeats(&at[before], &at[k])))
            continue;
        fault_write(f, k);
        before = k;
    }
}

static bool is_keyword(const struct fault *f, const char *name)
{
    return f->in && !f->trouble && jsonl_text_is(jsonl_text(f->in->key), name);
}

/* Whether fault i says what fault k, its neighbour, does: `pattern` speaks in the words of the `format` beside it, or
 * in looser ones. */
static bool fault_repeats(const struct faults *faults, size_t i, size_t k)
{
    const struct fault *a = &faults->at[i], *b = &faults->at[k];
    return a->v == b->v && a->in && b->in && a->in->owner == b->in->owner && is_keyword(a, "pattern") &&
           is_keyword(b, "format");
}

static void reason_write(struct frame *f)
{
    const struct reason *reason = &f->verdict->reason;
    if (reason->v)
        message_begin(f, reason->v);
    jsonl_puts(f->text, reason->text);
    message_end(f, jsonl_writer_text(f->text).n, reason->v ? column_of_value(f, reason->v) : reason->column, false);
}

static void faults_write(struct frame *f)
{
    const struct faults *faults = f->verdict->faults;
    size_t before = FAULTS_END, i = faults_next(faults, 0, faults->n, FAULTS_END), next;
    for (; i != FAULTS_END; before = i, i = next) {
        next = faults_next(faults, 0, faults->n, i);
        if ((before == FAULTS_END || !fault_repeats(faults, i, before)) &&
            (next == FAULTS_END || !fault_repeats(faults, i, next)))
            fault_write(f, i);
    }
    if (faults->dropped) {
        jsonl_printf(f->text, "%zu more faults are not shown", faults->dropped);
        message_end(f, jsonl_writer_text(f->text).n, 0, false);
    }
}

/* What an upgrade means to do, or why there is none. */
static void upgrade_write_notes(struct frame *f)
{
    const struct jsonl_value *root = f->verdict->root;
    const struct upgrade_notes *notes = &f->verdict->notes;
    if (f->verdict->held) {
        message_begin(f, root);
        jsonl_printf(f->text,
                     "is valid as it is, but would not be as %s, so it is not upgraded:", choose_newest_version);
        message_end(f, jsonl_writer_text(f->text).n, column_of_value(f, root), false);
    }
    for (size_t i = 0; i < notes->n && !f->verdict->held; i++) {
        message_begin(f, notes->at[i].v);
        jsonl_puts(f->text, notes->at[i].text);
        size_t where = jsonl_writer_text(f->text).n;
        jsonl_printf(f->text, " (upgrade to %s)", choose_newest_version);
        message_end(f, where, column_of_value(f, notes->at[i].v), true);
    }
}

static void verdict_write(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict,
                          void (*emit)(const struct frame *, const struct message *))
{
    struct frame f = {w, verdict->scratch, subject, verdict, {.text = subject->line->text}, 0, emit};
    upgrade_write_notes(&f);
    if (verdict->reason.text)
        reason_write(&f);
    else if (!verdict->valid)
        faults_write(&f);
}

void words_write(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict)
{
    verdict_write(w, subject, verdict, emit_words);
}

bool github_write(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict)
{
    verdict_write(w, subject, verdict, emit_github);
    return true;
}
