/* SPDX-License-Identifier: Apache-2.0
 * Bytes through jsonl_reader, by lines and by blocks, against a plain splitter.
 *
 * The first byte of the input sets the limit of a line, the second how read(2) behaves: in pieces of what size, with
 * EINTR, EAGAIN or an error in between.  Of the rest holds:
 * - Lines are what lies between line ends: text without LF or CRLF and without a byte order mark before it, raw with
 *   all of it, numbered from 1; the last one may be unended; one longer than the limit is empty and says so.
 * - Blocks hold the same lines, in whole lines, ordered and numbered; only what `last` allows follows.
 * - jsonl_parse_line says of each line, where it lies, what jsonl_parse says of a copy.
 * - It does not matter in which pieces the bytes came.
 * - After an error of read(2) the reader is at its end.
 * - A blank line is one of white space.
 *
 * Every read(2) of the library comes here (ld --wrap). */
#include "support/fuzz.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECE_EVEN, PIECE_GROWING, PIECE_INTERRUPTED, PIECE_BROKEN, PIECE_KINDS };

static struct {
    bool on;
    unsigned kind;
    size_t piece; /* bytes */
    size_t calls;
} hostile;

ssize_t __real_read(int fd, void *to, size_t n);
ssize_t __wrap_read(int fd, void *to, size_t n);

ssize_t __wrap_read(int fd, void *to, size_t n)
{
    if (!hostile.on)
        return __real_read(fd, to, n);
    size_t call = hostile.calls++;
    size_t piece = hostile.kind == PIECE_GROWING ? 1 + call : hostile.piece;
    if (hostile.kind == PIECE_INTERRUPTED && call % 3 != 2) {
        errno = call % 3 ? EAGAIN : EINTR;
        return -1;
    }
    if (hostile.kind == PIECE_BROKEN && call == 3) {
        errno = EIO;
        return -1;
    }
    return __real_read(fd, to, n < piece ? n : piece);
}

/* What a line must be, by the header alone. */
struct want {
    const char *data, *end;
    size_t limit;
    size_t number; /* of the next line */
};

static struct jsonl_text strip(struct jsonl_text t, bool ended)
{
    t.n -= ended;
    if (ended && t.n && t.s[t.n - 1] == '\r')
        t.n--;
    if (t.n >= 3 && memcmp(t.s, "\xef\xbb\xbf", 3) == 0)
        t = (struct jsonl_text){t.s + 3, t.n - 3};
    return t;
}

static void check_line(struct want *want, const struct jsonl_line *line)
{
    size_t number = want->number++;
    const char *start = want->data;
    MUST(start < want->end, "line %zu comes after the last", line->number);
    const char *lf = memchr(start, '\n', (size_t)(want->end - start));
    size_t raw_len = lf ? (size_t)(lf - start) + 1 : (size_t)(want->end - start);
    want->data += raw_len;
    MUST(line->number == number, "number %zu of line %zu", line->number, number);
    bool too_long = raw_len - (lf != NULL) > want->limit;
    MUST(line->too_long == too_long, "line %zu of %zu bytes, limit %zu, is %s", number, raw_len, want->limit,
         line->too_long ? "too long" : "not too long");
    if (too_long) {
        MUST(line->len == 0 && line->raw_len == 0, "line %zu is too long, but not empty", number);
        MUST(!jsonl_line_blank(line), "line %zu is too long, and blank", number);
        return;
    }
    struct jsonl_text text = strip((struct jsonl_text){start, raw_len}, lf);
    MUST(line->unended == !lf, "line %zu is %s", number, line->unended ? "unended" : "ended");
    MUST(line->raw_len == raw_len && memcmp(line->raw, start, raw_len) == 0, "line %zu, raw: %.*s", number,
         (int)line->raw_len, line->raw);
    MUST(line->len == text.n && memcmp(line->text, text.s, text.n) == 0, "line %zu: %.*s", number, (int)line->len,
         line->text);
    bool blank = true;
    for (size_t i = 0; i < text.n; i++)
        blank &= text.s[i] == ' ' || text.s[i] == '\t' || text.s[i] == '\r';
    MUST(jsonl_line_blank(line) == blank, "line %zu is %sblank", number, blank ? "" : "not ");
}

