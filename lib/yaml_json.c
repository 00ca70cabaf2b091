/* SPDX-License-Identifier: Apache-2.0
 * libyaml's events become JSON as they come: no tree of nodes is built, and an alias copies the JSON that its
 * anchor has left behind.  So cycles cannot be, and what aliases may add is counted before it is added. */
#include "yaml_json.h"
#include "clip.h"
#include "no_memory.h"
#include "writer.h"
#include "yaml_anchors.h"
#include "yaml_keys.h"
#include "yaml_scalar.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { DIRECTIVES_MAX = 64 };

/* A sequence or mapping that is open. */
struct frame {
    bool mapping;
    bool key;        /* mapping: a key comes next, not a value */
    bool more;       /* it has an element or member already */
    unsigned height; /* of its highest child */
    ptrdiff_t anchor;
    size_t keys; /* where its keys begin in the list of keys */
};

struct converter {
    yaml_parser_t parser;
    struct jsonl_writer *out;
    struct yaml_places *places;
    struct jsonl_error *err;
    struct yaml_anchors anchors;
    struct yaml_keys keys; /* of all mappings that are open */
    size_t aliased;        /* values and keys that aliases have added */
    unsigned depth;
    struct frame frames[JSONL_DEPTH_MAX];
};

static bool fail_at(struct converter *c, size_t line, size_t column)
{
    if (c->err) {
        c->err->line = line;
        c->err->column = column;
    }
    return false;
}

static bool fail(struct converter *c, const yaml_mark_t *mark, const char *message)
{
    jsonl_error_set(c->err, "%s", message);
    return fail_at(c, mark->line + 1, mark->column + 1);
}

static bool no_memory(struct converter *c)
{
    return error_no_memory(c->err);
}

/* libyaml's own words, and where they apply. */
static bool fail_parse(struct converter *c)
{
    const yaml_parser_t *p = &c->parser;
    if (p->error == YAML_MEMORY_ERROR)
        return no_memory(c);
    const char *problem = p->problem ? p->problem : "not YAML";
    if (p->error == YAML_READER_ERROR) {
        jsonl_error_set(c->err, "%s", problem);
        if (c->err)
            c->err->byte = p->problem_offset + 1;
        return false;
    }
    if (p->context)
        jsonl_error_set(c->err, "%s %s that begins in line %zu", problem, p->context, p->context_mark.line + 1);
    else
        jsonl_error_set(c->err, "%s", problem);
    return fail_at(c, p->problem_mark.line + 1, p->problem_mark.column + 1);
}

static bool place_add(struct converter *c, size_t line, size_t column)
{
    return yaml_places_add(c->places, c->out->len, line, column) || no_memory(c);
}

static struct frame *frame_top(struct converter *c)
{
    return c->depth ? &c->frames[c->depth - 1] : NULL;
}

static bool is_key(struct converter *c)
{
    return c->depth && frame_top(c)->mapping && frame_top(c)->key;
}

/* The comma or colon before a node. */
static void node_separate(struct converter *c)
{
    struct frame *f = frame_top(c);
    if (!f)
        return;
    if (f->mapping && !f->key)
        jsonl_write(c->out, ":", 1);
    else if (f->more)
        jsonl_write(c->out, ",", 1);
    f->more = true;
}

/* After a node of this height; for a key its place is the last one. */
static bool node_end(struct converter *c, unsigned height)
{
    struct frame *f = frame_top(c);
    if (!f)
        return true;
    if (f->height < height)
        f->height = height;
    if (!f->mapping)
        return true;
    f->key = !f->key;
    return f->key || yaml_keys_add(&c->keys, c->places->len - 1) || no_memory(c);
}

/* Notes a node's anchor, if it has one, and its place.  The index of the anchor, or -1. */
static bool node_begin(struct converter *c, const yaml_char_t *anchor, const yaml_mark_t *mark, ptrdiff_t *index)
{
    node_separate(c);
    *index = -1;
    if (anchor) {
        *index = yaml_anchors_add(&c->anchors, (struct jsonl_text){(const char *)anchor, strlen((const char *)anchor)});
        if (*index < 0)
            return no_memory(c);
        c->anchors.list[*index].from = c->out->len;
        c->anchors.list[*index].place = c->places->len;
    }
    return place_add(c, mark->line + 1, mark->column + 1);
}

