/* SPDX-License-Identifier: Apache-2.0
 * The output formats of JSON Schema: flag, basic and detailed (2020-12, core, 12.4), a line of JSON each, with the
 * number of the line beside them. */
#include "ascii.h"
#include "output.h"
#include "output_tree.h"
#include "pointer.h"
#include "tell.h"

#include <string.h>
#include <unistd.h>

enum { PATH_LONGEST = 4096 };

/* Pointers into a line with long names may be as long as the line, each: beyond so many bytes of them units are only
 * counted. */
static const size_t POINTERS_MAX = (size_t)16 << 20;

/* The errors of a line. */
struct report {
    struct jsonl_writer *w;
    struct jsonl_writer *text, *pointer; /* scratch */
    const struct verdict *verdict;
    size_t pointers; /* bytes so far */
    size_t unshown;  /* units */
};

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

/* ---- URIs ---- */

static bool stands_in(const char *marks, char c)
{
    return is_alphanumeric(c) || (c && strchr(marks, c));
}

static void uri_write(struct jsonl_writer *w, struct jsonl_text t, const char *marks)
{
    for (size_t i = 0; i < t.n; i++) {
        if (stands_in(marks, t.s[i]))
            jsonl_write(w, t.s + i, 1);
        else
            jsonl_printf(w, "%%%02X", (unsigned)(unsigned char)t.s[i]);
    }
}

/* Where a schema without a URI of its own was found (RFC 3986, 5.1.3). */
static void file_uri_write(struct jsonl_writer *w, const char *path)
{
    static const char marks[] = "-._~!$&'()*+,;=:@/";
    char folder[PATH_LONGEST] = "";
    if (*path != '/' && !getcwd(folder, sizeof folder))
        *folder = '\0';
    for (bool up; (up = strncmp(path, "../", 3) == 0) || strncmp(path, "./", 2) == 0; path += up ? 3 : 2) {
        char *last = up ? strrchr(folder, '/') : NULL;
        if (last)
            *last = '\0';
    }
    jsonl_puts(w, "file://");
    uri_write(w, (struct jsonl_text){folder, strlen(folder)}, marks);
    if (*path != '/')
        jsonl_puts(w, "/");
    uri_write(w, (struct jsonl_text){path, strlen(path)}, marks);
}

/* The URI of a place in a schema: a pointer as fragment (RFC 6901, section 6). */
static void absolute_write(const struct report *r, const struct resource *resource, const struct jsonl_value *v)
{
    static const char marks[] = "-._~!$&'()*+,;=:@/?";
    jsonl_writer_clear(r->pointer);
    pointer_write(r->pointer, *resource->uri ? resource->root : resource->document->root->root, v);
    if (*resource->uri)
        jsonl_puts(r->text, resource->uri);
    else
        file_uri_write(r->text, resource->document->name);
    jsonl_puts(r->text, "#");
    uri_write(r->text, jsonl_writer_text(r->pointer), marks);
    string_member(r->w, "absoluteKeywordLocation", r->text);
}

/* ---- Units ---- */

/* The innermost resource known here that a place in a schema belongs to. */
static const struct resource *resource_of(const struct faults *f, const struct unit *u)
{
    const struct schema *target = unit_target(u, f);
    const struct fault *fault = u->fault;
    const struct fault_step *steps = fault->steps ? &f->steps[fault->step] : NULL;
    const struct schema *from = u->references ? steps[u->references - 1].target : f->program->root;
    const struct schema *to = u->references < fault->steps ? steps[u->references].reference->owner : fault->in->owner;
    const struct resource *r = to->resource;
    if (target)
        return target->resource;
    return r->root <= u->at && u->at < r->root + r->root->span ? r : from->resource;
}

/* Where a unit is: in the schema, by the way that led there, and by URI, and in the line.  Without references, and
 * without a URI of its schema, the way says it all. */
static void locations_write(struct report *r, const struct unit *u)
{
    const struct faults *f = r->verdict->faults;
    if (u->fault->trouble) {
        jsonl_key(r->w, "keywordLocation");
        jsonl_cstring(r->w, "");
    } else {
        const struct schema *target = unit_target(u, f);
        const struct resource *resource = resource_of(f, u);
        fault_way_write(r->text, f, u->fault, u->references, u->at);
        string_member(r->w, "keywordLocation", r->text);
        if (*resource->uri || u->references > 0 || target)
            absolute_write(r, resource, target ? target->value : u->at);
    }
    pointer_write(r->text, r->verdict->root, u->instance);
    r->pointers += jsonl_writer_text(r->text).n;
    string_member(r->w, "instanceLocation", r->text);
}

