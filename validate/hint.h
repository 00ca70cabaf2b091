/* SPDX-License-Identifier: Apache-2.0
 * What probably happened: a clause behind the message of a fault, with what to write instead.  A hint is a guess, and
 * where there is nothing to go by there is none. */
#ifndef VALIDATE_HINT_H
#define VALIDATE_HINT_H

#include "fault.h"

/* "; write 12.5 without quotes", or nothing. */
void hint_write(struct jsonl_writer *w, const struct faults *f, const struct fault *fault);

/* Whether a value that is none of those that const or enum allows is a slip of the pen for one of them. */
bool hint_is_slip(const struct fault *fault);

#endif
