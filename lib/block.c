/* SPDX-License-Identifier: Apache-2.0
 * A block, and the lines in it. */
#include "block.h"
#include "scan.h"

#include <stdlib.h>

void jsonl_block_free(struct jsonl_block *b)
{
    struct block *block = (struct block *)b; /* its first member */
    if (!block)
        return;
    free(block->public.too_long);
    free(block->memory);
    free(block);
}

bool block_reserve(struct block *b, size_t n)
{
    if (n + SCAN_PADDING <= b->cap)
        return true;
    char *memory = realloc(b->memory, n + SCAN_PADDING);
    if (!memory)
        return false;
    b->memory = memory;
    b->cap = n + SCAN_PADDING;
    return true;
}

bool block_note_too_long(struct block *b, size_t number)
{
    size_t n = b->public.too_long_len;
    if ((n & (n - 1)) == 0) { /* there is room for the next power of two */
        size_t *numbers = realloc(b->public.too_long, (n ? 2 * n : 1) * sizeof *numbers);
        if (!numbers)
            return false;
        b->public.too_long = numbers;
    }
    b->public.too_long[b->public.too_long_len++] = number;
    return true;
}

/* Only a block that is larger than the limit can hold such a line. */
bool block_check_lengths(struct block *b, size_t line_max)
{
    if (b->public.len <= line_max)
        return true;
    size_t number = b->public.line, to = 0;
    for (size_t from = 0; from < b->public.len; number++) {
        const char *end = memchr(b->memory + from, '\n', b->public.len - from);
        size_t next = end ? (size_t)(end - b->memory) + 1 : b->public.len;
        size_t len = next - from;
        if (len - (end != NULL) > line_max) {
            if (!block_note_too_long(b, number))
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

bool jsonl_line_blank(const struct jsonl_line *line)
{
    for (size_t i = 0; i < line->len; i++)
        if (line->text[i] != ' ' && line->text[i] != '\t' && line->text[i] != '\r')
            return false;
    return !line->too_long;
}
