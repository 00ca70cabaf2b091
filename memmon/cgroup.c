/* SPDX-License-Identifier: Apache-2.0 */
#include "cgroup.h"

#include "cursor.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool copy(char to[CGROUP_PATH], const char *from, size_t n)
{
    if (n >= CGROUP_PATH)
        return false;
    memcpy(to, from, n);
    to[n] = '\0';
    return true;
}

bool cgroup_path_parse(const char *text, size_t n, char path[CGROUP_PATH])
{
    for (struct cursor c = {text, text + n}; c.at < c.end; cursor_next_line(&c)) {
        struct cursor line = c;
        if (!cursor_match(&line, "0::/"))
            continue;
        const char *from = line.at - 1;
        size_t len = cursor_line(&line) + 1;
        return !cursor_match(&line, "..") && copy(path, from, len);
    }
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

/* The next field of a line, up to a blank; false: none is left. */
static bool next_field(struct cursor *line, struct cursor *field)
{
    if (line->at == line->end)
        return false;
    const char *blank = memchr(line->at, ' ', (size_t)(line->end - line->at));
    *field = (struct cursor){line->at, blank ? blank : line->end};
    line->at = blank ? blank + 1 : line->end;
    return true;
}

static bool field_is(const struct cursor *field, const char *word)
{
    struct cursor c = *field;
    return cursor_match(&c, word) && c.at == c.end;
}

/* ID PARENT MAJOR:MINOR ROOT DIR OPTIONS [TAG…] - TYPE SOURCE OPTIONS */
static bool mount_line_parse(struct cursor line, struct cgroup_mount *out)
{
    enum { ROOT = 3, DIR = 4 };
    struct cursor field;
    bool cgroup2 = false, separated = false, fits = true;
    for (unsigned i = 0; !separated && next_field(&line, &field); i++) {
        size_t len = (size_t)(field.end - field.at);
        if (i == ROOT)
            fits = copy(out->root, field.at, len);
        else if (i == DIR)
            fits = fits && copy(out->dir, field.at, len);
        separated = i > DIR && field_is(&field, "-");
    }
    if (separated)
        cgroup2 = next_field(&line, &field) && field_is(&field, "cgroup2");
    if (!cgroup2 || !fits)
        return false;
    unescape(out->root);
    unescape(out->dir);
    return true;
}

bool cgroup_mount_parse(const char *text, size_t n, struct cgroup_mount *out)
{
    for (struct cursor c = {text, text + n}; c.at < c.end; cursor_next_line(&c))
        if (mount_line_parse((struct cursor){c.at, c.at + cursor_line(&c)}, out))
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

bool cgroup_controllers_have(const char *text, size_t n, const char *name)
{
    struct cursor field, line = {text, text + n};
    line.end = line.at + cursor_line(&line);
    while (next_field(&line, &field))
        if (field_is(&field, name))
            return true;
    return false;
}

double cgroup_bytes_parse(const char *text, size_t n)
{
    struct cursor c = {text, text + n};
    uint64_t bytes;
    if (cursor_match(&c, "max"))
        return INFINITY;
    return cursor_number(&c, &bytes) ? (double)bytes : NAN;
}

/* The count behind KEY and a blank at the start of a line; false: there is no such line. */
static bool find_count(const char *text, size_t n, const char *key, uint64_t *out)
{
    for (struct cursor c = {text, text + n}; c.at < c.end; cursor_next_line(&c)) {
        struct cursor line = c;
        if (cursor_match(&line, key) && cursor_match(&line, " "))
            return cursor_number(&line, out);
    }
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