static void anchor_close(struct converter *c, ptrdiff_t index, unsigned height)
{
    if (index < 0)
        return;
    struct yaml_anchor *anchor = &c->anchors.list[index];
    anchor->to = c->out->len;
    anchor->places = c->places->len - anchor->place;
    anchor->height = height;
    anchor->closed = true;
}

static bool on_scalar(struct converter *c, const yaml_event_t *e)
{
    struct jsonl_text value = {(const char *)e->data.scalar.value, e->data.scalar.length};
    bool plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE, key = is_key(c);
    ptrdiff_t anchor;
    if (key && plain && jsonl_text_is(value, "<<")) /* whoever writes it takes it for a merge, as before 1.2 */
        return fail(c, &e->start_mark, "'<<' merges nothing in YAML 1.2; as a key like any other it has quotes");
    if (!node_begin(c, e->data.scalar.anchor, &e->start_mark, &anchor))
        return false;
    /* JSON's keys are strings, so 1: and true: are keys as they are written, also for their aliases. */
    if (!yaml_scalar(c->out, key ? NULL : (const char *)e->data.scalar.tag, plain && !key, value, c->err))
        return fail_at(c, e->start_mark.line + 1, e->start_mark.column + 1);
    anchor_close(c, anchor, 0);
    return node_end(c, 0);
}

static bool on_alias(struct converter *c, const yaml_event_t *e)
{
    const char *name = (const char *)e->data.alias.anchor;
    const struct yaml_anchor *a = yaml_anchors_find(&c->anchors, (struct jsonl_text){name, strlen(name)});
    if (!a)
        return fail(c, &e->start_mark, "the alias names no anchor before it");
    if (!a->closed)
        return fail(c, &e->start_mark, "the alias stands inside what it names");
    if (c->depth + a->height > JSONL_DEPTH_MAX)
        return fail(c, &e->start_mark, "nested too deep: more than 512 arrays and objects inside one another");
    c->aliased += a->places;
    if (c->aliased > YAML_ALIASED_MAX)
        return fail(c, &e->start_mark, "aliases add more than a million values");
    size_t len = a->to - a->from;
    if (len > JSONL_DOCUMENT_MAX - c->out->len)
        return fail(c, &e->start_mark, "the document is too large with its aliases written out");
    node_separate(c);
    if (is_key(c) && c->out->data[a->from] != '"')
        return fail(c, &e->start_mark, "the alias stands for a key, but does not name a string");
    size_t at = c->out->len;
    if (!place_add(c, e->start_mark.line + 1, e->start_mark.column + 1))
        return false;
    for (size_t i = 1; i < a->places; i++) { /* what is inside stands where it was written; `list` may move */
        struct yaml_place p = c->places->list[a->place + i];
        if (!yaml_places_add(c->places, p.at - a->from + at, p.line, p.column))
            return no_memory(c);
    }
    if (!writer_reserve(c->out, len))
        return no_memory(c);
    memcpy(c->out->data + at, c->out->data + a->from, len);
    c->out->len += len;
    return node_end(c, a->height);
}

static bool on_begin(struct converter *c, const yaml_event_t *e)
{
    bool mapping = e->type == YAML_MAPPING_START_EVENT;
    const char *tag = (const char *)(mapping ? e->data.mapping_start.tag : e->data.sequence_start.tag);
    ptrdiff_t anchor;
    if (is_key(c))
        return fail(c, &e->start_mark, "a key must be a scalar");
    if (c->depth == JSONL_DEPTH_MAX)
        return fail(c, &e->start_mark, "nested too deep: more than 512 arrays and objects inside one another");
    if (tag && strcmp(tag, "!") != 0 && strcmp(tag, mapping ? YAML_MAP_TAG : YAML_SEQ_TAG) != 0) {
        jsonl_error_set(c->err, "the tag '%.*s' is not known here", clip((struct jsonl_text){tag, strlen(tag)}, 80),
                        tag);
        return fail_at(c, e->start_mark.line + 1, e->start_mark.column + 1);
    }
    if (!node_begin(c, mapping ? e->data.mapping_start.anchor : e->data.sequence_start.anchor, &e->start_mark, &anchor))
        return false;
    jsonl_write(c->out, mapping ? "{" : "[", 1);
    c->frames[c->depth++] = (struct frame){.mapping = mapping, .key = mapping, .anchor = anchor, .keys = c->keys.len};
    return true;
}

