/* SPDX-License-Identifier: Apache-2.0
 * ECMA-262's regular expressions in the words of PCRE2: what the options of pattern.c cannot bridge.  That is white
 * space beyond ASCII (\s, \S), and the long names of Unicode properties. */
#include "pattern_ecma.h"

#include <string.h>

/* WhiteSpace and LineTerminator of ECMA-262, as the inside of a class. */
#define SPACES "\\t-\\r \\u{a0}\\u{1680}\\u{2000}-\\u{200a}\\u{2028}\\u{2029}\\u{202f}\\u{205f}\\u{3000}\\u{feff}"

/* Long names of the general categories (Unicode, PropertyValueAliases.txt). */
static const char *const categories[][2] = {
    {"Cased_Letter", "L&"},
    {"LC", "L&"},
    {"Close_Punctuation", "Pe"},
    {"Connector_Punctuation", "Pc"},
    {"Control", "Cc"},
    {"cntrl", "Cc"},
    {"Currency_Symbol", "Sc"},
    {"Dash_Punctuation", "Pd"},
    {"Decimal_Number", "Nd"},
    {"digit", "Nd"},
    {"Enclosing_Mark", "Me"},
    {"Final_Punctuation", "Pf"},
    {"Format", "Cf"},
    {"Initial_Punctuation", "Pi"},
    {"Letter", "L"},
    {"Letter_Number", "Nl"},
    {"Line_Separator", "Zl"},
    {"Lowercase_Letter", "Ll"},
    {"Mark", "M"},
    {"Combining_Mark", "M"},
    {"Math_Symbol", "Sm"},
    {"Modifier_Letter", "Lm"},
    {"Modifier_Symbol", "Sk"},
    {"Nonspacing_Mark", "Mn"},
    {"Number", "N"},
    {"Open_Punctuation", "Ps"},
    {"Other", "C"},
    {"Other_Letter", "Lo"},
    {"Other_Number", "No"},
    {"Other_Punctuation", "Po"},
    {"Other_Symbol", "So"},
    {"Paragraph_Separator", "Zp"},
    {"Private_Use", "Co"},
    {"Punctuation", "P"},
    {"punct", "P"},
    {"Separator", "Z"},
    {"Space_Separator", "Zs"},
    {"Spacing_Mark", "Mc"},
    {"Surrogate", "Cs"},
    {"Symbol", "S"},
    {"Titlecase_Letter", "Lt"},
    {"Unassigned", "Cn"},
    {"Uppercase_Letter", "Lu"},
};

static bool skip_prefix(struct jsonl_text *t, const char *prefix)
{
    size_t n = strlen(prefix);
    if (t->n < n || memcmp(t->s, prefix, n) != 0)
        return false;
    t->s += n;
    t->n -= n;
    return true;
}

static void property_write(struct jsonl_writer *w, struct jsonl_text name)
{
    static const char *const prefixes[] = {"General_Category=", "gc=", "Script=", "sc=", "Script_Extensions=", "scx="};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        if (skip_prefix(&name, prefixes[i]))
            break;
    }
    for (size_t i = 0; i < sizeof categories / sizeof *categories; i++) {
        if (jsonl_text_is(name, categories[i][0])) {
            jsonl_puts(w, categories[i][1]);
            return;
        }
    }
    jsonl_write(w, name.s, name.n);
}

/* What starts with a backslash; the bytes of it. */
static size_t escape_write(struct jsonl_writer *w, struct jsonl_text t, bool in_class)
{
    char c = t.n > 1 ? t.s[1] : 0;
    const char *close = t.n > 3 ? memchr(t.s, '}', t.n) : NULL;
    if ((c == 'p' || c == 'P') && close && t.s[2] == '{') {
        jsonl_write(w, t.s, 3);
        property_write(w, (struct jsonl_text){t.s + 3, (size_t)(close - t.s) - 3});
        return (size_t)(close - t.s);
    }
    if (c == 's')
        jsonl_puts(w, in_class ? SPACES : "[" SPACES "]");
    else if (c == 'S' && !in_class)
        jsonl_puts(w, "[^" SPACES "]");
    else
        jsonl_write(w, t.s, t.n > 1 ? 2 : 1);
    return t.n > 1 ? 2 : 1;
}

void pattern_translate(struct jsonl_writer *w, struct jsonl_text regex)
{
    bool in_class = false;
    for (size_t i = 0; i < regex.n;) {
        if (regex.s[i] == '\\') {
            i += escape_write(w, (struct jsonl_text){regex.s + i, regex.n - i}, in_class);
            continue;
        }
        in_class = regex.s[i] == '[' || (in_class && regex.s[i] != ']');
        jsonl_write(w, regex.s + i++, 1);
    }
}
