/* SPDX-License-Identifier: Apache-2.0
 * A whole file as one value.  What was YAML becomes JSON text first, so that there is one parser and one kind of
 * tree; beside it lies where each value of that text came from. */
#include "descriptor.h"
#include "no_memory.h"
#include "utf8.h"
#include "yaml_json.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct jsonl_document {
    char *source;                /* JSON as it was read; NULL for YAML */
    struct jsonl_writer *made;   /* JSON made of YAML; NULL for JSON */
    struct yaml_places places;   /* of the JSON that was made */
    struct jsonl_text text;      /* the JSON, in either of them */
    struct jsonl_parser *parser; /* holds the values */
    const struct jsonl_value *root;
};

static const char byte_order_mark[] = "\xef\xbb\xbf";
enum { BYTE_ORDER_MARK_LEN = sizeof byte_order_mark - 1 };

static bool ends_in(const char *name, const char *ending)
{
    size_t n = strlen(name), m = strlen(ending);
    return n > m &&
           jsonl_text_compare_nocase((struct jsonl_text){name + n - m, m}, (struct jsonl_text){ending, m}) == 0;
}

static struct jsonl_text skip_byte_order_mark(struct jsonl_text t)
{
    if (t.n >= BYTE_ORDER_MARK_LEN && memcmp(t.s, byte_order_mark, BYTE_ORDER_MARK_LEN) == 0)
        return (struct jsonl_text){t.s + BYTE_ORDER_MARK_LEN, t.n - BYTE_ORDER_MARK_LEN};
    return t;
}

static bool is_yaml(const char *name, struct jsonl_text text)
{
    if (ends_in(name, ".yaml") || ends_in(name, ".yml"))
        return true;
    if (ends_in(name, ".json") || ends_in(name, ".jsonl"))
        return false;
    text = skip_byte_order_mark(text);
    size_t i = 0;
    while (i < text.n && strchr(" \t\r\n", text.s[i]) && text.s[i])
        i++;
    return i == text.n || (text.s[i] != '{' && text.s[i] != '[');
}

/* Line and column, in characters, of byte `at` of a text. */
static void text_locate(struct jsonl_text t, size_t at, size_t *line, size_t *column)
{
    const char *start = t.s, *place = t.s + (at < t.n ? at : t.n), *end;
    for (*line = 1; (end = memchr(start, '\n', (size_t)(place - start))); start = end + 1)
        ++*line;
    *column = 1 + utf8_count(start, (size_t)(place - start));
}

static bool document_read_yaml(struct jsonl_document *d, struct jsonl_text source, struct jsonl_error *err)
{
    struct jsonl_text yaml = skip_byte_order_mark(source);
    d->made = jsonl_writer_new(-1);
    if (!d->made)
        return error_no_memory(err);
    if (!yaml_to_json(yaml, d->made, &d->places, err)) {
        if (err && err->byte && !err->line) { /* not even characters yet */
            text_locate(yaml, err->byte - 1, &err->line, &err->column);
            err->byte += source.n - yaml.n;
        }
        return false;
    }
    d->text = jsonl_writer_text(d->made);
    d->root = jsonl_parse(d->parser, d->text.s, d->text.n, err);
    if (!d->root && err) /* out of memory: no place in a text that nobody has written */
        err->line = err->column = err->byte = 0;
    return d->root;
}

static bool document_read_json(struct jsonl_document *d, struct jsonl_text source, struct jsonl_error *err)
{
    d->source = malloc(source.n ? source.n : 1);
    if (!d->source)
        return error_no_memory(err);
    if (source.n)
        memcpy(d->source, source.s, source.n);
    d->text = skip_byte_order_mark((struct jsonl_text){d->source, source.n});
    d->root = jsonl_parse(d->parser, d->text.s, d->text.n, err);
    if (!d->root && err && err->byte)
        err->byte += (size_t)(d->text.s - d->source);
    return d->root;
}

struct jsonl_document *jsonl_document_parse(const char *name, struct jsonl_text text, struct jsonl_error *err)
{
    if (text.n > JSONL_DOCUMENT_MAX) {
        jsonl_error_set(err, "larger than %zu MiB", JSONL_DOCUMENT_MAX >> 20);
        return NULL;
    }
    struct jsonl_document *d = calloc(1, sizeof *d);
    if (!d || !(d->parser = jsonl_parser_new())) {
        error_no_memory(err);
        free(d);
        return NULL;
    }
    if (is_yaml(name ? name : "", text) ? document_read_yaml(d, text, err) : document_read_json(d, text, err))
        return d;
    jsonl_document_free(d);
    return NULL;
}

/* All of a descriptor, up to one byte more than a document may have; NULL with errno set. */
static char *read_all(int fd, size_t *len)
{
    struct stat st;
    size_t cap = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 && (size_t)st.st_size < JSONL_DOCUMENT_MAX
                     ? (size_t)st.st_size + 1
                     : 16384;
    char *data = malloc(cap);
    *len = 0;
    while (data && *len <= JSONL_DOCUMENT_MAX) {
        if (*len == cap) {
            cap = cap < JSONL_DOCUMENT_MAX / 2 ? 2 * cap : JSONL_DOCUMENT_MAX + 1;
            char *larger = realloc(data, cap);
            if (!larger)
                break;
            data = larger;
        }
        ssize_t n = descriptor_read(fd, data + *len, cap - *len);
        if (n == 0)
            return data;
        if (n < 0)
            break;
        *len += (size_t)n;
    }
    if (*len > JSONL_DOCUMENT_MAX)
        return data;
    int error = errno;
    free(data);
    errno = error;
    return NULL;
}

struct jsonl_document *jsonl_document_load(const char *path, struct jsonl_error *err)
{
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : descriptor_open(path, O_RDONLY | O_CLOEXEC);
    size_t len;
    if (fd < 0) {
        jsonl_error_set(err, "cannot read: %s", strerror(errno));
        return NULL;
    }
    char *data = read_all(fd, &len);
    if (!data)
        jsonl_error_set(err, "cannot read: %s", strerror(errno));
    if (!standard)
        close(fd);
    if (!data)
        return NULL;
    struct jsonl_document *d = jsonl_document_parse(path, (struct jsonl_text){data, len}, err);
    free(data);
    return d;
}

void jsonl_document_free(struct jsonl_document *d)
{
    if (!d)
        return;
    jsonl_parser_free(d->parser);
    jsonl_writer_free(d->made);
    free(d->places.list);
    free(d->source);
    free(d);
}

const struct jsonl_value *jsonl_document_root(const struct jsonl_document *d)
{
    return d->root;
}

struct jsonl_text jsonl_document_text(const struct jsonl_document *d)
{
    return d->text;
}

void jsonl_document_locate(const struct jsonl_document *d, const struct jsonl_value *v, size_t *line, size_t *column)
{
    if (!d->made) {
        text_locate(d->text, v->at, line, column);
        return;
    }
    const struct yaml_place *place = yaml_places_find(&d->places, v->at);
    *line = place->line;
    *column = place->column;
}
