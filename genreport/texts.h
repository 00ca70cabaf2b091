/* SPDX-License-Identifier: Apache-2.0
 * What a run's records say in one of their members, each text once, sorted; absent ones are left out. */
#ifndef GENREPORT_TEXTS_H
#define GENREPORT_TEXTS_H

#include "report.h"

/* Of the tests' member at this offset in struct run_test, a name's number.  `compare` takes struct jsonl_text.  The
 * list is in the arena.  false: out of memory. */
bool texts_of_tests(struct jsonl_arena *arena, const struct run *run, size_t member,
                    int (*compare)(const void *, const void *), struct report_texts *texts);

/* The machines as the tests' hardware tells them, and as the recordings' sessions do: sorted by text_compare, without
 * those that another one begins with and adds to, for these are the same machine told more fully. */
bool texts_of_machines(struct jsonl_arena *arena, const struct run *run, struct report_texts *texts);
bool texts_of_sessions(struct jsonl_arena *arena, const struct run *run, struct report_texts *texts);

/* True if the two are the same, or one tells more of the same machine: what either leaves out is not known to differ.
 */
bool texts_same_machine(struct jsonl_text a, struct jsonl_text b);

#endif
