/* SPDX-License-Identifier: Apache-2.0
 * grow - makes a long recording out of a short one
 *
 *     grow KIND COUNT <RECORDING      KIND: test, sample; COUNT: lines
 *
 * Each record of that kind becomes a template.  They are written again and again, in order, and every time with other
 * numbers (as many digits as they had, or one more or less), other strings, members that come and go, and a clock that
 * goes on: so that neither a branch predictor nor a cache can learn the file.  The result is what the format allows:
 * validate passes all of it.  The same recording gives the same bytes. */
#include "random.h"
#include "template.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define START_US INT64_C(1795398543566000) /* when the recording begins, epoch microseconds */

struct grow {
    struct random random;
    struct jsonl_writer *out;
    int64_t start, now, end; /* microseconds: of all, of the record, of the test */
    double factor;           /* for the numbers of this pass through the templates */
    bool compact;            /* this pass is written without blanks and with all decimals, as memmon does */
    struct decimal duration;
    bool samples; /* else tests */
};

/* ---- Values ------------------------------------------------------------------------------------------ */
static void write_decimal(struct grow *g, struct decimal d)
{
    char buf[DECIMAL_SIZE];
    size_t n;
    const char *s = decimal_write(d, buf, &n);
    jsonl_write(g->out, s, n);
}

/* A number near d: its size goes by the pass, its last digits by chance, as does how many there are. */
static struct decimal number_like(struct grow *g, struct decimal d)
{
    uint64_t r = random_next(&g->random);
    if (d.digits == 0)
        d.digits = r % (d.decimals ? 2 : 16) ? 0 : (r >> 8) % 9;
    else
        d.digits = (uint64_t)((double)d.digits * g->factor) + (r >> 8) % 7;
    if (g->compact || d.decimals == 0)
        return d;
    if (r >> 60 == 0 && d.decimals < 12) {
        d.digits = d.digits * 10 + 1 + (r >> 32) % 9;
        d.decimals++;
    } else if (r >> 60 == 1 && d.decimals > 1) {
        d.digits /= 10;
        d.decimals--;
    }
    for (; d.decimals > 1 && d.digits % 10 == 0; d.decimals--)
        d.digits /= 10;
    return d;
}

static struct decimal percent_like(struct grow *g, struct decimal d)
{
    d = number_like(g, d);
    return decimal_value(d) <= 100 ? d : (struct decimal){1000, 1};
}

static void write_seconds(struct grow *g, int64_t us, int decimals)
{
    static const int64_t step[] = {1000000, 100000, 10000, 1000, 100, 10, 1};
    write_decimal(g, (struct decimal){(uint64_t)(us / step[decimals]), decimals});
}

static void write_stamp(struct grow *g)
{
    char buf[JSONL_TIME_SIZE];
    jsonl_time_format(buf, g->end, 6);
    jsonl_printf(g->out, "\"%.*s+00:00\"", (int)strcspn(buf, "Z"), buf);
}

/* JSON strings as servers and people write them: plain, with escapes, in other alphabets. */
static void write_words(struct grow *g)
{
    static const char *const words[] = {
        "model",  "loaded", "after",  "retry",  "\\\"quoted\\\"",  "C:\\\\models",   "line\\nbreak", "a\\/b",
        "größer", "naïve",  "日本語", "модель", "\\u00e9t\\u00e9", "\\ud83d\\ude80", "🙂",         "<|im_end|>",
        "</s>",   "\\t",    "9.5 GB", "–",
    };
    size_t n = 1 + random_below(&g->random, 9);
    jsonl_puts(g->out, "\"");
    for (size_t i = 0; i < n; i++) {
        jsonl_puts(g->out, i ? " " : "");
        jsonl_puts(g->out, words[random_below(&g->random, sizeof words / sizeof *words)]);
    }
    jsonl_puts(g->out, "\"");
}

/* What a test or a sample has now and then, behind its other members. */
static void write_more(struct grow *g)
{
    const char *blank = g->compact ? "" : " ";
    uint64_t r = random_next(&g->random);
    if (g->samples && r % 512 == 0) {
        jsonl_printf(g->out, ",%s\"events\":%s[{\"ts\":%s", blank, blank, blank);
        write_seconds(g, g->now, 6);
        jsonl_puts(g->out, ", \"event\": \"mark\", \"label\": ");
        write_words(g);
        jsonl_puts(g->out, "}]");
    } else if (!g->samples && r % 8 == 0) {
        jsonl_puts(g->out, ", \"stop_tokens\": {\"configured\": [");
        write_words(g);
        jsonl_puts(g->out, ", ");
        write_words(g);
        jsonl_printf(g->out, "], \"detected\": [], \"leaked\": %s}", r & 256 ? "true" : "false");
    }
    if (!g->samples && r / 8 % 8 == 0)
        jsonl_printf(g->out,
                     ", \"timeline\": {\"request_sent_ms\": %d, \"first_token_ms\": %d.%d, \"stream_complete_ms\": %d}",
                     (int)(r >> 54), (int)(r >> 50 & 0xffff), (int)(r >> 32 & 0xfff), (int)(r >> 40 & 0xfffff));
}

static void write_text(struct grow *g, struct jsonl_text t)
{
    if (g->compact && t.n == 2 && t.s[1] == ' ')
        t.n = 1;
    jsonl_write(g->out, t.s, t.n);
}

