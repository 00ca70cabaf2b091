/* SPDX-License-Identifier: Apache-2.0 */
#include "verdict.h"

#include "no_memory.h"
#include "run.h"

bool judge_init(struct judge *j, const struct chooser *chooser, bool upgrades)
{
    *j = (struct judge){.chooser = chooser,
                        .upgrades = upgrades,
                        .room = pattern_room_new(),
                        .parser = jsonl_parser_new(),
                        .reason = jsonl_writer_new(-1),
                        .scratch = jsonl_writer_new(-1),
                        .upgraded_parser = jsonl_parser_new(),
                        .upgraded = jsonl_writer_new(-1)};
    if (!j->room || !j->parser || !j->reason || !j->scratch || !j->upgraded_parser || !j->upgraded)
        return false;
    lexicon_teach(&chooser->store.lexicon, j->parser);
    lexicon_teach(&chooser->store.lexicon, j->upgraded_parser);
    return true;
}

void judge_free(struct judge *j)
{
    pattern_room_free(j->room);
    jsonl_parser_free(j->parser);
    jsonl_writer_free(j->reason);
    jsonl_writer_free(j->scratch);
    jsonl_parser_free(j->upgraded_parser);
    jsonl_writer_free(j->upgraded);
    faults_free(&j->faults);
}

static void reason_unparsed(struct judge *j, const struct jsonl_line *line, const struct jsonl_error *error,
                            struct verdict *verdict)
{
    if (line->too_long)
        jsonl_printf(j->reason, "the line is longer than %zu MiB", JSONL_LINE_MAX >> 20);
    else
        jsonl_printf(j->reason, "not JSON: %s", error->message);
    if (jsonl_line_cut(line, error))
        jsonl_puts(j->reason, " (the last line, without a line end: perhaps cut off)");
    verdict->reason = (struct reason){jsonl_writer_text(j->reason).s, line->too_long ? 1 : error->column, NULL};
}

/* Why a line is invalid that was found to be so.  false: that was for want of memory, then or now. */
static bool faults_find(struct judge *j, const struct program *program, const char *text,
                        const struct jsonl_value *root)
{
    return !run_program(program, j->room, text, root, &j->faults) && !j->faults.no_memory;
}

/* The upgraded record must be one of the current version: if it is not, nor is the old one as it stands, whose faults
 * have places that one can look at.  `all`: the record with what is around it.  false: out of memory. */
static bool judge_upgraded(struct judge *j, const struct jsonl_line *line, struct jsonl_text all,
                           struct jsonl_text record, struct verdict *verdict)
{
    const struct program *newest = choose_newest(j->chooser);
    struct jsonl_error error = {0};
    const struct jsonl_value *root = jsonl_parse(j->upgraded_parser, record.s, record.n, &error);
    if (root && run_program(newest, j->room, record.s, root, NULL)) {
        verdict->upgraded = all;
        return true;
    }
    if (root ? !faults_find(j, newest, record.s, root) : error.byte == 0)
        return false;
    verdict->valid = false;
    verdict->held = true;
    if (run_program(newest, j->room, line->text, verdict->root, &j->faults)) {
        jsonl_printf(j->reason, "the upgraded record would not be valid%s%s", root ? "" : ": ", error.message);
        verdict->reason = (struct reason){jsonl_writer_text(j->reason).s, 0, verdict->root};
    }
    return !j->faults.no_memory && !jsonl_writer_error(j->reason);
}

/* A valid report of an old version becomes one of the newest.  false: out of memory. */
static bool judge_upgrade(struct judge *j, const struct jsonl_line *line, struct verdict *verdict)
{
    struct jsonl_writer *w = j->upgraded;
    size_t before = (size_t)(line->text - line->raw);
    jsonl_writer_clear(w);
    jsonl_write(w, line->raw, before);
    upgrade_write(w, (struct jsonl_text){line->text, line->len}, verdict->root, choose_newest_version, &verdict->notes);
    size_t behind = line->raw_len - before - line->len;
    jsonl_write(w, line->text + line->len, behind);
    struct jsonl_text all = jsonl_writer_text(w);
    if (jsonl_writer_error(w))
        return false;
    struct jsonl_text record = {all.s + before, all.n - before - behind};
    return judge_upgraded(j, line, all, record, verdict);
}

/* false: out of memory. */
static bool judge(struct judge *j, const struct jsonl_line *line, struct verdict *verdict)
{
    struct jsonl_error error = {0};
    const struct program *program = NULL;
    *verdict = (struct verdict){.faults = &j->faults, .scratch = j->scratch};
    const struct jsonl_value *root = line->too_long ? NULL : jsonl_parse_line(j->parser, line, &error);
    verdict->root = root;
    jsonl_writer_clear(j->reason);
    if (!root) {
        faults_clear(&j->faults);
        reason_unparsed(j, line, &error, verdict);
        bool judged = line->too_long || error.byte > 0;
        return judged && !jsonl_writer_error(j->reason);
    }
    switch (choose_schema(j->chooser, root, &program, &verdict->reason.v, j->reason)) {
    case CHOICE_UNCHECKED:
        verdict->valid = true;
        return true;
    case CHOICE_NONE:
        faults_clear(&j->faults);
        verdict->reason.text = jsonl_writer_text(j->reason).s;
        return !jsonl_writer_error(j->reason);
    default:
        verdict->valid = run_program(program, j->room, line->text, root, NULL);
        if (!verdict->valid)
            return faults_find(j, program, line->text, root);
        if (j->upgrades && choose_is_old(j->chooser, root))
            return judge_upgrade(j, line, verdict);
        return true;
    }
}

void judge_line(struct judge *j, const struct jsonl_line *line, struct verdict *verdict)
{
    if (judge(j, line, verdict))
        return;
    faults_clear(&j->faults);
    *verdict =
        (struct verdict){.undecided = true, .reason.text = NO_MEMORY, .faults = &j->faults, .scratch = j->scratch};
}
