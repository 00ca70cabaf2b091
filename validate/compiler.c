/* SPDX-License-Identifier: Apache-2.0 */
#include "compiler.h"

#include "equal.h"
#include "grow.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

bool compile_error(struct compiler *c, const struct schema *s, const struct jsonl_value *v, const char *format, ...)
{
    char message[sizeof c->complaint->error.message];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return complain(c->complaint, s ? s->resource->document : NULL, v, "%s", message);
}

void *compile_no_memory(struct compiler *c)
{
    return complain_no_memory(c->complaint);
}

void *compile_take(struct compiler *c, size_t n)
{
    void *p = jsonl_arena_alloc(&c->program->arena, n, 1);
    return p ? p : compile_no_memory(c);
}

struct pattern *compile_pattern(struct compiler *c, struct schema *s, const struct jsonl_value *regex)
{
    struct jsonl_error error = {0};
    struct owned_pattern *o = compile_take(c, sizeof *o);
    if (!o)
        return NULL;
    *o = (struct owned_pattern){c->program->patterns, pattern_new(jsonl_text(regex), &error)};
    c->program->patterns = o;
    if (!o->pattern)
        compile_error(c, s, regex, "%s", error.message);
    return o->pattern;
}

const char *compile_string(struct compiler *c, const struct jsonl_value *v)
{
    const char *s = jsonl_arena_copy(&c->program->arena, v->u.str, v->len);
    return s ? s : compile_no_memory(c);
}

struct instruction *compile_emit(struct compiler *c, struct schema *s, const struct jsonl_value *key, unsigned types,
                                 const struct operation *op)
{
    struct emitted *e = compile_take(c, sizeof *e);
    if (!e)
        return NULL;
    *e = (struct emitted){.types = types, .in = {.op = op, .owner = s, .key = key}};
    *c->emitted_end = e;
    c->emitted_end = &e->next;
    return &e->in;
}

bool compile_expect(struct compiler *c, struct schema *s, const struct jsonl_value *key, enum jsonl_type type)
{
    static const char *const names[] = {"null",     "true or false", "true or false", "a number",
                                        "a string", "an array",      "an object"};
    if (key[1].type == type || (type == JSONL_TRUE && key[1].type == JSONL_FALSE))
        return true;
    return compile_error(c, s, key + 1, "should be %s", names[type]);
}

bool compile_whole(struct compiler *c, struct schema *s, const struct jsonl_value *key, uint64_t *n)
{
    const struct jsonl_value *v = key + 1;
    if (v->type != JSONL_NUMBER || v->u.num < 0 || !number_is_integer(v, schema_text(s)))
        return compile_error(c, s, v, "should be a whole number, at least 0");
    *n = v->u.num < 0x1p64 ? (uint64_t)v->u.num : UINT64_MAX;
    return true;
}

/* ---- Schemas by the address of their values ---- */

static size_t slot_of(const struct compiler *c, const struct jsonl_value *v)
{
    size_t i = (uintptr_t)v / sizeof *v * 0x9e3779b1u;
    for (i &= c->known_size - 1; c->known[i] && c->known[i]->value != v; i = (i + 1) & (c->known_size - 1))
        ;
    return i;
}

static bool known_grow(struct compiler *c)
{
    struct schema **old = c->known;
    size_t old_size = c->known_size;
    c->known_size = old_size ? 2 * old_size : 256;
    c->known = calloc(c->known_size, sizeof *c->known);
    if (!c->known) {
        c->known = old;
        c->known_size = old_size;
        return compile_no_memory(c);
    }
    for (size_t i = 0; i < old_size; i++) {
        if (old[i])
            c->known[slot_of(c, old[i]->value)] = old[i];
    }
    free(old);
    return true;
}

static bool queue_add(struct compiler *c, struct schema *s)
{
    if (!GROW(c->queue, c->queue_n + 1, c->queue_size))
        return compile_no_memory(c);
    c->queue[c->queue_n++] = s;
    return true;
}

/* Draft 4 has boolean schemas in two places only. */
static bool boolean_allowed(const struct resource *r, const struct jsonl_value *v)
{
    return r->dialect.draft > DRAFT_4 || (v > r->root && (jsonl_text_is(jsonl_text(v - 1), "additionalProperties") ||
                                                          jsonl_text_is(jsonl_text(v - 1), "additionalItems")));
}

struct schema *compile_value(struct compiler *c, const struct resource *r, const struct jsonl_value *v)
{
    if (2 * c->known_n >= c->known_size && !known_grow(c))
        return NULL;
    size_t slot = slot_of(c, v);
    if (c->known[slot])
        return c->known[slot];
    struct schema *s = compile_take(c, sizeof *s);
    if (!s)
        return NULL;
    *s = (struct schema){.resource = r, .value = v, .types = SCHEMA_ANY};
    glance_init(&s->glance);
    bool boolean = v->type == JSONL_TRUE || v->type == JSONL_FALSE;
    if (v->type != JSONL_OBJECT && !(boolean && boolean_allowed(r, v))) {
        compile_error(c, s, v, "a schema should be an object%s", r->dialect.draft > DRAFT_4 ? ", true or false" : "");
        return NULL;
    }
    c->known[slot] = s;
    c->known_n++;
    s->older = c->newest;
    c->newest = s;
    return queue_add(c, s) ? s : NULL;
}

struct schema *compile_schema(struct compiler *c, struct schema *s, const struct jsonl_value *v)
{
    return compile_value(c, store_owner(c->store, v, s->resource), v);
}

bool compile_list(struct compiler *c, struct schema *s, const struct jsonl_value *array, struct schema_list *list)
{
    if (array->type != JSONL_ARRAY || array->len == 0)
        return compile_error(c, s, array, "should be an array of schemas, at least one");
    *list = (struct schema_list){compile_take(c, array->len * sizeof *list->at), array->len};
    const struct jsonl_value *v = array + 1;
    for (size_t i = 0; list->at && i < list->n; i++, v += v->span) {
        list->at[i] = compile_schema(c, s, v);
        if (!list->at[i])
            return false;
    }
    return list->at;
}