static void check_parse(const struct jsonl_line *line)
{
    static struct jsonl_parser *p, *q;
    struct jsonl_error err, other;
    if (!p) {
        p = fuzz_need(jsonl_parser_new());
        q = fuzz_need(jsonl_parser_new());
    }
    char *copy = fuzz_copy(line->text, line->len);
    const struct jsonl_value *v = jsonl_parse_line(p, line, &err), *w = jsonl_parse(q, copy, line->len, &other);
    MUST(!v == !w, "line %zu: %s", line->number, v ? other.message : err.message);
    MUST(!v || (v->span == w->span && fuzz_values_equal(v, w, 0)), "line %zu has other values", line->number);
    free(copy);
}

static struct jsonl_reader *reader_open(int fd, size_t limit)
{
    struct jsonl_error err;
    lseek(fd, 0, SEEK_SET);
    hostile.on = false;
    struct jsonl_reader *r = jsonl_reader_open(fuzz_path(fd).s, limit, &err);
    MUST(r, "%s", err.message);
    hostile.on = true;
    hostile.calls = 0;
    return r;
}

/* got: what the reader returned last. */
static void check_end(const struct want *want, int got, const struct jsonl_error *err)
{
    hostile.on = false;
    MUST(got <= 0, "returned %d", got);
    MUST(got == 0 || hostile.kind == PIECE_BROKEN, "%s", err->message);
    MUST(got == -1 || want->data == want->end, "the end, with %zu bytes to come", (size_t)(want->end - want->data));
}

static void read_lines(int fd, struct want want)
{
    struct jsonl_error err;
    struct jsonl_line line;
    struct jsonl_reader *r = reader_open(fd, want.limit);
    int got;
    while ((got = jsonl_reader_line(r, &line, &err)) == 1) {
        check_line(&want, &line);
        check_parse(&line);
    }
    check_end(&want, got, &err);
    MUST(jsonl_reader_line(r, &line, &err) == 0, "after the end there is more");
    jsonl_reader_close(r);
}

static void read_blocks(int fd, struct want want)
{
    struct jsonl_error err;
    struct jsonl_reader *r = reader_open(fd, want.limit);
    struct jsonl_block *b;
    int got;
    bool last = false;
    for (size_t order = 0; (got = jsonl_reader_block(r, &b, &err)) == 1; order++) {
        struct jsonl_line line;
        size_t cursor = 0;
        MUST(!last, "a block after the last");
        MUST(b->order == order && b->line == want.number, "block %zu from line %zu is %zu from %zu", order, want.number,
             b->order, b->line);
        MUST(b->len > 0, "block %zu is empty", order);
        while (jsonl_block_line(b, &cursor, &line)) {
            check_line(&want, &line);
            check_parse(&line);
        }
        for (size_t i = 0; i < b->too_long_len; i++)
            MUST(b->too_long[i] >= b->line && b->too_long[i] < want.number &&
                     (!i || b->too_long[i] > b->too_long[i - 1]),
                 "block %zu from line %zu: line %zu is too long", order, b->line, b->too_long[i]);
        last = b->last;
        jsonl_block_free(b);
    }
    check_end(&want, got, &err);
    MUST(jsonl_reader_block(r, &b, &err) == 0, "after the end there is more");
    jsonl_reader_close(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t limit = 1 + fuzz_take(&data, &size);
    uint8_t pieces = fuzz_take(&data, &size);
    hostile.kind = pieces % PIECE_KINDS;
    hostile.piece = 1 + pieces / PIECE_KINDS;
    int fd = fuzz_file(data, size);
    struct want want = {.data = (const char *)data, .end = (const char *)data + size, .limit = limit, .number = 1};
    read_lines(fd, want);
    read_blocks(fd, want);
    close(fd);
    return 0;
}