/* Refuses a mapping of which a key comes twice, at the second one. */
static bool keys_check(struct converter *c, const struct frame *f)
{
    struct jsonl_text text;
    const struct yaml_place *twice = yaml_keys_close(&c->keys, f->keys, c->out->data, c->places, &text);
    if (!twice)
        return true;
    jsonl_error_set(c->err, "the key '%.*s' is there already", clip(text, 80), text.s);
    return fail_at(c, twice->line, twice->column);
}

static bool on_end(struct converter *c, const yaml_event_t *e)
{
    const struct frame *f = &c->frames[c->depth - 1];
    (void)e;
    if (f->mapping && !keys_check(c, f))
        return false;
    jsonl_write(c->out, f->mapping ? "}" : "]", 1);
    c->depth--;
    anchor_close(c, f->anchor, f->height + 1);
    return node_end(c, f->height + 1);
}

static bool (*const on_event[])(struct converter *c, const yaml_event_t *e) = {
    [YAML_ALIAS_EVENT] = on_alias,      [YAML_SCALAR_EVENT] = on_scalar,       [YAML_SEQUENCE_START_EVENT] = on_begin,
    [YAML_SEQUENCE_END_EVENT] = on_end, [YAML_MAPPING_START_EVENT] = on_begin, [YAML_MAPPING_END_EVENT] = on_end,
};

/* One event; *documents counts those that have begun. */
static bool convert_event(struct converter *c, const yaml_event_t *e, unsigned *documents)
{
    if (e->type == YAML_DOCUMENT_START_EVENT && ++*documents > 1)
        return fail(c, &e->start_mark, "a second document begins here; only one is wanted");
    if ((size_t)e->type >= sizeof on_event / sizeof on_event[0] || !on_event[e->type])
        return true;
    if (!on_event[e->type](c, e))
        return false;
    if (jsonl_writer_error(c->out))
        return no_memory(c);
    if (c->out->len > JSONL_DOCUMENT_MAX)
        return fail(c, &e->start_mark, "the document is too large");
    return true;
}

static bool convert(struct converter *c)
{
    unsigned documents = 0;
    for (bool more = true; more;) {
        yaml_event_t e;
        if (!yaml_parser_parse(&c->parser, &e))
            return fail_parse(c);
        more = e.type != YAML_STREAM_END_EVENT;
        bool fine = convert_event(c, &e, &documents);
        yaml_event_delete(&e);
        if (!fine)
            return false;
    }
    if (documents == 0) {
        jsonl_puts(c->out, "null");
        return yaml_places_add(c->places, 0, 1, 1) || no_memory(c);
    }
    return true;
}

/* Whether a line starts at p, by any of the line ends that libyaml knows. */
static bool starts_line(struct jsonl_text t, const char *p)
{
    static const char *const ends[] = {"\n", "\r", "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t n = strlen(ends[i]);
        if ((size_t)(p - t.s) >= n && memcmp(p - n, ends[i], n) == 0)
            return true;
    }
    return p == t.s;
}

/* libyaml compares each %TAG directive with all before it, which a file of them would turn into hours. */
static bool check_directives(struct jsonl_text yaml, struct jsonl_error *err)
{
    const char *end = yaml.s + yaml.n, *p = yaml.s;
    unsigned directives = 0;
    while (p < end && (p = memchr(p, '%', (size_t)(end - p)))) {
        if (end - p >= 4 && memcmp(p, "%TAG", 4) == 0 && starts_line(yaml, p) && ++directives > DIRECTIVES_MAX) {
            jsonl_error_set(err, "more than %d %%TAG directives", DIRECTIVES_MAX);
            if (err)
                err->byte = (size_t)(p - yaml.s) + 1;
            return false;
        }
        p++;
    }
    return true;
}

bool yaml_to_json(struct jsonl_text yaml, struct jsonl_writer *out, struct yaml_places *places, struct jsonl_error *err)
{
    if (!check_directives(yaml, err))
        return false;
    struct converter *c = calloc(1, sizeof *c);
    if (!c || !yaml_parser_initialize(&c->parser)) {
        error_no_memory(err);
        free(c);
        return false;
    }
    c->out = out;
    c->places = places;
    c->err = err;
    yaml_parser_set_encoding(&c->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&c->parser, (const unsigned char *)yaml.s, yaml.n);
    bool fine = convert(c);
    yaml_parser_delete(&c->parser);
    yaml_anchors_free(&c->anchors);
    free(c->keys.list);
    free(c);
    return fine;
}
