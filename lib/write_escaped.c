/* SPDX-License-Identifier: Apache-2.0
 * Text, made safe for where it goes.  Each target is a function that is asked about the character at p: it sets
 * what stands for it and returns how many bytes that replaces, or returns 0 if the character can stay. */
#include "utf8.h"
#include "writer.h"

#include <stdio.h>
#include <string.h>

/* U+2028 and U+2029, which end a line in JavaScript: e2 80 a8, e2 80 a9. */
static bool is_line_separator(const char *p, const char *end)
{
    return end - p >= 3 && memcmp(p, "\xe2\x80", 2) == 0 && (p[2] == '\xa8' || p[2] == '\xa9');
}

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f;
}

/* C1 controls, U+0080 to U+009F: c2 80 to c2 9f.  Some terminals obey them. */
static bool is_c1_control(const char *p, const char *end)
{
    return end - p >= 2 && p[0] == '\xc2' && (unsigned char)p[1] >= 0x80 && (unsigned char)p[1] <= 0x9f;
}

/* Characters that turn the direction of what follows: U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069. */
static bool is_direction_control(const char *p, size_t sequence)
{
    if (sequence == 2)
        return memcmp(p, "\xd8\x9c", 2) == 0;
    if (sequence != 3 || p[0] != '\xe2')
        return false;
    unsigned last = (unsigned char)p[2];
    return (p[1] == '\x80' && (last == 0x8e || last == 0x8f || (last >= 0xaa && last <= 0xae))) ||
           (p[1] == '\x81' && last >= 0xa6 && last <= 0xa9);
}

/* \b \f \n \r \t by name; NULL: not one of them. */
static const char *control_name(char c)
{
    switch (c) {
    case '\b':
        return "\\b";
    case '\f':
        return "\\f";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return NULL;
    }
}

struct replacement {
    char text[12]; /* string */
};

static size_t replace(struct replacement *r, const char *text, size_t n)
{
    snprintf(r->text, sizeof r->text, "%s", text);
    return n;
}

static size_t escape_json(struct replacement *r, const char *start, const char *p, const char *end)
{
    (void)start;
    const char *name = control_name(*p);
    if (name)
        return replace(r, name, 1);
    if (*p == '"' || *p == '\\') {
        snprintf(r->text, sizeof r->text, "\\%c", *p);
        return 1;
    }
    if (is_control(*p) || *p == '<' || *p == '>' || *p == '&') {
        snprintf(r->text, sizeof r->text, "\\u%04x", (unsigned)(unsigned char)*p);
        return 1;
    }
    if (is_line_separator(p, end))
        return replace(r, p[2] == '\xa8' ? "\\u2028" : "\\u2029", 3);
    return 0;
}

/* U+FFFE and U+FFFF, ef bf be and ef bf bf, which make an XML document ill-formed, also when written as references. */
static bool is_no_xml(const char *p, const char *end)
{
    return end - p >= 3 && memcmp(p, "\xef\xbf", 2) == 0 && (unsigned char)p[2] >= 0xbe;
}

static size_t escape_html(struct replacement *r, const char *start, const char *p, const char *end)
{
    (void)start;
    if (is_no_xml(p, end))
        return replace(r, "\xef\xbf\xbd", 3);
    switch (*p) {
    case '<':
        return replace(r, "&lt;", 1);
    case '>':
        return replace(r, "&gt;", 1);
    case '&':
        return replace(r, "&amp;", 1);
    case '"':
        return replace(r, "&quot;", 1);
    case '\'':
        return replace(r, "&#39;", 1);
    default:
        return is_control(*p) && *p != '\n' && *p != '\t' ? replace(r, "\xef\xbf\xbd", 1) : 0;
    }
}

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* CommonMark takes underscores between letters or digits as they are.  Longer runs are escaped without a look. */
static bool is_within_word(const char *start, const char *p, const char *end)
{
    enum { RUN_MAX = 4 };
    const char *before = p, *after = p + 1;
    while (before > start && before[-1] == '_' && p - before < RUN_MAX)
        before--;
    while (after < end && *after == '_' && after - p < RUN_MAX)
        after++;
    return before > start && is_word(before[-1]) && after < end && is_word(*after);
}

