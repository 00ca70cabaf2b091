/* SPDX-License-Identifier: Apache-2.0
 * What the fuzz targets share.
 *
 * A target is LLVMFuzzerTestOneInput in a file of its own, t/fuzz/NAME.c, whose first comment states what holds for
 * every input; MUST checks it.  Whatever does not hold ends the process, and libFuzzer keeps the input. */
#ifndef FUZZ_H
#define FUZZ_H

#include "jsonl.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* MUST(condition, "format", …): the rest says what was found instead. */
#define MUST(condition, ...)                                        \
    do {                                                            \
        if (!(condition))                                           \
            fuzz_fail(__FILE__, __LINE__, #condition, __VA_ARGS__); \
    } while (0)
_Noreturn void fuzz_fail(const char *file, int line, const char *condition, const char *format, ...) JSONL_PRINTF(4, 5);

/* For what fails for want of memory alone; NULL ends the process. */
void *fuzz_need(void *p);

/* The built-in configuration, whatever the environment names. */
void fuzz_config(struct jsonl_config *config);

/* The first byte of an input decides something, the rest is the text.  0 from an empty input. */
uint8_t fuzz_take(const uint8_t **data, size_t *size);

/* A copy in a block of just this size, so that AddressSanitizer sees one byte too many; free() it. */
char *fuzz_copy(const void *data, size_t n);

/* A file in memory with these bytes, at its start; close() it.  Its path opens it once more. */
int fuzz_file(const void *data, size_t n);
struct fuzz_path {
    char s[40]; /* string */
};
struct fuzz_path fuzz_path(int fd);

/* One character of strict UTF-8, decoded bit by bit, not by table; its bytes, or 0 if there is none. */
size_t fuzz_utf8(const char *s, size_t n, uint32_t *character);

/* The error is a sentence, and its place lies in the text and is one place: line, byte and column fit together. */
void fuzz_check_error(const struct jsonl_error *err, const char *text, size_t n);

/* Nothing differs: types, flags, names of keys, spans, places, lengths, contents.  b's places are `shift` more than
 * a's. */
bool fuzz_values_equal(const struct jsonl_value *a, const struct jsonl_value *b, uint32_t shift);

/* Where in a valid JSON text the value (or key) that starts at `at` ends.  Looks at quotes and brackets only. */
size_t fuzz_value_end(const char *text, size_t n, size_t at);

#endif
