/* SPDX-License-Identifier: Apache-2.0
 * Why a text was refused, and where: what was expected, what stands there, and what that is likely to be. */
#include "ascii.h"
#include "no_memory.h"
#include "parser.h"
#include "utf8.h"

#include <inttypes.h>
#include <stdio.h>

const char *parse_refuse(struct jsonl_parser *p, const char *message, const char *at)
{
    p->fault = (struct parse_fault){.message = message, .at = at};
    return NULL;
}

const char *parse_refuse_found(struct jsonl_parser *p, const char *message, const char *at)
{
    p->fault = (struct parse_fault){.message = message, .at = at, .found = at};
    return NULL;
}

/* The letters, digits and so on at s, of which a person would say that they are one word. */
static size_t word_length(const char *s, const char *end)
{
    size_t n = 0;
    while (s + n < end && (is_letter(s[n]) || (n > 0 && (is_digit(s[n]) || s[n] == '_'))))
        n++;
    return n;
}

/* What others write where JSON has something else. */
static const char *word_hint(const char *s, size_t n)
{
    static const char no_nan[] = ": JSON has no NaN and no infinity, write null or leave the member out";
    static const char lower_case[] = ": true, false and null are in lower case";
    static const char null[] = ": JSON's word for that is null";
    static const struct {
        const char *word, *hint;
    } hints[] = {{"NaN", no_nan},       {"nan", no_nan},       {"Inf", no_nan},      {"inf", no_nan},
                 {"Infinity", no_nan},  {"infinity", no_nan},  {"True", lower_case}, {"TRUE", lower_case},
                 {"False", lower_case}, {"FALSE", lower_case}, {"Null", lower_case}, {"NULL", lower_case},
                 {"None", null},        {"nil", null},         {"undefined", null}};
    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++)
        if (strlen(hints[i].word) == n && memcmp(hints[i].word, s, n) == 0)
            return hints[i].hint;
    return "";
}

/* Whether true, false or null was cut off here. */
static bool begins_literal(const char *s, size_t n)
{
    return n > 0 && ((n < 4 && (memcmp(s, "true", n) == 0 || memcmp(s, "null", n) == 0)) ||
                     (n < 5 && memcmp(s, "false", n) == 0));
}

static const char *sign_hint(const char *text, const char *s, const char *end)
{
    bool within = s > text && strchr("0123456789.-", s[-1]); /* a number */
    char next = end - s > 1 ? s[1] : '\0';
    switch (*s) {
    case '\'':
        return ": strings are written in double quotes";
    case '/':
        return next == '/' || next == '*' ? ": JSON has no comments" : "";
    case '#':
        return ": JSON has no comments";
    case '+':
    case '.':
        return within ? "" : ": a number begins with a digit or a minus sign";
    default:
        return "";
    }
}

/* ", found …" with a hint. */
static void found_describe(const struct jsonl_parser *p, char *to, size_t size)
{
    const char *s = p->fault.found, *end = p->end;
    unsigned char c = (unsigned char)*s;
    size_t word = word_length(s, end);
    if (s == end)
        snprintf(to, size, ", the text ends");
    else if (s + word == end && begins_literal(s, word))
        snprintf(to, size, ", the text ends after '%.*s'", word > 20 ? 20 : (int)word, s);
    else if (word > 1)
        snprintf(to, size, ", found '%.*s'%s", word > 20 ? 20 : (int)word, s, word_hint(s, word));
    else if (c == '\n' || c == '\r')
        snprintf(to, size, ", found a line end");
    else if (c == '\t')
        snprintf(to, size, ", found a tab");
    else if (c >= 0x20 && c < 0x7f)
        snprintf(to, size, ", found '%c'%s", c, sign_hint(p->text, s, end));
    else if (c < 0x80)
        snprintf(to, size, ", found \\x%02x", c);
    else if ((word = utf8_sequence(s, (size_t)(end - s))) > 0)
        snprintf(to, size, ", found U+%04" PRIX32 "%s", utf8_code_point(s, word),
                 utf8_code_point(s, word) == 0xfeff ? ", a byte order mark" : "");
    else
        snprintf(to, size, ", found byte 0x%02x", c);
}

