/* SPDX-License-Identifier: Apache-2.0
 * Which schema a record is held against: the one given, or that of its kind and version. */
#ifndef VALIDATE_CHOOSE_H
#define VALIDATE_CHOOSE_H

#include "schema.h"

enum { CHOOSE_SCHEMAS = 7 }; /* built-in ones, without report-current */

struct chooser {
    struct store store;
    struct program *given; /* by -s; NULL: by kind */
    struct program *builtin[CHOOSE_SCHEMAS];
    struct jsonl_paths *marks; /* what tells the kind and the version */
    bool formats;
};

/* Compiles what may be needed, so that nothing changes any more once lines are read: the given schema, a file (NULL:
 * none), or the built-in ones; and with `upgrades` the newest report's.  false with the complaint. */
bool chooser_open(struct chooser *c, const char *schema, bool upgrades, struct complaint *complaint);

enum choice {
    CHOICE_SCHEMA,    /* *program */
    CHOICE_UNCHECKED, /* nothing is known of such records: they are kept as they are */
    CHOICE_NONE,      /* there is no schema for it, for the reason given: it is invalid */
};

/* The reason is about the value *at. */
enum choice choose_schema(const struct chooser *c, const struct jsonl_value *root, const struct program **program,
                          const struct jsonl_value **at, struct jsonl_writer *reason);

/* The newest version of reports (string), and its schema. */
extern const char *const choose_newest_version;
const struct program *choose_newest(const struct chooser *c);

/* Whether the record is a report of one of the versions before. */
bool choose_is_old(const struct chooser *c, const struct jsonl_value *root);

void chooser_free(struct chooser *c);

#endif
