/* SPDX-License-Identifier: Apache-2.0
 * Host names: RFC 1123's, of letters, digits and hyphens, and internationalized ones (IDNA 2008: RFC 5890 to 5893).
 * What may stand in a label is libidn2's to say, by its rules for registration, which are the strict ones. */
#include "format.h"

#include "ascii.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <errno.h>
#include <idn2.h>
#include <pcre2.h>
#include <pthread.h>
#include <string.h>

enum {
    LABEL_MAX = 63,
    NAME_MAX_BYTES = 253,
    LABEL_BYTES = 4 * LABEL_MAX, /* of UTF-8: no longer label has an ASCII form that is short enough */
};

static bool is_ascii(struct jsonl_text t)
{
    for (size_t i = 0; i < t.n; i++) {
        if (t.s[i] & 0x80)
            return false;
    }
    return true;
}

/* Letters, digits, and hyphens that are not at an end. */
static bool label_plain(struct jsonl_text t)
{
    if (t.n == 0 || t.n > LABEL_MAX || t.s[0] == '-' || t.s[t.n - 1] == '-')
        return false;
    for (size_t i = 0; i < t.n; i++) {
        char c = t.s[i];
        if (!is_alphanumeric(c) && c != '-')
            return false;
    }
    return true;
}

static bool label_is_encoded(struct jsonl_text t)
{
    return t.n >= 4 && lower_case(t.s[0]) == 'x' && lower_case(t.s[1]) == 'n' && t.s[2] == '-' && t.s[3] == '-';
}

/* A name as it is read: the length of its ASCII form, and its Unicode form for the rule on writing directions. */
struct name {
    size_t ascii;
    bool international; /* some label is */
    size_t len;
    char unicode[NAME_MAX_BYTES * 4 + 1];
};

static bool name_append(struct name *name, const char *label, size_t n, size_t ascii)
{
    bool first = name->len == 0;
    name->ascii += ascii + !first;
    if (name->ascii > NAME_MAX_BYTES || name->len + n + 1 > sizeof name->unicode)
        return false;
    if (!first)
        name->unicode[name->len++] = '.';
    memcpy(name->unicode + name->len, label, n);
    name->len += n;
    return true;
}

/* IDN2_OK?  Where memory lacked, errno says so. */
static bool idn_ok(int result)
{
    if (result == IDN2_MALLOC)
        errno = ENOMEM;
    return result == IDN2_OK;
}

/* A label in its Unicode form, by RFC 5891, section 4.2. */
static bool unicode_label(struct name *name, struct jsonl_text t, int flags)
{
    char label[LABEL_BYTES + 1];
    uint8_t *ascii = NULL;
    if (t.n > LABEL_BYTES || memchr(t.s, 0, t.n))
        return false;
    memcpy(label, t.s, t.n);
    label[t.n] = '\0';
    bool ok = idn_ok(idn2_register_u8((const uint8_t *)label, NULL, &ascii, flags));
    ok = ok && name_append(name, label, t.n, strlen((const char *)ascii));
    name->international = true;
    idn2_free(ascii);
    return ok;
}

/* A label in its ASCII form, "xn--…": what it stands for has to be a label, and to have this form. */
static bool encoded_label(struct name *name, struct jsonl_text t)
{
    char label[LABEL_MAX + 1], *unicode = NULL;
    uint8_t *again = NULL;
    if (!label_plain(t))
        return false;
    for (size_t i = 0; i < t.n; i++)
        label[i] = lower_case(t.s[i]);
    label[t.n] = '\0';
    bool ok = idn_ok(idn2_register_u8(NULL, (const uint8_t *)label, &again, 0)) &&
              idn_ok(idn2_to_unicode_8z8z(label, &unicode, 0)) && name_append(name, unicode, strlen(unicode), t.n);
    name->international = true;
    idn2_free(again);
    idn2_free(unicode);
    return ok;
}

static bool label_check(struct name *name, struct jsonl_text t, bool international, int flags)
{
    if (label_is_encoded(t))
        return encoded_label(name, t);
    if (!is_ascii(t))
        return international && unicode_label(name, t, flags);
    bool hyphens = t.n >= 4 && t.s[2] == '-' && t.s[3] == '-'; /* RFC 5891, section 4.2.3.1 */
    return label_plain(t) && !(international && hyphens) && name_append(name, t.s, t.n, t.n);
}

