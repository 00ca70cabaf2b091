/* SPDX-License-Identifier: Apache-2.0
 * Blocks of whole lines from files and pipes, and the lines in them.  A block ends with the last line end that a read
 * brought; what follows it moves to the front of the next block. */
#include "jsonl.h"
#include "scan.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes of one read; the fuzzer takes few, so that blocks end everywhere. */
#ifndef JSONL_READ_SIZE
#define JSONL_READ_SIZE (1 << 20)
#endif
enum { READ_SIZE = JSONL_READ_SIZE };

/* A block with its memory: `data` is in `memory` for as long as it lives. */
struct block {
    struct jsonl_block public;
    size_t cap;
    char *memory;
};

struct jsonl_reader {
    int fd;
    int until; /* no waiting for input once this descriptor is readable; -1: never */
    char *name;
    size_t line_max;
    size_t line;   /* number of the next block's first line */
    size_t order;  /* of the next block */
    bool skipping; /* in a line that was too long */
    bool ended;
    char *rest; /* the beginning of a line whose end was not read yet */
    size_t rest_len, rest_cap;
    struct block *current; /* the rest is jsonl_reader_line's: the block it is in, where, and the line before */
    size_t cursor;
    struct jsonl_line before;
};

struct jsonl_reader *jsonl_reader_open(const char *path, size_t line_max, struct jsonl_error *err)
{
    bool standard = !path || strcmp(path, "-") == 0;
    struct jsonl_reader *r = calloc(1, sizeof *r);
    if (r)
        r->name = strdup(standard ? "(standard input)" : path);
    if (!r || !r->name) {
        jsonl_error_set(err, "out of memory");
        free(r);
        return NULL;
    }
    r->line_max = line_max ? line_max : JSONL_LINE_MAX;
    r->line = 1;
    r->until = -1;
    r->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (r->fd < 0 || fstat(r->fd, &st) < 0 || S_ISDIR(st.st_mode)) {
        jsonl_error_set(err, "cannot read: %s", r->fd >= 0 && S_ISDIR(st.st_mode) ? strerror(EISDIR) : strerror(errno));
        jsonl_reader_close(r);
        return NULL;
    }
    return r;
}

void jsonl_block_free(struct jsonl_block *b)
{
    struct block *block = (struct block *)b; /* its first member */
    if (!block)
        return;
    free(block->public.too_long);
    free(block->memory);
    free(block);
}

void jsonl_reader_close(struct jsonl_reader *r)
{
    if (!r)
        return;
    if (r->fd > STDIN_FILENO)
        close(r->fd);
    if (r->current)
        jsonl_block_free(&r->current->public);
    free(r->rest);
    free(r->name);
    free(r);
}

const char *jsonl_reader_name(const struct jsonl_reader *r)
{
    return r->name;
}

void jsonl_reader_until(struct jsonl_reader *r, int fd)
{
    r->until = fd;
}

/* Waits for input, if there is another descriptor to look at.  false: that one is readable. */
static bool wait_for_input(const struct jsonl_reader *r)
{
    struct pollfd ready[] = {{.fd = r->fd, .events = POLLIN}, {.fd = r->until, .events = POLLIN}};
    while (r->until >= 0 && poll(ready, 2, -1) < 0)
        if (errno != EINTR && errno != EAGAIN)
            return true; /* the read will tell what is wrong */
    return r->until < 0 || ready[1].revents == 0;
}

/* What is there now, at most n bytes; 0 at the end, -1 with *err set. */
static ssize_t read_some(const struct jsonl_reader *r, char *to, size_t n, struct jsonl_error *err)
{
    int fd = r->fd;
    for (;;) {
        if (!wait_for_input(r))
            return 0;
        ssize_t got = read(fd, to, n);
        if (got >= 0)
            return got;
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            struct pollfd ready = {.fd = fd, .events = POLLIN};
            if (poll(&ready, 1, -1) >= 0 || errno == EINTR)
                continue;
        }
        if (errno != EINTR) {
            jsonl_error_set(err, "cannot read: %s", strerror(errno));
            return -1;
        }
    }
}

