/* SPDX-License-Identifier: Apache-2.0 */
#include "part.h"

#include "grow.h"

#include <stdlib.h>

bool part_init(struct part *p)
{
    *p = (struct part){.text = jsonl_writer_new(-1), .words = jsonl_writer_new(-1)};
    return p->text && p->words;
}

void part_free(struct part *p)
{
    delivery_discard(&p->in);
    jsonl_writer_free(p->text);
    jsonl_writer_free(p->words);
    free(p->pieces);
}

void part_empty(struct part *p)
{
    p->pieces_n = p->records = p->invalid = p->upgraded = 0;
    p->undecided = false;
    jsonl_writer_clear(p->text);
    jsonl_writer_clear(p->words);
}

void part_begin(struct part *p)
{
    part_empty(p);
    p->cursor = 0;
    p->failed = false;
}

static void piece_add(struct part *p, struct piece piece)
{
    if (GROW(p->pieces, p->pieces_n + 1, p->pieces_room))
        p->pieces[p->pieces_n++] = piece;
    else
        p->failed = true;
}

/* The line goes out as it is. */
static void line_pass(struct part *p, const struct jsonl_line *line)
{
    struct piece *last = p->pieces_n > 0 ? &p->pieces[p->pieces_n - 1] : NULL;
    if (last && last->s && last->s + last->n == line->raw)
        last->n += line->raw_len;
    else
        piece_add(p, (struct piece){.s = line->raw, .n = line->raw_len});
}

/* What stands in `text` from `at` on goes out. */
static void text_pass(struct part *p, size_t at)
{
    struct piece *last = p->pieces_n > 0 ? &p->pieces[p->pieces_n - 1] : NULL;
    size_t n = jsonl_writer_text(p->text).n - at;
    if (last && !last->s)
        last->n += n;
    else if (n > 0)
        piece_add(p, (struct piece){.at = at, .n = n});
}

/* What stands for the line on stdout, and what is said of it. */
static void line_write(struct part *p, const struct wishes *wishes, const struct verdict *verdict)
{
    struct subject subject = {p->in.name, wishes->several, wishes->colours, &p->line};
    const struct output *output = wishes->output;
    size_t at = jsonl_writer_text(p->text).n;
    if (output->passes)
        jsonl_write(p->text, verdict->upgraded.s, verdict->upgraded.n);
    if (output->write && !output->write(p->text, &subject, verdict))
        p->failed = true;
    text_pass(p, at);
    if (output->speaks && !wishes->silent && (!verdict->valid || verdict->notes.n > 0))
        words_write(p->words, &subject, verdict);
    if (jsonl_writer_error(p->text) || jsonl_writer_error(p->words) || jsonl_writer_error(verdict->scratch))
        p->failed = true;
}

/* Whether anything was written. */
static bool line_judge(struct part *p, struct judge *judge, const struct wishes *wishes)
{
    struct verdict verdict;
    p->records++;
    judge_line(judge, &p->line, &verdict);
    p->undecided |= verdict.undecided;
    p->invalid += !verdict.valid;
    p->upgraded += verdict.upgraded.s != NULL;
    if (wishes->output->passes && verdict.valid && !verdict.upgraded.s)
        line_pass(p, &p->line);
    bool writes = !verdict.valid || verdict.upgraded.s || wishes->output->write;
    if (writes)
        line_write(p, wishes, &verdict);
    return writes;
}

enum part_state part_judge(struct part *p, struct judge *judge, const struct wishes *wishes, size_t invalid_max)
{
    p->invalid_max = invalid_max;
    while (p->in.block && !p->failed && p->invalid < invalid_max &&
           jsonl_block_line(p->in.block, &p->cursor, &p->line)) {
        if (jsonl_line_blank(&p->line)) {
            if (wishes->output->passes)
                line_pass(p, &p->line);
        } else if (line_judge(p, judge, wishes) &&
                   jsonl_writer_text(p->text).n + jsonl_writer_text(p->words).n > PART_TEXT_MAX) {
            return PART_FULL;
        }
    }
    return PART_DONE;
}
