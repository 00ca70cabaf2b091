/* SPDX-License-Identifier: Apache-2.0
 * What is wrong, for people: on stderr, and as annotations of a GitHub workflow. */
#include "output.h"
#include "pointer.h"

#include <stdlib.h>
#include <string.h>

/* Counts characters up to a byte of the line, from where it left off: faults come nearly in order. */
struct column {
    const char *text;
    size_t at, characters;
};

static size_t column_of(struct column *c, size_t at)
{
    if (at < c->at)
        c->at = c->characters = 0;
    for (; c->at < at; c->at++)
        c->characters += ((unsigned char)c->text[c->at] & 0xc0) != 0x80;
    return c->characters + 1;
}

/* How a message is framed; `text` collects it. */
struct frame {
    struct jsonl_writer *w, *text;
    const struct subject *subject;
    struct column column;
    void (*emit)(const struct frame *f, size_t column, struct jsonl_text message);
};

static void emit_words(const struct frame *f, size_t column, struct jsonl_text message)
{
    struct jsonl_text file = {f->subject->file, strlen(f->subject->file)};
    jsonl_write_escaped(f->w, JSONL_TO_TERMINAL, file);
    jsonl_printf(f->w, ":%zu:", f->subject->line->number);
    if (column)
        jsonl_printf(f->w, "%zu:", column);
    jsonl_puts(f->w, " ");
    jsonl_write_escaped(f->w, JSONL_TO_TERMINAL, message);
    jsonl_puts(f->w, "\n");
}

/* Workflow commands: https://docs.github.com/actions, "workflow commands"; % and line ends are escaped, in properties
 * : and , too.  Other controls are shown as on a terminal, where the annotations end up as well. */
static void github_escape(struct jsonl_writer *w, struct jsonl_text t, const char *special)
{
    for (size_t i = 0, from = 0; i <= t.n; i++) {
        bool escape = i < t.n && t.s[i] && strchr(special, t.s[i]);
        if (i < t.n && !escape)
            continue;
        jsonl_write_escaped(w, JSONL_TO_TERMINAL, (struct jsonl_text){t.s + from, i - from});
        if (escape)
            jsonl_printf(w, "%%%02X", (unsigned)(unsigned char)t.s[i]);
        from = i + 1;
    }
}

static void emit_github(const struct frame *f, size_t column, struct jsonl_text message)
{
    jsonl_puts(f->w, "::error file=");
    github_escape(f->w, (struct jsonl_text){f->subject->file, strlen(f->subject->file)}, "%\r\n:,");
    jsonl_printf(f->w, ",line=%zu", f->subject->line->number);
    if (column)
        jsonl_printf(f->w, ",col=%zu", column);
    jsonl_puts(f->w, "::");
    github_escape(f->w, message, "%\r\n");
    jsonl_puts(f->w, "\n");
}

/* "/json/pointer: " of a value, in the message. */
static void place_write(struct frame *f, const struct verdict *verdict, const struct jsonl_value *v)
{
    if (v == verdict->root)
        jsonl_puts(f->text, "(root)");
    else
        pointer_write(f->text, verdict->root, v);
    jsonl_puts(f->text, ": ");
}

static void message_end(struct frame *f, size_t column)
{
    f->emit(f, column, jsonl_writer_text(f->text));
    jsonl_writer_clear(f->text);
}

/* A fault; if it holds others, the alternative that comes closest after it. */
static void fault_write(struct frame *f, const struct verdict *verdict, size_t i)
{
    const struct fault *at = verdict->faults->at, *fault = at + i;
    size_t closest = fault->span > 1 ? faults_closest(verdict->faults, i) : 0;
    place_write(f, verdict, fault->v);
    jsonl_puts(f->text, fault->message);
    if (closest)
        jsonl_printf(f->text, "; closest is alternative %zu:", closest);
    if (fault->in) {
        jsonl_puts(f->text, " (");
        instruction_locate(f->text, fault->in);
        jsonl_puts(f->text, ")");
    }
    message_end(f, column_of(&f->column, fault->v->at));
    for (size_t k = i + 1; k < i + fault->span; k += at[k].span) {
        if (at[k].branch == closest)
            fault_write(f, verdict, k);
    }
}

/* Whether two keywords of one schema say the same of a value: `pattern` speaks in the words of the `format` beside it.
 */
static bool fault_repeats(const struct fault *a, const struct fault *b)
{
    return a->v == b->v && a->schema == b->schema && strcmp(a->message, b->message) == 0;
}

static void frame_run(struct frame *f, const struct verdict *verdict)
{
    const struct reason *reason = &verdict->reason;
    if (reason->text) {
        if (reason->v)
            place_write(f, verdict, reason->v);
        jsonl_puts(f->text, reason->text);
        message_end(f, reason->v ? column_of(&f->column, reason->v->at) : reason->column);
        return;
    }
    size_t n, *order = faults_in_order(verdict->faults, &n);
    const struct fault *at = verdict->faults->at;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || !fault_repeats(&at[order[i]], &at[order[i - 1]]))
            fault_write(f, verdict, order[i]);
    }
    free(order);
    if (verdict->faults->dropped) {
        jsonl_printf(f->text, "%zu more faults are not shown", verdict->faults->dropped);
        message_end(f, 0);
    }
}

static void frame_verdict(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict,
                          void (*emit)(const struct frame *, size_t, struct jsonl_text))
{
    struct frame f = {w, jsonl_writer_new(-1), subject, {.text = subject->line->text}, emit};
    if (f.text && !verdict->valid)
        frame_run(&f, verdict);
    jsonl_writer_free(f.text);
}

void words_write(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict)
{
    frame_verdict(w, subject, verdict, emit_words);
}

void github_write(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict)
{
    frame_verdict(w, subject, verdict, emit_github);
}
