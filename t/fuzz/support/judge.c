/* SPDX-License-Identifier: Apache-2.0 */
#include "judge.h"

#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Ends the process unless the values are the same: types, bytes of strings, members in any order, integers by their
 * text, other numbers bit for bit.  What jansson cannot hold stands in its tree like this: a number beyond the range of
 * double as null, a NUL in a key as the character `nul` (UTF-8, at most 4 bytes). */
static void judge_values(const char *text, const struct jsonl_value *v, const json_t *j, const char *nul);

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

static void judge_values(const char *text, const struct jsonl_value *v, const json_t *j, const char *nul)
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

/* Some object in the subtree had a member twice. */
static bool has_duplicate(const struct jsonl_value *v)
{
    for (uint32_t i = 0; i < v->span; i++)
        if (v[i].type == JSONL_OBJECT && v[i].flags & JSONL_DUPLICATE)
            return true;
    return false;
}

/* ---- Whole texts ---- */

enum { JANSSON = JSON_DECODE_ANY | JSON_ALLOW_NUL };

/* A character of the private use area that no string of the text holds. */
static void find_unused(const struct jsonl_value *v, char nul[5])
{
    for (unsigned c = 0xe000;; c++) {
        bool used = false;
        snprintf(nul, 5, "%c%c%c", (int)(0xe0 | c >> 12), (int)(0x80 | (c >> 6 & 0x3f)), (int)(0x80 | (c & 0x3f)));
        for (uint32_t i = 0; i < v->span && !used; i++)
            used = v[i].type == JSONL_STRING && memmem(v[i].u.str, v[i].len, nul, 3);
        if (!used)
            return;
    }
}

/* What jansson is asked again with in place of a number that it cannot hold; NULL: it can. */
static const char *number_stand_in(const char *number, size_t n, char *to)
{
    memcpy(to, number, n);
    to[n] = '\0';
    errno = 0;
    if (isinf(strtod(to, NULL)))
        return "null";
    errno = 0;
    if (strpbrk(to, ".eE") || (strtoll(to, NULL, 10), errno != ERANGE))
        return NULL;
    return strcat(to, ".0");
}

/* The text with stand-ins for differences 1 and 2; NULL: there are none.  free() it. */
static char *text_for_jansson(const char *text, size_t n, const char *nul, size_t *len)
{
    char *to = fuzz_need(malloc(6 * n + 8)), *number = fuzz_need(malloc(n + 3));
    size_t at = 0, out = 0;
    bool changed = false;
    while (at < n) {
        size_t end = strchr(" \t\r\n,:[]{}", text[at]) ? at + 1 : fuzz_value_end(text, n, at);
        size_t after = end + strspn(text + end, " \t\r\n");
        if (text[at] == '"' && after < n && text[after] == ':') {
            for (; at < end; at++) {
                if (text[at] != '\\') {
                    to[out++] = text[at];
                } else if (end - at > 6 && memcmp(text + at, "\\u0000", 6) == 0) {
                    out += (size_t)sprintf(to + out, "%s", nul);
                    at += 5;
                    changed = true;
                } else {
                    to[out++] = text[at++];
                    to[out++] = text[at];
                }
            }
            continue;
        }
        const char *stand_in = NULL;
        if (text[at] == '-' || (text[at] >= '0' && text[at] <= '9'))
            stand_in = number_stand_in(text + at, end - at, number);
        size_t step = stand_in ? strlen(stand_in) : end - at;
        memcpy(to + out, stand_in ? stand_in : text + at, step);
        out += step;
        changed |= stand_in != NULL;
        at = end;
    }
    free(number);
    *len = out;
    if (changed)
        return to;
    free(to);
    return NULL;
}

void judge_accepted(const char *text, size_t n, const struct jsonl_value *v)
{
    json_error_t error;
    char nul[5] = "", *other = NULL;
    const char *asked = text;
    size_t len = n;
    json_t *j = json_loadb(text, n, JANSSON, &error);
    if (!j) {
        enum json_error_code code = json_error_code(&error);
        MUST(code == json_error_numeric_overflow || code == json_error_null_byte_in_key, "jansson: %s", error.text);
        char *string = fuzz_need(malloc(n + 1)); /* ends in NUL, so that scanning stops */
        memcpy(string, text, n);
        string[n] = '\0';
        find_unused(v, nul);
        asked = other = text_for_jansson(string, n, nul, &len);
        free(string);
        MUST(other, "jansson: %s", error.text);
        j = json_loadb(other, len, JANSSON, &error);
        MUST(j, "jansson: %s", error.text);
    }
    judge_values(text, v, j, nul);
    json_decref(j);
    j = json_loadb(asked, len, JANSSON | JSON_REJECT_DUPLICATES, &error);
    MUST(!j == has_duplicate(v), "duplicates: jansson %s, here %s", j ? "none" : error.text,
         has_duplicate(v) ? "some" : "none");
    json_decref(j);
    free(other);
}

/* Brackets that are open at `at`. */
static size_t depth_at(const char *text, size_t at)
{
    size_t depth = 0;
    for (size_t i = 0; i < at; i++) {
        if (text[i] == '"')
            i = fuzz_value_end(text, at, i) - 1;
        else if (text[i] == '[' || text[i] == '{')
            depth++;
        else if (text[i] == ']' || text[i] == '}')
            depth--;
    }
    return depth;
}

static size_t error_place(const struct jsonl_error *err, const char *text)
{
    const char *line = text;
    for (size_t i = 1; i < err->line; i++)
        line = strchr(line, '\n') + 1; /* the place is checked: it is there */
    return (size_t)(line - text) + err->byte - 1;
}

void judge_refused(const char *text, size_t n, const struct jsonl_error *err)
{
    json_error_t error;
    if (strstr(err->message, "too deep")) {
        char *string = fuzz_need(malloc(n + 1));
        memcpy(string, text, n);
        string[n] = '\0';
        size_t at = error_place(err, string), depth = depth_at(string, at);
        MUST(depth == JSONL_DEPTH_MAX && at < n && (text[at] == '[' || text[at] == '{'), "it is %zu deep at %zu", depth,
             at);
        free(string);
        return;
    }
    json_t *j = json_loadb(text, n, JANSSON, &error);
    if (!j)
        return;
    bool changed = false;
    char *blanks = fuzz_copy(text, n);
    for (size_t i = 1; i < n; i++) {
        char before = blanks[i - 1];
        if (text[i] == '\0' && ((before >= '0' && before <= '9') || (before >= 'a' && before <= 'z'))) {
            blanks[i] = ' ';
            changed = true;
        }
    }
    MUST(changed, "jansson accepts it, here: %s, line %zu, byte %zu", err->message, err->line, err->byte);
    json_t *same = json_loadb(blanks, n, JANSSON, &error);
    MUST(json_equal(j, same), "jansson takes NUL for something else than a blank");
    json_decref(same);
    json_decref(j);
    struct jsonl_parser *p = fuzz_need(jsonl_parser_new());
    struct jsonl_error again;
    const struct jsonl_value *v = jsonl_parse(p, blanks, n, &again);
    if (v)
        judge_accepted(blanks, n, v);
    else
        judge_refused(blanks, n, &again); /* it holds no such NUL any more */
    jsonl_parser_free(p);
    free(blanks);
}
