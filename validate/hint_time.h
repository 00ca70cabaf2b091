/* SPDX-License-Identifier: Apache-2.0
 * Hints on times: in the wrong unit, as a number for a text, on days that do not exist. */
#ifndef VALIDATE_HINT_TIME_H
#define VALIDATE_HINT_TIME_H

#include "fault.h"

/* Of a number where a text is wanted: that time as text, if the member's name says that it is one. */
bool hint_time_of_number(struct jsonl_writer *w, const struct faults *f, const struct jsonl_value *v);

/* Of a number beyond its limit: the milliseconds, microseconds or nanoseconds that it probably counts, as seconds. */
void hint_time_of_limit(struct jsonl_writer *w, const struct faults *f, const struct jsonl_value *v,
                        const struct jsonl_value *limit);

/* Of a text that is not the time that it should be. */
void hint_time_of_text(struct jsonl_writer *w, struct jsonl_text t);

#endif
