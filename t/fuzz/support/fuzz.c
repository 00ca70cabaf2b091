/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

_Noreturn void fuzz_fail(const char *file, int line, const char *condition, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "\n%s:%d: this must hold: %s\n%s:%d: ", file, line, condition, file, line);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    abort();
}

void *fuzz_need(void *p)
{
    MUST(p, "out of memory");
    return p;
}

void fuzz_config(struct jsonl_config *config)
{
    struct jsonl_error err;
    unsetenv("MLXK_BENCH_CONFIG");
    MUST(jsonl_config_load(config, NULL, NULL, &err), "%s", err.message);
}

uint8_t fuzz_take(const uint8_t **data, size_t *size)
{
    if (*size == 0)
        return 0;
    --*size;
    return *(*data)++;
}

char *fuzz_copy(const void *data, size_t n)
{
    char *copy = fuzz_need(malloc(n)); /* glibc gives a pointer for 0, too */
    if (n)
        memcpy(copy, data, n);
    return copy;
}

int fuzz_file(const void *data, size_t n)
{
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    MUST(fd >= 0 && write(fd, data, n) == (ssize_t)n && lseek(fd, 0, SEEK_SET) == 0, "no file in memory");
    return fd;
}

struct fuzz_path fuzz_path(int fd)
{
    struct fuzz_path path;
    snprintf(path.s, sizeof path.s, "/proc/self/fd/%d", fd);
    return path;
}

size_t fuzz_utf8(const char *s, size_t n, uint32_t *character)
{
    static const uint32_t lowest[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = n ? (unsigned char)*s : 0x80;
    size_t len = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
    if (len == 0 || len > n)
        return 0;
    uint32_t c = len == 1 ? first : first & (0x7fu >> len);
    for (size_t i = 1; i < len; i++) {
        if ((unsigned char)s[i] >> 6 != 2)
            return 0;
        c = c << 6 | ((unsigned char)s[i] & 0x3f);
    }
    *character = c;
    return c < lowest[len] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? 0 : len;
}

void fuzz_check_error(const struct jsonl_error *err, const char *text, size_t n)
{
    size_t len = strnlen(err->message, sizeof err->message);
    MUST(len > 0 && len < sizeof err->message, "the message is empty or has no end");
    MUST(err->message[len - 1] != '.' && err->message[len - 1] != '\n', "\"%s\"", err->message);
    const char *line = text, *end = text + n;
    MUST(err->line >= 1 && err->byte >= 1 && err->column >= 1, "line %zu, byte %zu, column %zu", err->line, err->byte,
         err->column);
    for (size_t i = 1; i < err->line; i++) {
        const char *nl = line < end ? memchr(line, '\n', (size_t)(end - line)) : NULL;
        MUST(nl, "line %zu of a text of %zu", err->line, i);
        line = nl + 1;
    }
    MUST(err->byte - 1 <= (size_t)(end - line), "byte %zu of a line of %zu", err->byte, (size_t)(end - line));
    MUST(!memchr(line, '\n', err->byte - 1), "byte %zu is in a later line", err->byte);
    size_t column = 1;
    for (size_t i = 0; i + 1 < err->byte; i++)
        column += (unsigned char)line[i] >> 6 != 2;
    MUST(err->column == column, "column %zu, but byte %zu is in column %zu", err->column, err->byte, column);
}

static bool value_equal(const struct jsonl_value *a, const struct jsonl_value *b, uint32_t shift)
{
    if (a->type != b->type || a->flags != b->flags || a->span != b->span || a->at + shift != b->at)
        return false;
    switch (a->type) {
    case JSONL_NUMBER:
        return a->len == b->len && memcmp(&a->u.num, &b->u.num, sizeof a->u.num) == 0;
    case JSONL_STRING:
        return a->len == b->len && memcmp(a->u.str, b->u.str, a->len) == 0;
    case JSONL_ARRAY:
    case JSONL_OBJECT:
        return a->len == b->len;
    default:
        return true;
    }
}

bool fuzz_values_equal(const struct jsonl_value *a, const struct jsonl_value *b, uint32_t shift)
{
    uint32_t span = a->span;
    for (uint32_t i = 0; i < span; i++)
        if (!value_equal(&a[i], &b[i], shift) || (i > 0 && a[i].name != b[i].name))
            return false;
    return true;
}

size_t fuzz_value_end(const char *text, size_t n, size_t at)
{
    size_t depth = 0;
    do {
        if (text[at] == '"') {
            for (at++; at < n && text[at] != '"'; at++)
                at += text[at] == '\\';
            at++;
        } else if (strchr("[{", text[at])) {
            depth++;
            at++;
        } else if (strchr("]}", text[at])) {
            depth--;
            at++;
        } else if (strchr(" \t\r\n,:", text[at])) {
            at++;
        } else {
            while (at < n && !strchr(" \t\r\n,:]}", text[at]))
                at++;
        }
    } while (depth > 0 && at < n);
    return at;
}
