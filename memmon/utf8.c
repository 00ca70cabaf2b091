/* SPDX-License-Identifier: Apache-2.0 */
#include "utf8.h"

#include <stddef.h>

/* By the first byte of a character: what the second may be, and how many follow it. */
static const struct {
    unsigned char first, last; /* first bytes */
    unsigned char low, high;   /* second byte: without overlong forms, surrogates, and what is beyond U+10FFFF */
    unsigned char more;        /* bytes after the second, 80 to BF each */
} forms[] = {
    {0xc2, 0xdf, 0x80, 0xbf, 0}, {0xe0, 0xe0, 0xa0, 0xbf, 1}, {0xe1, 0xec, 0x80, 0xbf, 1}, {0xed, 0xed, 0x80, 0x9f, 1},
    {0xee, 0xef, 0x80, 0xbf, 1}, {0xf0, 0xf0, 0x90, 0xbf, 2}, {0xf1, 0xf3, 0x80, 0xbf, 2}, {0xf4, 0xf4, 0x80, 0x8f, 2},
};

/* Bytes of the character at s; 0: it is none.  The string's end fits nowhere, so nothing is read beyond it. */
static size_t utf8_length(const unsigned char *s)
{
    if (*s < 0x80)
        return 1;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (*s < forms[i].first || *s > forms[i].last)
            continue;
        if (s[1] < forms[i].low || s[1] > forms[i].high)
            return 0;
        for (size_t k = 0; k < forms[i].more; k++)
            if (s[2 + k] < 0x80 || s[2 + k] > 0xbf)
                return 0;
        return (size_t)2 + forms[i].more;
    }
    return 0;
}

void utf8_mend(char *s)
{
    while (*s) {
        size_t n = utf8_length((const unsigned char *)s);
        if (n == 0)
            *s = '?';
        s += n ? n : 1;
    }
}