static size_t escape_markdown(struct replacement *r, const char *start, const char *p, const char *end)
{
    if (*p == '<' || *p == '>' || *p == '&')
        return escape_html(r, start, p, end);
    if (is_control(*p))
        return replace(r, " ", 1);
    if (!strchr("|`*_[]\\~", *p) || (*p == '_' && is_within_word(start, p, end)))
        return 0;
    snprintf(r->text, sizeof r->text, "\\%c", *p);
    return 1;
}

static size_t escape_csv(struct replacement *r, const char *start, const char *p, const char *end)
{
    (void)start, (void)end;
    return *p == '"' ? replace(r, "\"\"", 1) : 0;
}

static size_t escape_terminal(struct replacement *r, const char *start, const char *p, const char *end)
{
    (void)start;
    const char *name = control_name(*p);
    if (name)
        return replace(r, name, 1);
    if (is_control(*p)) {
        snprintf(r->text, sizeof r->text, "\\x%02x", (unsigned)(unsigned char)*p);
        return 1;
    }
    if (is_c1_control(p, end)) {
        snprintf(r->text, sizeof r->text, "\\u%04x", (unsigned)(unsigned char)p[1]);
        return 2;
    }
    return 0;
}

/* `start` is where the whole text begins, for those who look back. */
typedef size_t escape_function(struct replacement *r, const char *start, const char *p, const char *end);

static void write_replaced(struct jsonl_writer *w, escape_function *escape, struct jsonl_text text)
{
    const char *end = text.s + text.n;
    const char *kept = text.s; /* not written yet */
    for (const char *p = text.s; p < end;) {
        struct replacement r = {""};
        size_t sequence = (unsigned char)*p < 0x80 ? 1 : utf8_sequence(p, (size_t)(end - p));
        size_t n;
        if (sequence == 0)
            n = replace(&r, "\xef\xbf\xbd", 1);
        else if (escape != escape_json && is_direction_control(p, sequence))
            n = replace(&r, "\xef\xbf\xbd", sequence);
        else
            n = escape(&r, text.s, p, end);
        if (n == 0) {
            p += sequence;
            continue;
        }
        jsonl_write(w, kept, (size_t)(p - kept));
        jsonl_puts(w, r.text);
        kept = p += n;
    }
    jsonl_write(w, kept, (size_t)(end - kept));
}

/* A field that a spreadsheet would take for a formula is disarmed; one with a delimiter in it is quoted. */
static void write_csv(struct jsonl_writer *w, struct jsonl_text text)
{
    bool formula = text.n > 0 && strchr("=+-@\t\r", text.s[0]) && text.s[0] != '\0';
    bool quoted = formula;
    for (size_t i = 0; i < text.n && !quoted; i++)
        quoted = text.s[i] == ',' || text.s[i] == '"' || text.s[i] == '\n' || text.s[i] == '\r';
    if (quoted)
        jsonl_puts(w, "\"");
    if (formula)
        jsonl_puts(w, "'");
    write_replaced(w, escape_csv, text);
    if (quoted)
        jsonl_puts(w, "\"");
}

void jsonl_write_escaped(struct jsonl_writer *w, enum jsonl_target target, struct jsonl_text text)
{
    static escape_function *const escapes[] = {
        [JSONL_TO_JSON] = escape_json,
        [JSONL_TO_HTML] = escape_html,
        [JSONL_TO_MARKDOWN] = escape_markdown,
        [JSONL_TO_TERMINAL] = escape_terminal,
    };
    if (!text.s)
        return;
    if (target == JSONL_TO_CSV)
        write_csv(w, text);
    else
        write_replaced(w, escapes[target], text);
}
