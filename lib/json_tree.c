/* SPDX-License-Identifier: Apache-2.0
 * Values as jansson's tree. */
#include "jsonl.h"

#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* The text of an integer, exactly; false: it does not fit. */
static bool integer_read(struct jsonl_text t, json_int_t *out)
{
    const json_int_t lowest = sizeof(json_int_t) == 8 ? (json_int_t)INT64_MIN : LONG_MIN;
    bool negative = t.s[0] == '-';
    json_int_t n = 0; /* negated: the negative side has room for one more */
    for (size_t i = negative; i < t.n; i++) {
        int digit = t.s[i] - '0';
        if (n < (lowest + digit) / 10)
            return false;
        n = n * 10 - digit;
    }
    if (!negative && n == lowest)
        return false;
    *out = negative ? n : -n;
    return true;
}

static json_t *tree_of_number(const char *text, const struct jsonl_value *v)
{
    json_int_t n;
    if ((v->flags & JSONL_INTEGER) && integer_read((struct jsonl_text){text + v->at, v->len}, &n))
        return json_integer(n);
    return json_real(v->u.num); /* NULL for infinities */
}

static json_t *tree_of_array(const char *text, const struct jsonl_value *v)
{
    json_t *array = json_array();
    const struct jsonl_value *element = v + 1;
    for (uint32_t i = 0; array && i < v->len; i++, element += element->span)
        if (json_array_append_new(array, jsonl_to_json(text, element))) {
            json_decref(array);
            array = NULL;
        }
    return array;
}

/* jansson wants the key as a string.  -1: it cannot be one, or out of memory. */
static int tree_set(json_t *object, const struct jsonl_value *key, json_t *value)
{
    char *name = memchr(key->u.str, '\0', key->len) ? NULL : malloc((size_t)key->len + 1);
    if (!name) {
        json_decref(value);
        return -1;
    }
    memcpy(name, key->u.str, key->len);
    name[key->len] = '\0';
    int failed = json_object_set_new_nocheck(object, name, value);
    free(name);
    return failed;
}

static json_t *tree_of_object(const char *text, const struct jsonl_value *v)
{
    json_t *object = json_object();
    const struct jsonl_value *key = v + 1;
    for (uint32_t i = 0; object && i < v->len; i++, key += 1 + key[1].span)
        if (tree_set(object, key, jsonl_to_json(text, key + 1))) {
            json_decref(object);
            object = NULL;
        }
    return object;
}

/* Calls itself once a level, and levels are JSONL_DEPTH_MAX at most. */
json_t *jsonl_to_json(const char *text, const struct jsonl_value *v)
{
    switch (v->type) {
    case JSONL_NULL:
        return json_null();
    case JSONL_FALSE:
        return json_false();
    case JSONL_TRUE:
        return json_true();
    case JSONL_NUMBER:
        return tree_of_number(text, v);
    case JSONL_STRING:
        return json_stringn_nocheck(v->u.str, v->len);
    case JSONL_ARRAY:
        return tree_of_array(text, v);
    case JSONL_OBJECT:
        return tree_of_object(text, v);
    default:
        return NULL;
    }
}