static void write_name(struct grow *g, const struct piece *p)
{
    static const char *const makers[] = {"mlx-community", "random-init", "größe"};
    const char *slash = memchr(p->text.s, '/', p->text.n);
    size_t skip = slash && p->kind == PIECE_MODEL ? (size_t)(slash - p->text.s) : 0;
    jsonl_puts(g->out, "\"");
    if (skip)
        jsonl_puts(g->out, makers[random_below(&g->random, 3)]);
    size_t n = p->text.n - skip;
    bool digit =
        p->kind == PIECE_TEST && n > 2 && p->text.s[n - 1] == ']' && p->text.s[n - 2] >= '0' && p->text.s[n - 2] <= '9';
    jsonl_write(g->out, p->text.s + skip, digit ? n - 2 : n);
    if (digit)
        jsonl_printf(g->out, "%d]", (int)random_below(&g->random, 10));
    jsonl_puts(g->out, "\"");
}

static void write_outcome(struct grow *g, const struct piece *p)
{
    uint64_t r = random_below(&g->random, 100);
    if (r == 0)
        jsonl_puts(g->out, "\"failed\"");
    else if (r == 1)
        jsonl_puts(g->out, "\"skipped\"");
    else
        jsonl_write(g->out, p->text.s, p->text.n);
}

/* ---- Records ----------------------------------------------------------------------------------------- */
static void write_piece(struct grow *g, const struct piece *p)
{
    switch (p->kind) {
    case PIECE_TEXT:
        write_text(g, p->text);
        break;
    case PIECE_LINE:
        jsonl_write(g->out, "\n", 1);
        break;
    case PIECE_NUMBER:
        write_decimal(g, number_like(g, p->number));
        break;
    case PIECE_PERCENT:
        write_decimal(g, percent_like(g, p->number));
        break;
    case PIECE_OPTIONAL:
        break;
    case PIECE_CLOCK:
        write_seconds(g, g->now, 3);
        break;
    case PIECE_ELAPSED:
        write_seconds(g, g->now - g->start, 3);
        break;
    case PIECE_STAMP:
        write_stamp(g);
        break;
    case PIECE_START:
        write_seconds(g, g->now, 6);
        break;
    case PIECE_END:
        write_seconds(g, g->end, 6);
        break;
    case PIECE_DURATION:
        write_decimal(g, g->duration);
        break;
    case PIECE_OUTCOME:
        write_outcome(g, p);
        break;
    case PIECE_TEST:
    case PIECE_MODEL:
        write_name(g, p);
        break;
    case PIECE_FLAG:
        jsonl_puts(g->out, random_next(&g->random) >> 63 ? "true" : "false");
        break;
    case PIECE_NOTE:
        if (random_below(&g->random, 8) == 0) {
            jsonl_puts(g->out, ", \"note\": ");
            write_words(g);
        }
        break;
    case PIECE_MORE:
        write_more(g);
        break;
    case PIECE_LEVEL:
        jsonl_puts(g->out, random_below(&g->random, 64) ? "1" : random_next(&g->random) >> 63 ? "2" : "4");
        break;
    }
}

/* Sets when the record is: a test begins where the one before it ended, a sample comes every 200 ms. */
static void clock_advance(struct grow *g, const struct piece *p, size_t line)
{
    for (; p->kind != PIECE_LINE; p++) {
        if (p->kind == PIECE_DURATION) {
            g->now = g->end + 4000 + (int64_t)random_below(&g->random, 1000);
            g->duration = number_like(g, p->number);
            g->end = g->now + (int64_t)(decimal_value(g->duration) * 1e6);
            return;
        }
        if (p->kind == PIECE_CLOCK) {
            g->now = g->start + (int64_t)line * 200000 + (int64_t)random_below(&g->random, 3) * 1000;
            return;
        }
    }
}

static void grow_write(struct grow *g, const struct pieces *p, size_t count)
{
    size_t i = p->n;
    for (size_t line = 0; line < count; line++) {
        if (i == p->n) {
            i = 0;
            g->factor = 0.75 + (double)random_below(&g->random, 4096) / 16384;
            g->compact = g->samples && random_next(&g->random) >> 63;
        }
        clock_advance(g, p->all + i, line);
        for (; p->all[i].kind != PIECE_LINE; i++) {
            write_piece(g, &p->all[i]);
            if (p->all[i].kind == PIECE_OPTIONAL && random_below(&g->random, 16) == 0)
                i += p->all[i].skip;
        }
        write_piece(g, &p->all[i++]);
    }
}

int main(int argc, char **argv)
{
    jsonl_tool("grow");
    bool samples = argc == 3 && strcmp(argv[1], "sample") == 0;
    if (argc != 3 || (!samples && strcmp(argv[1], "test") != 0)) {
        fputs("usage: grow test|sample count <recording\n", stderr);
        return JSONL_EXIT_USAGE;
    }
    struct pieces pieces = {0};
    struct grow g = {.random = {samples ? 2 : 1},
                     .start = START_US,
                     .end = START_US,
                     .samples = samples,
                     .out = jsonl_writer_new(STDOUT_FILENO)};
    const char *failed = g.out ? pieces_read(&pieces, samples ? JSONL_KIND_SAMPLE : JSONL_KIND_TEST) : "out of memory";
    if (!failed) {
        grow_write(&g, &pieces, strtoul(argv[2], NULL, 10));
        int error = jsonl_writer_flush(g.out);
        failed = error ? strerror(error) : NULL;
    }
    if (failed)
        jsonl_warn("%s", failed);
    jsonl_writer_free(g.out);
    pieces_free(&pieces);
    return failed ? JSONL_EXIT_IO : JSONL_EXIT_OK;
}
