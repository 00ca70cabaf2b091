/* SPDX-License-Identifier: Apache-2.0
 * jsonl_writer: what it writes is what it promises.
 *
 * The input is a text; for calls of the writer each byte is one.
 * - Escaped for any target it is UTF-8, and what a reader of that target makes of it is the text, with U+FFFD for what
 *   is not UTF-8 and for the characters that the header names: JSON by jsonl_parse, HTML by taking back its references,
 *   Markdown by taking back references and backslashes, CSV by RFC 4180.
 * - JSON holds no < > & and no line separators; HTML no < > " ' but in references; Markdown is one line, each | in it
 * is escaped and no @ calls anybody; the terminal gets no control and nothing invisible or that turns the direction of
 *   writing.
 * - Calls in any order that makes sense give JSON that jsonl_parse accepts, with the values that went in.
 * - To a file goes what goes to memory. */
#include "support/fuzz.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Text ---- */

static bool is_direction(uint32_t c)
{
    return c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* What stands for a character in this target's text, once escapes are taken back. */
static uint32_t replaced(enum jsonl_target target, uint32_t c)
{
    bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
    switch (target) {
    case JSONL_TO_HTML:
        return is_direction(c) || (control && c != '\t' && c != '\n') || c == 0xfffe || c == 0xffff ? 0xfffd : c;
    case JSONL_TO_MARKDOWN:
        return is_direction(c) || (control && c >= 0x80) ? 0xfffd : control ? ' ' : c;
    case JSONL_TO_CSV:
        return is_direction(c) || c == 0 ? 0xfffd : c;
    default:
        return c;
    }
}

/* The characters of `out` are those of `in`, as the target has them; runs of U+FFFD may be of any length. */
static void check_text(enum jsonl_target target, struct jsonl_text in, struct jsonl_text out)
{
    static const char *const names[] = {"JSON", "HTML", "Markdown", "CSV", "terminal"};
    size_t i = 0, o = 0;
    while (i < in.n || o < out.n) {
        uint32_t want = 0, got = 0;
        bool in_lost = false, out_lost = false;
        while (i < in.n) { /* over a run of what is lost */
            size_t n = fuzz_utf8(in.s + i, in.n - i, &want);
            want = n ? replaced(target, want) : 0xfffd;
            if (want != 0xfffd)
                break;
            i += n ? n : 1;
            in_lost = true;
        }
        while (o < out.n) {
            size_t n = fuzz_utf8(out.s + o, out.n - o, &got);
            MUST(n, "%s: not UTF-8 at byte %zu: %.*s", names[target], o, (int)out.n, out.s);
            if (got != 0xfffd)
                break;
            o += n;
            out_lost = true;
        }
        MUST(in_lost == out_lost, "%s: U+FFFD at byte %zu of %.*s", names[target], o, (int)out.n, out.s);
        MUST((i < in.n) == (o < out.n), "%s: %.*s ends too early or late", names[target], (int)out.n, out.s);
        if (i == in.n)
            break;
        MUST(want == got, "%s: U+%04x, not U+%04x, at byte %zu of %.*s", names[target], got, want, o, (int)out.n,
             out.s);
        i += fuzz_utf8(in.s + i, in.n - i, &want);
        o += fuzz_utf8(out.s + o, out.n - o, &got);
    }
}

/* Appends a character as UTF-8. */
static void put(char *to, size_t *n, uint32_t c)
{
    if (c < 0x80) {
        to[(*n)++] = (char)c;
        return;
    }
    int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    to[(*n)++] = (char)((0xf00u >> more & 0xff) | c >> (6 * more));
    while (more--)
        to[(*n)++] = (char)(0x80 | (c >> (6 * more) & 0x3f));
}

/* Takes back character references; with `backslashes` those before ASCII punctuation, too. */
static struct jsonl_text unescape(struct jsonl_text t, bool backslashes)
{
    static const struct {
        const char *s;
        uint32_t c;
    } references[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&#39;", '\''}};
    char *to = fuzz_need(malloc(t.n + 1));
    size_t n = 0;
    for (size_t i = 0; i < t.n;) {
        size_t r = 0, refs = sizeof references / sizeof references[0];
        if (t.s[i] == '&') {
            while (r < refs && (strlen(references[r].s) > t.n - i ||
                                memcmp(t.s + i, references[r].s, strlen(references[r].s)) != 0))
                r++;
            unsigned number = 0;
            int len = 0;
            char digits[12] = "";
            memcpy(digits, t.s + i, t.n - i < 11 ? t.n - i : 11);
            if (r < refs) {
                put(to, &n, references[r].c);
                i += strlen(references[r].s);
            } else {
                MUST(sscanf(digits, "&#%u;%n", &number, &len) == 1 && len > 0, "a & at byte %zu of %.*s", i, (int)t.n,
                     t.s);
                i += (size_t)len;
                if (!backslashes || number != 0x2060 || n == 0 || to[n - 1] != '@') /* not the writer's own joiner */
                    put(to, &n, number);
            }
        } else if (backslashes && t.s[i] == '\\') {
            MUST(i + 1 < t.n && ispunct((unsigned char)t.s[i + 1]), "a backslash at byte %zu of %.*s", i, (int)t.n,
                 t.s);
            to[n++] = t.s[i + 1];
            i += 2;
        } else {
            to[n++] = t.s[i++];
        }
    }
    return (struct jsonl_text){to, n};
}

/* A field of CSV as RFC 4180 reads it, without the ' that disarms. */
static struct jsonl_text read_csv(struct jsonl_text field, struct jsonl_text in)
{
    bool quoted = field.n && field.s[0] == '"';
    char *to = fuzz_need(malloc(field.n + 1));
    size_t n = 0;
    MUST(!quoted || (field.n >= 2 && field.s[field.n - 1] == '"'), "CSV: %.*s", (int)field.n, field.s);
    for (size_t i = quoted; i < field.n - quoted; i++) {
        MUST(quoted || !strchr(",\"\r\n", field.s[i]) || !field.s[i], "CSV without quotes: %.*s", (int)field.n,
             field.s);
        if (field.s[i] == '"')
            MUST(++i < field.n - 1 && field.s[i] == '"', "CSV: %.*s", (int)field.n, field.s);
        to[n++] = field.s[i];
    }
    bool formula = in.n && memchr("=+-@\t\r\n", in.s[0], 7);
    for (const char *wide = "＝＋－＠"; *wide && in.n >= 3; wide += 3)
        formula |= memcmp(in.s, wide, 3) == 0;
    if (formula) {
        MUST(n && to[0] == '\'', "CSV: a formula: %.*s", (int)field.n, field.s);
        memmove(to, to + 1, --n);
    }
    return (struct jsonl_text){to, n};
}

/* Each | of a Markdown cell follows an odd number of backslashes, nothing ends the line, and no @ calls anybody. */
static void check_cell(struct jsonl_text t)
{
    size_t backslashes = 0;
    for (size_t i = 0; i < t.n; i++) {
        MUST(t.s[i] != '\n' && t.s[i] != '\r', "Markdown: a line end at byte %zu", i);
        MUST(t.s[i] != '|' || backslashes % 2 == 1, "Markdown: a | at byte %zu of %.*s", i, (int)t.n, t.s);
        MUST(t.s[i] != '@' || i + 1 == t.n || !isalnum((unsigned char)t.s[i + 1]) ||
                 (i > 0 && isalnum((unsigned char)t.s[i - 1])),
             "Markdown: an @ at byte %zu of %.*s", i, (int)t.n, t.s);
        backslashes = t.s[i] == '\\' ? backslashes + 1 : 0;
    }
}

static void check_terminal(struct jsonl_text t)
{
    for (size_t i = 0; i < t.n;) {
        uint32_t c;
        size_t n = fuzz_utf8(t.s + i, t.n - i, &c);
        MUST(n, "terminal: not UTF-8 at byte %zu", i);
        MUST(c >= 0x20 && (c < 0x7f || c >= 0xa0) && !is_direction(c), "terminal: U+%04x", c);
        MUST(c != 0x200b && c != 0xfeff && c != 0xad && (c < 0x2060 || c > 0x206f), "terminal: U+%04x is invisible", c);
        i += n;
    }
}

static void check_json(struct jsonl_text in, struct jsonl_text out)
{
    static struct jsonl_parser *p;
    struct jsonl_error err;
    p = p ? p : fuzz_need(jsonl_parser_new());
    for (size_t i = 0; i < out.n; i++)
        MUST((unsigned char)out.s[i] >= 0x20 && !strchr("<>&\x7f", out.s[i]), "JSON: \\x%02x", (unsigned char)out.s[i]);
    MUST(!memmem(out.s, out.n, "\xe2\x80\xa8", 3) && !memmem(out.s, out.n, "\xe2\x80\xa9", 3),
         "JSON: a line separator");
    char *text = fuzz_need(malloc(out.n + 2));
    text[0] = text[out.n + 1] = '"';
    memcpy(text + 1, out.s, out.n);
    const struct jsonl_value *v = jsonl_parse(p, text, out.n + 2, &err);
    MUST(v, "JSON: %s: %.*s", err.message, (int)out.n, out.s);
    check_text(JSONL_TO_JSON, in, jsonl_text(v));
    free(text);
}

static void check_target(struct jsonl_writer *w, enum jsonl_target target, struct jsonl_text in)
{
    jsonl_writer_clear(w);
    jsonl_write_escaped(w, target, in);
    struct jsonl_text out = jsonl_writer_text(w), plain = {NULL, 0};
    MUST(out.s[out.n] == '\0', "no NUL behind the text");
    switch (target) {
    case JSONL_TO_JSON:
        check_json(in, out);
        break;
    case JSONL_TO_HTML:
        for (size_t i = 0; i < out.n; i++)
            MUST(!strchr("<>\"'", out.s[i]) || !out.s[i], "HTML: %c at byte %zu of %.*s", out.s[i], i, (int)out.n,
                 out.s);
        plain = unescape(out, false);
        check_text(target, in, plain);
        break;
    case JSONL_TO_MARKDOWN:
        check_cell(out);
        plain = unescape(out, true);
        check_text(target, in, plain);
        break;
    case JSONL_TO_CSV:
        plain = read_csv(out, in);
        check_text(target, in, plain);
        break;
    case JSONL_TO_TERMINAL:
        check_terminal(out);
        break;
    }
    free((char *)plain.s);
}

/* ---- JSON ---- */

enum { LEAVES_MAX = 4096, DEPTH_MAX = 24 };

/* What went in, in order. */
struct leaf {
    enum jsonl_type type;
    double number;
    struct jsonl_text text;
};

/* Each byte is a call; its high bits choose. */
static size_t write_calls(struct jsonl_writer *w, struct jsonl_text calls, struct leaf *leaves)
{
    char open[DEPTH_MAX];
    size_t depth = 0, n = 0;
    unsigned keys = 0;
    jsonl_begin_array(w);
    open[depth++] = ']';
    for (size_t i = 0; i < calls.n && n + 2 < LEAVES_MAX; i++) {
        unsigned call = (unsigned char)calls.s[i] >> 5, more = calls.s[i] & 0x1f;
        if (call == 0 && depth > 1) {
            if (open[--depth] == '}')
                jsonl_end_object(w);
            else
                jsonl_end_array(w);
            continue;
        }
        if (open[depth - 1] == '}') {
            char key[16];
            snprintf(key, sizeof key, "k%u", keys++);
            jsonl_key(w, key);
            leaves[n++] = (struct leaf){.type = JSONL_STRING, .text = {NULL, 0}};
        }
        struct leaf *leaf = &leaves[n++];
        *leaf = (struct leaf){.type = JSONL_NULL};
        struct jsonl_text rest = {calls.s + i + 1, calls.n - i - 1 < more ? calls.n - i - 1 : more};
        switch (call) {
        case 1:
            leaf->type = more & 1 ? JSONL_TRUE : JSONL_FALSE;
            jsonl_bool(w, more & 1);
            break;
        case 2:
            leaf->type = JSONL_STRING;
            leaf->text = rest;
            jsonl_string(w, rest);
            break;
        case 3:
            leaf->type = JSONL_NUMBER;
            leaf->number = more / 8.0;
            jsonl_real(w, leaf->number, more & 1 ? JSONL_SHORTEST : 3);
            break;
        case 4: {
            int64_t number = 0;
            memcpy(&number, rest.s, rest.n < sizeof number ? rest.n : sizeof number);
            leaf->type = JSONL_NUMBER;
            leaf->number = (double)number;
            jsonl_int(w, number);
            break;
        }
        case 5:
            leaf->type = JSONL_ARRAY;
            jsonl_raw(w, (struct jsonl_text){"[]", 2});
            break;
        case 6:
        case 7:
            if (depth == DEPTH_MAX) {
                jsonl_cstring(w, NULL);
                break;
            }
            leaf->type = call == 6 ? JSONL_ARRAY : JSONL_OBJECT;
            open[depth++] = call == 6 ? ']' : '}';
            if (call == 6)
                jsonl_begin_array(w);
            else
                jsonl_begin_object(w);
            break;
        default:
            jsonl_cstring(w, NULL);
        }
    }
    while (depth--) {
        if (open[depth] == '}')
            jsonl_end_object(w);
        else
            jsonl_end_array(w);
    }
    jsonl_end_line(w);
    return n;
}

static void check_calls(struct jsonl_writer *w, struct jsonl_text calls)
{
    static struct jsonl_parser *p;
    static struct leaf leaves[LEAVES_MAX];
    struct jsonl_error err;
    p = p ? p : fuzz_need(jsonl_parser_new());
    jsonl_writer_clear(w);
    size_t n = write_calls(w, calls, leaves);
    struct jsonl_text text = jsonl_writer_text(w);
    const struct jsonl_value *v = jsonl_parse(p, text.s, text.n, &err);
    MUST(v, "%s: %s", err.message, text.s);
    MUST(v->span == n + 1 && text.s[text.n - 1] == '\n', "%zu values, %u came back: %s", n + 1, v->span, text.s);
    for (size_t i = 0; i < n; i++) {
        const struct jsonl_value *got = &v[i + 1];
        MUST(got->type == leaves[i].type, "value %zu is of type %u, not %u: %s", i, got->type, leaves[i].type, text.s);
        if (got->type == JSONL_NUMBER)
            MUST(got->u.num == leaves[i].number, "value %zu is %a, not %a", i, got->u.num, leaves[i].number);
        if (got->type == JSONL_STRING && leaves[i].text.s)
            check_text(JSONL_TO_JSON, leaves[i].text, jsonl_text(got));
    }
}

/* The text, in all ways and pieces, to a file and to memory. */
static void check_file(struct jsonl_writer *w, struct jsonl_text t)
{
    int fd = fuzz_file("", 0);
    struct jsonl_writer *f = fuzz_need(jsonl_writer_new(fd));
    jsonl_writer_clear(w);
    for (size_t i = 0; i < t.n; i += 1 + i / 2) {
        size_t n = t.n - i < 1 + i / 2 ? t.n - i : 1 + i / 2;
        size_t times = i % 7 == 3 ? 1 + (unsigned char)t.s[i] : 1;
        for (size_t k = 0; k < times; k++) {
            jsonl_write(w, t.s + i, n);
            jsonl_write(f, t.s + i, n);
        }
        if (i % 5 == 4)
            MUST(jsonl_writer_flush(f) == 0, "%s", strerror(jsonl_writer_error(f)));
        jsonl_printf(w, "%zu:%.*s", i, (int)n, "0123456789");
        jsonl_printf(f, "%zu:%.*s", i, (int)n, "0123456789");
    }
    MUST(jsonl_writer_flush(f) == 0 && jsonl_writer_error(f) == 0, "%s", strerror(jsonl_writer_error(f)));
    struct jsonl_text memory = jsonl_writer_text(w);
    char *file = fuzz_need(malloc(memory.n + 1));
    ssize_t got = pread(fd, file, memory.n + 1, 0);
    MUST(got == (ssize_t)memory.n && memcmp(file, memory.s, memory.n) == 0, "%zu bytes to memory, %zd to a file",
         memory.n, got);
    free(file);
    jsonl_writer_free(f);
    close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_copy(data, size);
    struct jsonl_text t = {text, size};
    struct jsonl_writer *w = fuzz_need(jsonl_writer_new(-1));
    for (enum jsonl_target target = JSONL_TO_JSON; target <= JSONL_TO_TERMINAL; target++)
        check_target(w, target, t);
    check_calls(w, t);
    check_file(w, t);
    jsonl_writer_free(w);
    free(text);
    return 0;
}