static const char *find_last(const char *data, size_t n, char c)
{
    while (n > 0)
        if (data[--n] == c)
            return data + n;
    return NULL;
}

static size_t count_lines(const char *data, size_t n)
{
    size_t lines = 0;
    const char *end = data + n;
    for (const char *nl; (nl = memchr(data, '\n', (size_t)(end - data))); data = nl + 1)
        lines++;
    return lines;
}

/* Notes that line `number` of the input was too long. */
static bool note_too_long(struct block *b, size_t number)
{
    size_t *numbers = realloc(b->public.too_long, (b->public.too_long_len + 1) * sizeof *numbers);
    if (!numbers)
        return false;
    numbers[b->public.too_long_len++] = number;
    b->public.too_long = numbers;
    return true;
}

static bool rest_keep(struct jsonl_reader *r, const char *data, size_t n)
{
    if (n > r->rest_cap) {
        char *rest = realloc(r->rest, n);
        if (!rest)
            return false;
        r->rest = rest;
        r->rest_cap = n;
    }
    if (n)
        memcpy(r->rest, data, n);
    r->rest_len = n;
    return true;
}

/* Room for what is left of the last block and one read, and for what the parser may read beyond. */
static bool block_prepare(struct jsonl_reader *r, struct block *b)
{
    size_t need = r->rest_len + READ_SIZE + SCAN_PADDING;
    if (need > b->cap) {
        char *memory = realloc(b->memory, need);
        if (!memory)
            return false;
        b->memory = memory;
        b->cap = need;
    }
    return true;
}

/* Cuts a line without an end out of data[0..n): the line goes on in later reads and is passed over until its end.
 * What stays in its place is an empty line, which is added when the end comes. */
static size_t skip_to_line_end(struct jsonl_reader *r, char *data, size_t n)
{
    const char *end = memchr(data, '\n', n);
    if (!end)
        return 0;
    r->skipping = false;
    size_t left = n - (size_t)(end - data); /* with the line end: that is the empty line */
    memmove(data, end, left);
    return left;
}

/* Empties the complete lines in the block that are longer than allowed; only a block that is larger than the limit
 * can hold one. */
static bool block_check_lengths(struct jsonl_reader *r, struct block *b)
{
    if (b->public.len <= r->line_max)
        return true;
    size_t number = b->public.line, to = 0;
    for (size_t from = 0; from < b->public.len; number++) {
        const char *end = memchr(b->memory + from, '\n', b->public.len - from);
        size_t next = end ? (size_t)(end - b->memory) + 1 : b->public.len;
        size_t len = next - from;
        if (len - (end != NULL) > r->line_max) {
            if (!note_too_long(b, number))
                return false;
            from = next - 1; /* the last line may be without an end: the empty one in its place has one */
            b->memory[from] = '\n';
            len = 1;
        }
        memmove(b->memory + to, b->memory + from, len);
        to += len;
        from = next;
    }
    b->public.len = to;
    return true;
}

/* Reads until there is a whole line or the end.  1, 0, -1 as jsonl_reader_block. */
static int block_fill(struct jsonl_reader *r, struct block *b, struct jsonl_error *err)
{
    bool was_too_long = r->skipping;
    size_t len = 0;
    if (!block_prepare(r, b))
        goto no_memory;
    if (r->rest_len)
        memcpy(b->memory, r->rest, r->rest_len);
    len = r->rest_len;
    r->rest_len = 0;
    b->public = (struct jsonl_block){.order = r->order, .line = r->line};
    for (;;) {
        if (b->cap - SCAN_PADDING - len < READ_SIZE / 2) {
            char *memory = realloc(b->memory, b->cap * 2);
            if (!memory)
                goto no_memory;
            b->memory = memory;
            b->cap *= 2;
        }
        size_t room = b->cap - SCAN_PADDING - len;
        room = room < READ_SIZE ? room : READ_SIZE;
        ssize_t got = read_some(r, b->memory + len, room, err);
        if (got < 0) {
            r->ended = true;
            return -1;
        }
        if (got == 0) {
            r->ended = true;
            if (r->skipping)
                b->memory[len++] = '\n'; /* the empty line in its place */
            break;
        }
        size_t fresh = (size_t)got;
        if (r->skipping)
            fresh = skip_to_line_end(r, b->memory + len, fresh);
        const char *end = find_last(b->memory + len, fresh, '\n');
        len += fresh;
        if (end) {
            size_t whole = (size_t)(end - b->memory) + 1;
            if (!rest_keep(r, b->memory + whole, len - whole))
                goto no_memory;
            len = whole;
            break;
        }
        if (len > r->line_max) { /* and no end in sight: the memory stays bounded */
            r->skipping = was_too_long = true;
            len = 0;
        }
    }
    if (was_too_long && !note_too_long(b, r->line))
        goto no_memory;
    b->public.data = b->memory;
    b->public.len = len;
    b->public.last = r->ended;
    if (!block_check_lengths(r, b))
        goto no_memory;
    memset(b->memory + b->public.len, 0, SCAN_PADDING); /* a line without an end stops there */
    r->order++;
    return len > 0;
no_memory:
    jsonl_error_set(err, "out of memory");
    r->ended = true;
    return -1;
}

