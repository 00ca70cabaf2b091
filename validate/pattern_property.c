/* SPDX-License-Identifier: Apache-2.0
 * Unicode properties of ECMA-262: general categories, scripts, and those that a character has or has not. */
#include "pattern_ecma.h"

#include <string.h>

/* Long names of the general categories (Unicode, PropertyValueAliases.txt), and the short ones. */
static const char *const categories[][2] = {
    {"Cased_Letter", "LC"},
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

/* Properties without a value (ECMA-262, "Binary Unicode property aliases"), but for Any and Assigned. */
static const char *const binary[] = {
    "ASCII",
    "ASCII_Hex_Digit",
    "AHex",
    "Alphabetic",
    "Alpha",
    "Bidi_Control",
    "Bidi_C",
    "Bidi_Mirrored",
    "Bidi_M",
    "Case_Ignorable",
    "CI",
    "Cased",
    "Changes_When_Casefolded",
    "CWCF",
    "Changes_When_Casemapped",
    "CWCM",
    "Changes_When_Lowercased",
    "CWL",
    "Changes_When_NFKC_Casefolded",
    "CWKCF",
    "Changes_When_Titlecased",
    "CWT",
    "Changes_When_Uppercased",
    "CWU",
    "Dash",
    "Default_Ignorable_Code_Point",
    "DI",
    "Deprecated",
    "Dep",
    "Diacritic",
    "Dia",
    "Emoji",
    "Emoji_Component",
    "EComp",
    "Emoji_Modifier",
    "EMod",
    "Emoji_Modifier_Base",
    "EBase",
    "Emoji_Presentation",
    "EPres",
    "Extended_Pictographic",
    "ExtPict",
    "Extender",
    "Ext",
    "Grapheme_Base",
    "Gr_Base",
    "Grapheme_Extend",
    "Gr_Ext",
    "Hex_Digit",
    "Hex",
    "IDS_Binary_Operator",
    "IDSB",
    "IDS_Trinary_Operator",
    "IDST",
    "ID_Continue",
    "IDC",
    "ID_Start",
    "IDS",
    "Ideographic",
    "Ideo",
    "Join_Control",
    "Join_C",
    "Logical_Order_Exception",
    "LOE",
    "Lowercase",
    "Lower",
    "Math",
    "Noncharacter_Code_Point",
    "NChar",
    "Pattern_Syntax",
    "Pat_Syn",
    "Pattern_White_Space",
    "Pat_WS",
    "Quotation_Mark",
    "QMark",
    "Radical",
    "Regional_Indicator",
    "RI",
    "Sentence_Terminal",
    "STerm",
    "Soft_Dotted",
    "SD",
    "Terminal_Punctuation",
    "Term",
    "Unified_Ideograph",
    "UIdeo",
    "Uppercase",
    "Upper",
    "Variation_Selector",
    "VS",
    "White_Space",
    "space",
    "XID_Continue",
    "XIDC",
    "XID_Start",
    "XIDS",
};

static bool is_one_of(struct jsonl_text name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (jsonl_text_is(name, list[i]))
            return true;
    }
    return false;
}

/* The short name of a general category, s == NULL: it is none. */
static struct jsonl_text category_find(struct jsonl_text name)
{
    for (size_t i = 0; i < sizeof categories / sizeof *categories; i++) {
        const char *brief = categories[i][1];
        if (jsonl_text_is(name, categories[i][0]) || jsonl_text_is(name, brief))
            return (struct jsonl_text){brief, strlen(brief)};
    }
    return (struct jsonl_text){0};
}

static void write_in(struct jsonl_writer *w, bool negated, const char *kind, struct jsonl_text name)
{
    if (!w)
        return;
    jsonl_puts(w, negated ? "\\P{" : "\\p{");
    jsonl_puts(w, kind);
    jsonl_write(w, name.s, name.n);
    jsonl_puts(w, "}");
}

/* Names of scripts are left to PCRE2, which knows all of them, but takes them in any case and with blanks. */
static bool is_script_name(struct jsonl_text name)
{
    for (size_t i = 0; i < name.n; i++) {
        bool upper = name.s[i] >= 'A' && name.s[i] <= 'Z', lower = name.s[i] >= 'a' && name.s[i] <= 'z';
        if (!(upper || lower || (name.s[i] == '_' && i > 0)) || (i == 0 && !upper) || (i == 1 && !lower))
            return false;
    }
    return name.n > 1;
}

bool property_write(struct jsonl_writer *w, bool negated, struct jsonl_text property)
{
    static const struct {
        const char *name, *kind; /* kind: PCRE2's; NULL: of a general category */
    } with_value[] = {{"General_Category=", NULL},    {"gc=", NULL},   {"Script=", "sc:"}, {"sc=", "sc:"},
                      {"Script_Extensions=", "scx:"}, {"scx=", "scx:"}};
    for (size_t i = 0; i < sizeof with_value / sizeof *with_value; i++) {
        size_t n = strlen(with_value[i].name);
        if (property.n < n || memcmp(property.s, with_value[i].name, n) != 0)
            continue;
        struct jsonl_text value = {property.s + n, property.n - n};
        if (with_value[i].kind) {
            write_in(w, negated, with_value[i].kind, value);
            return is_script_name(value);
        }
        property = category_find(value);
        break;
    }
    struct jsonl_text category = category_find(property);
    if (jsonl_text_is(category, "LC"))
        category = (struct jsonl_text){"L&", 2};
    if (category.s)
        write_in(w, negated, "", category);
    else if (jsonl_text_is(property, "Assigned"))
        write_in(w, !negated, "", (struct jsonl_text){"Cn", 2});
    else if (jsonl_text_is(property, "Any") || is_one_of(property, binary, sizeof binary / sizeof *binary))
        write_in(w, negated, "", property);
    else
        return false;
    return true;
}
