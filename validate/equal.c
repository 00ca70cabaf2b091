/* SPDX-License-Identifier: Apache-2.0 */
#include "equal.h"

#include "decimal.h"
#include "hash.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Below this, a whole number's double is the number itself. */
static const double EXACT = 9007199254740992.0; /* 2^53 */

/* The double nearest to the greater of two numbers is never below that of the smaller: so only equal doubles
 * need a look at the digits. */
int number_compare(const struct jsonl_value *a, const char *a_text, const struct jsonl_value *b, const char *b_text)
{
    double x = a->u.num, y = b->u.num;
    if (x < y)
        return -1;
    if (x > y)
        return 1;
    if (a->flags & b->flags & JSONL_INTEGER && fabs(x) < EXACT)
        return 0;
    struct decimal m = decimal_of(a, a_text), n = decimal_of(b, b_text);
    return decimal_compare(&m, &n);
}

bool number_is_integer(const struct jsonl_value *v, const char *text)
{
    if (v->flags & JSONL_INTEGER)
        return true;
    struct decimal d = decimal_of(v, text);
    return decimal_is_integer(&d);
}

static bool string_equal(const struct jsonl_value *a, const struct jsonl_value *b)
{
    return a->len == b->len && (a->len == 0 || memcmp(a->u.str, b->u.str, a->len) == 0);
}

/* By length and bytes: no names are so alike that one has to be searched for among many. */
static int key_compare(const void *a, const void *b)
{
    const struct jsonl_value *x = *(const struct jsonl_value *const *)a, *y = *(const struct jsonl_value *const *)b;
    if (x->len != y->len)
        return x->len < y->len ? -1 : 1;
    return x->len ? memcmp(x->u.str, y->u.str, x->len) : 0;
}

/* Keys of an object in that order, for objects too large to search; free() it. */
static const struct jsonl_value **keys_sorted(const struct jsonl_value *object)
{
    const struct jsonl_value **keys = malloc(object->len * sizeof(const struct jsonl_value *)), *key = object + 1;
    for (uint32_t i = 0; keys && i < object->len; i++, key += 1 + key[1].span)
        keys[i] = key;
    if (keys)
        qsort(keys, object->len, sizeof *keys, key_compare);
    return keys;
}

/* The value of `key` in object b: by `sorted` if that is there, else one after the other. */
static const struct jsonl_value *member_find(const struct jsonl_value *b, const struct jsonl_value **sorted,
                                             const struct jsonl_value *key)
{
    if (sorted) {
        const struct jsonl_value **found = bsearch(&key, sorted, b->len, sizeof *sorted, key_compare);
        return found ? *found + 1 : NULL;
    }
    const struct jsonl_value *k = b + 1;
    for (uint32_t i = 0; i < b->len; i++, k += 1 + k[1].span) {
        if (string_equal(k, key))
            return k + 1;
    }
    return NULL;
}

static bool object_equal(const struct jsonl_value *a, const char *a_text, const struct jsonl_value *b,
                         const char *b_text)
{
    enum { SMALL = 16 };
    if (a->len != b->len)
        return false;
    const struct jsonl_value **sorted = b->len > SMALL ? keys_sorted(b) : NULL; /* without memory: slower, not wrong */
    const struct jsonl_value *key = a + 1;
    bool equal = true;
    for (uint32_t i = 0; equal && i < a->len; i++) {
        const struct jsonl_value *other = member_find(b, sorted, key);
        equal = other && value_equal(key + 1, a_text, other, b_text);
        key += 1 + key[1].span;
    }
    free((void *)sorted);
    return equal;
}

static bool array_equal(const struct jsonl_value *a, const char *a_text, const struct jsonl_value *b,
                        const char *b_text)
{
    if (a->len != b->len || a->span != b->span)
        return false;
    uint32_t n = a->len;
    for (a++, b++; n > 0; n--, a += a->span, b += b->span) {
        if (!value_equal(a, a_text, b, b_text))
            return false;
    }
    return true;
}

bool value_equal(const struct jsonl_value *a, const char *a_text, const struct jsonl_value *b, const char *b_text)
{
    if (a->type != b->type)
        return false;
    switch ((enum jsonl_type)a->type) {
    case JSONL_NUMBER:
        return number_compare(a, a_text, b, b_text) == 0;
    case JSONL_STRING:
        return string_equal(a, b);
    case JSONL_ARRAY:
        return array_equal(a, a_text, b, b_text);
    case JSONL_OBJECT:
        return object_equal(a, a_text, b, b_text);
    default:
        return true;
    }
}

uint64_t value_hash(const struct jsonl_value *v, const char *text)
{
    uint64_t h = hash_mix(HASH_SEED, v->type);
    const struct jsonl_value *end = v + v->span;
    switch ((enum jsonl_type)v->type) {
    case JSONL_NUMBER: {
        struct decimal d = decimal_of(v, text);
        return decimal_hash(&d);
    }
    case JSONL_STRING:
        return hash_bytes(h, v->u.str, v->len);
    case JSONL_ARRAY:
        for (v++; v < end; v += v->span)
            h = hash_mix(h, value_hash(v, text));
        return h;
    case JSONL_OBJECT: /* the sum does not depend on the order of members */
        for (v++; v < end; v += 1 + v[1].span)
            h += hash_mix(hash_bytes(HASH_SEED, v->u.str, v->len), value_hash(v + 1, text));
        return h;
    default:
        return h;
    }
}

struct element {
    uint64_t hash;
    const struct jsonl_value *v;
};

static int element_compare(const void *a, const void *b)
{
    const struct element *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->v < y->v ? -1 : x->v > y->v;
}

/* The same among elements of equal hash, in the order of the array, or `found` if that comes before.  Such elements are
 * equal, but where somebody took pains; then it gives up (*failed) before it takes too long. */
static const struct jsonl_value *group_repeated(const struct element *e, size_t n, const char *text,
                                                const struct jsonl_value *found, const struct jsonl_value **earlier,
                                                bool *failed)
{
    enum { TRIES = 1000000 };
    size_t tries = 0;
    for (size_t i = 1; i < n && (!found || e[i].v < found); i++) {
        for (size_t k = 0; k < i; k++) {
            if (value_equal(e[i].v, text, e[k].v, text)) {
                *earlier = e[k].v;
                return e[i].v;
            }
            *failed = *failed || ++tries > TRIES;
        }
        if (*failed)
            break;
    }
    return found;
}

const struct jsonl_value *array_repeated(const struct jsonl_value *array, const char *text,
                                         const struct jsonl_value **earlier, bool *failed)
{
    enum { SMALL = 64 };
    struct element small[SMALL], *e = small;
    size_t n = array->len;
    if (n > SMALL && !(e = malloc(n * sizeof *e))) {
        *failed = true;
        return NULL;
    }
    const struct jsonl_value *v = array + 1;
    for (size_t i = 0; i < n; i++, v += v->span)
        e[i] = (struct element){value_hash(v, text), v};
    if (n > 1)
        qsort(e, n, sizeof *e, element_compare);
    const struct jsonl_value *found = NULL;
    for (size_t i = 0, end; i < n && !*failed; i = end) {
        for (end = i + 1; end < n && e[end].hash == e[i].hash; end++)
            ;
        found = group_repeated(e + i, end - i, text, found, earlier, failed);
    }
    if (e != small)
        free(e);
    return *failed ? NULL : found;
}
