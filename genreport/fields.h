/* SPDX-License-Identifier: Apache-2.0
 * Members of the JSON formats.  What is not known is left out. */
#ifndef GENREPORT_FIELDS_H
#define GENREPORT_FIELDS_H

#include "jsonl.h"
#include "number.h"
#include "profile.h"

/* At most six decimals, fewer if the rest are zeros. */
void fields_real(struct jsonl_writer *w, const char *name, double number);
/* A chance: a small one is no 0. */
void fields_chance(struct jsonl_writer *w, const char *name, double p);
void fields_count(struct jsonl_writer *w, const char *name, size_t n);
void fields_bool(struct jsonl_writer *w, const char *name, bool b);
void fields_text(struct jsonl_writer *w, const char *name, struct jsonl_text text);

/* RFC 3339, with milliseconds. */
void fields_time(struct jsonl_writer *w, const char *name, double ts);

/* {"min":…,"avg":…,"max":…}; and with the median and how many there are. */
void fields_range(struct jsonl_writer *w, const char *name, struct number_range range);
void fields_spread(struct jsonl_writer *w, const char *name, struct number_spread spread);

/* The object that is `resources` of a test. */
void fields_profile(struct jsonl_writer *w, const struct profile *p);

#endif
