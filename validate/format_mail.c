/* SPDX-License-Identifier: Apache-2.0
 * Mail addresses: RFC 5321's Mailbox, and with characters beyond ASCII RFC 6531's. */
#include "format.h"

#include "ascii.h"

#include <string.h>

enum { LOCAL_MAX = 64 }; /* bytes (RFC 5321, section 4.5.3.1.1) */

static bool is_atom_char(char c, bool international)
{
    return is_alphanumeric(c) || (c & 0x80 && international) || (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

/* Words with single dots between them. */
static bool dotted_check(struct jsonl_text t, bool international)
{
    for (size_t i = 0; i < t.n; i++) {
        bool dot = t.s[i] == '.';
        if (dot ? i == 0 || i + 1 == t.n || t.s[i + 1] == '.' : !is_atom_char(t.s[i], international))
            return false;
    }
    return t.n > 0;
}

/* "Anything" of printing characters and spaces; quotes and backslashes behind a backslash. */
static bool quoted_check(struct jsonl_text t, bool international)
{
    for (size_t i = 1; i + 1 < t.n; i++) {
        if (t.s[i] == '"' || (t.s[i] == '\\' && ++i + 1 == t.n))
            return false;
        if ((t.s[i] & 0x80) ? !international : t.s[i] < ' ' || t.s[i] > '~')
            return false;
    }
    return t.n >= 2 && t.s[0] == '"' && t.s[t.n - 1] == '"';
}

static bool domain_check(struct jsonl_text t, bool international)
{
    if (t.n < 3 || t.s[0] != '[' || t.s[t.n - 1] != ']')
        return host_check(t, international);
    struct jsonl_text address = {t.s + 1, t.n - 2};
    bool ipv6 = address.n > 5 && memcmp(address.s, "IPv6:", 5) == 0;
    return ipv6 ? format_ipv6((struct jsonl_text){address.s + 5, address.n - 5}) : format_ipv4(address);
}

static bool address_check(struct jsonl_text t, bool international)
{
    size_t at = t.n;
    while (at > 0 && t.s[at - 1] != '@')
        at--;
    if (at < 2 || at - 1 > LOCAL_MAX)
        return false;
    struct jsonl_text local = {t.s, at - 1}, domain = {t.s + at, t.n - at};
    bool ok = local.s[0] == '"' ? quoted_check(local, international) : dotted_check(local, international);
    return ok && domain_check(domain, international);
}

bool format_email(struct jsonl_text t)
{
    return address_check(t, false);
}

bool format_idn_email(struct jsonl_text t)
{
    return address_check(t, true);
}