/* ---- Writing directions: RFC 5893, section 2 ---- */

#define L        "\\p{bidi_class:L}"
#define R        "\\p{bidi_class:R}\\p{bidi_class:AL}"
#define EN       "\\p{bidi_class:EN}"
#define AN       "\\p{bidi_class:AN}"
#define NSM      "\\p{bidi_class:NSM}"
#define ANY      "\\p{bidi_class:ES}\\p{bidi_class:ET}\\p{bidi_class:ON}\\p{bidi_class:BN}" NSM
#define TO_RIGHT "[" L "](?:[" L EN ANY "]*[" L EN "])?[" NSM "]*"
#define TO_LEFT                                         \
    "(?![^.]*" EN "[^.]*" AN "|[^.]*" AN "[^.]*" EN ")" \
    "[" R "](?:[" R AN EN ANY "]*[" R AN EN "])?[" NSM "]*"
#define LABEL "(?:" TO_RIGHT "|" TO_LEFT ")"

/* A name without anything that is written to the left, or one all of whose labels follow the rule. */
static const char directions[] = "^(?![^\\n]*[" R AN "])|^" LABEL "(?:\\." LABEL ")*$";

static pcre2_code *directions_code; /* NULL: PCRE2 is older than 10.40, and libidn2's look at each label has to do */
static bool directions_lack_memory; /* or that is why */

static void directions_compile(void)
{
    int error;
    PCRE2_SIZE at;
    directions_code = pcre2_compile((PCRE2_SPTR)directions, sizeof directions - 1, PCRE2_UTF | PCRE2_DOLLAR_ENDONLY,
                                    &error, &at, NULL);
    directions_lack_memory = !directions_code && error == PCRE2_ERROR_HEAP_FAILED;
}

static bool directions_check(const struct name *name)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, directions_compile);
    if (!directions_code && !directions_lack_memory)
        return true;
    pcre2_match_data *match = directions_code ? pcre2_match_data_create(1, NULL) : NULL;
    int found = PCRE2_ERROR_NOMEMORY;
    if (match)
        found = pcre2_match(directions_code, (PCRE2_SPTR)name->unicode, name->len, 0, PCRE2_NO_UTF_CHECK, match, NULL);
    if (found == PCRE2_ERROR_NOMEMORY)
        errno = ENOMEM;
    pcre2_match_data_free(match);
    return found >= 0;
}

/* ---- Names ---- */

/* Bytes of a dot, or of what else ends a label in an internationalized name (RFC 3490, section 3.1); 0: it is none. */
static size_t dot_length(const char *s, size_t n, bool international)
{
    static const char *const dots[] = {".", "\xe3\x80\x82", "\xef\xbc\x8e", "\xef\xbd\xa1"};
    for (size_t i = 0; i < (international ? sizeof dots / sizeof *dots : 1); i++) {
        size_t len = strlen(dots[i]);
        if (n >= len && memcmp(s, dots[i], len) == 0)
            return len;
    }
    return 0;
}

static bool name_check(struct jsonl_text t, bool international, int flags)
{
    struct name name = {0};
    if (t.n > sizeof name.unicode)
        return false;
    for (size_t i = 0, start = 0; i <= t.n; i++) {
        size_t dot = i < t.n ? dot_length(t.s + i, t.n - i, international) : 1;
        if (dot == 0)
            continue;
        struct jsonl_text label = {t.s + start, i - start};
        if (!label_check(&name, label, international, flags))
            return false;
        start = i + dot;
        i = start - 1;
    }
    return !name.international || directions_check(&name);
}

bool format_hostname(struct jsonl_text t)
{
    return name_check(t, false, 0);
}

bool format_idn_hostname(struct jsonl_text t)
{
    return name_check(t, true, 0);
}

bool host_check(struct jsonl_text t, bool international)
{
    return name_check(t, international, international ? IDN2_NFC_INPUT : 0);
}
