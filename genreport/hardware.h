/* SPDX-License-Identifier: Apache-2.0
 * A machine in words: "Mac14,13, Apple M2 Max, 12 cores".  What a record does not know ("unknown" is how
 * the suite says it) is left out; nothing known gives the absent text.  RAM is not in it: the largest that
 * any record tells is a figure of the run. */
#ifndef GENREPORT_HARDWARE_H
#define GENREPORT_HARDWARE_H

#include "jsonl.h"

enum { HARDWARE_SIZE = 256 }; /* longer words are cut */

struct jsonl_text hardware_of_test(char words[HARDWARE_SIZE], const struct jsonl_test *test);
struct jsonl_text hardware_of_session(char words[HARDWARE_SIZE], const struct jsonl_value *session);

#endif
