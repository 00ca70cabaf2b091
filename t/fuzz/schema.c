/* SPDX-License-Identifier: Apache-2.0
 * Schemas: compiled, and run over lines.
 *
 * The input is a byte that says which draft a schema without $schema is of, and whether formats are checked; the text
 * of a schema; and after a byte 0xff each, lines.  It holds:
 * - A schema is compiled, or refused with a sentence; the same the second time, by a new store.
 * - A valid line has no faults, whether they are asked for or not; an invalid one has at least one, and each of them
 *   can be told.  The second program says the same of it. */
#include "../../validate/compile.h"
#include "../../validate/index.h"
#include "../../validate/run.h"
#include "../../validate/tell.h"
#include "support/fuzz.h"

#include <stdlib.h>
#include <string.h>

struct bench {
    struct store store;
    struct program *program;
    struct complaint complaint;
};

static void bench_open(struct bench *b, struct jsonl_text text, enum draft draft, bool formats)
{
    *b = (struct bench){.store.draft = draft};
    struct jsonl_error error = {0};
    struct jsonl_document *json = jsonl_document_parse("s", text, &error);
    struct resource *r = document_add(&b->store, "s", "", json, &error, &b->complaint);
    b->program = r ? program_compile(&b->store, r, formats, &b->complaint) : NULL;
    MUST(b->program || *b->complaint.error.message, "no word why");
}

static void bench_close(struct bench *b)
{
    program_free(b->program);
    meta_programs_free(&b->store);
    store_free(&b->store);
}

static void line_check(const struct bench *a, const struct bench *b, struct jsonl_parser *parser, const char *text,
                       size_t n)
{
    char *line = fuzz_copy(text, n);
    const struct jsonl_value *root = jsonl_parse(parser, line, n, NULL);
    struct faults faults = {0};
    struct jsonl_writer *w = fuzz_need(jsonl_writer_new(-1));
    if (root) {
        bool valid = run_program(a->program, NULL, line, root, NULL);
        MUST(run_program(b->program, NULL, line, root, NULL) == valid, "the second program differs");
        MUST(run_program(a->program, NULL, line, root, &faults) == valid, "with faults it is %s",
             valid ? "not" : "valid");
        MUST((faults.n + faults.dropped == 0) == valid, "%zu faults of a line that is %d", faults.n, valid);
        for (size_t i = 0; i < faults.n; i++) {
            jsonl_writer_clear(w);
            fault_tell(w, &faults, &faults.at[i]);
            MUST(jsonl_writer_text(w).n > 0, "a fault without words");
            MUST(faults.at[i].span > 0 && i + faults.at[i].span <= faults.n, "a span of %zu", faults.at[i].span);
        }
    }
    faults_free(&faults);
    jsonl_writer_free(w);
    free(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t option = fuzz_take(&data, &size);
    const uint8_t *mark = size ? memchr(data, 0xff, size) : NULL;
    size_t n = mark ? (size_t)(mark - data) : size;
    char *copy = fuzz_copy(data, n);
    struct jsonl_text text = {copy, n};
    struct bench a, b;
    bench_open(&a, text, (enum draft)(option % DRAFTS), option & 0x80);
    bench_open(&b, text, (enum draft)(option % DRAFTS), option & 0x80);
    MUST(!a.program == !b.program && strcmp(a.complaint.error.message, b.complaint.error.message) == 0, "%s, then %s",
         a.complaint.error.message, b.complaint.error.message);
    struct jsonl_parser *parser = fuzz_need(jsonl_parser_new());
    while (a.program && mark) {
        const uint8_t *line = mark + 1, *end = data + size;
        mark = line < end ? memchr(line, 0xff, (size_t)(end - line)) : NULL;
        line_check(&a, &b, parser, (const char *)line, (size_t)((mark ? mark : end) - line));
    }
    jsonl_parser_free(parser);
    bench_close(&a);
    bench_close(&b);
    free(copy);
    return 0;
}
