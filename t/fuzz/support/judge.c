/* SPDX-License-Identifier: Apache-2.0 */
#include "judge.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check_number(const char *text, const struct jsonl_value *v, const json_t *j)
{
    int len = (int)v->len;
    const char *s = text + v->at;
    if (json_is_null(j)) {
        MUST(isinf(v->u.num), "%.*s is %a", len, s, v->u.num);
    } else if (json_is_integer(j)) {
        char digits[24];
        MUST(v->flags & JSONL_INTEGER, "%.*s is not marked as an integer", len, s);
        snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT, json_integer_value(j));
        bool minus_zero = v->len == 2 && memcmp(s, "-0", 2) == 0;
        MUST(minus_zero || (strlen(digits) == v->len && memcmp(digits, s, v->len) == 0), "%.*s is %s to jansson", len,
             s, digits);
    } else {
        double real = json_real_value(j);
        MUST(json_is_real(j), "%.*s is of jansson's type %d", len, s, json_typeof(j));
        MUST(memcmp(&real, &v->u.num, sizeof real) == 0, "%.*s is %a, to jansson %a", len, s, v->u.num, real);
    }
}

/* The member of this name. */
static const json_t *member_find(const json_t *object, const struct jsonl_value *key, const char *nul)
{
    size_t step = strlen(nul), n = 0;
    char *name = fuzz_need(malloc((size_t)key->len * (step ? step : 1) + 1));
    for (uint32_t i = 0; i < key->len; i++) {
        if (key->u.str[i]) {
            name[n++] = key->u.str[i];
        } else {
            memcpy(name + n, nul, step);
            n += step;
        }
    }
    name[n] = '\0';
    const json_t *value = json_object_get(object, name);
    free(name);
    return value;
}

static void check_object(const char *text, const struct jsonl_value *v, const json_t *j, const char *nul)
{
    MUST(json_is_object(j), "jansson's type is %d", json_typeof(j));
    MUST(json_object_size(j) == v->len, "%u members, jansson has %zu", v->len, json_object_size(j));
    const struct jsonl_value *key = v + 1;
    for (uint32_t i = 0; i < v->len; i++, key += 1 + key[1].span) {
        MUST(key->type == JSONL_STRING, "a key of type %u", key->type);
        const json_t *value = member_find(j, key, nul);
        MUST(value, "jansson has no member \"%.*s\"", (int)key->len, key->u.str);
        judge_values(text, key + 1, value, nul);
    }
}

void judge_values(const char *text, const struct jsonl_value *v, const json_t *j, const char *nul)
{
    const struct jsonl_value *element = v + 1;
    switch (v->type) {
    case JSONL_NULL:
        MUST(json_is_null(j), "null is of jansson's type %d", json_typeof(j));
        break;
    case JSONL_FALSE:
        MUST(json_is_false(j), "false is of jansson's type %d", json_typeof(j));
        break;
    case JSONL_TRUE:
        MUST(json_is_true(j), "true is of jansson's type %d", json_typeof(j));
        break;
    case JSONL_NUMBER:
        check_number(text, v, j);
        break;
    case JSONL_STRING:
        MUST(json_is_string(j), "a string is of jansson's type %d", json_typeof(j));
        MUST(json_string_length(j) == v->len && memcmp(json_string_value(j), v->u.str, v->len) == 0,
             "\"%.*s\" is \"%s\" to jansson", (int)v->len, v->u.str, json_string_value(j));
        break;
    case JSONL_ARRAY:
        MUST(json_is_array(j) && json_array_size(j) == v->len, "%u elements, jansson has %zu", v->len,
             json_array_size(j));
        for (uint32_t i = 0; i < v->len; i++, element += element->span)
            judge_values(text, element, json_array_get(j, i), nul);
        break;
    case JSONL_OBJECT:
        check_object(text, v, j, nul);
        break;
    default:
        MUST(false, "type %u", v->type);
    }
}

bool has_duplicate(const struct jsonl_value *v)
{
    for (uint32_t i = 0; i < v->span; i++)
        if (v[i].type == JSONL_OBJECT && v[i].flags & JSONL_DUPLICATE)
            return true;
    return false;
}
