/* SPDX-License-Identifier: Apache-2.0
 * Addresses of the network. */
#include "format.h"

#include "ascii.h"

/* RFC 2673: four decimal numbers without leading zeros. */
bool format_ipv4(struct jsonl_text t)
{
    int numbers = 0;
    size_t i = 0;
    while (i < t.n) {
        size_t first = i;
        int n = 0;
        for (; i < t.n && is_digit(t.s[i]) && i - first < 3; i++)
            n = n * 10 + (t.s[i] - '0');
        if (i == first || n > 255 || (i - first > 1 && t.s[first] == '0'))
            return false;
        numbers++;
        if (i < t.n && (t.s[i++] != '.' || i == t.n))
            return false;
    }
    return numbers == 4;
}

/* RFC 4291, section 2.2: eight groups, one run of them "::", the last two perhaps as IPv4. */
bool format_ipv6(struct jsonl_text t)
{
    int groups = 0;
    bool gap = false, after_group = false;
    size_t i = 0;
    while (i < t.n) {
        if (t.n - i >= 2 && t.s[i] == ':' && t.s[i + 1] == ':') {
            if (gap)
                return false;
            gap = true;
            after_group = false;
            i += 2;
            continue;
        }
        if (after_group && (t.s[i] != ':' || ++i == t.n))
            return false;
        size_t first = i;
        while (i < t.n && is_hex(t.s[i]))
            i++;
        if (i < t.n && t.s[i] == '.')
            return format_ipv4((struct jsonl_text){t.s + first, t.n - first}) && (gap ? groups <= 5 : groups == 6);
        if (i == first || i - first > 4 || (i < t.n && t.s[i] != ':'))
            return false;
        groups++;
        after_group = true;
    }
    return gap ? groups <= 7 : groups == 8;
}
