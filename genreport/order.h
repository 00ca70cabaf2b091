/* SPDX-License-Identifier: Apache-2.0
 * The order of texts in reports, which does not depend on the order of the input. */
#ifndef GENREPORT_ORDER_H
#define GENREPORT_ORDER_H

#include "jsonl.h"

/* For people: ignoring case, then by bytes; the absent text comes last. */
int text_order(struct jsonl_text a, struct jsonl_text b);

/* For qsort: the same of two struct jsonl_text. */
int text_compare(const void *a, const void *b);

/* Modalities: vision, text, audio, video, then others as text_order has it. */
int mode_order(struct jsonl_text a, struct jsonl_text b);

/* Numbers of names depend on the order of the input and must never show, so names are ranked once, and then compared as
 * integers: returns each name's rank in text_order, by its number, for free(); and puts the names in that order into
 * `sorted`, which has place for all of them, unless it is NULL.  NULL: out of memory. */
uint32_t *names_rank(const struct jsonl_intern *names, struct jsonl_text *sorted);

#endif