int jsonl_reader_block(struct jsonl_reader *r, struct jsonl_block **block, struct jsonl_error *err)
{
    *block = NULL;
    if (r->ended)
        return 0;
    struct block *b = calloc(1, sizeof *b);
    if (!b) {
        jsonl_error_set(err, "out of memory");
        return -1;
    }
    int got = block_fill(r, b, err);
    if (got == 1) {
        *block = &b->public;
        r->line += count_lines(b->public.data, b->public.len);
    } else {
        jsonl_block_free(&b->public);
    }
    return got;
}

static int number_order(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

static bool was_too_long(const struct jsonl_block *b, size_t number)
{
    return b->too_long_len && bsearch(&number, b->too_long, b->too_long_len, sizeof number, number_order);
}

/* Fills *line with the line at `cursor`; returns where the next one starts. */
static size_t line_at(const struct jsonl_block *b, size_t cursor, size_t number, struct jsonl_line *line)
{
    const char *start = b->data + cursor;
    const char *end = memchr(start, '\n', b->len - cursor);
    size_t raw_len = end ? (size_t)(end - start) + 1 : b->len - cursor;
    *line = (struct jsonl_line){.text = start, .len = raw_len, .raw = start, .raw_len = raw_len, .number = number};
    line->unended = !end;
    if (end)
        line->len--;
    if (line->len > 0 && start[line->len - 1] == '\r' && end)
        line->len--;
    /* At the start of any line, not only the first: streams are merged by cat. */
    if (line->len >= 3 && memcmp(line->text, "\xef\xbb\xbf", 3) == 0) {
        line->text += 3;
        line->len -= 3;
    }
    if (was_too_long(b, number)) {
        line->too_long = true;
        line->len = line->raw_len = 0;
    }
    return cursor + raw_len;
}

bool jsonl_block_line(const struct jsonl_block *b, size_t *cursor, struct jsonl_line *line)
{
    if (*cursor >= b->len)
        return false;
    *cursor = line_at(b, *cursor, *cursor == 0 ? b->line : line->number + 1, line);
    return true;
}

int jsonl_reader_line(struct jsonl_reader *r, struct jsonl_line *line, struct jsonl_error *err)
{
    if (!r->current) {
        r->current = calloc(1, sizeof *r->current);
        if (!r->current) {
            jsonl_error_set(err, "out of memory");
            return -1;
        }
    }
    struct block *b = r->current;
    while (!b->public.data || !jsonl_block_line(&b->public, &r->cursor, &r->before)) {
        if (r->ended)
            return 0;
        free(b->public.too_long);
        b->public.too_long = NULL;
        r->cursor = 0;
        int got = block_fill(r, b, err);
        if (got < 1) {
            b->public = (struct jsonl_block){.data = NULL};
            return got;
        }
    }
    r->line = r->before.number + 1;
    *line = r->before;
    return 1;
}

bool jsonl_line_blank(const struct jsonl_line *line)
{
    for (size_t i = 0; i < line->len; i++)
        if (line->text[i] != ' ' && line->text[i] != '\t' && line->text[i] != '\r')
            return false;
    return !line->too_long;
}
