/* SPDX-License-Identifier: Apache-2.0
 * How much work a match by PCRE2 may be; not installed.
 *
 * PCRE2's own limit does not do for that: it holds from each start in the text anew, and its compiler to machine code
 * counts no steps back within a repeated character, so that (?=.)\w*\w*\w*; takes hours for a few kilobytes.  But
 * whatever a match does, it passes the callouts in its pattern.  Each time is a step, and so is each byte that it has
 * gone on or back since the last, or since it began at another start. */
#ifndef JSONL_MATCH_STEPS_H
#define JSONL_MATCH_STEPS_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdint.h>

struct match_steps {
    uint64_t left;
    size_t start, at; /* of the last callout: where the match began, and how far it had come, bytes from 0 */
};

/* For pcre2_set_callout, with struct match_steps as its data: ends the match with PCRE2_ERROR_CALLOUT. */
static inline int match_steps_count(pcre2_callout_block *callout, void *data)
{
    struct match_steps *steps = data;
    size_t at = callout->current_position,
           from = callout->start_match == steps->start ? steps->at : callout->start_match;
    size_t way = at > from ? at - from : from - at;
    steps->start = callout->start_match;
    steps->at = at;
    if (steps->left <= way)
        return PCRE2_ERROR_CALLOUT;
    steps->left -= way + 1;
    return 0;
}

#endif
