/* SPDX-License-Identifier: Apache-2.0
 * The output formats of JSON Schema: flag, basic and detailed (2020-12, core, 12.4), a line of JSON each, with the
 * number of the line beside them. */
#include "output.h"
#include "pointer.h"

#include <string.h>

static void begin(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict)
{
    jsonl_begin_object(w);
    if (subject->several) {
        jsonl_key(w, "file");
        jsonl_cstring(w, subject->file);
    }
    jsonl_key(w, "line");
    jsonl_int(w, (int64_t)subject->line->number);
    jsonl_key(w, "valid");
    jsonl_bool(w, verdict->valid);
}

static void end(struct jsonl_writer *w)
{
    jsonl_end_object(w);
    jsonl_end_line(w);
}

static void string_member(struct jsonl_writer *w, const char *name, struct jsonl_writer *text)
{
    jsonl_key(w, name);
    jsonl_string(w, jsonl_writer_text(text));
    jsonl_writer_clear(text);
}

static bool stands_in_fragment(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("-._~!$&'()*+,;=:@/?", c));
}

/* The URI of a place in a schema: a pointer as fragment (RFC 6901, section 6). */
static void absolute_location_write(struct jsonl_writer *w, struct jsonl_writer *text, const struct resource *r,
                                    const struct jsonl_value *key)
{
    struct jsonl_writer *pointer = jsonl_writer_new(-1);
    if (!pointer)
        return;
    pointer_write(pointer, r->root, key);
    jsonl_printf(text, "%s#", r->uri);
    struct jsonl_text t = jsonl_writer_text(pointer);
    for (size_t i = 0; i < t.n; i++) {
        if (stands_in_fragment(t.s[i]))
            jsonl_write(text, t.s + i, 1);
        else
            jsonl_printf(text, "%%%02X", (unsigned)(unsigned char)t.s[i]);
    }
    jsonl_writer_free(pointer);
    string_member(w, "absoluteKeywordLocation", text);
}

/* Where a fault is: in the schema, by the way that led there and by URI if the schema has one, and in the line. */
static void locations_write(struct jsonl_writer *w, struct jsonl_writer *text, const struct verdict *verdict,
                            const struct fault *fault)
{
    fault_path_write(text, verdict->faults, fault);
    string_member(w, "keywordLocation", text);
    const struct resource *r = fault->in ? fault->in->owner->resource : NULL;
    if (r && *r->uri)
        absolute_location_write(w, text, r, fault->in->key);
    pointer_write(text, verdict->root, fault->v);
    string_member(w, "instanceLocation", text);
}

/* A unit for a line that has no value, or no schema. */
static void reason_write(struct jsonl_writer *w, struct jsonl_writer *text, const struct verdict *verdict)
{
    const struct reason *reason = &verdict->reason;
    jsonl_begin_object(w);
    jsonl_key(w, "keywordLocation");
    jsonl_cstring(w, "");
    if (reason->v)
        pointer_write(text, verdict->root, reason->v);
    string_member(w, "instanceLocation", text);
    if (reason->column) {
        jsonl_key(w, "column");
        jsonl_int(w, (int64_t)reason->column);
    }
    jsonl_key(w, "error");
    jsonl_cstring(w, reason->text);
    jsonl_end_object(w);
}

static void unit_write(struct jsonl_writer *w, struct jsonl_writer *text, const struct verdict *verdict,
                       const struct fault *fault, bool nested)
{
    jsonl_begin_object(w);
    if (nested) {
        jsonl_key(w, "valid");
        jsonl_bool(w, false);
    }
    locations_write(w, text, verdict, fault);
    fault_tell(text, verdict->faults, fault);
    string_member(w, "error", text);
    if (nested && fault->span > 1) {
        jsonl_key(w, "errors");
        jsonl_begin_array(w);
        for (const struct fault *f = fault + 1; f < fault + fault->span; f += f->span)
            unit_write(w, text, verdict, f, nested);
        jsonl_end_array(w);
    }
    jsonl_end_object(w);
}

static void errors_write(struct jsonl_writer *w, const struct verdict *verdict, bool nested)
{
    struct jsonl_writer *text = verdict->scratch;
    jsonl_key(w, "errors");
    jsonl_begin_array(w);
    if (verdict->reason.text)
        reason_write(w, text, verdict);
    const struct faults *faults = verdict->faults;
    for (size_t i = FAULTS_END; (i = faults_next(faults, 0, faults->n, i)) != FAULTS_END;) {
        const struct fault *f = &faults->at[i], *last = f + (nested ? 1 : f->span);
        for (; f < last; f++)
            unit_write(w, text, verdict, f, nested);
    }
    jsonl_end_array(w);
    if (verdict->faults->dropped) {
        jsonl_key(w, "errorsNotShown");
        jsonl_int(w, (int64_t)verdict->faults->dropped);
    }
}

void flag_write(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict)
{
    begin(w, subject, verdict);
    end(w);
}

void basic_write(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict)
{
    begin(w, subject, verdict);
    if (!verdict->valid)
        errors_write(w, verdict, false);
    end(w);
}

void detailed_write(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict)
{
    begin(w, subject, verdict);
    if (!verdict->valid)
        errors_write(w, verdict, true);
    end(w);
}
