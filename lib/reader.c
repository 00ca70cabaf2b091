/* SPDX-License-Identifier: Apache-2.0
 * Blocks of whole lines from files and pipes.  A block ends with the last line end that a read brought; what follows it
 * moves to the front of the next block. */
#include "block.h"
#include "descriptor.h"
#include "no_memory.h"
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
        error_no_memory(err);
        free(r);
        return NULL;
    }
    r->line_max = line_max ? line_max : JSONL_LINE_MAX;
    r->line = 1;
    r->until = -1;
    r->fd = standard ? STDIN_FILENO : descriptor_open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    int error = r->fd < 0 || fstat(r->fd, &st) < 0 ? errno : S_ISDIR(st.st_mode) ? EISDIR : 0;
    if (!error)
        return r;
    jsonl_error_set(err, "cannot read: %s", strerror(error));
    jsonl_reader_close(r);
    return NULL;
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

static int no_memory(struct jsonl_reader *r, struct jsonl_error *err)
{
    error_no_memory(err);
    r->ended = true;
    return -1;
}

/* Reads once, behind the first *len bytes of the block, and sets *len anew.  1: these are whole lines, or the input
 * ends; 0: not yet; -1: *err is set. */
static int block_read(struct jsonl_reader *r, struct block *b, size_t *len, struct jsonl_error *err)
{
    if (b->cap - SCAN_PADDING - *len < READ_SIZE / 2 && !block_reserve(b, 2 * b->cap))
        return no_memory(r, err);
    size_t room = b->cap - SCAN_PADDING - *len;
    ssize_t got = read_some(r, b->memory + *len, room < READ_SIZE ? room : READ_SIZE, err);
    if (got <= 0) {
        r->ended = true;
        if (got == 0 && r->skipping)
            b->memory[(*len)++] = '\n'; /* the empty line in its place */
        return got < 0 ? -1 : 1;
    }
    size_t fresh = r->skipping ? skip_to_line_end(r, b->memory + *len, (size_t)got) : (size_t)got;
    const char *end = find_last(b->memory + *len, fresh, '\n');
    *len += fresh;
    if (!end) {
        if (*len > r->line_max) { /* and no end in sight: the memory stays bounded */
            r->skipping = true;
            *len = 0;
        }
        return 0;
    }
    size_t whole = (size_t)(end - b->memory) + 1;
    if (!rest_keep(r, b->memory + whole, *len - whole))
        return no_memory(r, err);
    *len = whole;
    return 1;
}

/* Reads until there is a whole line or the end.  1, 0, -1 as jsonl_reader_block. */
static int block_fill(struct jsonl_reader *r, struct block *b, struct jsonl_error *err)
{
    bool too_long = false; /* the first line */
    size_t len = r->rest_len;
    int got;
    if (!block_reserve(b, len + READ_SIZE))
        return no_memory(r, err);
    if (len)
        memcpy(b->memory, r->rest, len);
    r->rest_len = 0;
    b->public = (struct jsonl_block){.order = r->order, .line = r->line};
    do {
        too_long |= r->skipping;
        got = block_read(r, b, &len, err);
    } while (got == 0);
    if (got < 0)
        return -1;
    b->public.data = b->memory;
    b->public.len = len;
    b->public.last = r->ended;
    if ((too_long && !block_note_too_long(b, r->line)) || !block_check_lengths(b, r->line_max))
        return no_memory(r, err);
    memset(b->memory + b->public.len, 0, SCAN_PADDING); /* a line without an end stops there */
    r->order++;
    return len > 0;
}

int jsonl_reader_block(struct jsonl_reader *r, struct jsonl_block **block, struct jsonl_error *err)
{
    *block = NULL;
    if (r->ended)
        return 0;
    struct block *b = calloc(1, sizeof *b);
    if (!b)
        return no_memory(r, err);
    int got = block_fill(r, b, err);
    if (got == 1) {
        *block = &b->public;
        r->line += count_lines(b->public.data, b->public.len);
    } else {
        jsonl_block_free(&b->public);
    }
    return got;
}

int jsonl_reader_line(struct jsonl_reader *r, struct jsonl_line *line, struct jsonl_error *err)
{
    if (!r->current && !(r->current = calloc(1, sizeof *r->current)))
        return no_memory(r, err);
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
