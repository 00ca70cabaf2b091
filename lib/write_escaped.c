/* SPDX-License-Identifier: Apache-2.0
 * Text, made safe for where it goes.  One table tells which bytes need a look in which target, so that runs of the
 * others are copied as they are.  What is looked at, a function for each target replaces or leaves if it is ASCII;
 * other characters go by a table of those that are not what they look like. */
#include "ascii.h"
#include "utf8.h"
#include "writer.h"

#include <string.h>

/* Sets of targets. */
enum {
    J = 1 << JSONL_TO_JSON,
    H = 1 << JSONL_TO_HTML,
    M = 1 << JSONL_TO_MARKDOWN,
    C = 1 << JSONL_TO_CSV,
    T = 1 << JSONL_TO_TERMINAL,
    A = J | H | M | C | T,
    K = J | H | M | T, /* controls */
    L = J | M | T,     /* \t and \n */
    R = J | H | M,     /* < > & */
    Q = J | H | C,     /* quotes */
    B = J | M,         /* backslash */
    S = A | 1 << 7,    /* first byte of some of `specials` */
};

/* The targets in which a byte needs a look. */
/* clang-format off */
static const uint8_t looked_at[256] = {
    A, K, K, K, K, K, K, K, K, L, L, K, K, K, K, K, /* 00 */
    K, K, K, K, K, K, K, K, K, K, K, K, K, K, K, K, /* 10 */
    0, 0, Q, 0, M, 0, R, H, 0, 0, M, 0, 0, 0, 0, 0, /* 20: " $ & ' * */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, R, 0, R, 0, /* 30: < > */
    M, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* 40: @ */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, M, B, M, 0, M, /* 50: [ \ ] _ */
    M, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* 60: ` */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, M, 0, M, K, /* 70: | ~ DEL */
    A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, /* 80: what is not ASCII must be UTF-8 */
    A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, /* 90 */
    A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, /* a0 */
    A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, /* b0 */
    A, A, S, A, A, A, A, A, A, A, A, A, A, A, A, A, /* c0 */
    A, A, A, A, A, A, A, A, S, A, A, A, A, A, A, A, /* d0 */
    A, S, S, A, A, A, A, A, A, A, A, A, A, A, A, S, /* e0 */
    A, A, A, S, A, A, A, A, A, A, A, A, A, A, A, A, /* f0 */
};
/* clang-format on */

/* Characters beyond ASCII that some target cannot show as they are, ascending. */
static const struct special {
    uint32_t first, last;
    uint8_t replaced; /* targets in which U+FFFD stands for them */
    uint8_t named;    /* targets in which \u202e does */
} specials[] = {
    {0x80, 0x9f, H | M, T},       /* controls, which some terminals obey */
    {0xad, 0xad, 0, T},           /* invisible: the soft hyphen */
    {0x61c, 0x61c, H | M | C, T}, /* turns the direction of writing */
    {0x180e, 0x180e, 0, T},
    {0x200b, 0x200d, 0, T}, /* of no width */
    {0x200e, 0x200f, H | M | C, T},
    {0x2028, 0x2029, 0, J | T}, /* ends a line in older JavaScript */
    {0x202a, 0x202e, H | M | C, T},
    {0x2060, 0x2065, 0, T},
    {0x2066, 0x2069, H | M | C, T},
    {0x206a, 0x206f, 0, T},
    {0xfeff, 0xfeff, 0, T},
    {0xfff9, 0xfffb, 0, T},
    {0xfffe, 0xffff, H, T}, /* makes XML ill-formed, as a reference too */
    {0xe0000, 0xe007f, 0, T},
};

struct replacement {
    char text[12];
    uint8_t len; /* bytes of text */
};

static size_t replace(struct replacement *r, const char *string, size_t n)
{
    r->len = (uint8_t)strlen(string);
    memcpy(r->text, string, r->len);
    return n;
}

/* Prefix and `width` hexadecimal digits, for n bytes. */
static size_t replace_hex(struct replacement *r, const char *prefix, uint32_t code, int width, size_t n)
{
    replace(r, prefix, n);
    for (int shift = 4 * (width - 1); shift >= 0; shift -= 4)
        r->text[r->len++] = "0123456789abcdef"[code >> shift & 15];
    return n;
}

static size_t replace_backslash(struct replacement *r, char c)
{
    r->text[0] = '\\';
    r->text[1] = c;
    r->len = 2;
    return 1;
}

static size_t replace_unknown(struct replacement *r, size_t n)
{
    return replace(r, "\xef\xbf\xbd", n);
}

/* The letter that names \b \f \n \r \t, or 0. */
static char control_letter(char c)
{
    static const char letters[32] = {['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};
    return (unsigned char)c < sizeof letters ? letters[(unsigned char)c] : 0;
}

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f;
}

/* The functions for ASCII set what stands for the character at p and return 1, or leave it and return 0.  `start` is
 * where the text begins, for those who look back. */
typedef size_t escape_function(struct replacement *r, const char *start, const char *p, const char *end);

static size_t escape_json(struct replacement *r, const char *start, const char *p, const char *end)
{
    (void)start, (void)end;
    if (*p == '"' || *p == '\\')
        return replace_backslash(r, *p);
    if (control_letter(*p))
        return replace_backslash(r, control_letter(*p));
    return replace_hex(r, "\\u", (unsigned char)*p, 4, 1);
}

static size_t escape_html(struct replacement *r, const char *start, const char *p, const char *end)
{
    (void)start, (void)end;
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
        return replace_unknown(r, 1);
    }
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
    return before > start && is_alphanumeric(before[-1]) && after < end && is_alphanumeric(*after);
}

/* "@name" calls a person of that name where a report is shown as a comment, also from behind a backslash or a
 * reference.  A word joiner, which has no width, keeps the two apart.  user@host calls nobody. */
static size_t escape_at(struct replacement *r, const char *start, const char *p, const char *end)
{
    bool calls = (p == start || !is_alphanumeric(p[-1])) && p + 1 < end && is_alphanumeric(p[1]);
    return calls ? replace(r, "@&#8288;", 1) : 0;
}

static size_t escape_markdown(struct replacement *r, const char *start, const char *p, const char *end)
{
    if (is_control(*p))
        return replace(r, " ", 1);
    switch (*p) {
    case '<':
    case '>':
    case '&':
        return escape_html(r, start, p, end);
    case '@':
        return escape_at(r, start, p, end);
    case '_':
        return is_within_word(start, p, end) ? 0 : replace_backslash(r, *p);
    default:
        return replace_backslash(r, *p);
    }
}

static size_t escape_csv(struct replacement *r, const char *start, const char *p, const char *end)
{
    (void)start, (void)end;
    return *p == '"' ? replace(r, "\"\"", 1) : replace_unknown(r, 1);
}

static size_t escape_terminal(struct replacement *r, const char *start, const char *p, const char *end)
{
    (void)start, (void)end;
    if (control_letter(*p))
        return replace_backslash(r, control_letter(*p));
    return replace_hex(r, "\\x", (unsigned char)*p, 2, 1);
}

/* Joiners shape the letters of some scripts, and emoji; between those they are no disguise. */
static bool is_joiner(uint32_t code, const char *start, const char *p)
{
    return (code == 0x200c || code == 0x200d) && p > start && (unsigned char)p[-1] >= 0x80;
}

/* Likewise for the sequence of n bytes at p; returns n if it is replaced, else 0. */
static size_t escape_wide(struct replacement *r, unsigned target, const char *start, const char *p, size_t n)
{
    uint32_t code = utf8_code_point(p, n);
    const struct special *s = specials;
    const struct special *end = specials + sizeof specials / sizeof specials[0];
    while (s < end && code > s->last)
        s++;
    if (s == end || code < s->first || is_joiner(code, start, p))
        return 0;
    if (s->replaced & target)
        return replace_unknown(r, n);
    if (s->named & target)
        return code > 0xffff ? replace_hex(r, "\\U", code, 8, n) : replace_hex(r, "\\u", code, 4, n);
    return 0;
}

size_t plain_length(enum jsonl_target target, struct jsonl_text text)
{
    size_t n = 0;
    while (n < text.n && !(looked_at[(unsigned char)text.s[n]] & 1u << target))
        n++;
    return n;
}

static void write_replaced(struct jsonl_writer *w, enum jsonl_target target, struct jsonl_text text)
{
    static escape_function *const escapes[] = {
        [JSONL_TO_JSON] = escape_json, [JSONL_TO_HTML] = escape_html,         [JSONL_TO_MARKDOWN] = escape_markdown,
        [JSONL_TO_CSV] = escape_csv,   [JSONL_TO_TERMINAL] = escape_terminal,
    };
    unsigned bit = 1u << target;
    const char *end = text.s + text.n;
    const char *kept = text.s; /* not written yet */
    for (const char *p = text.s; p < end;) {
        if (!(looked_at[(unsigned char)*p] & bit)) {
            p++;
            continue;
        }
        struct replacement r;
        size_t n, sequence = 1;
        if ((unsigned char)*p < 0x80)
            n = escapes[target](&r, text.s, p, end);
        else if ((sequence = utf8_sequence(p, (size_t)(end - p))) == 0)
            n = replace_unknown(&r, 1);
        else
            n = looked_at[(unsigned char)*p] == S ? escape_wide(&r, bit, text.s, p, sequence) : 0;
        if (n == 0) {
            p += sequence;
            continue;
        }
        jsonl_write(w, kept, (size_t)(p - kept));
        jsonl_write(w, r.text, r.len);
        kept = p += n;
    }
    jsonl_write(w, kept, (size_t)(end - kept));
}

/* What spreadsheets begin a formula with: = + - @, also in full width, and what they pass over before these. */
static bool is_formula(struct jsonl_text text)
{
    static const char *const wide[] = {"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};
    if (text.n > 0 && memchr("=+-@\t\r\n", text.s[0], 7))
        return true;
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (text.n >= 3 && memcmp(text.s, wide[i], 3) == 0)
            return true;
    return false;
}

/* A field is quoted for what would end or change it, in spreadsheets that take semicolons or tabs for commas too. */
static bool needs_quotes(struct jsonl_text text)
{
    static const bool quoted[256] = {
        ['\t'] = true, ['\n'] = true, ['\r'] = true, ['"'] = true, [','] = true, [';'] = true,
    };
    if (text.n > 0 && (text.s[0] == ' ' || text.s[text.n - 1] == ' '))
        return true;
    for (size_t i = 0; i < text.n; i++)
        if (quoted[(unsigned char)text.s[i]])
            return true;
    return false;
}

static void write_csv(struct jsonl_writer *w, struct jsonl_text text)
{
    bool formula = is_formula(text);
    bool quoted = formula || needs_quotes(text);
    if (quoted)
        writer_byte(w, '"');
    if (formula)
        writer_byte(w, '\'');
    write_replaced(w, JSONL_TO_CSV, text);
    if (quoted)
        writer_byte(w, '"');
}

void jsonl_write_escaped(struct jsonl_writer *w, enum jsonl_target target, struct jsonl_text text)
{
    if (!text.s)
        return;
    if (target == JSONL_TO_CSV)
        write_csv(w, text);
    else
        write_replaced(w, target, text);
}