/* false: it is not shown. */
static bool unit_begin(struct report *r, const struct unit *u)
{
    if (r->pointers > POINTERS_MAX) {
        r->unshown++;
        return false;
    }
    jsonl_begin_object(r->w);
    jsonl_key(r->w, "valid");
    jsonl_bool(r->w, false);
    locations_write(r, u);
    if (u->told) {
        fault_tell(r->text, r->verdict->faults, u->fault);
        string_member(r->w, "error", r->text);
    }
    return true;
}

/* A unit for a line that has no value, or no schema. */
static void reason_write(struct report *r)
{
    const struct reason *reason = &r->verdict->reason;
    jsonl_begin_object(r->w);
    jsonl_key(r->w, "valid");
    jsonl_bool(r->w, false);
    jsonl_key(r->w, "keywordLocation");
    jsonl_cstring(r->w, "");
    if (reason->v)
        pointer_write(r->text, r->verdict->root, reason->v);
    string_member(r->w, "instanceLocation", r->text);
    if (reason->column) {
        jsonl_key(r->w, "column");
        jsonl_int(r->w, (int64_t)reason->column);
    }
    jsonl_key(r->w, "error");
    jsonl_cstring(r->w, reason->text);
    jsonl_end_object(r->w);
}

/* All that is wrong, one after the other. */
static bool list_write(struct report *r)
{
    const struct faults *f = r->verdict->faults;
    for (size_t i = FAULTS_END; (i = faults_next(f, 0, f->n, i)) != FAULTS_END;) {
        for (const struct fault *fault = &f->at[i], *last = fault + fault->span; fault < last; fault++) {
            const struct jsonl_value *at = fault->in ? fault->in->key : NULL;
            const struct unit u = {
                .at = at, .instance = fault->v, .fault = fault, .references = fault->steps, .told = true};
            if (unit_begin(r, &u))
                jsonl_end_object(r->w);
        }
    }
    return true;
}

static void branch_write(struct report *r, const struct tree *t, size_t first)
{
    for (size_t i = first; i; i = t->at[i].next) {
        const struct unit *u = tree_shown(t, i);
        if (!unit_begin(r, u))
            continue;
        if (u->first) {
            jsonl_key(r->w, "errors");
            jsonl_begin_array(r->w);
            branch_write(r, t, u->first);
            jsonl_end_array(r->w);
        }
        jsonl_end_object(r->w);
    }
}

/* The same, by the schemas and keywords that hold them.  false: out of memory. */
static bool tree_write(struct report *r)
{
    struct tree t = {0};
    bool ok = tree_build(&t, r->verdict->faults);
    if (ok)
        branch_write(r, &t, t.at[0].first);
    tree_free(&t);
    return ok;
}

static bool verdict_write(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict,
                          bool (*write)(struct report *r))
{
    struct report r = {.w = w, .text = verdict->scratch, .verdict = verdict, .unshown = verdict->faults->dropped};
    bool ok = true;
    begin(w, subject, verdict);
    if (!verdict->valid) {
        r.pointer = jsonl_writer_new(-1);
        jsonl_key(w, "keywordLocation");
        jsonl_cstring(w, "");
        jsonl_key(w, "instanceLocation");
        jsonl_cstring(w, "");
        jsonl_key(w, "errors");
        jsonl_begin_array(w);
        if (verdict->reason.text)
            reason_write(&r);
        else
            ok = r.pointer && write(&r) && !jsonl_writer_error(r.pointer);
        jsonl_writer_free(r.pointer);
        jsonl_end_array(w);
        if (r.unshown > 0) {
            jsonl_key(w, "errorsNotShown");
            jsonl_int(w, (int64_t)r.unshown);
        }
    }
    end(w);
    return ok;
}

bool flag_write(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict)
{
    begin(w, subject, verdict);
    end(w);
    return true;
}

bool basic_write(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict)
{
    return verdict_write(w, subject, verdict, list_write);
}

bool detailed_write(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict)
{
    return verdict_write(w, subject, verdict, tree_write);
}
