/* SPDX-License-Identifier: Apache-2.0
 * Records to templates. */
#include "template.h"

#include <stdlib.h>
#include <string.h>

/* What becomes of a member; those of other names are numbers and texts. */
static const struct rule {
    const char *name;
    enum piece_kind kind;
    bool optional;
} rules[] = {
    {"ts", PIECE_CLOCK, false},
    {"elapsed_s", PIECE_ELAPSED, false},
    {"timestamp", PIECE_STAMP, false},
    {"test_start_ts", PIECE_START, false},
    {"test_end_ts", PIECE_END, false},
    {"duration", PIECE_DURATION, false},
    {"outcome", PIECE_OUTCOME, false},
    {"test", PIECE_TEST, false},
    {"id", PIECE_MODEL, false},
    {"gpu_active", PIECE_FLAG, true},
    {"memory_pressure", PIECE_LEVEL, false},
    {"cpu_user", PIECE_PERCENT, false},
    {"cpu_sys", PIECE_PERCENT, false},
    {"cpu_idle", PIECE_PERCENT, true},
    {"gpu_device_util", PIECE_PERCENT, false},
    {"gpu_power_w", PIECE_NUMBER, true},
    {"gpu_temp_c", PIECE_NUMBER, true},
    {"load_15", PIECE_NUMBER, true},
    {"performance", PIECE_TEXT, true},
    {"metadata", PIECE_TEXT, true},
    {"system", PIECE_TEXT, true},
    {"model", PIECE_TEXT, true},
    {"size_gb", PIECE_TEXT, false},
    {"ram_total_gb", PIECE_TEXT, false},
    {"gpu_mem_total_gb", PIECE_TEXT, false},
    {"cores_physical", PIECE_TEXT, false},
    {"cores_logical", PIECE_TEXT, false},
};

static struct piece *pieces_add(struct pieces *p, enum piece_kind kind)
{
    if (p->n == p->room) {
        size_t room = p->room ? 2 * p->room : 1024;
        struct piece *all = realloc(p->all, room * sizeof *all);
        if (!all) {
            p->failed = true;
            return &p->nowhere;
        }
        p->all = all;
        p->room = room;
    }
    p->all[p->n] = (struct piece){.kind = kind};
    return &p->all[p->n++];
}

/* A copy of the text, as a piece of any kind. */
static void pieces_add_text(struct pieces *p, enum piece_kind kind, const char *s, size_t n)
{
    char *copy = jsonl_arena_copy(&p->texts, s, n);
    if (!copy)
        p->failed = true;
    else
        pieces_add(p, kind)->text = (struct jsonl_text){copy, n};
}

static void pieces_add_word(struct pieces *p, const char *word)
{
    pieces_add_text(p, PIECE_TEXT, word, strlen(word));
}

static const struct rule *rule_find(struct jsonl_text name)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (jsonl_text_is(name, rules[i].name))
            return &rules[i];
    return NULL;
}

static void template_value(struct pieces *p, const char *line, const struct jsonl_value *v, struct jsonl_text name);

static void template_object(struct pieces *p, const char *line, const struct jsonl_value *v, enum piece_kind last)
{
    const struct jsonl_value *key = v + 1;
    pieces_add_word(p, "{");
    for (uint32_t i = 0; i < v->len; i++, key += 1 + key[1].span) {
        const struct rule *rule = rule_find(jsonl_text(key));
        bool optional = rule && rule->optional && i > 0;
        size_t first = p->n;
        if (optional)
            pieces_add(p, PIECE_OPTIONAL);
        if (i > 0)
            pieces_add_word(p, ", ");
        pieces_add_text(p, PIECE_TEXT, line + key->at, key->len + 2);
        pieces_add_word(p, ": ");
        template_value(p, line, key + 1, jsonl_text(key));
        if (optional && !p->failed)
            p->all[first].skip = p->n - first - 1;
    }
    if (last != PIECE_TEXT)
        pieces_add(p, last);
    pieces_add_word(p, "}");
}

static void template_array(struct pieces *p, const char *line, const struct jsonl_value *v)
{
    const struct jsonl_value *item = v + 1;
    pieces_add_word(p, "[");
    for (uint32_t i = 0; i < v->len; i++, item += item->span) {
        if (i > 0)
            pieces_add_word(p, ", ");
        template_value(p, line, item, (struct jsonl_text){"", 0});
    }
    pieces_add_word(p, "]");
}

/* Strings and keys of the recording have no escapes, so their text in the line is as long as they are. */
static void template_string(struct pieces *p, const char *line, const struct jsonl_value *v, enum piece_kind kind)
{
    if (kind == PIECE_TEST || kind == PIECE_MODEL)
        pieces_add_text(p, kind, line + v->at + 1, v->len);
    else
        pieces_add_text(p, kind, line + v->at, v->len + 2);
}

/* name: of the member that it is, absent for the record itself. */
static void template_value(struct pieces *p, const char *line, const struct jsonl_value *v, struct jsonl_text name)
{
    const struct rule *rule = rule_find(name);
    enum piece_kind kind = rule ? rule->kind : PIECE_TEXT;
    struct decimal number;
    switch ((enum jsonl_type)v->type) {
    case JSONL_OBJECT:
        template_object(p, line, v, !name.s ? PIECE_MORE : jsonl_text_is(name, "metadata") ? PIECE_NOTE : PIECE_TEXT);
        break;
    case JSONL_ARRAY:
        template_array(p, line, v);
        break;
    case JSONL_STRING:
        template_string(p, line, v, kind);
        break;
    case JSONL_NUMBER:
        if ((!rule || kind != PIECE_TEXT) && decimal_read(line + v->at, v->len, &number))
            pieces_add(p, rule ? kind : PIECE_NUMBER)->number = number;
        else
            pieces_add_text(p, PIECE_TEXT, line + v->at, v->len);
        break;
    case JSONL_NULL:
        pieces_add_word(p, "null");
        break;
    case JSONL_FALSE:
    case JSONL_TRUE:
        if (kind == PIECE_FLAG)
            pieces_add(p, kind);
        else
            pieces_add_word(p, v->type == JSONL_TRUE ? "true" : "false");
        break;
    }
}

const char *pieces_read(struct pieces *p, enum jsonl_kind kind)
{
    struct jsonl_input *in = jsonl_input_open(NULL, 0);
    struct jsonl_record record;
    if (!in)
        return "out of memory";
    while (!p->failed && jsonl_input_next(in, &record)) {
        if (record.kind != kind)
            continue;
        template_value(p, record.text, record.root, (struct jsonl_text){NULL, 0});
        pieces_add(p, PIECE_LINE);
    }
    struct jsonl_input_stats stats = jsonl_input_close(in);
    if (p->failed)
        return "out of memory";
    return stats.bad || stats.truncated || stats.failed || !p->n ? "that is no recording" : NULL;
}

void pieces_free(struct pieces *p)
{
    jsonl_arena_free(&p->texts);
    free(p->all);
}