/* What is no text in UTF-8 at all, and gives that away by its first bytes; NULL: it does not. */
static const char *other_encoding(const struct jsonl_parser *p)
{
    static const struct {
        const char *bytes, *message;
    } beginnings[] = {
        {"\xff\xfe", "the text is in UTF-16, JSON is in UTF-8"},
        {"\xfe\xff", "the text is in UTF-16, JSON is in UTF-8"},
        {"\x1f\x8b", "this is compressed by gzip"},
        {"\x28\xb5\x2f\xfd", "this is compressed by zstd"},
        {"\xfd"
         "7zXZ",
         "this is compressed by xz"},
    };
    const char *s = p->text;
    size_t n = (size_t)(p->end - s);
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        size_t len = strlen(beginnings[i].bytes);
        if (n >= len && memcmp(s, beginnings[i].bytes, len) == 0)
            return beginnings[i].message;
    }
    bool zeros = n >= 4 && !s[0] == !s[2] && !s[1] == !s[3] && !s[0] != !s[1];
    return zeros ? beginnings[0].message : NULL;
}

/* Whether there is nothing in the text but one character. */
static bool is_alone(const struct jsonl_parser *p, char c)
{
    static const char space[] = " \t\r\n";
    const char *s = p->text + strspn(p->text, space);
    return s < p->end && *s == c && s + 1 + strspn(s + 1, space) >= p->end;
}

/* What to do about a line that is not one record: it is part of one, or holds more. */
static const char *line_hint(const struct jsonl_parser *p, const struct jsonl_line *line)
{
    const struct parse_fault *f = &p->fault;
    bool member = f->behind && *f->at == ':' && p->values[0].type == JSONL_STRING;
    if (!line || line->unended)
        return "";
    if (member || is_alone(p, '{') || is_alone(p, '['))
        return ": a record is one line, as jq -c writes it";
    return f->behind && *f->at == '{' ? ": each record is a line of its own" : "";
}

static bool follows_comma(const struct jsonl_parser *p)
{
    const char *s = p->fault.at;
    while (s > p->text && (s[-1] == ' ' || s[-1] == '\t' || s[-1] == '\n' || s[-1] == '\r'))
        s--;
    return s > p->text && s[-1] == ',';
}

static const char *line_start(const struct jsonl_parser *p, const char *at)
{
    while (at > p->text && at[-1] != '\n')
        at--;
    return at;
}

static void message_set(const struct jsonl_parser *p, const struct jsonl_line *line, struct jsonl_error *err)
{
    const struct parse_fault *f = &p->fault;
    char found[160] = "";
    const char *encoding = other_encoding(p);
    if (encoding) {
        jsonl_error_set(err, "%s", encoding);
    } else if (f->string && f->at == p->end) {
        const char *start = line_start(p, f->string);
        jsonl_error_set(err, "the string that begins in column %zu has no closing quote",
                        utf8_count(start, (size_t)(f->string - start)) + 1);
    } else if (f->found && p->text + strspn(p->text, " \t\r\n") >= p->end) {
        jsonl_error_set(err, "a value was expected, the text is empty");
    } else {
        bool closes = f->found && f->at < p->end && (*f->at == ']' || *f->at == '}');
        if (f->found)
            found_describe(p, found, sizeof found);
        jsonl_error_set(err, "%s%s%s%s", f->message, closes && follows_comma(p) ? " after the comma" : "", found,
                        line_hint(p, line));
    }
}

/* What is not whole may stand before the end: a word, a character, an escape, of which two can belong together. */
bool jsonl_line_cut(const struct jsonl_line *line, const struct jsonl_error *err)
{
    enum { CHARACTER_MAX = 4, ESCAPES_MAX = 12 };
    if (!line->unended || err->byte == 0 || err->byte > line->len)
        return line->unended && err->byte > 0;
    const char *s = line->text + err->byte - 1;
    size_t left = line->len - (err->byte - 1);
    return begins_literal(s, left) || (*s == '\\' && left < ESCAPES_MAX) ||
           ((unsigned char)*s >= 0xc2 && (unsigned char)*s <= 0xf4 && left < CHARACTER_MAX);
}

void parse_fault_explain(const struct jsonl_parser *p, const struct jsonl_line *line, struct jsonl_error *err)
{
    if (!err)
        return;
    if (!p->fault.message) {
        error_no_memory(err);
        return;
    }
    message_set(p, line, err);
    const char *start = line_start(p, p->fault.at);
    err->line = 1;
    for (const char *c = p->text; c < start; c++)
        err->line += *c == '\n';
    err->byte = (size_t)(p->fault.at - start) + 1;
    err->column = utf8_count(start, err->byte - 1) + 1;
}
