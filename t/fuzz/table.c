/* SPDX-License-Identifier: Apache-2.0
 * Simple patterns as tables, against PCRE2.
 *
 * The input is an expression, U+0000, and a text, both of which have to be UTF-8.  An expression that ECMA-262 lets
 * through and that has a table matches the text if PCRE2 finds it there, which may also give up.  So does each text
 * that is a part of this one from its start on. */
#include "../../validate/pattern_ecma.h"
#include "../../validate/pattern_table.h"
#include "support/fuzz.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

static bool is_utf8(struct jsonl_text t)
{
    uint32_t c;
    size_t n = 1;
    for (size_t i = 0; i < t.n && n > 0; i += n)
        n = fuzz_utf8(t.s + i, t.n - i, &c);
    return n > 0;
}

/* What the expression is for PCRE2; NULL: none that it can run. */
static pcre2_code *judge_new(struct jsonl_text regex)
{
    struct jsonl_writer *w = fuzz_need(jsonl_writer_new(-1));
    int error;
    PCRE2_SIZE at;
    pcre2_code *code = NULL;
    if (pattern_translate(w, regex, NULL)) {
        struct jsonl_text words = jsonl_writer_text(w);
        code = pcre2_compile((PCRE2_SPTR)words.s, words.n, PCRE2_UTF | PCRE2_DOLLAR_ENDONLY, &error, &at, NULL);
    }
    jsonl_writer_free(w);
    return code;
}

static void check_text(const struct pattern_table *t, const pcre2_code *code, struct jsonl_text text)
{
    pcre2_match_data *data = fuzz_need(pcre2_match_data_create(1, NULL));
    pcre2_match_context *limits = fuzz_need(pcre2_match_context_create(NULL));
    pcre2_set_match_limit(limits, 20000);
    for (size_t n = 0; n <= text.n; n++) {
        if (n < text.n && ((unsigned char)text.s[n] & 0xc0) == 0x80)
            continue;
        int found = pcre2_match(code, (PCRE2_SPTR)text.s, n, 0, 0, data, limits);
        if (found < 0 && found != PCRE2_ERROR_NOMATCH)
            continue;
        MUST(pattern_table_match(t, text.s, n) == (found >= 0), "PCRE2 says %d of the first %zu bytes", found, n);
    }
    pcre2_match_context_free(limits);
    pcre2_match_data_free(data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = memchr(data, 0, size);
    size_t n = end ? (size_t)(end - data) : size, rest = end ? size - n - 1 : 0;
    char *copy = fuzz_copy(data, n), *text = fuzz_copy(data + size - rest, rest);
    struct jsonl_text regex = {copy, n}, t = {text, rest};
    pcre2_code *code = is_utf8(regex) && is_utf8(t) ? judge_new(regex) : NULL;
    struct pattern_table table;
    if (code && pattern_table_make(&table, regex)) {
        check_text(&table, code, t);
        pattern_table_free(&table);
    }
    pcre2_code_free(code);
    free(copy);
    free(text);
    return 0;
}
