/* SPDX-License-Identifier: Apache-2.0 */
#include "verdict.h"

#include "run.h"

bool judge_init(struct judge *j)
{
    *j = (struct judge){.parser = jsonl_parser_new(), .reason = jsonl_writer_new(-1)};
    return faults_init(&j->faults) && j->parser && j->reason;
}

void judge_free(struct judge *j)
{
    chooser_free(&j->chooser);
    jsonl_parser_free(j->parser);
    jsonl_writer_free(j->reason);
    faults_free(&j->faults);
}

static void reason_unparsed(struct judge *j, const struct jsonl_line *line, const struct jsonl_error *error,
                            struct verdict *verdict)
{
    jsonl_puts(j->reason, line->too_long ? "the line is too long" : "not JSON: ");
    if (!line->too_long)
        jsonl_puts(j->reason, error->message);
    if (line->unended)
        jsonl_puts(j->reason, " (the last line, without a line end: perhaps cut off)");
    verdict->reason = (struct reason){jsonl_writer_text(j->reason).s, error->column, NULL};
}

bool judge_line(struct judge *j, const struct jsonl_line *line, struct verdict *verdict, struct complaint *complaint)
{
    struct jsonl_error error = {0};
    const struct program *program = NULL;
    *verdict = (struct verdict){.faults = &j->faults};
    const struct jsonl_value *root = line->too_long ? NULL : jsonl_parse(j->parser, line->text, line->len, &error);
    verdict->root = root;
    if (!root) {
        jsonl_writer_clear(j->reason);
        faults_clear(&j->faults);
        reason_unparsed(j, line, &error, verdict);
        return true;
    }
    jsonl_writer_clear(j->reason);
    switch (choose_schema(&j->chooser, root, &program, &verdict->reason.v, j->reason, complaint)) {
    case CHOICE_UNCHECKED:
        verdict->valid = true;
        return true;
    case CHOICE_NONE:
        faults_clear(&j->faults);
        verdict->reason.text = jsonl_writer_text(j->reason).s;
        return true;
    case CHOICE_FAILED:
        return false;
    default:
        verdict->valid = run_program(program, line->text, root, NULL);
        if (!verdict->valid)
            run_program(program, line->text, root, &j->faults);
        return true;
    }
}
