/* SPDX-License-Identifier: Apache-2.0
 * What is wrong, in words. */
#ifndef VALIDATE_TELL_H
#define VALIDATE_TELL_H

#include "fault.h"

/* A clause or sentence on one fault, with a hint where there is one. */
void fault_tell(struct jsonl_writer *w, const struct faults *f, const struct fault *fault);

#endif
