/* SPDX-License-Identifier: Apache-2.0
 * What the files of the configuration share; not installed. */
#ifndef JSONL_CONFIG_H
#define JSONL_CONFIG_H

#include "jsonl.h"

/* A configuration while its document is walked. */
struct config_walk {
    struct jsonl_config *config;
    const struct jsonl_document *document;
    struct jsonl_error *err;
};

/* Both return false, with *err set, at the place of v. */
bool config_fail(struct config_walk *w, const struct jsonl_value *v, const char *format, ...) JSONL_PRINTF(3, 4);
bool config_no_memory(struct config_walk *w);

/* Checks that v is an object, with keys out of `names` and each but once.  where (string): its own key, or NULL
 * for the root. */
bool config_check_keys(struct config_walk *w, const struct jsonl_value *v, const char *where, const char *const *names,
                       size_t names_len);

/* *out becomes a copy of the string v, to be freed; false: it is none, it is empty, or it holds a NUL.  name: of
 * the member, for the message. */
bool config_string(struct config_walk *w, const struct jsonl_value *v, const char *name, char **out);

/* Reads the list `events` into config->events; null is an empty one. */
bool config_read_events(struct config_walk *w, const struct jsonl_value *v);

/* Adds the built-in rules behind those. */
bool config_add_builtin(struct config_walk *w);

#endif
