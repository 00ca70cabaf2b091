/* SPDX-License-Identifier: Apache-2.0 */
#include "folder.h"

#include "no_memory.h"
#include "uri.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool folder_add(struct store *s, const char *argument, struct jsonl_error *err)
{
    struct stat st;
    struct folder *f = jsonl_arena_alloc(&s->arena, sizeof *f, 1);
    const char *equals = strrchr(argument, '=');
    bool with_uri = equals && uri_scheme_length((struct jsonl_text){argument, (size_t)(equals - argument)}) > 0;
    char *uri = with_uri ? jsonl_arena_copy(&s->arena, argument, (size_t)(equals - argument)) : NULL;
    if (!f || (with_uri && !uri))
        return error_no_memory(err);
    *f = (struct folder){s->folders, uri, with_uri ? equals + 1 : argument, false};
    s->folders = f;
    int error = stat(f->path, &st) < 0 ? errno : S_ISDIR(st.st_mode) ? 0 : ENOTDIR;
    if (error)
        jsonl_error_set(err, "cannot read: %s", strerror(error));
    return error == 0;
}

static char *path_join(struct jsonl_arena *a, const char *folder, const char *name)
{
    size_t n = strlen(folder) + 1 + strlen(name);
    char *path = jsonl_arena_alloc(a, n + 1, 1);
    if (path)
        snprintf(path, n + 1, "%s/%s", folder, name);
    return path;
}

static bool is_schema_name(const char *name)
{
    static const char *const endings[] = {".json", ".yaml", ".yml"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(name), m = strlen(endings[i]);
        if (n > m && strcmp(name + n - m, endings[i]) == 0)
            return true;
    }
    return false;
}

static struct resource *file_register(struct store *s, const char *path, const char *uri, struct complaint *c)
{
    struct jsonl_error error = {0};
    return store_register(s, path, uri, jsonl_document_load(path, &error), &error, c);
}

static bool folder_walk(struct store *s, const char *path, const char *prefix, int depth, struct complaint *c);

/* Whether it is a link to a folder: it may lead back here. */
static bool is_folder_link(const char *path, const struct stat *target)
{
    struct stat st;
    return S_ISDIR(target->st_mode) && lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

/* One entry of a folder.  A file that is no schema is none of our business: it is passed over, and noted in case that
 * somebody misses it. */
static bool entry_read(struct store *s, const char *path, const char *prefix, const char *name, int depth,
                       struct complaint *c)
{
    struct stat st;
    struct complaint noted = {0};
    char *full = path_join(&s->arena, path, name);
    char *below = *prefix ? path_join(&s->arena, prefix, name) : jsonl_arena_copy(&s->arena, name, strlen(name));
    if (!full || !below)
        return complain_no_memory(c);
    if (*name == '.' || stat(full, &st) != 0 || is_folder_link(full, &st))
        return true;
    if (S_ISDIR(st.st_mode))
        return folder_walk(s, full, below, depth + 1, c);
    if (S_ISREG(st.st_mode) && is_schema_name(name) && !file_register(s, full, below, &noted) && !s->passed.file)
        s->passed = noted;
    return true;
}

/* Reads a folder's schemas, by name, and those of the folders in it; `prefix` is where it lies below the one named
 * with -r. */
static bool folder_walk(struct store *s, const char *path, const char *prefix, int depth, struct complaint *c)
{
    enum { DEPTH_MAX = 32 };
    struct dirent **entries = NULL;
    int n = depth < DEPTH_MAX ? scandir(path, &entries, NULL, alphasort) : -1;
    if (n < 0)
        return complain(c, NULL, NULL, "%s: the folder cannot be read", path);
    bool ok = true;
    for (int i = 0; i < n; i++) {
        ok = ok && entry_read(s, path, prefix, entries[i]->d_name, depth, c);
        free(entries[i]);
    }
    free(entries);
    return ok;
}

/* Where the URI's file would be below the folder; NULL: not there. */
static char *file_of(struct store *s, const struct folder *f, const char *uri)
{
    size_t n = strlen(f->uri);
    struct stat st;
    if (n > 0 && f->uri[n - 1] == '/')
        n--;
    if (strncmp(uri, f->uri, n) != 0 || uri[n] != '/' || strstr(uri + n, ".."))
        return NULL;
    char *path = path_join(&s->arena, f->path, uri + n + 1);
    return path && stat(path, &st) == 0 && S_ISREG(st.st_mode) ? path : NULL;
}

bool folders_read(struct store *s, const char *uri, struct complaint *c)
{
    for (struct folder *f = s->folders; f; f = f->next) {
        char *path = f->uri ? file_of(s, f, uri) : NULL;
        if (path)
            return file_register(s, path, uri, c);
        if (f->uri || f->read)
            continue;
        f->read = true;
        if (!folder_walk(s, f->path, "", 0, c))
            return false;
    }
    return true;
}
