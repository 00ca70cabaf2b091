/* SPDX-License-Identifier: Apache-2.0 */
#include "cgroup.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A text in parts: *at moves behind the next one, which ends before `end` or at the text's end.  false: none is left.
 */
static bool next_part(const char *text, size_t n, size_t *at, char end, const char **part, size_t *len)
{
    if (*at >= n)
        return false;
    const char *stop = memchr(text + *at, end, n - *at);
    *part = text + *at;
    *len = stop ? (size_t)(stop - *part) : n - *at;
    *at += *len + (stop != NULL);
    return true;
}

static bool begins(const char *text, size_t n, const char *word)
{
    return n >= strlen(word) && memcmp(text, word, strlen(word)) == 0;
}

static bool copy(char to[CGROUP_PATH], const char *from, size_t n)
{
    if (n >= CGROUP_PATH)
        return false;
    memcpy(to, from, n);
    to[n] = '\0';
    return true;
}

/* false: no digit, or too great. */
static bool parse_count(const char *text, size_t n, uint64_t *out)
{
    uint64_t v = 0;
    size_t i = 0;
    for (; i < n && text[i] >= '0' && text[i] <= '9'; i++) {
        uint64_t digit = (uint64_t)(text[i] - '0');
        if (v > (UINT64_MAX - digit) / 10)
            return false;
        v = v * 10 + digit;
    }
    *out = v;
    return i > 0;
}

bool cgroup_path_parse(const char *text, size_t n, char path[CGROUP_PATH])
{
    const char *line;
    size_t len;
    for (size_t at = 0; next_part(text, n, &at, '\n', &line, &len);)
        if (begins(line, len, "0::/"))
            return !begins(line, len, "0::/..") && copy(path, line + 3, len - 3);
    return false;
}

/* White space in mountinfo's paths stands as \040 and the like. */
static void unescape(char path[CGROUP_PATH])
{
    char *to = path;
    for (const char *from = path; *from; to++) {
        if (from[0] == '\\' && from[1] >= '0' && from[1] <= '3' && from[2] >= '0' && from[2] <= '7' && from[3] >= '0' &&
            from[3] <= '7') {
            *to = (char)((from[1] - '0') * 64 + (from[2] - '0') * 8 + (from[3] - '0'));
            from += 4;
        } else {
            *to = *from++;
        }
    }
    *to = '\0';
}

/* ID PARENT MAJOR:MINOR ROOT DIR OPTIONS [TAG…] - TYPE SOURCE OPTIONS */
static bool mount_line_parse(const char *line, size_t n, struct cgroup_mount *out)
{
    enum { ROOT = 3, DIR = 4 };
    const char *field;
    size_t len, at = 0;
    bool cgroup2 = false, separated = false, fits = true;
    for (unsigned i = 0; next_part(line, n, &at, ' ', &field, &len); i++) {
        if (i == ROOT)
            fits = copy(out->root, field, len);
        else if (i == DIR)
            fits = fits && copy(out->dir, field, len);
        if (separated) {
            cgroup2 = len == strlen("cgroup2") && begins(field, len, "cgroup2");
            break;
        }
        separated = i > DIR && len == 1 && *field == '-';
    }
    if (!cgroup2 || !fits)
        return false;
    unescape(out->root);
    unescape(out->dir);
    return true;
}

bool cgroup_mount_parse(const char *text, size_t n, struct cgroup_mount *out)
{
    const char *line;
    size_t len;
    for (size_t at = 0; next_part(text, n, &at, '\n', &line, &len);)
        if (mount_line_parse(line, len, out))
            return true;
    return false;
}

bool cgroup_dir(const struct cgroup_mount *mount, const char *path, char dir[CGROUP_PATH])
{
    size_t root = strlen(mount->root);
    if (root == 1) /* "/": all of it */
        root = 0;
    if (strncmp(path, mount->root, root) != 0 || (path[root] != '/' && path[root] != '\0'))
        return false;
    int n = snprintf(dir, CGROUP_PATH, "%s%s", mount->dir, strcmp(path + root, "/") == 0 ? "" : path + root);
    return n > 0 && n < CGROUP_PATH;
}

double cgroup_bytes_parse(const char *text, size_t n)
{
    uint64_t bytes;
    if (begins(text, n, "max"))
        return INFINITY;
    return parse_count(text, n, &bytes) ? (double)bytes : NAN;
}

/* The count behind KEY and a blank at the start of a line; false: there is no such line. */
static bool find_count(const char *text, size_t n, const char *key, uint64_t *out)
{
    const char *line;
    size_t len, key_len = strlen(key);
    for (size_t at = 0; next_part(text, n, &at, '\n', &line, &len);)
        if (begins(line, len, key) && len > key_len && line[key_len] == ' ')
            return parse_count(line + key_len + 1, len - key_len - 1, out);
    return false;
}

void cgroup_events_parse(const char *text, size_t n, struct cgroup_events *out)
{
    *out = (struct cgroup_events){0};
    const struct {
        const char *key;
        uint64_t *value;
    } keys[] = {{"high", &out->high}, {"max", &out->max}, {"oom", &out->oom}, {"oom_kill", &out->oom_kill}};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (!find_count(text, n, keys[i].key, keys[i].value))
            *keys[i].value = 0;
}

bool vmstat_oom_kill_parse(const char *text, size_t n, uint64_t *out)
{
    return find_count(text, n, "oom_kill", out);
}
